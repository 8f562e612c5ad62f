"""From what is proven of two problems to what is proven of the difference between their best weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.objective.score import score_of
from solver.whatif.outcome import Known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.domain.problem import Problem
    from solver.whatif.outcome import Direction, Verdict


def week_of(known: Known) -> tuple[int, int]:
    """Shortfalls of the best week found: the less, tier by tier, the better."""
    return known.minima[0], known.targets[0]


def value(problem: Problem, known: Known) -> float:
    """Score of the best week found."""
    return score_of(problem, known.minima[0], known.targets[0])


def bound(problem: Problem, known: Known) -> float:
    """Score that no week as good in tier 1 exceeds."""
    return score_of(problem, known.minima[1], known.targets[1])


def alike(one: Known, other: Known) -> bool:
    """Whether the best weeks of both are proven to be equally good in tier 1, so that tier 2 can be compared."""
    return one.minima_proven and other.minima_proven and one.minima == other.minima


def sharpened(before: Known, others: Iterable[tuple[Known, Direction]]) -> Known:
    """What the changed problems prove of the one before: every week of one that allows less is one of its own, and no
    week of its own falls short by less than a bound of one that allows more."""
    others = list(others)
    for known, direction in others:
        if direction == "tighter":
            before = _withweek_of(before, known)
    for known, direction in others:
        if direction == "looser":
            before = _with_bound(before, known)
    return before


def inherited(known: Known, before: Known, direction: Direction) -> Known:
    """What is known of the problem before a change, put to use for the one after it: its week where the change only
    allows more, whatever is proven of either, and its bounds where it only allows less."""
    if direction == "looser":
        return _withweek_of(known, before)
    return _with_bound(known, before) if direction == "tighter" else known


def _withweek_of(known: Known, other: Known) -> Known:
    """With the week of `other`, which is one here too, where it is the better one.

    A bound of tier 2 that holds for all weeks as good as the worse one in tier 1 holds for those as good as the better.
    """
    if week_of(other) >= week_of(known):
        return known
    return Known(
        (other.minima[0], min(known.minima[1], other.minima[0])),
        (other.targets[0], min(known.targets[1], other.targets[0])),
    )


def _with_bound(known: Known, other: Known) -> Known:
    """With the bounds of `other`, which allows every week that is allowed here.

    Its bound of tier 2 is for weeks as good as its own in tier 1: it holds only where the week here is one of these.
    """
    minima = (known.minima[0], max(known.minima[1], min(known.minima[0], other.minima[1])))
    floor = other.targets[1] if known.minima[0] <= other.minima[0] else 0
    return Known(minima, (known.targets[0], max(known.targets[1], min(known.targets[0], floor))))


def between(
    before: tuple[Problem, Known], after: tuple[Problem, Known], direction: Direction
) -> tuple[float | None, float | None]:
    """The least and the most by which the best score after the change can exceed the best one before it.

    Both None when the minima are not proven: a best week may then score less than one that was found. A change that
    only allows more is worth nothing at least: the week without it may be kept.
    """
    (_, old), (_, new) = before, after
    if not (old.minima_proven and new.minima_proven):
        return None, None
    low, high = value(*after) - bound(*before), bound(*after) - value(*before)
    if direction == "looser":
        low, high = max(low, 0.0), max(high, 0.0)
    if direction == "tighter" and alike(old, new):
        high = min(high, 0.0)
    return round(low, 4), round(high, 4)


def verdict(low: float | None, high: float | None) -> Verdict:
    """What an interval proves."""
    if low is None or high is None:
        return "unproven"
    if low > 0:
        return "gain"
    if high < 0:
        return "loss"
    return "none" if low == high == 0 else "unproven"
