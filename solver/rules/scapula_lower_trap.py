"""Ensures that the lower trapezius is trained at least as hard as the upper (mistake 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.kinds import direct_lower_trap
from solver.domain.subject import part
from solver.rules.rule import Rule
from solver.variables import PlanVars, weighted

if TYPE_CHECKING:
    from solver.guard import Guard

HALF_SET, THREE_QUARTERS = 2, 3


def _post(plan: PlanVars, guard: Guard) -> None:
    rules = plan.problem.rules
    hard = plan.of(lambda e: e.counts_as_hard_set)
    lower = weighted(hard, lambda e: e.muscle_quarters.get("trapezius_lower", 0))
    upper = weighted(hard, lambda e: e.muscle_quarters.get("trapezius_upper", 0))
    ratio = rules.lower_trap_ratio
    guard.require(RULE.id, part("weighted"), ratio.denominator * lower >= ratio.numerator * upper)

    direct_lower = weighted(hard, lambda e: int(e.lower_trap_direct))
    direct_upper = weighted(hard, lambda e: int(e.upper_trap_direct))
    guard.require(RULE.id, part("direct"), direct_lower >= direct_upper)

    floor = rules.lower_trap_sets
    at_least_half = weighted(hard, lambda e: int(direct_lower_trap(e, HALF_SET)))
    hardest = weighted(hard, lambda e: int(direct_lower_trap(e, THREE_QUARTERS)))
    guard.require(RULE.id, part("floor"), at_least_half >= floor)
    guard.require(RULE.id, part("floor"), 2 * hardest >= floor)


RULE = Rule("scapula.lower_trap", _post)
