"""A conflicting rule in the words and numbers of this request; the rulebook speaks only in general."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans import mistake_wording as said_of
from service.plans.phrases import SMALL, counted, listed, name_of, sets_of
from solver.domain import kinds
from solver.domain.eligibility import Eligibility
from solver.domain.subject import at_slot, entry
from solver.rules import recovery_axial as axial
from solver.rules import structure_exercises as make_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.problem import Problem
    from solver.domain.subject import Subject

_Wording = dict[str, "Callable[[Problem, Subject], str | None]"]


MOST_ITEMS_SHOWN = 5


def statement(problem: Problem, rule: str, subject: Subject) -> str | None:
    """What the rule asks for here, or None where the rulebook's own sentence says it best."""
    wording = _WORDINGS.get(rule)
    return None if wording is None else wording(problem, subject)


def _weekly_min(problem: Problem, subject: Subject) -> str:
    muscle = subject.id
    return f"{name_of(muscle)} must get at least {sets_of(problem.goal_by_muscle[muscle].weekly_min_sets)} a week"


def _weekly_max(problem: Problem, subject: Subject) -> str:
    muscle = subject.id
    return f"{name_of(muscle)} may get at most {sets_of(problem.goal_by_muscle[muscle].weekly_max_sets)} a week"


def _session_max(problem: Problem, subject: Subject) -> str:
    muscle = subject.id
    return f"{name_of(muscle)} may get at most {sets_of(problem.goal_by_muscle[muscle].session_max_sets)} in a session"


def _recovery(problem: Problem, subject: Subject) -> str:
    muscle, goal = subject.id, problem.goal_by_muscle[subject.id]
    return (
        f"sessions that load {name_of(muscle)} lie {goal.recovery_hours} hours apart, and any such stretch holds "
        f"at most {sets_of(goal.session_max_sets)}"
    )


def _axial(_: Problem, subject: Subject) -> str | None:
    with_what = "an exercise that loads the spine most"
    if subject.kind == "slot":
        return f"'{subject}' has at most {SMALL[axial.PER_SESSION]} exercises that load the spine most"
    return {
        "hours apart": f"sessions with {with_what} lie at least {axial.HOURS_APART} hours apart",
        "week": f"at most {SMALL[axial.SESSIONS_A_WEEK]} sessions a week have {with_what}",
    }.get(subject.id)


def _session_time(problem: Problem, subject: Subject) -> str:
    return f"the session '{subject}' fits into {problem.slot_by_id[subject.id].limit_seconds // 60} minutes"


def _sessions(problem: Problem, subject: Subject) -> str | None:
    if subject.kind == "slot":
        return f"if '{subject}' is used, it has a hard working exercise"
    rules, offered = problem.rules, len(problem.slots)
    too_few = f", out of {counted(offered, 'slot')}" if offered < rules.sessions_min else ""
    return {
        "min": f"the week has at least {counted(rules.sessions_min, 'session')}{too_few}",
        "max": f"the week has at most {counted(rules.sessions_max, 'session')}",
        "per_day": f"a day has at most {counted(rules.sessions_per_day, 'session')}",
    }.get(subject.id)


def _exercises(problem: Problem, subject: Subject) -> str | None:
    rules = problem.rules
    if subject.kind == "exercise":
        return f"{name_of(subject.id)} is in at most {SMALL[make_up.SESSIONS_PER_EXERCISE]} sessions a week"
    return {
        "max": f"a session has at most {counted(rules.working_exercises_max, 'working exercise')}",
        "drills": f"a session has at most {counted(rules.drills_max, 'drill')}",
        "pattern": f"a session has at most {SMALL[make_up.PER_PATTERN]} working exercises of one pattern"
        f"{_more_scapular_drills(problem)}",
        "family": "a session has at most one exercise of a movement family",
    }.get(subject.id)


def _more_scapular_drills(problem: Problem) -> str:
    """Where nothing can be pulled, scapular exercises stand in, and a session takes more of them."""
    if Eligibility.of(problem).eligible(kinds.upper_pull):
        return ""
    return f", and {SMALL[make_up.SCAPULAR_DRILLS_AS_PULLS]} for scapular control"


def _must_include(problem: Problem, subject: Subject) -> str | None:
    for wanted in problem.athlete.must_include:
        if wanted.exercise == subject.id:
            return f"the week includes at least {sets_of(wanted.min_sets)} of {name_of(subject.id)}"
    return None


def _pinned(problem: Problem, subject: Subject) -> str | None:
    pinned = [*problem.pinned_entries, *(e for session in problem.pinned_sessions for e in session.entries)]
    for pin in pinned:
        if subject == entry(pin.slot, pin.exercise):
            if pin.slot in problem.done:
                return f"{sets_of(pin.sets)} of {name_of(pin.exercise)} were done in '{pin.slot}'"
            return f"'{pin.slot}' has exactly {sets_of(pin.sets)} of {name_of(pin.exercise)}"
    for session in problem.pinned_sessions:
        if subject == at_slot(session.slot):
            if session.done:
                return (
                    f"'{subject}' is over, {'and no more was done there' if session.entries else 'without a session'}"
                )
            return f"'{subject}' {'holds its pinned entries and no other' if session.entries else 'stays unused'}"
    return None


def _exclusions(_: Problem, subject: Subject) -> str | None:
    return f"the {subject.of} {name_of(subject.id)} is avoided"


def _equipment(_: Problem, subject: Subject) -> str:
    return f"only equipment that stands at '{subject}' is used there"


def missing(place: str, lacking: Sequence[Sequence[str]]) -> str:
    """What a place does not have: items any of which would do, or the first group of items that do together."""
    if len(lacking[0]) > 1:
        others = ", nor anything instead" if len(lacking) > 1 else ""
        return f"'{place}' has no {' and no '.join(name_of(item) for item in lacking[0])}{others}"
    items = [name_of(item) for (item,) in lacking]
    shown = items if len(items) <= MOST_ITEMS_SHOWN else [*items[: MOST_ITEMS_SHOWN - 1], "the like"]
    return f"'{place}' has no {listed(shown, 'or')}"


def _skill(problem: Problem, subject: Subject) -> str | None:
    if subject.kind == "ladder":
        return f"nothing is above stage {problem.athlete.stages[subject.id]} of the {name_of(subject.id)} ladder"
    athlete = problem.athlete
    return (
        f"nothing is above skill level {athlete.skill_level}, that of an athlete with {athlete.experience} experience"
    )


def _prerequisite(problem: Problem, subject: Subject) -> str:
    ladder = subject.id
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
