"""Facts that rule an exercise out: left out of a model that plans, stated by name in a model that explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def forbid_blocked(plan: PlanVars, guard: Guard, rule: str) -> None:
    """Keep out every choice that `rule` blocks, under the request's own word for the reason."""
    for choice in plan.choices:
        for blocker in plan.eligibility.blockers(choice.exercise, choice.slot):
            if blocker.rule == rule:
                guard.require(rule, blocker.subject, choice.present <= 0)
