from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from solver.domain.problem import Avoidances, BalanceRule
from tests.solver.rule_lab import (
    FLOOR,
    Week,
    admitted,
    athlete,
    blamed,
    disputed,
    drill,
    exercise,
    keeps,
    own,
    problem,
    settings,
    slot,
    upper,
    week,
)

if TYPE_CHECKING:
    from solver.domain.problem import Basis, Problem

RULE = "balance.upper_pull_push"
BENCH = upper("bench", "push", pattern="horizontal_push", equipment=(("barbell",),))
PUSH_UP = upper("push_up", "push", pattern="horizontal_push", equipment=(("barbell",),))
OVERHEAD = upper("overhead", "push", pattern="vertical_push", stress=frozenset({"overhead"}))
FRONT_RAISE = upper("front_raise", "push", mechanic="isolation", ratio_units=1)
ROW = upper("row", "pull", equipment=(("dumbbells",),))
PULLDOWN = upper("pulldown", "pull", equipment=(("cable",),))
FLY = upper("fly", "pull", mechanic="isolation", ratio_units=1, equipment=(("dumbbells",),))
PULLOVER = upper("pullover", "pull", mechanic="isolation", ratio_units=1, equipment=(("cable",),))
CURL = exercise("curl", push_pull="pull")
Y_RAISE = exercise("y_raise", pattern="scapular_control", push_pull="pull", lower_trap_direct=True)
WALL_SLIDE = exercise("wall_slide", pattern="scapular_control", lower_trap_direct=True)
SHRUG = exercise("shrug", pattern="scapular_control", push_pull="pull", upper_trap_direct=True)
EVERYTHING = (
    BENCH,
    PUSH_UP,
    OVERHEAD,
    FRONT_RAISE,
    ROW,
    PULLDOWN,
    FLY,
    PULLOVER,
    CURL,
    Y_RAISE,
    WALL_SLIDE,
    SHRUG,
)


def _world(minimum: Fraction | int = 2, basis: Basis = "sets", **changes: Any) -> Problem:
    rules = settings(upper_balance=BalanceRule(Fraction(minimum), None, basis))
    return problem(*changes.pop("exercises", EVERYTHING), rules=rules, **changes)


WORLD = _world()


@pytest.mark.parametrize(
    "plan",
    [
        # pull 6 x 2 = 12, push 3 x 2 = 6
        week(mon={"bench": 3, "row": 6}),
        # the same over two sessions, by two exercises
        week(mon={"bench": 2, "row": 3}, wed={"bench": 1, "pulldown": 3}),
    ],
)
def test_twice_as_much_pulling_keeps_it(plan: Week) -> None:
    assert keeps(WORLD, plan, RULE)


@pytest.mark.parametrize("uncounted", ["curl", "y_raise"])
def test_too_little_pulling_breaks_it(uncounted: str) -> None:
    # pull 5 x 2 = 10 < 2 x 6; curls and scapular work count no unit while there is a pull to be had
    plan = week(mon={"bench": 3, "row": 5, uncounted: 6})
    assert not keeps(WORLD, plan, RULE)
    assert blamed(WORLD, plan, RULE) == {"ratio"}


def test_single_joint_pushes_count_one_unit() -> None:
    # push 3 x 2 + 2 x 1 = 8: 8 rows make 16, 7 rows and one more single-joint push 14 < 2 x 9
    assert keeps(WORLD, week(mon={"bench": 3, "front_raise": 2, "row": 5}, wed={"row": 3}), RULE)
    assert not keeps(WORLD, week(mon={"bench": 3, "front_raise": 3, "row": 5}, wed={"row": 3}), RULE)


