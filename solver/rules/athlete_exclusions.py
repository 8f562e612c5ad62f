"""Ensures that what the athlete avoids stays out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.rules.facts import forbid_avoided_equipment, forbid_for_athlete
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    forbid_for_athlete(plan, guard, RULE.id)
    forbid_avoided_equipment(plan, guard, RULE.id)


RULE = Rule("athlete.exclusions", _post)
