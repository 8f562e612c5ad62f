from fractions import Fraction

from tests.solver.verifier.builders import exercise, line_for, problem, settings, week

RULE = "scapula.lower_trap"
RAISE = exercise("prone_raise", lower_trap_direct=True, muscles={"trapezius_lower": 4})
PULLDOWN = exercise("pulldown", lower_trap_direct=True, muscles={"trapezius_lower": 2})
SHRUG = exercise("shrug", upper_trap_direct=True, muscles={"trapezius_upper": 4})
DEADLIFT = exercise("deadlift", muscles={"glutes": 4}, secondary_muscles={"trapezius_upper": 1})
SLIDE = exercise(
    "slide", lower_trap_direct=True, muscles={"serratus_anterior": 4}, secondary_muscles={"trapezius_lower": 1}
)
WORLD = problem(RAISE, PULLDOWN, SHRUG, DEADLIFT, SLIDE)


def test_weighted_and_direct_sets_hold_exactly() -> None:
    # lower 4 x 4/4 = 4 sets; upper 3 x 4/4 + 4 x 1/4 = 4 sets; direct 4 >= 3
    line = line_for(RULE, WORLD, week(mon=[("prone_raise", 4), ("shrug", 3), ("deadlift", 4)]))
    assert line.holds
    assert line.measured == {
        "lower": 4,
        "upper": 4,
        "direct_lower": 4,
        "direct_upper": 3,
        "floor": 4,
        "heavy": 4,
    }
    assert line.slack == 0


def test_even_a_quarter_of_a_set_counts_in_the_weighted_comparison() -> None:
    line = line_for(RULE, WORLD, week(mon=[("prone_raise", 4), ("shrug", 3), ("deadlift", 5)]))
    assert not line.holds  # 4 < 4.25
    assert line.slack == -0.25


def test_the_ratio_scales_the_upper_side_of_the_weighted_comparison_only() -> None:
    world = problem(*WORLD.exercises, rules=settings(lower_trap_ratio=Fraction(3, 2)))
    # lower 6 = 3/2 x upper 4; direct 6 >= 4 although 6 < 3/2 x 5
    assert line_for(RULE, world, week(mon=[("prone_raise", 6), ("shrug", 4)])).holds
    assert not line_for(RULE, world, week(mon=[("prone_raise", 6), ("shrug", 5)])).holds


def test_direct_sets_are_compared_one_to_one() -> None:
    light_shrug = exercise("light_shrug", upper_trap_direct=True, muscles={"trapezius_upper": 2})
    world = problem(RAISE, light_shrug)
    # weighted lower 4 >= upper 2 or 2.5, direct 4 >= 4 but 4 < 5
    assert line_for(RULE, world, week(mon=[("prone_raise", 4), ("light_shrug", 4)])).holds
    line = line_for(RULE, world, week(mon=[("prone_raise", 4), ("light_shrug", 5)]))
    assert [v.subject for v in line.violations] == ["trapezius_lower"]
    assert line.slack == -1


def test_the_floor_counts_sets_that_weigh_half_or_more() -> None:
    assert line_for(RULE, WORLD, week(mon=[("prone_raise", 2), ("pulldown", 2)])).holds
    three = line_for(RULE, WORLD, week(mon=[("prone_raise", 2), ("pulldown", 1), ("slide", 3)]))
    assert not three.holds  # the slide weighs a quarter
    assert three.measured["floor"] == 3


def test_half_of_the_floor_hits_hard() -> None:
    assert not line_for(RULE, WORLD, week(mon=[("prone_raise", 1), ("pulldown", 5)])).holds
    odd = problem(*WORLD.exercises, rules=settings(lower_trap_sets=5))
    # ceil(5 / 2) = 3
    assert line_for(RULE, odd, week(mon=[("prone_raise", 3), ("pulldown", 2)])).holds
    assert not line_for(RULE, odd, week(mon=[("prone_raise", 2), ("pulldown", 3)])).holds


def test_three_quarters_of_a_set_hit_hard() -> None:
    world = problem(exercise("w_raise", lower_trap_direct=True, muscles={"trapezius_lower": 3}))
    assert line_for(RULE, world, week(mon=[("w_raise", 4)])).holds


def test_easy_sets_count_nowhere() -> None:
    easy = exercise("easy", lower_trap_direct=True, counts_as_hard_set=False, muscles={"trapezius_lower": 4})
    line = line_for(RULE, problem(easy), week(mon=[("easy", 6)]))
    assert line.measured["lower"] == 0
    assert line.measured["floor"] == 0


def test_direct_sets_compare_whatever_they_weigh() -> None:
    touch = exercise("touch", lower_trap_direct=True, muscles={"serratus_anterior": 4})
    line = line_for(RULE, problem(RAISE, touch), week(mon=[("prone_raise", 4), ("touch", 2)]))
    assert line.measured["direct_lower"] == 6
    assert line.measured["floor"] == 4
