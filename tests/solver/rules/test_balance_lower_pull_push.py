from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from solver.domain.problem import Avoidances, BalanceRule
from tests.solver.rule_lab import (
    FLOOR,
    GYM,
    Week,
    athlete,
    blamed,
    disputed,
    keeps,
    lower,
    problem,
    settings,
    slot,
    week,
)

if TYPE_CHECKING:
    from solver.domain.problem import Basis, Problem

RULE = "balance.lower_pull_push"
SQUAT = lower("squat", "push", pattern="squat", stress=frozenset({"deep_knee_flexion"}))
LUNGE = lower("lunge", "push", pattern="lunge", stress=frozenset({"deep_knee_flexion"}))
LEG_PRESS = lower("leg_press", "push", pattern="leg_press", equipment=(("cable",),))
EXTENSION = lower("extension", "push", mechanic="isolation", ratio_units=1)
DEADLIFT = lower("deadlift", "pull", pattern="hip_hinge", equipment=(("barbell",),))
HIP_THRUST = lower("hip_thrust", "pull", pattern="hip_extension", equipment=(("barbell",),))
CURL = lower("curl", "pull", mechanic="isolation", ratio_units=1)
KICKBACK = lower("kickback", "pull", mechanic="isolation", ratio_units=1)
EASY_HINGE = lower("easy_hinge", "pull", counts_as_hard_set=False)
CALVES = lower("calves", "neutral", mechanic="isolation", ratio_group="none", ratio_units=0)
EVERYTHING = (
    SQUAT,
    LUNGE,
    LEG_PRESS,
    EXTENSION,
    DEADLIFT,
    HIP_THRUST,
    CURL,
    KICKBACK,
    EASY_HINGE,
    CALVES,
)


def _world(
    minimum: Fraction | int = 2, maximum: Fraction | int | None = 3, basis: Basis = "sets", **changes: Any
) -> Problem:
    most = None if maximum is None else Fraction(maximum)
    rules = settings(lower_balance=BalanceRule(Fraction(minimum), most, basis))
    return problem(*changes.pop("exercises", EVERYTHING), rules=rules, **changes)


WORLD = _world()
NO_SQUAT = athlete(avoid=Avoidances(exercises=frozenset({"squat", "lunge"})))
NO_BARBELL = athlete(avoid=Avoidances(equipment=frozenset({"barbell"}), exercises=frozenset({"easy_hinge"})))


def test_twice_to_three_times_as_much_behind_as_in_front_keeps_it() -> None:
    # posterior 5 x 2 = 10, quadriceps 2 x 2 = 4: 8 <= 10 <= 12
    assert keeps(WORLD, week(mon={"squat": 2, "deadlift": 5, "calves": 6}), RULE)
    assert keeps(WORLD, week(mon={"lunge": 1, "deadlift": 3}, wed={"leg_press": 1, "hip_thrust": 2}), RULE)


@pytest.mark.parametrize("deadlifts", [1, 2, 3])
def test_too_little_behind_breaks_it(deadlifts: int) -> None:
    # at most 3 x 2 = 6 < 2 x 2 x 2
    plan = week(mon={"squat": 2, "deadlift": deadlifts, "calves": 6})
    assert not keeps(WORLD, plan, RULE)
    assert blamed(WORLD, plan, RULE) == {"ratio"}


@pytest.mark.parametrize(
    ("minimum", "maximum", "deadlifts", "kept"),
    [
        (2, 3, 4, True),  # 8 >= 2 x 4
        (2, 3, 3, False),  # 6 < 8
        (2, 3, 6, True),  # 12 <= 3 x 4
        (2, Fraction(11, 4), 6, False),  # 12 > 11
        (2, Fraction(11, 4), 5, True),  # 10 <= 11
        (Fraction(5, 2), 3, 5, True),  # 10 >= 10
        (Fraction(13, 5), 3, 5, False),  # 10 < 10.4
        (1, 1, 2, True),  # 4 = 4
        (1, 1, 3, False),  # 6 > 4
        (2, None, 6, True),  # no upper bound at all
    ],
)
def test_both_ratios_are_exact(
    minimum: Fraction | int, maximum: Fraction | int | None, deadlifts: int, kept: bool
) -> None:
    assert keeps(_world(minimum, maximum), week(mon={"squat": 2, "deadlift": deadlifts}), RULE) is kept


def test_the_upper_ratio_waits_for_a_push() -> None:
    # no push is possible or planned: 12 posterior units need no partner; one squat set (2 units) would allow 6
    assert keeps(_world(who=NO_SQUAT), week(mon={"deadlift": 6}), RULE)
    one_squat = week(mon={"squat": 1, "deadlift": 6})
    assert not keeps(WORLD, one_squat, RULE)
    assert blamed(WORLD, one_squat, RULE) == {"ratio"}


@pytest.mark.parametrize(
    ("basis", "plan", "kept"),
    [
        # by movements 2 entries x 2 units against 1 x 2; by sets 4 < 12
        ("movements", week(mon={"squat": 3, "deadlift": 1}, wed={"deadlift": 1}), True),
        ("both", week(mon={"squat": 3, "deadlift": 1}, wed={"deadlift": 1}), False),
        # by sets 12 = 2 x 6; by movements 1 < 2
        ("sets", week(mon={"squat": 3, "deadlift": 6}), True),
        ("movements", week(mon={"squat": 3, "deadlift": 6}), False),
        ("both", week(mon={"squat": 3, "deadlift": 6}), False),
        ("both", week(mon={"squat": 3, "deadlift": 3}, wed={"deadlift": 3}), True),
        # by movements 8 units > 3 x 2; by sets 8 = 2 x 4
        (
            "movements",
            week(mon={"squat": 2, "deadlift": 1, "hip_thrust": 1}, wed={"deadlift": 1, "hip_thrust": 1}),
            False,
        ),
        ("sets", week(mon={"squat": 2, "deadlift": 1, "hip_thrust": 1}, wed={"deadlift": 1, "hip_thrust": 1}), True),
    ],
)
def test_each_basis_counts_its_own_way(basis: Basis, plan: Week, kept: bool) -> None:
    assert keeps(_world(basis=basis), plan, RULE) is kept


