"""Facts that rule an exercise out: left out of a model that plans, stated by name in a model that explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.eligibility import avoided_items
from solver.domain.subject import at_place, exclusion

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def forbid_for_athlete(plan: PlanVars, guard: Guard, rule: str) -> None:
    """Keep out every choice that `rule` forbids this athlete, under the request's own word for the reason."""
    for choice in plan.choices:
        if choice.slot.id in plan.problem.done:
            continue  # what was done was possible
        for blocker in plan.eligibility.of_athlete(choice.exercise, choice.slot):
            if blocker.rule == rule:
                guard.require(rule, blocker.subject, choice.present <= 0)


def forbid_missing_equipment(plan: PlanVars, guard: Guard, rule: str) -> None:
    """Let nothing be had at a place but what stands there."""
    for (place, _), brought in plan.brought().items():
        guard.require(rule, at_place(place), brought <= 0)


def forbid_avoided_equipment(plan: PlanVars, guard: Guard, rule: str) -> None:
    """Keep out every way of doing an exercise that needs equipment the athlete avoids."""
    for _, alternative, way in plan.ways():
        for item in sorted(avoided_items(plan.problem).intersection(alternative)):
            guard.require(rule, exclusion("equipment", item), way <= 0)
