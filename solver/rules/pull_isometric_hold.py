"""Ensures a top-position hold on the bar each week, wherever a bar can be held (mistake 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.kinds import top_hold
from solver.domain.subject import WHOLE
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    rules = plan.problem.rules
    if plan.eligibility.waived(top_hold) and f"{RULE.id}:sessions" not in rules.stated:
        return
    holds = [plan.any_present(f"hold@{s.id}", plan.of(top_hold, s)) for s in plan.problem.slots]
    wanted = plan.capped_by_sessions(rules.isometric_hold_sessions)
    guard.require(RULE.id, WHOLE, cp_model.LinearExpr.sum(holds) >= wanted)


RULE = Rule("pull.isometric_hold", _post)
