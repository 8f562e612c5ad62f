"""How far a state is from proven: numbers between 0 (proven) and 1 (nothing is known).

A tier is closed when its value equals its proven bound. An open tier has the gap that an answer of the service gives
it: |value - bound| as a share of all that the tier can come to, which is the shortfall of an untrained week in tiers 1
and 2 and the points of a week that had everything and cost nothing in tier 3. (Points lie around 0, so that a share
of the value itself would say nothing.) It is 1 at most, and 1 where value or bound is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from solver.objective.score import relative_gap
from tests.bench.trajectory import closed

if TYPE_CHECKING:
    from tests.bench.trajectory import Tiers, TierState

SCORE_TIERS = 2
"""Tiers 1 and 2 make up the score."""


class Scales(NamedTuple):
    """What the tiers can come to: both shortfalls of an empty week together, and the most points."""

    untrained: int
    points: int


class Gap(Protocol):
    """A gap of a state."""

    def __call__(self, tiers: Tiers, scales: Scales) -> float: ...


def lexicographic_gap(tiers: Tiers, scales: Scales) -> float:
    """The mean over the tiers: 0 for a closed one, its own gap for the first open one, 1 for every one after that.

    It never rises while a search improves its plan and tightens its bounds: what happens to later tiers while an
    earlier one is open counts for nothing.
    """
    total, open_before = 0.0, False
    for number, tier in enumerate(tiers):
        total += 1.0 if open_before else _tier_gap(number, tier, scales)
        open_before = open_before or not closed(tier)
    return total / len(tiers)


def score_gap(tiers: Tiers, scales: Scales) -> float:
    """The gap that an answer of the service gives for its score: both shortfalls together, relative to the score."""
    (first, first_bound), (second, second_bound) = tiers[:SCORE_TIERS]
    if first is None or second is None or first_bound is None or second_bound is None:
        return 1.0
    return relative_gap(_score(first + second, scales.untrained), _score(first_bound + second_bound, scales.untrained))


def quality_gap(tiers: Tiers, scales: Scales) -> float:
    """The gap of the last tier once all before it are closed; 1 until then."""
    *earlier, last = tiers
    return _tier_gap(len(earlier), last, scales) if all(map(closed, earlier)) else 1.0


def points_apart(tiers: Tiers) -> int | None:
    """Points between plan and bound of the last tier; None before the tiers ahead of it are closed."""
    *earlier, (value, bound) = tiers
    if value is None or bound is None or not all(map(closed, earlier)):
        return None
    return abs(value - bound)


def proven(tiers: Tiers) -> bool:
    return all(map(closed, tiers))


def score_proven(tiers: Tiers) -> bool:
    return proven(tiers[:SCORE_TIERS])


def _tier_gap(number: int, tier: TierState, scales: Scales) -> float:
    value, bound = tier
    if closed(tier):
        return 0.0
    if value is None or bound is None:
        return 1.0
    scale = scales.untrained if number < SCORE_TIERS else scales.points
    return min(1.0, abs(value - bound) / scale) if scale else 1.0


def _score(shortfall: int, untrained: int) -> float:
    """100 when nothing is missing, 0 for an untrained week; to four places, as in an answer."""
    return 100.0 if untrained == 0 else round(100.0 * (1 - shortfall / untrained), 4)
