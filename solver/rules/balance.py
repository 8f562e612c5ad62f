"""Pull against push: what the two balance rules share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.kinds import single_joint
from solver.domain.subject import part
from solver.variables import Choice, Expression, PlanVars, counted, weighted

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.schema import Exercise
    from solver.domain.problem import BalanceRule
    from solver.guard import Guard

SINGLE_JOINT_SHARE = 3
"""Single-joint units are at most one in so many of a side's units."""


@dataclass(frozen=True)
class Side:
    """One side of a balance: its exercises and how many units a set of each counts."""

    choices: list[Choice]
    units: Callable[[Exercise], int]

    def total(self, *, movements: bool) -> Expression:
        """Units of the week: per set, or per entry when movements are counted."""
        return counted(self.choices, self.units) if movements else weighted(self.choices, self.units)

    def cap_single_joint(self, guard: Guard, rule: str, balance: BalanceRule) -> None:
        """Single-joint units stay within their share of this side, on every basis the rule counts by."""
        alone = Side([c for c in self.choices if single_joint(c.exercise)], self.units)
        for movements in bases(balance):
            share = SINGLE_JOINT_SHARE * alone.total(movements=movements)
            guard.require(rule, part("single joint"), share <= self.total(movements=movements))


def bases(balance: BalanceRule) -> tuple[bool, ...]:
    """Whether to count movements, once for each basis the rule asks for."""
    return {"sets": (False,), "movements": (True,), "both": (False, True)}[balance.basis]


def require_minimum(guard: Guard, rule: str, balance: BalanceRule, pull: Side, push: Side) -> None:
    """pull >= minimum x push, in whole numbers."""
    for movements in bases(balance):
        left = balance.minimum.denominator * pull.total(movements=movements)
        right = balance.minimum.numerator * push.total(movements=movements)
        guard.require(rule, part("ratio"), left >= right)


def require_maximum(plan: PlanVars, guard: Guard, rule: str, balance: BalanceRule, pull: Side, push: Side) -> None:
    """pull <= maximum x push, once any push is planned."""
    if balance.maximum is None:
        return
    any_push = plan.forced_by(f"any push of {rule}", push.choices)
    for movements in bases(balance):
        most = _largest(pull, movements=movements)
        left = balance.maximum.denominator * pull.total(movements=movements)
        right = balance.maximum.numerator * push.total(movements=movements)
        slack = balance.maximum.denominator * most * (1 - any_push)
        guard.require(rule, part("ratio"), left <= right + slack)


def _largest(side: Side, *, movements: bool) -> int:
    """The most units the side could reach if everything were done."""
    return sum(side.units(c.exercise) * (1 if movements else c.smallest + len(c.further)) for c in side.choices)
