"""Ensures that nothing is above the athlete's skill level or ladder stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.rules.facts import forbid_for_athlete
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    forbid_for_athlete(plan, guard, RULE.id)


RULE = Rule("athlete.skill", _post)
