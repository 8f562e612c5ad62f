"""The price list of `solver.domain.pricing`, spoken in decision variables."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.pricing import entry_price
from solver.variables import Choice, Expression, PlanVars, counted, weighted

if TYPE_CHECKING:
    from solver.domain.problem import Slot


def session_seconds(plan: PlanVars, slot: Slot) -> Expression:
    """Seconds of a slot's session, 0 when it is unused. An upper bound that is exact where seconds are minimised.

    Equal to `pricing.session_seconds` once every pattern's ramp-up is at its dearest entry and no more, and every
    superset saves what it can.
    """
    rules, choices = plan.problem.rules, plan.in_slot(slot)
    work = weighted(choices, lambda e: entry_price(e).seconds_per_set)
    entries = counted(choices, lambda e: entry_price(e).fixed_seconds + rules.changeover_seconds)
    opening = rules.warmup_seconds - rules.changeover_seconds
    alone = work + entries + _ramp_up(plan, slot) + opening * plan.used(slot)
    pairing = plan.pairing(slot)
    return alone if pairing is None else alone - pairing.saved_seconds()


def _groups_of_one(plan: PlanVars, slot: Slot) -> dict[tuple[str, str], list[Choice]]:
    """Choices with a ramp-up, by pattern and by what at most one entry of can be in the slot.

    One row for a whole movement family bounds the relaxation tighter than a row for each of its exercises. Where the
    rule that keeps families apart may be left out, or was broken already, every exercise stands for itself.
    """
    groups: dict[tuple[str, str], list[Choice]] = defaultdict(list)
    families_apart = plan.every_rule_holds and slot.id not in plan.problem.done
    for choice in plan.in_slot(slot):
        e = choice.exercise
        if e.warmup_seconds:
            groups[e.pattern, e.movement_family if families_apart else e.id].append(choice)
    return groups


def _ramp_up(plan: PlanVars, slot: Slot) -> Expression:
    """Per pattern, the dearest `warmup_seconds` among its entries."""
    dearest: dict[str, int] = {}
    for choice in plan.in_slot(slot):
        e = choice.exercise
        if e.warmup_seconds:
            dearest[e.pattern] = max(dearest.get(e.pattern, 0), e.warmup_seconds)
    paid = {pattern: plan.shared_int(f"ramp-up {pattern}@{slot.id}", most) for pattern, most in dearest.items()}
    for (pattern, kin), choices in _groups_of_one(plan, slot).items():
        owed = counted(choices, lambda e: e.warmup_seconds)
        plan.define(f"ramp-up {pattern} {kin}@{slot.id}", paid[pattern] >= owed)
    return cp_model.LinearExpr.sum(list(paid.values()))
