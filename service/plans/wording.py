"""A conflicting rule in the words and numbers of this request; the rulebook speaks only in general."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans import mistake_wording as said_of
from service.plans.phrases import SMALL, counted, name_of, sets_of
from solver.domain import kinds
from solver.domain.eligibility import Eligibility
from solver.rules import recovery_axial as axial
from solver.rules import structure_exercises as make_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.domain.problem import Problem

_Wording = dict[str, "Callable[[Problem, str], str | None]"]


def statement(problem: Problem, rule: str, subject: str) -> str | None:
    """What the rule asks for here, or None where the rulebook's own sentence says it best."""
    wording = _WORDINGS.get(rule)
    return None if wording is None else wording(problem, subject)


def _weekly_min(problem: Problem, muscle: str) -> str:
    return f"{name_of(muscle)} must get at least {sets_of(problem.goal_by_muscle[muscle].weekly_min_sets)} a week"


def _weekly_max(problem: Problem, muscle: str) -> str:
    return f"{name_of(muscle)} may get at most {sets_of(problem.goal_by_muscle[muscle].weekly_max_sets)} a week"


def _session_max(problem: Problem, muscle: str) -> str:
    return f"{name_of(muscle)} may get at most {sets_of(problem.goal_by_muscle[muscle].session_max_sets)} in a session"


def _recovery(problem: Problem, muscle: str) -> str:
    goal = problem.goal_by_muscle[muscle]
    return (
        f"sessions that load {name_of(muscle)} lie {goal.recovery_hours} hours apart, and any such stretch holds "
        f"at most {sets_of(goal.session_max_sets)}"
    )


def _axial(problem: Problem, subject: str) -> str | None:
    with_what = "an exercise that loads the spine most"
    if subject in problem.slot_by_id:
        return f"'{subject}' has at most {SMALL[axial.PER_SESSION]} exercises that load the spine most"
    return {
        "hours apart": f"sessions with {with_what} lie at least {axial.HOURS_APART} hours apart",
        "week": f"at most {SMALL[axial.SESSIONS_A_WEEK]} sessions a week have {with_what}",
    }.get(subject)


def _session_time(problem: Problem, slot: str) -> str:
    return f"the session '{slot}' fits into {problem.slot_by_id[slot].limit_seconds // 60} minutes"


def _sessions(problem: Problem, subject: str) -> str | None:
    rules, offered = problem.rules, len(problem.slots)
    too_few = f", out of {counted(offered, 'slot')}" if offered < rules.sessions_min else ""
    return {
        "min": f"the week has at least {counted(rules.sessions_min, 'session')}{too_few}",
        "max": f"the week has at most {counted(rules.sessions_max, 'session')}",
        "per_day": f"a day has at most {counted(rules.sessions_per_day, 'session')}",
        **{id_: f"if '{id_}' is used, it has a hard working exercise" for id_ in problem.slot_by_id if id_ == subject},
    }.get(subject)


def _exercises(problem: Problem, subject: str) -> str | None:
    rules = problem.rules
    if subject in problem.exercise_by_id:
        return f"{name_of(subject)} is in at most {SMALL[make_up.SESSIONS_PER_EXERCISE]} sessions a week"
    return {
        "max": f"a session has at most {counted(rules.working_exercises_max, 'working exercise')}",
        "drills": f"a session has at most {counted(rules.drills_max, 'drill')}",
        "pattern": f"a session has at most {SMALL[make_up.PER_PATTERN]} working exercises of one pattern"
        f"{_more_scapular_drills(problem)}",
        "family": "a session has at most one exercise of a movement family",
    }.get(subject)


def _more_scapular_drills(problem: Problem) -> str:
    """Where nothing can be pulled, scapular exercises stand in, and a session takes more of them."""
    if Eligibility.of(problem).eligible(kinds.upper_pull):
        return ""
    return f", and {SMALL[make_up.SCAPULAR_DRILLS_AS_PULLS]} for scapular control"


def _must_include(problem: Problem, exercise: str) -> str | None:
    for wanted in problem.athlete.must_include:
        if wanted.exercise == exercise:
            return f"the week includes at least {sets_of(wanted.min_sets)} of {name_of(exercise)}"
    return None


def _pinned(problem: Problem, subject: str) -> str | None:
    pinned = [*problem.pinned_entries, *(e for session in problem.pinned_sessions for e in session.entries)]
    for pin in pinned:
        if subject == f"{pin.slot}:{pin.exercise}":
            return f"'{pin.slot}' has exactly {sets_of(pin.sets)} of {name_of(pin.exercise)}"
    for session in problem.pinned_sessions:
        if session.slot == subject:
            return f"'{subject}' {'holds its pinned entries and no other' if session.entries else 'stays unused'}"
    return None


def _exclusions(_: Problem, subject: str) -> str | None:
    kind, _sep, word = subject.partition(":")
    return f"the {kind} {name_of(word)} is avoided" if word else None


def _equipment(_: Problem, place: str) -> str:
    return f"only equipment that stands at '{place}' is used there"


def _skill(problem: Problem, subject: str) -> str | None:
    kind, _, ladder = subject.partition(":")
    if kind == "ladder":
        return f"nothing is above stage {problem.athlete.stages[ladder]} of the {name_of(ladder)} ladder"
    athlete = problem.athlete
    return (
        f"nothing is above skill level {athlete.skill_level}, that of an athlete with {athlete.experience} experience"
    )


def _prerequisite(problem: Problem, subject: str) -> str:
    ladder = subject.partition(":")[2]
    return f"nothing builds on more than stage {problem.athlete.stages[ladder]} of the {name_of(ladder)} ladder"


_WORDINGS: _Wording = {
    "mobility.thoracic": said_of.thoracic,
    "balance.upper_pull_push": said_of.upper_balance,
    "balance.lower_pull_push": said_of.lower_balance,
    "shoulder.external_rotation": said_of.external_rotation,
    "scapula.lower_trap": said_of.lower_trap,
    "pull.isometric_hold": said_of.isometric_hold,
    "row.retraction": said_of.retraction_row,
    "progression.deadlift": said_of.deadlift,
    "equipment.available": _equipment,
    "time.session": _session_time,
    "recovery.muscle": _recovery,
    "recovery.axial": _axial,
    "volume.weekly_min": _weekly_min,
    "volume.weekly_max": _weekly_max,
    "volume.session_max": _session_max,
    "structure.sessions": _sessions,
    "structure.exercises": _exercises,
    "athlete.skill": _skill,
    "athlete.prerequisite": _prerequisite,
    "athlete.exclusions": _exclusions,
    "athlete.must_include": _must_include,
    "plan.pinned": _pinned,
}