@pytest.mark.parametrize(
    ("minimum", "rows", "kept"),
    [
        (1, 3, True),  # 6 >= 6
        (1, 2, False),  # 4 < 6
        (4, 12, True),  # 24 >= 24
        (4, 11, False),  # 22 < 24
        (Fraction(7, 3), 7, True),  # 14 >= 7/3 x 6 = 14
        (Fraction(7, 3), 6, False),  # 12 < 14
        (Fraction(133, 100), 4, True),  # 8 >= 7.98
    ],
)
def test_the_ratio_is_exact(minimum: Fraction, rows: int, kept: bool) -> None:
    plan = week(mon={"bench": 3, "row": min(rows, 6)}, wed={"row": rows - 6} if rows > 6 else {"plank": 1})
    assert keeps(_world(minimum), plan, RULE) is kept


@pytest.mark.parametrize(("flies", "kept"), [(4, True), (5, False)])
def test_single_joint_pulls_are_at_most_a_third(flies: int, kept: bool) -> None:
    # 4 of 8 + 4 = 12 units is a third; 5 of 13 is more
    plan = week(mon={"bench": 3, "row": 4, "fly": flies})
    assert keeps(WORLD, plan, RULE) is kept
    if not kept:
        assert blamed(WORLD, plan, RULE) == {"single joint"}


def test_movements_count_entries_whatever_their_sets() -> None:
    world = _world(basis="movements")
    # two rows against one bench: 2 x 2 >= 2 x 2
    assert keeps(world, week(mon={"bench": 6, "row": 1}, wed={"row": 1}), RULE)
    # one row against one bench: 2 < 4, although 12 sets against 3 would do
    assert not keeps(world, week(mon={"bench": 3, "row": 6}), RULE)


@pytest.mark.parametrize(
    ("plan", "kept"),
    [
        (week(mon={"bench": 3, "row": 3}, wed={"row": 3}), True),  # 12 >= 12 by sets, 4 >= 4 by movements
        (week(mon={"bench": 3, "row": 6}), False),  # by movements 2 < 4
        (week(mon={"bench": 6, "row": 1}, wed={"row": 1}), False),  # by sets 4 < 24
    ],
)
def test_both_bases_hold_together(plan: Week, kept: bool) -> None:
    assert keeps(_world(basis="both"), plan, RULE) is kept


@pytest.mark.parametrize(
    "plan",
    [
        # by sets 2 of 26 units are single-joint, by movements 2 of 6: a third either way
        week(mon={"bench": 3, "row": 6, "fly": 1}, wed={"row": 6, "pullover": 1}),
        # by sets 6 of 18 are a third, by movements 2 of 4 are half
        week(mon={"bench": 3, "row": 6, "fly": 3}, wed={"fly": 3}),
        # by sets 5 of 13 are more than a third, by movements 1 of 5 is not
        week(mon={"bench": 3, "row": 2, "fly": 5}, wed={"row": 2}),
    ],
)
@pytest.mark.parametrize("basis", ["sets", "movements", "both"])
def test_model_and_verifier_count_the_single_joint_share_alike(basis: Basis, plan: Week) -> None:
    assert disputed(_world(1, basis), plan, RULE) == {}


def test_three_sets_of_one_horizontal_push_stay() -> None:
    # 2 + 1 sets of the same push are 3; 2 sets each of two pushes are not 3 of one
    assert keeps(WORLD, week(mon={"bench": 2, "row": 6}, wed={"bench": 1}), RULE)
    apart = week(mon={"bench": 2, "push_up": 2, "row": 6}, wed={"row": 2})
    assert not keeps(WORLD, apart, RULE)
    assert not keeps(WORLD, week(mon={"bench": 2, "row": 6}), RULE)
    assert not keeps(WORLD, week(mon={"overhead": 3, "row": 6}), RULE)


def test_no_push_at_all_is_no_way_to_comply() -> None:
    nothing = week(mon={"row": 6})
    assert not keeps(WORLD, nothing, RULE)
    # pull 12 >= 2 x 0 balances; it is the push that is missing
    assert blamed(WORLD, nothing, RULE) == {"push stays"}


@pytest.mark.parametrize(("sets", "kept"), [(3, True), (2, False)])
def test_any_compound_push_stays_where_none_is_horizontal(sets: int, kept: bool) -> None:
    world = _world(exercises=(OVERHEAD, ROW, FRONT_RAISE))
    assert keeps(world, week(mon={"overhead": sets, "row": 6}), RULE) is kept
    assert not keeps(world, week(mon={"front_raise": 3, "row": 6}), RULE)


