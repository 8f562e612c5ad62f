"""The order of weeks to choose from: the best found first, whenever it was found, with what stays proven of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.measured import MeasuredWeek, as_solved
from solver.variants.conditions import shortfall_within

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from solver.domain.outcome import Solved, TierResult
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


@dataclass(frozen=True)
class FoundWeek:
    """A week as it was found: the bounds of `solved` are of the weeks that are far enough from all of `apart`."""

    solved: Solved
    apart: tuple[Plan, ...] = ()


def best_of(found: Sequence[FoundWeek]) -> Solved:
    """The best by the objective, tier after tier; the first found of equals."""
    return min((one.solved for one in found), key=_rank)


def near_enough(problem: Problem, found: Sequence[FoundWeek], loss: Fraction) -> list[FoundWeek]:
    """Without those that turn out to lose too much against a better week that was found after them.

    A week that scores more than the best one loses nothing: the minima come before the score.
    """
    most = shortfall_within(problem, shortfall(best_of(found)), loss)
    return [one for one in found if shortfall(one.solved) <= most]


def ranked(problem: Problem, found: Sequence[FoundWeek], known: Sequence[TierResult]) -> list[Solved]:
    """The best first, each with bounds of the weeks that are as far from all before it.

    What was proven when a week was found holds in its place if all that it was held apart from stands before it. Of
    the others there is `known`, the tiers of the search for the best week of all: nothing in any place is beyond them.
    """
    order = sorted(found, key=lambda one: _rank(one.solved))
    weeks: list[Solved] = []
    for place, one in enumerate(order):
        before = {other.solved.plan for other in order[:place]}
        weeks.append(one.solved if before.issuperset(one.apart) else _by(problem, one.solved, known))
    return weeks


def _by(problem: Problem, week: Solved, known: Sequence[TierResult]) -> Solved:
    return as_solved(MeasuredWeek(problem, week.plan), known, week.stats)


def shortfall(week: Solved) -> int:
    """Tiers 1 and 2 together."""
    return sum(int(tier.value) for tier in week.tiers[:2])


def _rank(week: Solved) -> tuple[float, ...]:
    """Less is better, tier after tier."""
    return tuple(tier.value if tier.sense == "min" else -tier.value for tier in week.tiers)
