from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solver.domain.problem import Avoidances
from tests.solver.verifier.builders import (
    FLOOR,
    GYM,
    athlete,
    drill,
    exercise,
    line_for,
    lower,
    problem,
    rung,
    settings,
    slot,
    subjects,
    week,
)

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.domain.problem import Problem

RULE = "progression.deadlift"


def _hinge(identifier: str, stage: int | None = None, **changes: Any) -> Exercise:
    ladder = rung("deadlift", stage) if stage else None
    return lower(identifier, "pull", pattern="hip_hinge", ladder=ladder, session_slot=4, **changes)


DRILL = drill("hinge_drill", pattern="hip_hinge", is_hinge_drill=True, ladder=rung("deadlift", 1), session_slot=2)
EMPTY_BAR = drill("empty_bar", pattern="hip_hinge", ladder=rung("deadlift", 2), session_slot=2)
KNEE = _hinge("knee_pull", 3, barbell_hinge=True, equipment=(("barbell",),))
LOW = _hinge("low_pull", 4, barbell_hinge=True)
BLOCK = _hinge("block_pull", 5, barbell_hinge=True)
FROM_FLOOR = _hinge("floor_deadlift", 6, barbell_hinge=True, floor_pull=True)
TRAP_BAR = _hinge("trap_bar", barbell_hinge=True, floor_pull=True, prerequisite=rung("deadlift", 5))
SUMO = _hinge("sumo", barbell_hinge=True, floor_pull=True, prerequisite=rung("deadlift", 6))
ROMANIAN = _hinge("romanian", barbell_hinge=True)
DUMBBELL = _hinge("dumbbell_hinge")
PLANK = exercise("plank")
EVERYTHING = (DRILL, EMPTY_BAR, KNEE, LOW, BLOCK, FROM_FLOOR, TRAP_BAR, SUMO, ROMANIAN, DUMBBELL, PLANK)


def _at(stage: int, **changes: Any) -> Problem:
    who = athlete(stages={"deadlift": stage}, **changes.pop("who", {}))
    return problem(*EVERYTHING, who=who, **changes)


TWO_STAGES = settings(deadlift_loaded_stages=2)


def test_the_current_stage_after_a_drill_holds() -> None:
    line = line_for(RULE, _at(3), week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("plank", 3)]))
    assert line.holds
    assert line.measured == {"stage": 3, "current_stage_sets": 3, "loaded_stages": 1}
    assert line.slack == 0


def test_the_current_stage_is_trained() -> None:
    line = line_for(RULE, _at(4), week(mon=[("hinge_drill", 2), ("knee_pull", 3)]))
    assert [v.statement for v in line.violations] == ["The athlete's deadlift stage 4 is not trained in the week."]


@pytest.mark.parametrize("stage", [1, 2])
def test_early_stages_are_trained_too(stage: int) -> None:
    assert not line_for(RULE, _at(stage), week(mon=[("plank", 3)])).holds
    assert line_for(RULE, _at(stage), week(mon=[("hinge_drill", 2), ("empty_bar", 2)][:stage])).holds


def test_every_ladder_session_opens_with_a_drill() -> None:
    open_both = week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("hinge_drill", 2), ("knee_pull", 3)])
    assert line_for(RULE, _at(3), open_both).holds
    bare = line_for(RULE, _at(3), week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("knee_pull", 3)]))
    assert subjects(bare) == ["fri"]
    late = line_for(RULE, _at(3), week(mon=[("knee_pull", 3), ("hinge_drill", 2)]))
    assert "mon" in subjects(late)
    empty_bar = line_for(RULE, _at(3), week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("empty_bar", 2)]))
    assert subjects(empty_bar) == ["fri"]


def test_hinges_beside_the_ladder_need_no_drill_from_stage_three() -> None:
    plan = week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("romanian", 3)])
    assert line_for(RULE, _at(3), plan).holds


def test_a_drill_never_follows_a_working_hinge() -> None:
    plan = week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("romanian", 3), ("hinge_drill", 2)])
    assert subjects(line_for(RULE, _at(3), plan)) == ["fri"]


@pytest.mark.parametrize("stage", [1, 2])
def test_early_stages_drill_on_every_hinge_day(stage: int) -> None:
    current = [("hinge_drill", 2), ("empty_bar", 2)]
    assert line_for(RULE, _at(stage), week(mon=current[:stage], fri=[("hinge_drill", 2), ("dumbbell_hinge", 3)])).holds
    bare = line_for(RULE, _at(stage), week(mon=current[:stage], fri=[("dumbbell_hinge", 3)]))
    assert subjects(bare) == ["fri"]


@pytest.mark.parametrize(("stage", "allowed"), [(1, False), (2, False), (3, True)])
def test_no_barbell_hinge_before_stage_three(stage: int, allowed: bool) -> None:
    ladder = {1: [], 2: [("empty_bar", 2)], 3: [("knee_pull", 3)]}[stage]
    plan = week(mon=[("hinge_drill", 2), *ladder, ("romanian", 3)])
    line = line_for(RULE, _at(stage), plan)
    assert line.holds is allowed
    assert subjects(line) == ([] if allowed else ["romanian"])


@pytest.mark.parametrize(
    ("pull", "stage", "allowed"),
    [("trap_bar", 4, False), ("trap_bar", 5, True), ("sumo", 5, False), ("sumo", 6, True)],
)
def test_pulls_from_the_floor_beside_the_ladder_wait(pull: str, stage: int, allowed: bool) -> None:
    current = {4: "low_pull", 5: "block_pull", 6: "floor_deadlift"}[stage]
    plan = week(mon=[("hinge_drill", 2), (current, 3)], fri=[(pull, 3)])
    assert line_for(RULE, _at(stage), plan).holds is allowed