@pytest.mark.parametrize(
    "avoid",
    [
        Avoidances(exercises=frozenset({"bench", "push_up", "overhead"})),
        Avoidances(patterns=frozenset({"horizontal_push", "vertical_push"})),
        Avoidances(equipment=frozenset({"barbell"}), stress=frozenset({"overhead"})),
    ],
)
def test_no_push_stays_where_none_is_possible(avoid: Avoidances) -> None:
    assert keeps(_world(who=athlete(avoid=avoid)), week(mon={"row": 6}), RULE)


AT_HOME = (slot("mon", place=FLOOR), slot("wed", place=FLOOR))
FLOOR_PUSH = upper("floor_push", "push", pattern="horizontal_push")


@pytest.mark.parametrize(
    ("pulls", "kept"),
    [
        ({"y_raise": 6}, True),  # 6 x 2 = 12 >= 2 x 6, all of it single-joint: no cap
        ({"y_raise": 5}, False),  # 10 < 12
        ({"y_raise": 5, "wall_slide": 6}, False),  # neutral lower-trap work is no pull
        ({"y_raise": 5, "shrug": 6}, False),  # nor is a pull that leaves the lower traps alone
        ({"y_raise": 5, "curl": 6}, False),
    ],
)
def test_lower_trap_pulls_stand_in_where_nothing_can_be_pulled(pulls: dict[str, int], kept: bool) -> None:
    world = _world(exercises=(*EVERYTHING, FLOOR_PUSH), slots=AT_HOME)
    assert keeps(world, week(mon={"floor_push": 3, **pulls}), RULE) is kept


def test_they_stand_in_by_movements_too() -> None:
    # two entries x 2 units against one push of 2
    world = _world(basis="movements", exercises=(*EVERYTHING, FLOOR_PUSH), slots=AT_HOME)
    assert keeps(world, week(mon={"floor_push": 3, "y_raise": 1}, wed={"y_raise": 1}), RULE)
    assert not keeps(world, week(mon={"floor_push": 3, "y_raise": 6}), RULE)


def test_one_slot_with_a_pull_ends_the_substitution() -> None:
    world = _world(exercises=(*EVERYTHING, FLOOR_PUSH), slots=(slot("mon", place=FLOOR), slot("wed")))
    assert not keeps(world, week(mon={"floor_push": 3, "y_raise": 6}), RULE)
    assert keeps(world, week(mon={"floor_push": 3}, wed={"row": 6}), RULE)


def test_an_excluded_pull_brings_the_substitution() -> None:
    avoid = Avoidances(equipment=frozenset({"dumbbells", "cable"}))
    world = _world(who=athlete(avoid=avoid))
    assert keeps(world, week(mon={"bench": 3, "y_raise": 6}), RULE)


def test_a_drill_that_pulls_the_lower_traps_counts_alike_for_model_and_verifier() -> None:
    pulling = drill("cobra", push_pull="pull", lower_trap_direct=True)
    world = _world(exercises=(FLOOR_PUSH, pulling), slots=AT_HOME)
    assert disputed(world, week(mon={"floor_push": 3, "cobra": 6}), RULE) == {}


def test_an_own_horizontal_push_outside_the_ratio_counts_alike_for_model_and_verifier() -> None:
    uncounted = own("push_up", ratio_group="none", ratio_units=0)
    world = _world(exercises=(OVERHEAD, ROW, uncounted))
    assert not admitted(uncounted) or disputed(world, week(mon={"overhead": 3, "row": 6}), RULE) == {}


def test_without_the_rule_the_week_may_push_all_it_likes() -> None:
    # 0 pulling units < 2 x 12, and no compound push has 3 sets
    plan = week(mon={"bench": 2, "overhead": 2, "front_raise": 4})
    assert blamed(WORLD, plan, RULE) == {"ratio", "push stays"}
