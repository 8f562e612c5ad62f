"""Ensures that every exercise is possible with what stands at the session's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.rules.facts import forbid_missing_equipment
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    forbid_missing_equipment(plan, guard, RULE.id)


RULE = Rule("equipment.available", _post)
