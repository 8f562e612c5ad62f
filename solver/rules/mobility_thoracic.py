"""Ensures that upper-body sessions open with a thoracic drill and that the week varies them (mistake 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.kinds import thoracic_drill
from solver.domain.subject import WHOLE, at_slot, part
from solver.rules.rule import Rule
from solver.variables import PlanVars, counted

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.guard import Guard


def _post(plan: PlanVars, guard: Guard) -> None:
    # The session order puts every mobility drill before the first pull, so presence is all that is left to ask.
    for slot in plan.problem.open_slots:
        drills = counted(plan.of(thoracic_drill, slot))
        guard.require(RULE.id, at_slot(slot.id), drills >= plan.trains_upper(slot))

    used = [
        plan.any_present(f"drill {drill.id}", plan.of_exercise(drill.id))
        for drill in plan.problem.exercises
        if thoracic_drill(drill)
    ]
    wanted = plan.capped_by_sessions(plan.problem.rules.thoracic_distinct)
    guard.require(RULE.id, WHOLE, cp_model.LinearExpr.sum(used) >= wanted)
    for direction in ("rotation", "extension"):

        def moves(e: Exercise, direction: str = direction) -> bool:
            return thoracic_drill(e) and e.thoracic == direction

        guard.require(RULE.id, part(direction), counted(plan.of(moves)) >= plan.sessions_at_least(2))


RULE = Rule("mobility.thoracic", _post)
