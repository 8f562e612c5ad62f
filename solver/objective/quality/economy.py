"""Economy: few fragments, few pieces of equipment, no needless minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.pricing import entry_price
from solver.objective.quality.term import PerEntry, PerSet

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.variables import Choice, Expression, PlanVars

WORKING_ENTRY_POINTS = -3
DRILL_ENTRY_POINTS = -2
SECONDS_PER_POINT = 60
ITEM_POINTS = -1
ALWAYS_AT_HAND = frozenset({"none", "wall"})


def _fragment(_: Problem, e: Exercise) -> int:
    return DRILL_ENTRY_POINTS if e.is_drill else WORKING_ENTRY_POINTS


def _minutes(_: Problem, e: Exercise) -> int:
    """A set with its rest, in whole minutes, at least one: finer would only slow the proof."""
    return -max(1, round(entry_price(e).seconds_per_set / SECONDS_PER_POINT))


FRAGMENTS = PerEntry("fragments", _fragment)
MINUTES = PerSet("minutes", _minutes)


class EquipmentChanges:
    """Every piece of equipment that a session needs costs a walk to it."""

    name = "equipment"

    def express(self, plan: PlanVars) -> Expression:
        needing: dict[tuple[str, str], list[Choice]] = {}
        for choice in plan.choices:
            for item in sorted(set(plan.alternative(choice)) - ALWAYS_AT_HAND):
                needing.setdefault((item, choice.slot.id), []).append(choice)
        fetched = [plan.forced_by(f"fetch {i}@{s}", choices) for (i, s), choices in needing.items()]
        return ITEM_POINTS * cp_model.LinearExpr.sum(fetched)

    def measure(self, problem: Problem, plan: Plan) -> int:  # noqa: ARG002 - the shape of a term
        items = ({i for entry in session.entries for i in entry.equipment} for session in plan.sessions)
        return ITEM_POINTS * sum(len(used - ALWAYS_AT_HAND) for used in items)


EQUIPMENT = EquipmentChanges()
