from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.solver.rule_lab import Week, blamed, exercise, goal, keeps, problem, week

if TYPE_CHECKING:
    from solver.domain.problem import Problem

RULE = "volume.weekly_max"
BENCH = exercise("bench", muscles={"pectorals": 4}, secondary_muscles={"triceps": 2, "abs": 1})
FLY = exercise("fly", muscles={"pectorals": 3})
PUSHDOWN = exercise("pushdown", muscles={"triceps": 4})
EASY = exercise("easy", muscles={"pectorals": 4}, counts_as_hard_set=False)


def _world(chest: int = 12, triceps: int = 12) -> Problem:
    goals = (goal("pectorals", weekly_max_sets=chest), goal("triceps", weekly_max_sets=triceps))
    return problem(BENCH, FLY, PUSHDOWN, EASY, muscles=goals)


def test_a_week_within_the_maximum_keeps_it() -> None:
    assert keeps(_world(), week(mon={"bench": 6}, fri={"bench": 4}), RULE)


def test_a_week_beyond_it_breaks_it() -> None:
    plan = week(mon={"bench": 6}, wed={"fly": 6}, fri={"bench": 6})
    assert not keeps(_world(), plan, RULE)
    assert blamed(_world(), plan, RULE) == {"pectorals"}


@pytest.mark.parametrize(
    ("plan", "kept"),
    [
        (week(mon={"bench": 6}, fri={"bench": 6}), True),  # 12
        (week(mon={"bench": 6}, wed={"bench": 3}, fri={"fly": 4}), True),  # 6 + 3 + 3
        (week(mon={"bench": 6}, wed={"bench": 3}, fri={"fly": 5}), False),  # 12 3/4
        (week(mon={"bench": 6}, wed={"easy": 6, "plank": 1}, fri={"bench": 6}), True),  # not hard
        (week(mon={"bench": 6}, wed={"pushdown": 6}, fri={"bench": 6}), True),  # triceps 3 + 6 + 3 = 12
        (week(mon={"bench": 6, "pushdown": 1}, wed={"pushdown": 6}, fri={"bench": 6}), False),  # 13
    ],
)
def test_the_last_quarter_set_is_the_boundary(plan: Week, kept: bool) -> None:
    assert keeps(_world(), plan, RULE) is kept


@pytest.mark.parametrize(("plan", "kept"), [(week(mon={"pushdown": 6}), True), (week(mon={"fly": 1}), False)])
def test_a_maximum_of_zero_keeps_a_muscle_out(plan: Week, kept: bool) -> None:
    assert keeps(_world(chest=0), plan, RULE) is kept


def test_weights_below_half_a_set_are_no_volume() -> None:
    world = problem(BENCH, muscles=(goal("abs", weekly_max_sets=0),))
    assert keeps(world, week(mon={"bench": 6}), RULE)


def test_without_the_rule_the_week_may_be_all_chest() -> None:
    # chest 12 against 11 and triceps 6 against 5
    assert blamed(_world(11, 5), week(mon={"bench": 6}, wed={"bench": 6}), RULE) == {"pectorals", "triceps"}
