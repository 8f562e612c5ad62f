"""From what is proven of two problems to what is proven of the difference between their best weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.objective.score import score_of
from solver.whatif.outcome import Known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.domain.problem import Problem
    from solver.whatif.outcome import Direction, Verdict


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
    """What the changed problems prove of the one before: no week of a problem that allows more falls short by less,
    and the week of one that allows less is one of its own."""
    best, floor = before.targets
    for known, direction in others:
        if alike(before, known) and direction == "looser":
            floor = max(floor, known.targets[1])
        if alike(before, known) and direction == "tighter":
            best = min(best, known.targets[0])
    return Known(before.minima, (best, min(best, floor)))


def inherited(known: Known, before: Known, direction: Direction) -> Known:
    """What is known of the problem before a change, put to use for the one after it."""
    if not alike(before, known):
        return known
    best, floor = known.targets
    if direction == "tighter":
        floor = max(floor, before.targets[1])
    if direction == "looser":
        best = min(best, before.targets[0])
    return Known(known.minima, (best, min(best, floor)))


def between(
    before: tuple[Problem, Known], after: tuple[Problem, Known], direction: Direction
) -> tuple[float | None, float | None]:
    """The least and the most by which the best score after the change can exceed the best one before it.

    Both None when the minima are not proven: a best week may then score less than one that was found.
    """
    (_, old), (_, new) = before, after
    if not (old.minima_proven and new.minima_proven):
        return None, None
    low, high = value(*after) - bound(*before), bound(*after) - value(*before)
    if alike(old, new):
        low = max(low, 0.0) if direction == "looser" else low
        high = min(high, 0.0) if direction == "tighter" else high
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
