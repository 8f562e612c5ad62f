from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solver.domain.problem import Avoidances
from tests.solver.rule_lab import (
    FLOOR,
    Week,
    admitted,
    athlete,
    blamed,
    disputed,
    drill,
    keeps,
    lower,
    own,
    problem,
    rung,
    settings,
    slot,
    week,
)

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.domain.problem import Problem

RULE = "progression.deadlift"


def _hinge(identifier: str, stage: int | None = None, **changes: Any) -> Exercise:
    facts = {"pattern": "hip_hinge", "session_slot": 4, "ladder": rung("deadlift", stage) if stage else None}
    return lower(identifier, "pull", **{**facts, **changes})


HINGE_DRILL = drill("hinge_drill", pattern="hip_hinge", is_hinge_drill=True, ladder=rung("deadlift", 1), session_slot=2)
EMPTY_BAR = drill("empty_bar", pattern="hip_hinge", ladder=rung("deadlift", 2), session_slot=2)
KNEE = _hinge("knee", 3, barbell_hinge=True, equipment=(("barbell",),))
BELOW = _hinge("below", 4, barbell_hinge=True)
BLOCKS = _hinge("blocks", 5, barbell_hinge=True)
FLOOR_PULL = _hinge("from_floor", 6, barbell_hinge=True, floor_pull=True)
TRAP_BAR = _hinge("trap_bar", barbell_hinge=True, floor_pull=True, prerequisite=rung("deadlift", 5))
SUMO = _hinge("sumo", barbell_hinge=True, floor_pull=True, prerequisite=rung("deadlift", 6))
ROMANIAN = _hinge("romanian", barbell_hinge=True)
DUMBBELL = _hinge("dumbbell")
EVERYTHING = (HINGE_DRILL, EMPTY_BAR, KNEE, BELOW, BLOCKS, FLOOR_PULL, TRAP_BAR, SUMO, ROMANIAN, DUMBBELL)
NAME = {1: "hinge_drill", 2: "empty_bar", 3: "knee", 4: "below", 5: "blocks", 6: "from_floor"}


def _at(stage: int, *, loaded_stages: int = 1, **changes: Any) -> Problem:
    who = athlete(stages={"deadlift": stage}, **changes.pop("who", {}))
    return problem(*changes.pop("exercises", EVERYTHING), who=who, rules=settings(deadlift_loaded_stages=loaded_stages))


def _stages(**days: tuple[int, ...]) -> Week:
    """Per day the stages trained, each day with its drill and a plank."""
    return {day: {"hinge_drill": 1, "plank": 1, **{NAME[s]: 3 for s in stages}} for day, stages in days.items()}


@pytest.mark.parametrize("stage", range(1, 7))
def test_the_current_stage_after_a_drill_keeps_it(stage: int) -> None:
    assert keeps(_at(stage), _stages(mon=(stage,), fri=(stage,)), RULE)


@pytest.mark.parametrize("stage", range(1, 7))
def test_a_week_without_the_current_stage_breaks_it(stage: int) -> None:
    assert not keeps(_at(stage), week(mon={"plank": 3}), RULE)
    assert blamed(_at(stage), week(mon={"plank": 3}), RULE) == {"current stage"}


@pytest.mark.parametrize("stage", [4, 5, 6])
def test_a_lower_loaded_stage_is_no_substitute_for_the_current_one(stage: int) -> None:
    assert blamed(_at(stage), _stages(mon=(stage - 1,)), RULE) == {"current stage"}


# The boundary of every stage: at stage k the rung k is allowed and the rung k + 1 is not.
@pytest.mark.parametrize("stage", range(1, 6))
def test_never_above_the_current_stage(stage: int) -> None:
    world = _at(stage, loaded_stages=2)
    above = _stages(mon=(stage,), wed=(stage, stage + 1))
    assert not keeps(world, above, RULE)
    # one rung up is a neighbour; only being ahead of the ladder forbids it
    assert blamed(world, above, RULE) == {"ahead of the ladder"}


def test_every_ladder_session_opens_with_a_hinge_drill() -> None:
    bare = week(mon={"hinge_drill": 1, "knee": 3}, fri={"knee": 3})
    assert not keeps(_at(3), bare, RULE)
    assert blamed(_at(3), bare, RULE) == {"drill"}
    # the empty bar is a rung as well, but no hinge drill
    assert blamed(_at(3), week(mon={"hinge_drill": 1, "knee": 3}, fri={"empty_bar": 1, "plank": 1}), RULE) == {"drill"}


def test_from_stage_three_a_hinge_beside_the_ladder_needs_no_drill() -> None:
    assert keeps(_at(3), week(mon={"hinge_drill": 1, "knee": 3}, fri={"romanian": 3}, wed={"dumbbell": 3}), RULE)


@pytest.mark.parametrize("stage", [1, 2])
def test_below_it_every_hinge_day_has_a_drill(stage: int) -> None:
    drilled = _stages(mon=(stage,)) | week(fri={"hinge_drill": 1, "dumbbell": 3})
    assert keeps(_at(stage), drilled, RULE)
    bare = _stages(mon=(stage,)) | week(fri={"dumbbell": 3})
    assert not keeps(_at(stage), bare, RULE)
    assert blamed(_at(stage), bare, RULE) == {"drill"}


@pytest.mark.parametrize(("stage", "kept"), [(1, False), (2, False), (3, True)])
def test_no_loaded_barbell_hinge_before_the_ladder_is_loaded(stage: int, kept: bool) -> None:
    plan = _stages(mon=(stage,)) | week(fri={"hinge_drill": 1, "romanian": 3})
    assert keeps(_at(stage), plan, RULE) is kept
    if not kept:
        assert blamed(_at(stage), plan, RULE) == {"ahead of the ladder"}


