"""A conflicting rule in the words and numbers of this request; the rulebook speaks only in general."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from solver.domain.problem import Problem

_Wording = dict[str, "Callable[[Problem, str], str | None]"]


def statement(problem: Problem, rule: str, subject: str) -> str | None:
    """What the rule asks for here, or None where the rulebook's own sentence says it best."""
    wording = _WORDINGS.get(rule)
    return None if wording is None else wording(problem, subject)


def _name(id_: str) -> str:
    return id_.replace("_", " ")


def _ratio(ratio: Fraction) -> str:
    return f"{float(ratio):g}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


def _sets(number: int) -> str:
    return _counted(number, "set")


def _weekly_min(problem: Problem, muscle: str) -> str:
    return f"{_name(muscle)} must get at least {_sets(problem.goal_by_muscle[muscle].weekly_min_sets)} a week"


def _weekly_max(problem: Problem, muscle: str) -> str:
    return f"{_name(muscle)} may get at most {_sets(problem.goal_by_muscle[muscle].weekly_max_sets)} a week"


def _session_max(problem: Problem, muscle: str) -> str:
    return f"{_name(muscle)} may get at most {_sets(problem.goal_by_muscle[muscle].session_max_sets)} in a session"


def _recovery(problem: Problem, muscle: str) -> str:
    goal = problem.goal_by_muscle[muscle]
    return (
        f"sessions that load {_name(muscle)} lie {goal.recovery_hours} hours apart, and any such stretch holds at most "
        f"{_sets(goal.session_max_sets)}"
    )


def _session_time(problem: Problem, slot: str) -> str:
    return f"the session '{slot}' fits into {problem.slot_by_id[slot].limit_seconds // 60} minutes"


def _sessions(problem: Problem, subject: str) -> str | None:
    rules, offered = problem.rules, len(problem.slots)
    too_few = f", out of {_counted(offered, 'slot')}" if offered < rules.sessions_min else ""
    return {
        "min": f"the week has at least {_counted(rules.sessions_min, 'session')}{too_few}",
        "max": f"the week has at most {_counted(rules.sessions_max, 'session')}",
        "per_day": f"a day has at most {_counted(rules.sessions_per_day, 'session')}",
    }.get(subject)


def _exercises(problem: Problem, subject: str) -> str | None:
    rules = problem.rules
    if subject in problem.exercise_by_id:
        return f"{_name(subject)} is in at most two sessions a week"
    return {
        "max": f"a session has at most {rules.working_exercises_max} working exercises",
        "drills": f"a session has at most {rules.drills_max} drills",
        "pattern": "a session has at most two working exercises of one pattern",
        "family": "a session has at most one exercise of a movement family",
    }.get(subject)


def _must_include(problem: Problem, exercise: str) -> str | None:
    for wanted in problem.athlete.must_include:
        if wanted.exercise == exercise:
            return f"the week includes at least {_sets(wanted.min_sets)} of {_name(exercise)}"
    return None


def _pinned(problem: Problem, subject: str) -> str | None:
    pinned = [*problem.pinned_entries, *(e for session in problem.pinned_sessions for e in session.entries)]
    for pin in pinned:
        if subject == f"{pin.slot}:{pin.exercise}":
            return f"'{pin.slot}' has exactly {_sets(pin.sets)} of {_name(pin.exercise)}"
    return f"'{subject}' holds its pinned entries and no other" if subject in problem.slot_by_id else None


def _exclusions(_: Problem, subject: str) -> str | None:
    kind, _sep, word = subject.partition(":")
    return f"the {kind} {_name(word)} is avoided" if word else None


def _equipment(_: Problem, place: str) -> str:
    return f"only equipment that stands at '{place}' is used there"


def _skill(problem: Problem, subject: str) -> str | None:
    kind, _, ladder = subject.partition(":")
    if kind == "ladder":
        return f"nothing is above stage {problem.athlete.stages[ladder]} of the {_name(ladder)} ladder"
    athlete = problem.athlete
    return (
        f"nothing is above skill level {athlete.skill_level}, that of an athlete with {athlete.experience} experience"
    )


def _upper(problem: Problem, subject: str) -> str | None:
    if subject == "ratio":
        return f"upper-body pulling is at least {_ratio(problem.rules.upper_balance.minimum)} times the pushing"
    return "one compound horizontal push with three sets or more is in the week" if subject == "push stays" else None


def _lower(problem: Problem, subject: str) -> str | None:
    balance = problem.rules.lower_balance
    if subject != "ratio" or balance.maximum is None:
        return None
    low, high = _ratio(balance.minimum), _ratio(balance.maximum)
    return f"posterior-chain work is {low} to {high} times the quad-dominant work"


def _external_rotation(problem: Problem, subject: str) -> str | None:
    rules = problem.rules
    return {
        "sets": f"the week has at least {_sets(rules.external_rotation_sets)} of external rotation",
        "share": f"external rotation is at least {_ratio(rules.external_rotation_share)} of the inward rotating sets",
        "days": "external rotation is spread over two sessions",
    }.get(subject)


def _lower_trap(problem: Problem, subject: str) -> str | None:
    rules = problem.rules
    return {
        "floor": f"the week has at least {_sets(rules.lower_trap_sets)} of direct lower-trapezius work",
        "weighted": f"the lower trapezius gets at least {_ratio(rules.lower_trap_ratio)} times the upper's sets",
        "direct": "the lower trapezius gets at least as many direct sets as the upper",
    }.get(subject)


def _hold(problem: Problem, _: str) -> str:
    return f"at least {problem.rules.isometric_hold_sessions} sessions have a top-position hold"


def _row(problem: Problem, subject: str) -> str | None:
    if subject == "sets":
        return f"the week has at least {_sets(problem.rules.retraction_row_sets)} of rows led by the shoulder blades"
    return "at least half of all row sets are led by the shoulder blades" if subject == "half" else None


def _thoracic(problem: Problem, subject: str) -> str | None:
    if subject == "":
        return f"the week has {problem.rules.thoracic_distinct} different thoracic drills, or one per session if fewer"
    if subject in problem.slot_by_id:
        return f"'{subject}' opens with a thoracic drill when it trains the upper body"
    return f"the week has a thoracic drill of {subject} when it has two sessions or more"


_WORDINGS: _Wording = {
    "mobility.thoracic": _thoracic,
    "balance.upper_pull_push": _upper,
    "balance.lower_pull_push": _lower,
    "shoulder.external_rotation": _external_rotation,
    "scapula.lower_trap": _lower_trap,
    "pull.isometric_hold": _hold,
    "row.retraction": _row,
    "equipment.available": _equipment,
    "time.session": _session_time,
    "recovery.muscle": _recovery,
    "volume.weekly_min": _weekly_min,
    "volume.weekly_max": _weekly_max,
    "volume.session_max": _session_max,
    "structure.sessions": _sessions,
    "structure.exercises": _exercises,
    "athlete.skill": _skill,
    "athlete.prerequisite": _skill,
    "athlete.exclusions": _exclusions,
    "athlete.must_include": _must_include,
    "plan.pinned": _pinned,
}
