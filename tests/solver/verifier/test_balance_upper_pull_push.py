from fractions import Fraction

from solver.domain.problem import Avoidances, BalanceRule
from tests.solver.verifier.builders import FLOOR, athlete, exercise, line_for, problem, settings, slot, upper, week

RULE = "balance.upper_pull_push"
BENCH = upper("bench", "push", pattern="horizontal_push", equipment=(("barbell",),))
OVERHEAD = upper("overhead", "push", pattern="vertical_push", stress=frozenset({"overhead"}))
ROW = upper("row", "pull", equipment=(("dumbbells",),))
FLY = upper("fly", "pull", mechanic="isolation", ratio_units=1, equipment=(("dumbbells",),))
CURL = exercise("curl", push_pull="pull", equipment=(("dumbbells",),))
Y_RAISE = exercise("y_raise", pattern="scapular_control", push_pull="pull", lower_trap_direct=True)
WALL_SLIDE = exercise("wall_slide", pattern="scapular_control", lower_trap_direct=True)
WORLD = problem(BENCH, OVERHEAD, ROW, FLY, CURL, Y_RAISE, WALL_SLIDE)
AT_HOME = (slot("mon", place=FLOOR), slot("wed", place=FLOOR))


def test_the_boundary_holds_exactly() -> None:
    # pull 4 x 2 + 4 x 2 + 4 x 1 = 20 (a fifth single-joint), push 5 x 2 = 10; 20 >= 2 x 10
    plan = week(mon=[("bench", 5), ("row", 4), ("fly", 4)], wed=[("row", 4), ("curl", 6)])
    line = line_for(RULE, WORLD, plan)
    assert line.holds
    assert line.statement == "pull 20 >= 2 x push 10"
    assert line.measured == {"pull": 20, "push": 10}
    assert line.limit == {"ratio": [2, 1]}
    assert line.slack == 0


def test_one_set_more_of_pushing_breaks_it() -> None:
    plan = week(mon=[("bench", 6), ("row", 4), ("fly", 4)], wed=[("row", 4)])
    line = line_for(RULE, WORLD, plan)
    assert not line.holds
    assert line.statement == "pull 20 < 2 x push 12"
    assert line.slack == -4


def test_single_joint_pulls_are_at_most_a_third() -> None:
    # single 4 of 12 is a third; single 5 of 13 is more
    exact = week(mon=[("bench", 3), ("row", 4), ("fly", 4)])
    assert line_for(RULE, WORLD, exact).holds
    over = line_for(RULE, WORLD, week(mon=[("bench", 3), ("row", 4), ("fly", 5)]))
    assert [v.statement for v in over.violations] == [
        "Single-joint pulls make up 5 of 13 pulling units, more than a third."
    ]
    assert over.slack is None


def test_a_fractional_ratio_stays_exact() -> None:
    rules = settings(upper_balance=BalanceRule(Fraction(7, 3), None, "sets"))
    world = problem(*WORLD.exercises, rules=rules)
    # 7/3 x 6 = 14 pulling units
    assert line_for(RULE, world, week(mon=[("bench", 3), ("row", 4)], wed=[("row", 3)])).slack == 0
    assert not line_for(RULE, world, week(mon=[("bench", 3), ("row", 3)], wed=[("row", 3)])).holds


def test_movements_count_entries_instead_of_sets() -> None:
    world = problem(*WORLD.exercises, rules=settings(upper_balance=BalanceRule(Fraction(2), None, "movements")))
    # two rows (4 units) against one bench (2 units), whatever the sets
    line = line_for(RULE, world, week(mon=[("bench", 6), ("row", 1)], wed=[("row", 1)]))
    assert line.holds
    assert line.measured == {"pull": 4, "push": 2}
    assert not line_for(RULE, world, week(mon=[("bench", 3), ("row", 6)])).holds