@pytest.mark.parametrize(("pull", "first"), [("trap_bar", 5), ("sumo", 6)])
@pytest.mark.parametrize("stage", range(3, 7))
def test_no_pull_from_the_floor_before_its_stage(pull: str, first: int, stage: int) -> None:
    plan = _stages(mon=(stage,)) | week(fri={pull: 3})
    assert keeps(_at(stage), plan, RULE) is (stage >= first)


@pytest.mark.parametrize(("loaded_stages", "kept"), [(1, False), (2, True)])
def test_the_number_of_loaded_stages_is_the_boundary(loaded_stages: int, kept: bool) -> None:
    plan = _stages(mon=(3,), fri=(4,))
    assert keeps(_at(4, loaded_stages=loaded_stages), plan, RULE) is kept
    if not kept:
        assert blamed(_at(4), plan, RULE) == {"loaded stages"}


def test_three_loaded_stages_are_too_many_for_two() -> None:
    plan = _stages(mon=(3,), wed=(4,), fri=(5,))
    assert not keeps(_at(5, loaded_stages=2), plan, RULE)
    assert blamed(_at(5, loaded_stages=2), plan, RULE) == {"loaded stages", "no jump"}


@pytest.mark.parametrize("stage", [5, 6])
def test_loaded_stages_never_jump(stage: int) -> None:
    world, jump = _at(stage, loaded_stages=2), _stages(mon=(stage - 2,), fri=(stage,))
    assert not keeps(world, jump, RULE)
    assert blamed(world, jump, RULE) == {"no jump"}


@pytest.mark.parametrize(
    ("plan", "kept"),
    [
        (_stages(mon=(3,), wed=(4,), fri=(4,)), True),
        (_stages(mon=(3, 4), fri=(4,)), True),  # the session climbs, the next stays up
        (_stages(mon=(3,), fri=(3, 4)), True),
        (_stages(mon=(4,), fri=(3,)), False),
        (_stages(mon=(3, 4), fri=(3,)), False),
        (_stages(mon=(4,), fri=(3, 4)), False),
        (_stages(mon=(4,), wed=(2,), fri=(4,)), True),  # the empty bar is not loaded: no step back
        (_stages(mon=(4,), wed=(1,), fri=(4,)), True),
    ],
)
def test_loaded_stages_never_fall_back_from_session_to_session(plan: Week, kept: bool) -> None:
    world = _at(4, loaded_stages=2)
    assert keeps(world, plan, RULE) is kept
    if not kept:
        assert blamed(world, plan, RULE) == {"no falling back"}


@pytest.mark.parametrize(
    "who",
    [
        {"avoid": Avoidances(equipment=frozenset({"barbell"}))},
        {"avoid": Avoidances(exercises=frozenset({"knee"}))},
        {"skill_level": 1},
    ],
)
def test_the_current_stage_is_waived_where_it_is_not_possible(who: dict[str, Any]) -> None:
    hard = KNEE.model_copy(update={"skill_level": 2})
    exercises = tuple(hard if e is KNEE else e for e in EVERYTHING)
    assert keeps(_at(3, exercises=exercises, who=who), week(mon={"plank": 3}), RULE)


def test_it_is_waived_where_no_place_has_the_equipment() -> None:
    who = athlete(stages={"deadlift": 3})
    at_home = problem(*EVERYTHING, who=who, slots=(slot("mon", place=FLOOR),))
    assert keeps(at_home, week(mon={"dumbbell": 3}), RULE)
    one_gym = problem(*EVERYTHING, who=who, slots=(slot("mon", place=FLOOR), slot("fri")))
    assert not keeps(one_gym, week(mon={"dumbbell": 3}), RULE)


@pytest.mark.parametrize("needed", [("deadlift", 3), ("squat", 1)])
def test_an_own_pull_from_the_floor_waits_whatever_its_prerequisite(needed: tuple[str, int]) -> None:
    # only the trap bar, whose prerequisite is stage 5, may come before stage 6
    pull = own("sumo_deadlift", prerequisite=rung(*needed), equipment=(("none",),))
    world = problem(*EVERYTHING, pull, who=athlete(stages={"deadlift": 4, "squat": 4}, skill_level=3))
    plan = _stages(mon=(4,)) | {"fri": {pull.id: 2}}
    assert not admitted(pull) or not keeps(world, plan, RULE)


@pytest.mark.parametrize(
    "late",
    [
        own("hip_hinge_wall_drill", session_slot=6, equipment=(("none",),)),
        own("sumo_deadlift", session_slot=1, equipment=(("none",),)),
    ],
    ids=["late drill", "early pull"],
)
def test_own_exercises_out_of_place_are_judged_alike_by_model_and_verifier(late: Exercise) -> None:
    world = problem(*EVERYTHING, late, who=athlete(stages={"deadlift": 6}, skill_level=3))
    plan = _stages(mon=(6,)) | week(fri={"hinge_drill": 1, "from_floor": 3})
    plan["fri"][late.id] = 2
    assert not admitted(late) or disputed(world, plan, RULE) == {}


def test_without_the_rule_the_week_may_lift_as_it_likes() -> None:
    # at stage 5: no drill, stages 3, 5 and 6, the highest first, 6 is ahead and three are too many
    plan = week(mon={"from_floor": 3}, wed={"knee": 3}, fri={"blocks": 3})
    assert blamed(_at(5, loaded_stages=2), plan, RULE) == {
        "drill",
        "loaded stages",
        "no jump",
        "no falling back",
        "ahead of the ladder",
    }
