import pytest

from solver.domain.plan import Entry
from tests.solver.verifier.builders import drill, exercise, line_for, lower, problem, rung, subjects, week

RULE = "structure.order"
PARTS = [
    exercise(f"part_{number}", session_slot=number, region="upper", push_pull="push" if number % 2 else "pull")
    for number in range(1, 9)
]
MAIN_2 = exercise("main_2", session_slot=4)
DRILL = drill("hinge_drill", ladder=rung("deadlift", 1), session_slot=2)
EMPTY_BAR = drill("empty_bar", ladder=rung("deadlift", 2), session_slot=2)
OTHER_LADDER = [lower(f"squat_{stage}", "push", ladder=rung("squat", stage)) for stage in (1, 2)]
WORLD = problem(*PARTS, MAIN_2, DRILL, EMPTY_BAR, *OTHER_LADDER, supersets=True)


def _paired(name: str, label: str = "a") -> Entry:
    return Entry(name, 2, ("none",), label)


def test_all_parts_in_order() -> None:
    assert line_for(RULE, WORLD, week(mon=[(f"part_{number}", 2) for number in range(1, 9)])).holds


def test_equal_parts_may_stand_either_way() -> None:
    assert line_for(RULE, WORLD, week(mon=[("part_4", 2), ("main_2", 2)])).holds
    assert line_for(RULE, WORLD, week(mon=[("main_2", 2), ("part_4", 2)])).holds


@pytest.mark.parametrize("number", range(1, 8))
def test_every_step_back_is_a_fault(number: int) -> None:
    line = line_for(RULE, WORLD, week(mon=[(f"part_{number + 1}", 2), (f"part_{number}", 2)]))
    assert subjects(line) == ["mon"]


def test_lower_deadlift_stages_come_first() -> None:
    assert line_for(RULE, WORLD, week(mon=[("hinge_drill", 2), ("empty_bar", 2)])).holds
    assert not line_for(RULE, WORLD, week(mon=[("empty_bar", 2), ("hinge_drill", 2)])).holds
    assert line_for(RULE, WORLD, week(mon=[("squat_2", 2), ("squat_1", 2)])).holds


def test_a_superset_takes_its_earlier_place() -> None:
    pair = [_paired("part_5"), _paired("part_4")]
    assert line_for(RULE, WORLD, week(mon=[("part_3", 2), *pair, ("main_2", 2), ("part_6", 2)])).holds
    assert not line_for(RULE, WORLD, week(mon=[("part_6", 2), *pair])).holds


def test_a_superset_is_two_neighbours() -> None:
    torn = week(mon=[_paired("part_4"), ("main_2", 2), _paired("part_5")])
    assert any("torn apart" in v.statement for v in line_for(RULE, WORLD, torn).violations)
    alone = week(mon=[_paired("part_4"), ("part_5", 2)])
    assert "has 1 entries" in line_for(RULE, WORLD, alone).violations[0].statement
    three = week(mon=[_paired("part_4"), _paired("part_5"), _paired("part_6")])
    assert "has 3 entries" in line_for(RULE, WORLD, three).violations[0].statement


def test_labels_belong_to_their_session() -> None:
    assert line_for(
        RULE, WORLD, week(mon=[_paired("part_4"), _paired("part_5")], wed=[_paired("part_4"), _paired("main_2")])
    ).holds
    split = line_for(RULE, WORLD, week(mon=[_paired("part_4")], wed=[_paired("part_5")]))
    assert subjects(split) == ["mon", "wed"]


def test_an_empty_label_is_a_label() -> None:
    plan = week(mon=[_paired("part_4", ""), _paired("part_5", ""), ("part_6", 2)])
    assert line_for(RULE, WORLD, plan).holds


def test_no_superset_where_none_was_asked_for() -> None:
    plain = problem(*PARTS)
    assert not line_for(RULE, plain, week(mon=[_paired("part_4"), _paired("part_5")])).holds
