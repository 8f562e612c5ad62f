"""Where a conflicting rule's values stand in the resolved request: what the caller said, or the default instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import pointer
from service.plans.conflicts import AVOIDED_LISTS, pin_pointers
from solver.domain.kinds import DEADLIFT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from service.plans.schemas import PlanRequest
    from solver.domain.problem import Problem
    from solver.domain.subject import Subject

_ADJUSTABLE = frozenset(
    {
        "mobility.thoracic",
        "balance.upper_pull_push",
        "balance.lower_pull_push",
        "shoulder.external_rotation",
        "scapula.lower_trap",
        "pull.isometric_hold",
        "row.retraction",
        "structure.exercises",
    }
)
"""Rules whose parameters stand under their own id."""


def resolved_pointers(request: PlanRequest, problem: Problem, rule: str, subject: Subject) -> list[str]:
    """Pointers into the answer's `resolved`; empty where the number is the rule's own and none can be set."""
    if rule == "plan.pinned":
        return pin_pointers(request, subject)
    if rule == "equipment.available":
        places = [place.id for place in request.places or []]
        return [pointer("places", places.index(subject.id) if places else 0, "equipment")]
    special = _SPECIAL.get(rule)
    if special is not None:
        return special(problem, subject)
    return [pointer("rules", rule)] if rule in _ADJUSTABLE else []


def _slot(problem: Problem, slot: str, *field: str) -> list[str]:
    return [pointer("week", "slots", index, *field) for index, s in enumerate(problem.slots) if s.id == slot]


def _sessions(problem: Problem, subject: Subject) -> list[str]:
    if subject.kind == "slot":
        return _slot(problem, subject.id)
    if subject.id == "per_day":
        return [pointer("rules", "structure.sessions", "per_day")]
    return [pointer("week", "sessions", subject.id)]


def _axial(problem: Problem, subject: Subject) -> list[str]:
    return _slot(problem, subject.id) if subject.kind == "slot" else [pointer("week", "slots")]


def _in_list(items: Sequence[str], wanted: str, *where: str) -> list[str]:
    return [pointer(*where, index) for index, item in enumerate(items) if item == wanted]


def _excluded(problem: Problem, subject: Subject) -> list[str]:
    name = AVOIDED_LISTS[subject.of]
    return _in_list(sorted(getattr(problem.athlete.avoid, name)), subject.id, "athlete", "avoid", name)


def _stage(_: Problem, subject: Subject) -> list[str]:
    if subject.kind == "ladder":
        return [pointer("athlete", "ladder_stages", subject.id)]
    return [pointer("athlete", "skill_level")]


def _wanted(problem: Problem, subject: Subject) -> list[str]:
    return _in_list([w.exercise for w in problem.athlete.must_include], subject.id, "athlete", "must_include")


def _per_muscle(number: str) -> Callable[[Problem, Subject], list[str]]:
    return lambda _, muscle: [pointer("muscles", muscle.id, number)]


def _recovery(_: Problem, muscle: Subject) -> list[str]:
    return [pointer("muscles", muscle.id, "recovery_hours"), pointer("week", "slots")]


def _ladder(_: Problem, subject: Subject) -> list[str]:
    at_stage = [pointer("athlete", "ladder_stages", DEADLIFT)]
    return [pointer("rules", "progression.deadlift")] if subject.id in ("loaded stages", "no jump") else at_stage


_SPECIAL: dict[str, Callable[[Problem, Subject], list[str]]] = {
    "time.session": lambda problem, subject: _slot(problem, subject.id, "minutes"),
    "athlete.exclusions": _excluded,
    "athlete.skill": _stage,
    "athlete.prerequisite": _stage,
    "athlete.must_include": _wanted,
    "structure.sessions": _sessions,
    "recovery.muscle": _recovery,
    "recovery.axial": _axial,
    "volume.weekly_min": _per_muscle("weekly_min_sets"),
    "volume.weekly_max": _per_muscle("weekly_max_sets"),
    "volume.session_max": _per_muscle("session_max_sets"),
    "progression.deadlift": _ladder,
}
