"""The price list of `solver.domain.pricing`, spoken in decision variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.pricing import entry_price
from solver.variables import Expression, PlanVars, counted, weighted

if TYPE_CHECKING:
    from solver.domain.problem import Slot


def session_seconds(plan: PlanVars, slot: Slot) -> Expression:
    """Seconds of a slot's session, 0 when it is unused. An upper bound that is exact where seconds are minimised.

    Equal to `pricing.session_seconds` once every pattern's ramp-up is at its dearest entry and no more.
    """
    rules, choices = plan.problem.rules, plan.in_slot(slot)
    work = weighted(choices, lambda e: entry_price(e).seconds_per_set)
    entries = counted(choices, lambda e: entry_price(e).fixed_seconds + rules.changeover_seconds)
    opening = rules.warmup_seconds - rules.changeover_seconds
    return work + entries + _ramp_up(plan, slot) + opening * plan.used(slot)


def _ramp_up(plan: PlanVars, slot: Slot) -> Expression:
    """Per pattern, the dearest `warmup_seconds` among its entries."""
    dearest: dict[str, int] = {}
    for choice in plan.in_slot(slot):
        e = choice.exercise
        if e.warmup_seconds:
            dearest[e.pattern] = max(dearest.get(e.pattern, 0), e.warmup_seconds)
    paid = {pattern: plan.shared_int(f"ramp-up {pattern}@{slot.id}", most) for pattern, most in dearest.items()}
    for choice in plan.in_slot(slot):
        e = choice.exercise
        if e.warmup_seconds:
            plan.define(f"ramp-up {e.id}@{slot.id}", paid[e.pattern] >= e.warmup_seconds * choice.present)
    return cp_model.LinearExpr.sum(list(paid.values()))
