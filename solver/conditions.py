"""Side conditions of a search: what a week is to meet beside the rules, stated on the variables of one model.

The rules are the law and have a guard that names them in conflicts; a condition is what one question asks for ("no
more than 150 minutes", "as good as that week"), and where no week meets it the answer is just that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.model import MINIMA, QUALITY, Objective, TierSpec
from solver.timing import session_seconds
from solver.variables import PlanVars

if TYPE_CHECKING:
    from solver.domain.plan import Plan

Condition = Callable[[PlanVars, Objective], Iterable["cp_model.BoundedLinearExpression | bool"]]
"""From a model's variables and tiers to the constraints that a week must meet beside the rules."""


def tier_at_least_as_good(spec: TierSpec, value: int) -> Condition:
    """The tier comes to `value` or better: at most that shortfall, at least those points."""

    def state(_: PlanVars, objective: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        if spec is QUALITY:
            return [objective.quality >= value]
        return [(objective.minima if spec is MINIMA else objective.targets) <= value]

    return state


def sessions_at_most(number: int) -> Condition:
    """No more sessions than `number` in the week."""
    return lambda plan, _: [plan.sessions <= number]


def seconds_at_most(seconds: int) -> Condition:
    """All sessions together no longer than `seconds`, as `pricing.session_seconds` counts."""

    def state(plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        plan.seconds_count = True
        return [cp_model.LinearExpr.sum([session_seconds(plan, slot) for slot in plan.problem.slots]) <= seconds]

    return state


def entries_shared_at_most(other: Plan, number: int) -> Condition:
    """At most `number` of `other`'s entries stand in the same slot again, with whatever sets."""

    def state(plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        choices = [plan.choice(entry.exercise, session.slot) for session in other.sessions for entry in session.entries]
        return [cp_model.LinearExpr.sum([choice.present for choice in choices if choice is not None]) <= number]

    return state
