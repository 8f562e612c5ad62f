"""Times, areas and statistics, by hand."""

from __future__ import annotations

import pytest

from tests.bench.curves import NEVER, exponent, geometric_mean, integral, percentile, rises, since
from tests.bench.gaps import Scales, lexicographic_gap
from tests.bench.trajectory import State, Tiers, cut

SCALES = Scales(1000, 20)
OPEN = ((0, 0), (0, 0), (0, None))
"""Gap 1/3."""
HALF = ((0, 0), (0, 0), (10, 20))
"""Gap 1/6."""
PROVEN = ((0, 0), (0, 0), (20, 20))
"""Gap 0."""


def states(*known: tuple[float, Tiers]) -> list[State]:
    return [State(seconds, tiers) for seconds, tiers in known]


def area(*known: tuple[float, Tiers], seconds: float) -> float:
    return integral(states(*known), lexicographic_gap, SCALES, seconds)


def test_the_area_is_that_of_steps_from_1() -> None:
    # 2 s at 1, 3 s at 1/3, 5 s at 0.
    assert area((2.0, OPEN), (5.0, PROVEN), seconds=10.0) == pytest.approx(2 + 3 / 3)


def test_the_last_gap_stays_to_the_end() -> None:
    assert area((1.0, HALF), seconds=7.0) == pytest.approx(1 + 6 / 6)


def test_nothing_found_is_the_whole_area() -> None:
    assert area(seconds=30.0) == 30.0


def test_what_comes_after_the_end_does_not_count() -> None:
    assert area((1.0, HALF), (9.0, PROVEN), seconds=4.0) == pytest.approx(1 + 3 / 6)
    assert area((9.0, PROVEN), seconds=4.0) == 4.0
    assert cut(states((1.0, HALF), (9.0, PROVEN)), 4.0) == states((1.0, HALF))


def test_a_moment_is_reached_from_when_on_it_lasts() -> None:
    def good(tiers: Tiers) -> bool:
        return tiers == PROVEN

    assert since(states((1.0, OPEN), (2.0, PROVEN), (3.0, PROVEN)), good) == 2.0
    assert since(states((1.0, PROVEN), (2.0, OPEN), (3.0, PROVEN)), good) == 3.0
    assert since(states((1.0, PROVEN), (2.0, OPEN)), good) == NEVER
    assert since([], good) == NEVER


def test_a_gap_that_widens_is_noticed() -> None:
    way = states((1.0, OPEN), (2.0, HALF), (3.0, OPEN), (4.0, PROVEN))
    assert rises(way, lexicographic_gap, SCALES) == [way[2]]
    assert rises(way[:2], lexicographic_gap, SCALES) == []


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1.0), (0.05, 1.0), (0.5, 10.0), (0.51, 11.0), (0.95, 19.0), (0.96, 20.0), (1.0, 20.0)]
)
def test_a_percentile_is_the_value_that_a_share_does_not_exceed(share: float, expected: float) -> None:
    assert percentile([float(n) for n in range(20, 0, -1)], share) == expected


def test_a_percentile_with_unreached_values_may_be_unreached() -> None:
    values = [1.0, 2.0, NEVER, NEVER]
    assert percentile(values, 0.5) == 2.0
    assert percentile(values, 0.75) == NEVER
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_the_geometric_mean_of_a_ratio_and_its_inverse_is_1() -> None:
    assert geometric_mean([0.25, 4.0]) == pytest.approx(1.0)
    assert geometric_mean([2.0, 2.0, 16.0]) == pytest.approx(4.0)
    with pytest.raises(ValueError, match="nothing"):
        geometric_mean([])


def test_the_exponent_of_growth() -> None:
    assert exponent((100, 3.0), (1000, 30.0)) == pytest.approx(1.0)
    assert exponent((100, 3.0), (200, 12.0)) == pytest.approx(2.0)
    assert exponent((100, 3.0), (200, 3.0)) == 0.0