@pytest.mark.parametrize(
    ("plan", "kept"),
    [
        (week(mon={"squat": 2, "deadlift": 4, "curl": 4}), True),  # 4 of 12 posterior units are a third
        (week(mon={"squat": 2, "deadlift": 3, "curl": 4}), False),  # 4 of 10 are more
        (week(mon={"squat": 2, "extension": 2, "deadlift": 6}), True),  # 2 of 6 quadriceps units are a third
        (week(mon={"squat": 2, "extension": 3, "deadlift": 6, "hip_thrust": 2}), False),  # 3 of 7 are more
    ],
)
def test_single_joint_work_is_at_most_a_third_of_a_side(plan: Week, kept: bool) -> None:
    assert keeps(WORLD, plan, RULE) is kept
    if not kept:
        assert blamed(WORLD, plan, RULE) == {"single joint"}


@pytest.mark.parametrize(
    "plan",
    [
        # posterior: by sets 2 of 10 units, by movements 2 of 4
        week(mon={"squat": 2, "deadlift": 4, "curl": 1}, wed={"curl": 1}),
        # posterior: by sets 4 of 8 units, by movements 1 of 5
        week(mon={"squat": 2, "deadlift": 1, "curl": 4}, wed={"deadlift": 1}),
        # quadriceps: by sets 2 of 8 units, by movements 2 of 4
        week(mon={"squat": 3, "extension": 1, "deadlift": 6}, wed={"extension": 1, "hip_thrust": 2}),
    ],
)
@pytest.mark.parametrize("basis", ["sets", "movements", "both"])
def test_model_and_verifier_count_the_single_joint_share_alike(basis: Basis, plan: Week) -> None:
    assert disputed(_world(1, 5, basis), plan, RULE) == {}


def test_the_push_side_has_no_cap_where_no_compound_push_is_possible() -> None:
    world = _world(exercises=(EXTENSION, DEADLIFT))
    # all 3 quadriceps units are single-joint; posterior 6 = 2 x 3
    assert keeps(world, week(mon={"extension": 3, "deadlift": 3}), RULE)


@pytest.mark.parametrize(
    ("pulls", "kept"),
    [
        ({"curl": 4}, True),  # 4 x 2 = 8 = 2 x 4, all single-joint: no cap
        ({"curl": 3}, False),  # 6 < 8
        ({"curl": 3, "kickback": 3}, True),  # 12 = 3 x 4
        ({"curl": 4, "kickback": 3}, False),  # 14 > 12
    ],
)
def test_single_joint_pulls_count_double_where_no_compound_is_possible(pulls: dict[str, int], kept: bool) -> None:
    assert keeps(_world(who=NO_BARBELL), week(mon={"squat": 2, **pulls}), RULE) is kept


def test_one_place_with_a_compound_ends_the_double_count() -> None:
    exercises = (SQUAT, DEADLIFT, CURL)
    at_home = _world(exercises=exercises, slots=(slot("mon", place=FLOOR), slot("wed", place=FLOOR)))
    assert keeps(at_home, week(mon={"squat": 2, "curl": 4}), RULE)
    also_out = _world(exercises=exercises, slots=(slot("mon", place=FLOOR), slot("wed", place=GYM)))
    assert not keeps(also_out, week(mon={"squat": 2, "curl": 4}), RULE)


@pytest.mark.parametrize(
    ("plan", "missing"),
    [
        (week(mon={"leg_press": 2, "deadlift": 5}), "squat or lunge stays"),
        (week(mon={"deadlift": 5}), "squat or lunge stays"),
        # the soft hinge counts its units, but it is no hard set
        (week(mon={"squat": 2, "easy_hinge": 5}), "posterior stays"),
    ],
)
def test_a_squat_or_lunge_and_a_hard_posterior_exercise_stay(plan: Week, missing: str) -> None:
    assert not keeps(WORLD, plan, RULE)
    assert blamed(WORLD, plan, RULE) == {missing}


def test_what_is_excluded_is_not_asked_for() -> None:
    assert keeps(_world(who=NO_SQUAT), week(mon={"leg_press": 2, "deadlift": 5}), RULE)
    everything_behind = frozenset({"deadlift", "hip_thrust", "curl", "kickback", "easy_hinge"})
    avoiding = athlete(avoid=Avoidances(exercises=everything_behind | {"squat", "lunge", "leg_press", "extension"}))
    assert keeps(_world(who=avoiding), week(mon={"calves": 3}), RULE)


def test_without_the_rule_the_week_may_forget_the_back_of_the_legs() -> None:
    # posterior 0 < 2 x 7, 3 of 7 units single-joint, no squat, nothing behind
    plan = week(mon={"leg_press": 2, "extension": 3})
    assert blamed(WORLD, plan, RULE) == {"ratio", "single joint", "squat or lunge stays", "posterior stays"}
