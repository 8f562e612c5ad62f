"""The planner's numbers against those of the verifier, which counts on its own, and against figures worked by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from solver.blocks.domain import Mesocycle
from solver.blocks.mesocycle import is_deload, percent_of, scaled
from solver.blocks.verifier.cycle import expected, percent, target_of, unloads
from solver.objective.stimulus import target_eighths, weekly_target
from tests.golden.asking import problem_of
from tests.solver.rule_lab import goal

CYCLES = [
    Mesocycle(loading, start, peak, deload)
    for loading, start, peak, deload in product((1, 2, 3, 5), (50, 80), (100, 115), (None, 40, 60))
]


@pytest.mark.parametrize("cycle", CYCLES, ids=str)
def test_planner_and_verifier_agree_on_every_week(cycle: Mesocycle) -> None:
    for number in range(1, 13):
        assert percent_of(cycle, number) == percent(cycle, number)
        assert is_deload(cycle, number) is unloads(cycle, number)


def test_the_default_cycle() -> None:
    # 80 to 105 in two steps of 12.5: 92.5 rounds up
    assert [percent_of(Mesocycle(), n) for n in range(1, 7)] == [80, 93, 105, 60, 80, 93]
    assert [percent_of(Mesocycle(2, 90, 100, None), n) for n in range(1, 5)] == [90, 100, 90, 100]


def test_planner_and_verifier_agree_on_every_muscle() -> None:
    for low, target, most, required in product((0, 3, 6), (6, 9), (9, 14), (False, True)):
        own = goal("x", weekly_min_sets=low, weekly_target_sets=target, weekly_max_sets=most, required=required)
        for share in (40, 60, 67, 80, 93, 100, 110, 150):
            now = scaled(own, share)
            assert (now.weekly_min_sets, target_of(now), now.weekly_max_sets) == expected(own, share)
            assert now.weekly_min_sets <= weekly_target(now) <= now.weekly_max_sets <= own.weekly_max_sets


@pytest.mark.parametrize(
    ("share", "numbers"),
    [
        (60, (3, 4.75, 9)),  # 2.4 up, 4.8 to the nearest eighth, 8.4 up
        (100, (4, 8, 14)),
        (110, (4, 8.75, 14)),  # 8.8; minimum and maximum stay
        (200, (4, 14, 14)),  # 16 is above the maximum
    ],
)
def test_numbers_of_a_muscle(share: int, numbers: tuple[int, float, int]) -> None:
    now = scaled(goal("x", weekly_min_sets=4, weekly_target_sets=8, weekly_max_sets=14), share)
    assert (now.weekly_min_sets, weekly_target(now), now.weekly_max_sets) == numbers


@pytest.mark.parametrize("body", [{}, {"athlete": {"experience": "beginner", "goal": "strength"}}], ids=str)
def test_the_ramp_is_the_one_that_is_told(body: dict[str, Any]) -> None:
    """What the objective is after, added up, follows the percentages; in whole sets 105 % would come to 100 %."""
    own = [goal for goal in problem_of(body).muscles if goal.priority in (1, 2)]
    full = sum(map(target_eighths, own))
    for share in (60, 80, 93, 105):
        free = [replace(goal, weekly_min_sets=0) for goal in own]
        now = [scaled(goal, share) for goal in free]
        assert 100 * sum(map(target_eighths, now)) / full == pytest.approx(share, abs=1)
    # 5 % of two sets is most of an eighth
    assert all(target_eighths(scaled(g, 105)) > target_eighths(g) for g in own if g.weekly_target_sets >= 2)


def test_a_required_minimum_stays() -> None:
    now = scaled(goal("x", weekly_min_sets=6, weekly_target_sets=8, weekly_max_sets=9, required=True), 50)
    assert (now.weekly_min_sets, weekly_target(now), now.weekly_max_sets) == (6, 6, 6)
