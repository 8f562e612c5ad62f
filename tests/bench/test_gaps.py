"""Gaps of states: by hand, and against the service's own score."""

from __future__ import annotations

from itertools import pairwise

import pytest

from solver.objective.score import scored, untrained
from tests.bench.gaps import Scales, lexicographic_gap, points_apart, proven, quality_gap, score_gap, score_proven
from tests.bench.suite import suite

SCALES = Scales(1000, 60)
NOTHING = ((None, 0), (None, 0), (None, None))
ON_THE_WAY = [
    NOTHING,
    ((100, 0), (None, 0), (None, None)),
    ((60, 0), (300, 0), (-5, None)),
    ((40, 20), (500, 0), (-5, None)),
    ((40, 40), (500, 0), (-5, None)),
    ((40, 40), (450, 400), (-9, None)),
    ((40, 40), (420, 420), (-9, None)),
    ((40, 40), (420, 420), (-9, 90)),
    ((40, 40), (420, 420), (30, 60)),
    ((40, 40), (420, 420), (50, 50)),
]
"""A search's way from nothing to proof; each state is nearer than the one before."""


def test_without_a_plan_every_gap_is_1() -> None:
    assert [gap(NOTHING, SCALES) for gap in (lexicographic_gap, score_gap, quality_gap)] == [1.0, 1.0, 1.0]


def test_a_proof_of_all_tiers_has_no_gap() -> None:
    state = ((5, 5), (12, 12), (-3, -3))
    assert [gap(state, SCALES) for gap in (lexicographic_gap, score_gap, quality_gap)] == [0.0, 0.0, 0.0]
    assert proven(state)


def test_the_lexicographic_gap_is_the_mean_of_closed_first_open_and_later_tiers() -> None:
    # Tier 1 open by 20 of 1000, the two after it count whole, whatever they are.
    assert lexicographic_gap(((40, 20), (7, 7), (8, 8)), SCALES) == pytest.approx((0.02 + 1 + 1) / 3)
    # Tier 1 closed, tier 2 open by 50 of 1000.
    assert lexicographic_gap(((40, 40), (450, 400), (8, 8)), SCALES) == pytest.approx((0 + 0.05 + 1) / 3)
    # Tier 3 open by 30 of at most 60 points.
    assert lexicographic_gap(((0, 0), (0, 0), (30, 60)), SCALES) == pytest.approx((0 + 0 + 0.5) / 3)


def test_the_lexicographic_gap_never_rises_on_the_way() -> None:
    gaps = [lexicographic_gap(state, SCALES) for state in ON_THE_WAY]
    assert all(later < earlier for earlier, later in pairwise(gaps[:5] + gaps[5:7] + gaps[8:]))
    # A bound of points that is far away is worth as little as none.
    assert gaps[6] == gaps[7] == pytest.approx(1 / 3)


@pytest.mark.parametrize(("value", "bound", "gap"), [(-40, 20, 1.0), (-40, -25, 0.25), (0, 0, 0.0), (0, 6, 0.1)])
def test_points_around_zero_have_a_gap_of_at_most_1(value: int, bound: int, gap: float) -> None:
    assert quality_gap(((0, 0), (0, 0), (value, bound)), SCALES) == gap


def test_the_last_tier_counts_only_after_proofs_of_those_before_it() -> None:
    assert quality_gap(((0, 0), (10, 9), (50, 50)), SCALES) == 1.0
    assert points_apart(((0, 0), (10, 9), (50, 60))) is None
    assert points_apart(((0, 0), (9, 9), (50, 60))) == 10


def test_the_gap_of_the_score_is_that_of_an_answer() -> None:
    problem = suite()["two_half_hours_in_a_gym"].problem
    worst = untrained(problem)
    for value, bound in [((94, 1266), (94, 1266)), ((100, 1300), (94, 1187)), ((112, 1403), (5, 0)), ((0, 1), (0, 0))]:
        tiers = ((value[0], bound[0]), (value[1], bound[1]), (3, None))
        assert score_gap(tiers, Scales(worst, 1)) == scored(problem, value, bound).gap


def test_the_score_is_proven_by_its_two_tiers() -> None:
    assert score_proven(((5, 5), (12, 12), (3, 40)))
    assert not proven(((5, 5), (12, 12), (3, 40)))
    assert not score_proven(((5, 5), (12, 11), (3, 3)))


def test_a_week_that_asks_for_nothing_has_no_scale() -> None:
    assert score_gap(((0, 0), (0, 0), (3, None)), Scales(0, 1)) == 0.0
    assert lexicographic_gap(((0, 0), (0, 0), (3, 3)), 0) == 0.0
