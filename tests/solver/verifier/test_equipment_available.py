from solver.domain.plan import Entry
from tests.solver.verifier.builders import FLOOR, GYM, exercise, line_for, problem, slot, subjects, week

RULE = "equipment.available"
ROW = exercise("row", equipment=(("barbell", "rack"), ("dumbbells",), ("none",)))
PRESS = exercise("press", equipment=(("barbell", "none"),))
WORLD = problem(ROW, PRESS, slots=(slot("mon", place=GYM), slot("wed", place=FLOOR)))


def test_an_alternative_that_stands_at_the_place() -> None:
    plan = week(mon=[Entry("row", 3, ("dumbbells",))], wed=[Entry("row", 3, ("none",))])
    line = line_for(RULE, WORLD, plan)
    assert line.holds
    assert line.measured == {"entries": 2, "impossible": 0}


def test_a_clear_floor_is_everywhere_also_beside_other_items() -> None:
    assert line_for(RULE, WORLD, week(mon=[Entry("press", 3, ("none", "barbell"))])).holds


def test_one_missing_item_is_enough_to_fail() -> None:
    line = line_for(RULE, WORLD, week(mon=[Entry("row", 3, ("barbell", "rack"))]))  # the gym has no rack
    assert subjects(line) == ["row"]
    assert line.violations[0].statement == "Row in 'mon' needs rack, which 'gym' lacks."


def test_the_place_of_the_session_decides() -> None:
    assert not line_for(RULE, WORLD, week(wed=[Entry("row", 3, ("dumbbells",))])).holds


def test_what_is_no_alternative_fails_even_when_it_stands_there() -> None:
    assert not line_for(RULE, WORLD, week(mon=[Entry("row", 3, ("pull_up_bar",))])).holds
    assert not line_for(RULE, WORLD, week(mon=[Entry("press", 3, ("barbell",))])).holds  # half an alternative
    nothing = line_for(RULE, WORLD, week(mon=[Entry("row", 3, ())]))
    assert nothing.violations[0].statement == "Row in 'mon' cannot be done with no named equipment."
