"""Economy: few fragments, no needless minutes, no session all over the gym."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.eligibility import preferred_alternative
from solver.domain.metrics import FREE_ITEMS, items_beyond
from solver.domain.past import session_done
from solver.domain.pricing import entry_price
from solver.domain.supersets import ALWAYS_AT_HAND
from solver.objective.quality.term import PerEntry, PerSet

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, Slot
    from solver.variables import Expression, PlanVars

WORKING_ENTRY_POINTS = -3
DRILL_ENTRY_POINTS = -2
SECONDS_PER_POINT = 60
ITEM_POINTS = -2


def _fragment(_: Problem, e: Exercise) -> int:
    return DRILL_ENTRY_POINTS if e.is_drill else WORKING_ENTRY_POINTS


def _minutes(_: Problem, e: Exercise) -> int:
    """A set with its rest, in whole minutes, at least one: finer would only slow the proof."""
    return -max(1, round(entry_price(e).seconds_per_set / SECONDS_PER_POINT))


FRAGMENTS = PerEntry("fragments", _fragment)
MINUTES = PerSet("minutes", _minutes)


class EquipmentChanges:
    """Every piece of equipment that a session needs beyond the free ones costs a walk."""

    name = "equipment"

    def express(self, plan: PlanVars) -> Expression:
        excess: list[Expression | int] = []
        for slot in plan.problem.slots:
            if slot.id in plan.problem.done:
                # with what it was done, not with what would be preferred
                excess.append(items_beyond(self._used(plan, slot)))
                continue
            needing = {i: uses for i, uses in plan.needing(plan.in_slot(slot)).items() if i not in ALWAYS_AT_HAND}
            if len(needing) <= FREE_ITEMS:
                continue
            fetched = [plan.caused_by(f"fetch {i}@{slot.id}", uses) for i, uses in needing.items()]
            beyond = plan.model.new_int_var(0, len(fetched), f"items beyond@{slot.id}")
            plan.model.add(beyond >= cp_model.LinearExpr.sum(fetched) - FREE_ITEMS)
            excess.append(beyond)
        return ITEM_POINTS * cp_model.LinearExpr.sum(excess)

    def measure(self, problem: Problem, plan: Plan) -> int:  # noqa: ARG002 - the shape of a term
        items = ({i for entry in session.entries for i in entry.equipment} for session in plan.sessions)
        return ITEM_POINTS * sum(map(items_beyond, items))

    @staticmethod
    def _used(plan: PlanVars, slot: Slot) -> set[str]:
        done = session_done(plan.problem, slot, partial(preferred_alternative, plan.problem))
        return set() if done is None else {item for entry in done.entries for item in entry.equipment}


EQUIPMENT = EquipmentChanges()
