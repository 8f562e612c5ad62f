"""Ensures that a session is made up sensibly and that no exercise is everywhere."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from solver.domain.kinds import working
from solver.domain.past import sessions_done
from solver.domain.subject import of_exercise, part
from solver.rules.balance_upper_pull_push import substituted
from solver.rules.rule import Rule
from solver.variables import Choice, PlanVars, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.domain.problem import Slot
    from solver.guard import Guard

PER_PATTERN = 2
SCAPULAR_DRILLS_AS_PULLS = 4
"""So many scapular exercises fit in a session where they stand in for pulling."""
SESSIONS_PER_EXERCISE = 2


def _post(plan: PlanVars, guard: Guard) -> None:
    for slot in plan.problem.open_slots:
        _one_session(plan, guard, slot)
    by_exercise = defaultdict(list)
    for choice in plan.of(working):
        by_exercise[choice.exercise.id].append(choice)
    for exercise_id, choices in by_exercise.items():
        if len(choices) > SESSIONS_PER_EXERCISE:
            done = sessions_done(plan.problem, lambda e, x=exercise_id: e.id == x)  # type: ignore[misc]
            guard.require(RULE.id, of_exercise(exercise_id), counted(choices) <= max(SESSIONS_PER_EXERCISE, done))


def _one_session(plan: PlanVars, guard: Guard, slot: Slot) -> None:
    rules = plan.problem.rules
    at_work = plan.of(working, slot)
    guard.require(RULE.id, part("max"), counted(at_work) <= rules.working_exercises_max)
    guard.require(RULE.id, part("drills"), counted(plan.of(lambda e: e.is_drill, slot)) <= rules.drills_max)
    for pattern, choices in _grouped(at_work, "pattern").items():
        most = SCAPULAR_DRILLS_AS_PULLS if pattern == "scapular_control" and substituted(plan) else PER_PATTERN
        if len(choices) > most:
            guard.require(RULE.id, part("pattern"), counted(choices) <= most)
    for choices in _grouped(plan.in_slot(slot), "movement_family").values():
        guard.at_most_one(RULE.id, part("family"), [c.present for c in choices])


def _grouped(choices: Iterable[Choice], attribute: str) -> dict[str, list[Choice]]:
    groups: dict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        groups[getattr(choice.exercise, attribute)].append(choice)
    return groups


RULE = Rule("structure.exercises", _post)
