from __future__ import annotations

import pytest

from tests.solver.rule_lab import athlete, blamed, exercise, keeps, problem, rung, week

RULE = "athlete.skill"
EASY = exercise("easy", skill_level=1)
MIDDLING = exercise("middling", skill_level=2)
HARD = exercise("hard", skill_level=3)
PULL_UP = exercise("pull_up", skill_level=3, ladder=rung("pull_up", 6))
EVERYTHING = (EASY, MIDDLING, HARD, PULL_UP)


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("needed", [1, 2, 3])
def test_the_skill_level_is_the_boundary(level: int, needed: int) -> None:
    name = {1: "easy", 2: "middling", 3: "hard"}[needed]
    world = problem(*EVERYTHING, who=athlete(skill_level=level, stages={"pull_up": 6}))
    assert keeps(world, week(mon={name: 3}), RULE) is (needed <= level)


@pytest.mark.parametrize(("stage", "kept"), [(5, False), (6, True), (7, True)])
def test_the_ladder_stage_is_the_boundary(stage: int, kept: bool) -> None:
    world = problem(*EVERYTHING, who=athlete(skill_level=3, stages={"pull_up": stage}))
    assert keeps(world, week(mon={"pull_up": 3}), RULE) is kept
    if not kept:
        assert blamed(world, week(mon={"pull_up": 3}), RULE) == {"ladder:pull_up"}


@pytest.mark.parametrize(
    ("stated", "stage", "kept"),
    [
        (frozenset(), 6, False),  # skill 3 is above 1, and the stage was only defaulted
        (frozenset({"pull_up"}), 6, True),  # a stated stage overrides skill
        (frozenset({"pull_up"}), 5, False),  # but never the stage itself
        (frozenset({"push_up"}), 6, False),  # and only inside its own ladder
    ],
)
def test_a_stated_stage_overrides_skill_inside_its_ladder(stated: frozenset[str], stage: int, kept: bool) -> None:
    world = problem(*EVERYTHING, who=athlete(skill_level=1, stages={"pull_up": stage}, stated_stages=stated))
    assert keeps(world, week(mon={"pull_up": 3}), RULE) is kept


def test_a_stated_stage_does_not_help_off_the_ladder() -> None:
    who = athlete(skill_level=2, stages={"pull_up": 6}, stated_stages=frozenset({"pull_up"}))
    assert not keeps(problem(*EVERYTHING, who=who), week(mon={"hard": 3}), RULE)


def test_without_the_rule_the_week_may_overreach() -> None:
    world = problem(*EVERYTHING, who=athlete(skill_level=1, stages={"pull_up": 2}))
    assert blamed(world, week(mon={"easy": 3}, wed={"hard": 3}), RULE) == {"experience"}
    assert blamed(world, week(mon={"easy": 3}, wed={"pull_up": 3}), RULE) == {"experience", "ladder:pull_up"}
