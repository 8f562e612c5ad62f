from __future__ import annotations

from fractions import Fraction

import pytest

from tests.solver.rule_lab import Week, blamed, exercise, keeps, problem, settings, week

RULE = "scapula.lower_trap"
LOWER, UPPER = "trapezius_lower", "trapezius_upper"
Y_RAISE = exercise("y_raise", lower_trap_direct=True, muscles={LOWER: 3})
FACE_PULL = exercise("face_pull", lower_trap_direct=True, muscles={LOWER: 2})
FAINT = exercise("faint", lower_trap_direct=True, muscles={LOWER: 1})
ROW = exercise("row", muscles={LOWER: 4})
SHRUG = exercise("shrug", upper_trap_direct=True, muscles={UPPER: 4})
CARRY = exercise("carry", muscles={UPPER: 1})
EASY_Y = exercise("easy_y", lower_trap_direct=True, muscles={LOWER: 4}, counts_as_hard_set=False)
EASY_SHRUG = exercise("easy_shrug", upper_trap_direct=True, muscles={UPPER: 4}, counts_as_hard_set=False)
EVERYTHING = (Y_RAISE, FACE_PULL, FAINT, ROW, SHRUG, CARRY, EASY_Y, EASY_SHRUG)
WORLD = problem(*EVERYTHING)


@pytest.mark.parametrize(
    "plan",
    [
        # lower 2 x 3 + 2 x 2 = 10 quarters against 2 x 4 = 8; direct 4 >= 2; floor 4, of which 2 at three quarters
        week(mon={"y_raise": 2, "face_pull": 2, "shrug": 2}),
        week(mon={"y_raise": 2}, wed={"face_pull": 2}),
        # what is not hard counts on neither side
        week(mon={"y_raise": 4, "easy_shrug": 6}),
    ],
)
def test_lower_traps_worked_at_least_as_hard_keep_it(plan: Week) -> None:
    assert keeps(WORLD, plan, RULE)


@pytest.mark.parametrize("filler", ["faint", "row", "easy_y"])
def test_work_that_misses_the_lower_traps_breaks_it(filler: str) -> None:
    # the floor counts 3 of 4 sets: a quarter set is too faint, a row is not direct, the easy one is not hard
    plan = week(mon={"y_raise": 3, filler: 3})
    assert not keeps(WORLD, plan, RULE)
    assert blamed(WORLD, plan, RULE) == {"floor"}


@pytest.mark.parametrize(
    ("sets", "raises", "pulls", "kept"),
    [
        (4, 2, 2, True),
        (4, 2, 1, False),  # 3 < 4
        (4, 1, 3, False),  # 1 set at three quarters < 4 / 2
        (5, 3, 2, True),
        (5, 2, 3, False),  # 2 < 5 / 2
        (2, 1, 1, True),
        (2, 0, 2, False),
    ],
)
def test_the_floor_and_its_half_are_exact(sets: int, raises: int, pulls: int, kept: bool) -> None:
    world = problem(*EVERYTHING, rules=settings(lower_trap_sets=sets))
    plan = week(mon={name: n for name, n in (("y_raise", raises), ("face_pull", pulls)) if n})
    assert keeps(world, plan, RULE) is kept


@pytest.mark.parametrize(
    ("ratio", "plan", "kept"),
    [
        # lower 4 x 3 = 12 quarters
        (Fraction(1), week(mon={"y_raise": 4, "shrug": 3}), True),  # 12 >= 12
        (Fraction(1), week(mon={"y_raise": 4, "shrug": 3, "carry": 1}), False),  # 12 < 13: every weight counts
        (Fraction(1), week(mon={"y_raise": 4, "shrug": 3, "carry": 1, "faint": 1}), True),  # 13 >= 13
        (Fraction(3), week(mon={"y_raise": 4, "shrug": 1}), True),  # 12 >= 3 x 4
        (Fraction(3), week(mon={"y_raise": 4, "shrug": 1, "carry": 1}), False),  # 12 < 3 x 5
        (Fraction(3, 2), week(mon={"y_raise": 4, "shrug": 2}), True),  # 12 >= 3/2 x 8
        (Fraction(151, 100), week(mon={"y_raise": 4, "shrug": 2}), False),  # 12 < 12.08
        (Fraction(1), week(mon={"y_raise": 4, "shrug": 3, "carry": 1, "easy_y": 1}), False),  # not hard: no help
    ],
)
def test_the_weighted_ratio_is_exact(ratio: Fraction, plan: Week, kept: bool) -> None:
    world = problem(*EVERYTHING, rules=settings(lower_trap_ratio=ratio))
    assert keeps(world, plan, RULE) is kept
    if not kept:
        assert blamed(world, plan, RULE) == {"weighted"}


@pytest.mark.parametrize(("shrugs", "kept"), [(4, True), (5, False)])
def test_direct_lower_sets_match_direct_upper_sets(shrugs: int, kept: bool) -> None:
    # rows lift the weighted sum far enough (4 x 3 + 6 x 4 = 36 >= 20), but they are not direct: 4 against the shrugs
    plan = week(mon={"y_raise": 4, "row": 6, "shrug": shrugs})
    assert keeps(WORLD, plan, RULE) is kept
    if not kept:
        assert blamed(WORLD, plan, RULE) == {"direct"}


def test_faint_direct_sets_match_direct_upper_sets_too() -> None:
    # direct 4 + 1 against 5 shrugs, whatever the weight of the fifth
    assert keeps(WORLD, week(mon={"y_raise": 4, "faint": 1, "row": 6, "shrug": 5}), RULE)


def test_without_the_rule_the_week_may_only_shrug() -> None:
    assert blamed(WORLD, week(mon={"shrug": 5}), RULE) == {"weighted", "direct", "floor"}
