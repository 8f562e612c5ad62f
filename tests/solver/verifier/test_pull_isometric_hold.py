import pytest

from solver.domain.problem import Avoidances
from tests.solver.verifier.builders import (
    FLOOR,
    athlete,
    exercise,
    line_for,
    problem,
    rung,
    settings,
    slot,
    upper,
    week,
)

RULE = "pull.isometric_hold"
HOLD = upper(
    "hold",
    "pull",
    pattern="vertical_pull",
    is_isometric=True,
    equipment=(("pull_up_bar",),),
    stress=frozenset({"hanging"}),
    ladder=rung("pull_up", 4),
)
PULL_UP = upper("pull_up", "pull", pattern="vertical_pull")
PLANK = exercise("plank", is_isometric=True)
WORLD = problem(HOLD, PULL_UP, PLANK)
AT_HOME = (slot("mon", place=FLOOR),)


def test_one_hold_a_week_is_enough() -> None:
    line = line_for(RULE, WORLD, week(mon=[("pull_up", 3)], wed=[("hold", 3)]))
    assert line.holds
    assert line.slack == 0
    assert line.waived is None


def test_neither_a_pull_up_nor_a_plank_is_a_hold() -> None:
    line = line_for(RULE, WORLD, week(mon=[("pull_up", 3), ("plank", 3)]))
    assert not line.holds
    assert line.slack == -1


def test_sessions_are_counted_and_capped_by_the_week() -> None:
    world = problem(*WORLD.exercises, rules=settings(isometric_hold_sessions=3))
    assert not line_for(RULE, world, week(mon=[("hold", 6)], wed=[("hold", 3)], fri=[("plank", 3)])).holds
    assert line_for(RULE, world, week(mon=[("hold", 1)], wed=[("hold", 1)], fri=[("hold", 1)])).holds
    assert line_for(RULE, world, week(mon=[("hold", 1)], wed=[("hold", 1)])).holds  # min(3, 2 sessions)


@pytest.mark.parametrize(
    ("changes", "kind", "restored_by"),
    [
        ({"slots": AT_HOME}, "equipment", "Have pull up bar at 'floor'."),
        (
            {"who": athlete(avoid=Avoidances(stress=frozenset({"hanging"})))},
            "exclusion",
            "Stop avoiding hanging.",
        ),
        (
            {"who": athlete(avoid=Avoidances(equipment=frozenset({"pull_up_bar"})))},
            "exclusion",
            "Stop avoiding pull up bar.",
        ),
        ({"who": athlete(stages={"pull_up": 3})}, "stage", "Reach stage 4 of the pull up ladder."),
    ],
)
def test_it_is_waived_with_the_reason_where_no_hold_is_possible(
    changes: dict[str, object], kind: str, restored_by: str
) -> None:
    line = line_for(RULE, problem(*WORLD.exercises, **changes), week(mon=[("pull_up", 3)]))
    assert line.holds
    assert line.waived is not None
    assert f"({kind})" in line.waived.reason
    assert line.waived.restored_by == restored_by
    assert line.slack is None


def test_a_bar_at_one_place_is_enough_to_ask_for_it() -> None:
    world = problem(*WORLD.exercises, slots=(slot("mon", place=FLOOR), slot("wed")))
    assert not line_for(RULE, world, week(mon=[("plank", 3)])).holds


def test_a_stated_parameter_is_never_waived() -> None:
    rules = settings(stated=frozenset({f"{RULE}:sessions"}))
    line = line_for(RULE, problem(*WORLD.exercises, slots=AT_HOME, rules=rules), week(mon=[("pull_up", 3)]))
    assert not line.holds
    assert line.waived is None


def test_a_stated_stage_alone_is_no_reason_to_waive_it() -> None:
    low = athlete(stages={"pull_up": 3}, stated_stages=frozenset({"pull_up"}))
    line = line_for(RULE, problem(*WORLD.exercises, who=low), week(mon=[("pull_up", 3)]))
    assert not line.holds
    assert line.waived is None
    # without a bar it would not be possible at any stage
    assert line_for(RULE, problem(*WORLD.exercises, who=low, slots=AT_HOME), week(mon=[("pull_up", 3)])).waived


def test_skill_blocks_unless_the_ladder_stage_is_stated() -> None:
    hard = upper(
        "hard_hold", "pull", pattern="vertical_pull", is_isometric=True, skill_level=3, ladder=rung("pull_up", 4)
    )
    plan = week(mon=[("plank", 3)])
    assert line_for(RULE, problem(hard, PLANK), plan).waived is not None
    stated = athlete(stated_stages=frozenset({"pull_up"}))
    assert line_for(RULE, problem(hard, PLANK, who=stated), plan).waived is None


def test_the_waiver_is_told_by_the_exercise_that_lacks_least() -> None:
    far = upper(
        "a_far_hold", "pull", pattern="vertical_pull", is_isometric=True, skill_level=3, equipment=(("rings",),)
    )
    line = line_for(RULE, problem(far, HOLD, slots=AT_HOME), week(mon=[]))
    assert line.waived is not None
    assert "Hold needs pull up bar" in line.waived.reason
