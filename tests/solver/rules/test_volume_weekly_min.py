from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.solver.rule_lab import Week, blamed, exercise, goal, keeps, problem, week

if TYPE_CHECKING:
    from solver.domain.problem import Problem

RULE = "volume.weekly_min"
BENCH = exercise("bench", muscles={"pectorals": 4}, secondary_muscles={"triceps": 2, "abs": 1})
FLY = exercise("fly", muscles={"pectorals": 3})
EASY = exercise("easy", muscles={"pectorals": 4}, counts_as_hard_set=False)


def _world(*required: str, chest: int = 6, triceps: int = 3, abs_sets: int = 1) -> Problem:
    least = {"pectorals": chest, "triceps": triceps, "abs": abs_sets}
    goals = tuple(goal(name, weekly_min_sets=sets, required=name in required) for name, sets in least.items())
    return problem(BENCH, FLY, EASY, muscles=goals)


def test_the_minimum_over_all_sessions_keeps_it() -> None:
    assert keeps(_world("pectorals"), week(mon={"bench": 3}, fri={"bench": 3}), RULE)


def test_less_breaks_it() -> None:
    assert not keeps(_world("pectorals"), week(mon={"fly": 3}), RULE)
    assert blamed(_world("pectorals"), week(mon={"fly": 3}), RULE) == {"pectorals"}


def test_only_required_muscles_are_asked_for() -> None:
    assert keeps(_world(), week(mon={"plank": 1}), RULE)
    assert keeps(_world("triceps"), week(mon={"bench": 6}), RULE)


@pytest.mark.parametrize(
    ("plan", "kept"),
    [
        (week(mon={"bench": 3}, wed={"fly": 4}), True),  # 3 + 4 x 3/4 = 6
        (week(mon={"bench": 2}, wed={"fly": 5}), False),  # 5 3/4
        (week(mon={"bench": 5, "easy": 6}), False),  # not hard
    ],
)
def test_the_last_quarter_set_is_the_boundary(plan: Week, kept: bool) -> None:
    assert keeps(_world("pectorals"), plan, RULE) is kept


@pytest.mark.parametrize(("sets", "kept"), [(6, True), (5, False)])
def test_half_sets_count_half(sets: int, kept: bool) -> None:
    # triceps 6 x 1/2 = 3
    assert keeps(_world("triceps"), week(mon={"bench": sets}), RULE) is kept


def test_weights_below_half_a_set_are_no_volume() -> None:
    assert not keeps(_world("abs"), week(mon={"bench": 6}, wed={"bench": 6}), RULE)


def test_without_the_rule_the_week_may_leave_muscles_out() -> None:
    world = _world("pectorals", "triceps")
    assert blamed(world, week(mon={"bench": 5}), RULE) == {"pectorals", "triceps"}
