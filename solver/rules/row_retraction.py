"""Ensures rows that the shoulder blades lead (mistake 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.kinds import any_row, led_dumbbell_or_cable_row, led_row
from solver.domain.subject import part
from solver.rules.rule import Rule
from solver.variables import PlanVars, weighted

if TYPE_CHECKING:
    from solver.guard import Guard


def _post(plan: PlanVars, guard: Guard) -> None:
    rules, possible = plan.problem.rules, plan.eligibility.eligible
    any_led = bool(possible(led_row))
    kind = led_dumbbell_or_cable_row if possible(led_dumbbell_or_cable_row) else led_row
    if not plan.eligibility.waived(led_row) or f"{RULE.id}:sets" in rules.stated:
        guard.require(RULE.id, part("sets"), weighted(plan.of(kind), lambda _: 1) >= rules.retraction_row_sets)
    if any_led:
        led = weighted(plan.of(led_row), lambda _: 1)
        guard.require(RULE.id, part("half"), 2 * led >= weighted(plan.of(any_row), lambda _: 1))


RULE = Rule("row.retraction", _post)
