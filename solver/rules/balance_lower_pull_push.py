"""Ensures that the posterior chain outweighs the quadriceps, within bounds, and that both are trained (mistake 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.kinds import compound, posterior, quad_dominant
from solver.domain.subject import part
from solver.rules.balance import Side, require_maximum, require_minimum
from solver.rules.rule import Rule
from solver.variables import PlanVars, counted

if TYPE_CHECKING:
    from solver.guard import Guard

SINGLE_JOINT_UNITS = 2
"""Units of single-joint posterior work where no compound is possible."""


def _post(plan: PlanVars, guard: Guard) -> None:
    balance = plan.problem.rules.lower_balance
    possible = plan.eligibility.eligible
    push = Side(plan.of(quad_dominant), lambda e: e.ratio_units)
    if possible(lambda e: posterior(e) and compound(e)):
        pull = Side(plan.of(posterior), lambda e: e.ratio_units)
        pull.cap_single_joint(guard, RULE.id, balance)
    else:
        pull = Side(plan.of(posterior), lambda _: SINGLE_JOINT_UNITS)
    if possible(lambda e: quad_dominant(e) and compound(e)):
        push.cap_single_joint(guard, RULE.id, balance)
    require_minimum(guard, RULE.id, balance, pull, push)
    require_maximum(plan, guard, RULE.id, balance, pull, push)

    for name, wanted in (
        ("squat or lunge stays", lambda e: compound(e) and e.pattern in ("squat", "lunge")),
        ("posterior stays", lambda e: posterior(e) and e.counts_as_hard_set),
    ):
        if possible(wanted):
            guard.require(RULE.id, part(name), counted(plan.of(wanted)) >= 1)


RULE = Rule("balance.lower_pull_push", _post)
