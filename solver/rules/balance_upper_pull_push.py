"""Ensures that the upper body pulls at least so much more than it pushes, and does push (mistake 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.kinds import compound, scapular_pull, upper_pull, upper_push
from solver.domain.subject import part
from solver.rules.balance import Side, require_minimum
from solver.rules.rule import Rule
from solver.variables import PlanVars, weighted

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.guard import Guard

PUSH_SETS = 3
"""One compound push keeps at least so many sets a week."""
SUBSTITUTE_UNITS = 2
"""Units of a lower-trapezius pull where nothing else can be pulled."""


def substituted(plan: PlanVars) -> bool:
    """True when no counted pull is possible anywhere, so that scapular pulls stand in for pulling."""
    return not plan.eligibility.eligible(upper_pull)


def _required_push(plan: PlanVars) -> tuple[Exercise, ...]:
    """The compound pushes one of which must stay: horizontal ones, else any, else none."""
    possible = plan.eligibility.eligible
    horizontal = possible(lambda e: compound(e) and e.pattern == "horizontal_push")
    return horizontal or possible(lambda e: compound(e) and upper_push(e))


def _post(plan: PlanVars, guard: Guard) -> None:
    balance = plan.problem.rules.upper_balance
    push = Side(plan.of(upper_push), lambda e: e.ratio_units)
    if substituted(plan):
        # Counted pulls occur here only where a model that explains is asked what else would help.
        pulls = plan.of(lambda e: scapular_pull(e) or upper_pull(e))
        pull = Side(pulls, lambda e: SUBSTITUTE_UNITS if scapular_pull(e) else e.ratio_units)
    else:
        pull = Side(plan.of(upper_pull), lambda e: e.ratio_units)
        pull.cap_single_joint(guard, RULE.id, balance)
    require_minimum(guard, RULE.id, balance, pull, push)

    kept = []
    for exercise in _required_push(plan):
        keep = plan.model.new_bool_var(f"keeps {exercise.id}")
        weekly_sets = weighted(plan.of(lambda e, x=exercise: e is x), lambda _: 1)  # type: ignore[misc]
        guard.require(RULE.id, part("push stays"), weekly_sets >= PUSH_SETS * keep)
        kept.append(keep)
    if kept:
        guard.require(RULE.id, part("push stays"), cp_model.LinearExpr.sum(kept) >= 1)


RULE = Rule("balance.upper_pull_push", _post)