def test_both_means_both() -> None:
    world = problem(*WORLD.exercises, rules=settings(upper_balance=BalanceRule(Fraction(2), None, "both")))
    by_sets_only = line_for(RULE, world, week(mon=[("bench", 3), ("row", 6)]))
    by_movements_only = line_for(RULE, world, week(mon=[("bench", 6), ("row", 1)], wed=[("row", 1)]))
    assert not by_sets_only.holds
    assert not by_movements_only.holds
    assert by_sets_only.measured == {"pull": 12, "push": 6, "pull_movements": 2, "push_movements": 2}
    assert line_for(RULE, world, week(mon=[("bench", 3), ("row", 3)], wed=[("row", 3)])).holds


def test_one_compound_horizontal_push_keeps_three_sets() -> None:
    rows = [("row", 6)]
    assert line_for(RULE, WORLD, week(mon=[("bench", 2), *rows], wed=[("bench", 1)])).holds
    two = line_for(RULE, WORLD, week(mon=[("bench", 2), ("overhead", 1), *rows]))
    assert [v.statement for v in two.violations] == [
        "No compound horizontal push has 3 sets or more in the week; the most is 2."
    ]
    assert not line_for(RULE, WORLD, week(mon=[("overhead", 3), *rows])).holds
    assert not line_for(RULE, WORLD, week(mon=rows)).holds


def test_two_half_hearted_pushes_do_not_add_up() -> None:
    dip = upper("dip", "push", pattern="horizontal_push")
    world = problem(*WORLD.exercises, dip)
    assert not line_for(RULE, world, week(mon=[("bench", 2), ("dip", 2), ("row", 6)], wed=[("row", 4)])).holds


def test_any_compound_push_where_none_is_horizontal() -> None:
    world = problem(OVERHEAD, ROW)
    line = line_for(RULE, world, week(mon=[("overhead", 3), ("row", 6)]))
    assert line.holds
    assert "any compound push" in line.notes[0]
    assert not line_for(RULE, world, week(mon=[("overhead", 2), ("row", 6)])).holds


def test_no_push_is_asked_for_where_none_is_possible() -> None:
    world = problem(OVERHEAD, ROW, who=athlete(avoid=Avoidances(stress=frozenset({"overhead"}))))
    line = line_for(RULE, world, week(mon=[("row", 6)]))
    assert line.holds
    assert line.notes == ("No compound push is possible here, so none is asked for.",)


def test_lower_trap_pulls_stand_in_where_no_pull_is_possible() -> None:
    push_up = upper("push_up", "push", pattern="horizontal_push")
    world = problem(push_up, ROW, FLY, Y_RAISE, WALL_SLIDE, slots=AT_HOME)
    # 6 sets x 2 substitute units = 12 >= 2 x (3 x 2); all single-joint, no cap; the neutral wall slide counts nothing
    line = line_for(RULE, world, week(mon=[("push_up", 3), ("y_raise", 6), ("wall_slide", 3)]))
    assert line.holds
    assert line.measured == {"pull": 12, "push": 6}
    assert "stand in" in line.notes[0]
    assert not line_for(RULE, world, week(mon=[("push_up", 3), ("y_raise", 5)])).holds


def test_no_substitution_where_one_slot_offers_a_pull() -> None:
    push_up = upper("push_up", "push", pattern="horizontal_push")
    world = problem(push_up, ROW, FLY, Y_RAISE, slots=(slot("mon"), slot("wed", place=FLOOR)))
    line = line_for(RULE, world, week(mon=[("push_up", 3), ("y_raise", 6)]))
    assert not line.holds
    assert line.measured == {"pull": 0, "push": 6}


def test_an_uncounted_pull_neither_balances_nor_prevents_the_substitution() -> None:
    push_up = upper("push_up", "push", pattern="horizontal_push")
    uncounted = upper("uncounted", "pull", ratio_units=0)
    world = problem(push_up, uncounted, Y_RAISE, slots=AT_HOME)
    assert line_for(RULE, world, week(mon=[("push_up", 3), ("y_raise", 6), ("uncounted", 3)])).measured["pull"] == 12


def test_no_push_at_all_is_told_as_zero() -> None:
    line = line_for(RULE, WORLD, week(mon=[("row", 6)]))
    assert [v.statement for v in line.violations] == [
        "No compound horizontal push has 3 sets or more in the week; the most is 0."
    ]