def test_a_floor_pull_without_any_prerequisite_waits_for_stage_six() -> None:
    stray = _hinge("stray", floor_pull=True)
    plan = week(mon=[("hinge_drill", 2), ("block_pull", 3), ("stray", 3)])
    who = athlete(stages={"deadlift": 5})
    assert subjects(line_for(RULE, problem(*EVERYTHING, stray, who=who), plan)) == ["stray"]


def test_never_above_the_current_stage() -> None:
    plan = week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("hinge_drill", 2), ("low_pull", 3)])
    assert subjects(line_for(RULE, _at(3, rules=TWO_STAGES), plan)) == ["low_pull"]


def test_loaded_stages_are_limited() -> None:
    plan = week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("hinge_drill", 2), ("low_pull", 3)])
    one = line_for(RULE, _at(4), plan)
    assert not one.holds
    assert one.slack == -1
    assert line_for(RULE, _at(4, rules=TWO_STAGES), plan).holds


def test_loaded_stages_never_fall_back_but_drills_and_the_empty_bar_may() -> None:
    back = week(mon=[("hinge_drill", 2), ("low_pull", 3)], fri=[("hinge_drill", 2), ("knee_pull", 3)])
    assert subjects(line_for(RULE, _at(4, rules=TWO_STAGES), back)) == ["fri"]
    light = week(mon=[("hinge_drill", 2), ("low_pull", 3)], fri=[("hinge_drill", 2), ("empty_bar", 2)])
    assert line_for(RULE, _at(4), light).holds


def test_falling_back_is_seen_across_a_session_between() -> None:
    plan = week(
        mon=[("hinge_drill", 2), ("low_pull", 3)], wed=[("plank", 3)], fri=[("hinge_drill", 2), ("knee_pull", 3)]
    )
    assert subjects(line_for(RULE, _at(4, rules=TWO_STAGES), plan)) == ["fri"]


def test_loaded_stages_never_jump() -> None:
    plan = week(mon=[("hinge_drill", 2), ("knee_pull", 3)], fri=[("hinge_drill", 2), ("block_pull", 3)])
    line = line_for(RULE, _at(5, rules=TWO_STAGES), plan)
    assert [v.statement for v in line.violations] == [
        "The week jumps between deadlift stages 3, 5; loaded stages differ by 1 at most."
    ]


def test_lower_stages_come_first_in_a_session() -> None:
    up = week(mon=[("hinge_drill", 2), ("empty_bar", 2), ("knee_pull", 3), ("low_pull", 3)])
    assert line_for(RULE, _at(4, rules=TWO_STAGES), up).holds
    down = week(mon=[("hinge_drill", 2), ("low_pull", 3), ("knee_pull", 3)])
    assert subjects(line_for(RULE, _at(4, rules=TWO_STAGES), down)) == ["mon"]


def test_the_current_stage_is_waived_where_it_is_not_possible() -> None:
    plan = week(mon=[("hinge_drill", 2), ("dumbbell_hinge", 3)])
    at_home = line_for(RULE, _at(3, slots=(slot("mon", place=FLOOR),)), plan)
    assert at_home.holds
    assert at_home.waived is not None
    assert at_home.waived.restored_by == "Have barbell at 'floor'."
    avoiding = line_for(RULE, _at(3, who={"avoid": Avoidances(exercises=frozenset({"knee_pull"}))}), plan)
    assert avoiding.waived is not None
    assert not line_for(RULE, _at(3, slots=(slot("mon", place=FLOOR), slot("tue", place=GYM))), plan).holds


def test_stating_the_number_of_loaded_stages_does_not_bring_the_inclusion_back() -> None:
    rules = settings(stated=frozenset({f"{RULE}:loaded_stages"}))
    plan = week(mon=[("plank", 3)])
    assert line_for(RULE, _at(3, rules=rules, slots=(slot("mon", place=FLOOR),)), plan).waived is not None


def test_a_waiver_covers_only_the_inclusion() -> None:
    plan = week(mon=[("dumbbell_hinge", 3), ("hinge_drill", 2)])
    line = line_for(RULE, _at(3, slots=(slot("mon", place=FLOOR),)), plan)
    assert line.waived is not None
    assert subjects(line) == ["mon"]


def test_two_drills_of_one_stage_stand_either_way() -> None:
    other = drill("other_drill", pattern="hip_hinge", is_hinge_drill=True, ladder=rung("deadlift", 1), session_slot=2)
    world = problem(*EVERYTHING, other)
    assert line_for(RULE, world, week(mon=[("hinge_drill", 2), ("other_drill", 2), ("knee_pull", 3)])).holds


def test_a_drill_may_follow_what_is_no_hinge() -> None:
    assert line_for(RULE, _at(3), week(mon=[("plank", 3), ("hinge_drill", 2), ("knee_pull", 3)])).holds


def test_an_athlete_without_a_stage_is_asked_for_none() -> None:
    line = line_for(RULE, problem(*EVERYTHING, who=athlete(stages={})), week(mon=[("plank", 3)]))
    assert line.holds
    assert line.waived is not None
    assert line.measured == {"stage": 0, "current_stage_sets": 0, "loaded_stages": 0}
