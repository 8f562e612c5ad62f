"""Ensures real external rotation: enough of it, spread out, and in proportion to internal rotation (mistake 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.kinds import external_rotation
from solver.domain.subject import part
from solver.rules.rule import Rule
from solver.variables import PlanVars, weighted

if TYPE_CHECKING:
    from solver.guard import Guard


def _post(plan: PlanVars, guard: Guard) -> None:
    rules = plan.problem.rules
    external = weighted(plan.of(external_rotation), lambda _: 1)
    internal = weighted(plan.of(lambda e: e.shoulder_rotation == "internal"), lambda _: 1)
    guard.require(RULE.id, part("sets"), external >= rules.external_rotation_sets)
    share = rules.external_rotation_share
    guard.require(RULE.id, part("share"), share.denominator * external >= share.numerator * internal)

    days = [plan.any_present(f"cuff@{s.id}", plan.of(external_rotation, s)) for s in plan.problem.slots]
    guard.require(RULE.id, part("days"), cp_model.LinearExpr.sum(days) >= plan.capped_by_sessions(2))


RULE = Rule("shoulder.external_rotation", _post)
