from fractions import Fraction

from solver.domain.problem import Avoidances, BalanceRule
from tests.solver.verifier.builders import FLOOR, athlete, line_for, lower, problem, settings, slot, week

RULE = "balance.lower_pull_push"
SQUAT = lower("squat", "push", pattern="squat")
LEG_PRESS = lower("leg_press", "push", pattern="leg_press")
EXTENSION = lower("extension", "push", mechanic="isolation", ratio_units=1)
HINGE = lower("hinge", "pull", pattern="hip_hinge", equipment=(("barbell",),))
CURL = lower("curl", "pull", mechanic="isolation", ratio_units=1)
WORLD = problem(SQUAT, LEG_PRESS, EXTENSION, HINGE, CURL)
AT_HOME = (slot("mon", place=FLOOR),)


def test_both_boundaries_hold_exactly() -> None:
    # posterior 6 x 2 = 12, quad 3 x 2 = 6: 12 >= 2 x 6; then quad 2 x 2 = 4: 12 <= 3 x 4
    low = line_for(RULE, WORLD, week(mon=[("squat", 3), ("hinge", 6)]))
    high = line_for(RULE, WORLD, week(mon=[("squat", 2), ("hinge", 6)]))
    assert low.holds
    assert high.holds
    assert (low.slack, high.slack) == (0, 0)
    assert low.statement == "posterior 12 >= 2 x quad 6 and <= 3 x quad 6"
    assert low.measured == {"pull": 12, "push": 6}
    assert low.limit == {"min": [2, 1], "max": [3, 1]}


def test_too_little_and_too_much_posterior_work() -> None:
    low = line_for(RULE, WORLD, week(mon=[("squat", 4), ("hinge", 6)]))  # 12 < 2 x 8
    high = line_for(RULE, WORLD, week(mon=[("squat", 1), ("hinge", 6)]))  # 12 > 3 x 2
    assert not low.holds
    assert not high.holds
    assert low.slack == -4
    assert high.slack == -6
    assert "too little" in low.violations[0].statement


def test_the_upper_bound_applies_only_while_something_is_pushed() -> None:
    world = problem(HINGE, CURL)
    line = line_for(RULE, world, week(mon=[("hinge", 6)]))
    assert line.holds
    assert line.notes == ("No compound squat or lunge is possible here, so none is asked for.",)


def test_without_a_maximum_only_the_minimum_binds() -> None:
    rules = settings(lower_balance=BalanceRule(Fraction(2), None, "sets"))
    assert line_for(RULE, problem(*WORLD.exercises, rules=rules), week(mon=[("squat", 1), ("hinge", 6)])).holds


def test_single_joint_work_is_at_most_a_third_of_either_side() -> None:
    # posterior 4 x 2 + 4 x 1 = 12 with 4 single: a third. quad 2 x 2 + 2 x 1 = 6 with 2 single: a third. 12 >= 2 x 6
    exact = week(mon=[("squat", 2), ("extension", 2), ("hinge", 4), ("curl", 4)])
    assert line_for(RULE, WORLD, exact).holds
    curls = line_for(RULE, WORLD, week(mon=[("squat", 3), ("hinge", 4), ("curl", 5)]))  # 5 of 13
    assert "5 of 13 posterior units" in curls.violations[0].statement
    extensions = line_for(RULE, WORLD, week(mon=[("squat", 1), ("extension", 2), ("hinge", 6)]))  # 2 of 4, 12 <= 12
    assert "2 of 4 quad units" in extensions.violations[0].statement


def test_the_quad_cap_falls_where_no_compound_push_is_possible() -> None:
    world = problem(EXTENSION, HINGE)
    assert line_for(RULE, world, week(mon=[("extension", 4), ("hinge", 4)])).holds  # 8 >= 2 x 4


def test_a_squat_or_lunge_and_a_posterior_exercise_stay_in_the_week() -> None:
    no_squat = line_for(RULE, WORLD, week(mon=[("leg_press", 3), ("hinge", 6)]))
    assert [v.statement for v in no_squat.violations] == ["The week has no compound squat or lunge."]
    nothing = line_for(RULE, WORLD, week(mon=[]))
    assert [v.statement for v in nothing.violations] == [
        "The week has no compound squat or lunge.",
        "The week has no hard posterior-chain exercise.",
    ]


def test_an_easy_posterior_exercise_does_not_count_as_hard() -> None:
    easy = lower("easy_hinge", "pull", counts_as_hard_set=False)
    world = problem(SQUAT, easy, HINGE)
    assert not line_for(RULE, world, week(mon=[("squat", 3), ("easy_hinge", 6)])).holds


def test_single_joint_posterior_work_stands_in_where_no_compound_is_possible() -> None:
    world = problem(SQUAT, HINGE, CURL, slots=AT_HOME)
    # 6 sets x 2 substitute units = 12 >= 2 x 6, all of it single-joint
    line = line_for(RULE, world, week(mon=[("squat", 3), ("curl", 6)]))
    assert line.holds
    assert line.measured == {"pull": 12, "push": 6}
    assert "stand in" in line.notes[0]
    assert not line_for(RULE, world, week(mon=[("squat", 3), ("curl", 5)])).holds  # 10 < 12


def test_excluded_squats_are_not_asked_for() -> None:
    who = athlete(avoid=Avoidances(patterns=frozenset({"squat"})))
    world = problem(SQUAT, LEG_PRESS, HINGE, who=who)
    assert line_for(RULE, world, week(mon=[("leg_press", 3), ("hinge", 6)])).holds


def test_movements_and_both() -> None:
    movements = problem(
        *WORLD.exercises, rules=settings(lower_balance=BalanceRule(Fraction(2), Fraction(3), "movements"))
    )
    both = problem(*WORLD.exercises, rules=settings(lower_balance=BalanceRule(Fraction(2), Fraction(3), "both")))
    plan = week(mon=[("squat", 6), ("hinge", 3)], wed=[("hinge", 3)])
    # by movements 4 >= 2 x 2; by sets 12 < 2 x 12
    assert line_for(RULE, movements, plan).holds
    assert not line_for(RULE, both, plan).holds


def test_one_single_joint_set_is_enough_for_the_upper_bound() -> None:
    line = line_for(RULE, problem(EXTENSION, HINGE), week(mon=[("extension", 1), ("hinge", 2)]))
    assert not line.holds  # 4 > 3 x 1
    assert line.slack == -1
