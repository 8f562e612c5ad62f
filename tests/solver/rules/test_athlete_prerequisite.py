from __future__ import annotations

import pytest

from tests.solver.rule_lab import athlete, blamed, exercise, keeps, problem, rung, week

RULE = "athlete.prerequisite"
ROMANIAN = exercise("romanian", prerequisite=rung("deadlift", 3))
DIP = exercise("dip", prerequisite=rung("push_up", 2))
FREE = exercise("free")
EVERYTHING = (ROMANIAN, DIP, FREE)


@pytest.mark.parametrize(("stage", "kept"), [(1, False), (2, False), (3, True), (4, True)])
def test_the_stage_it_builds_on_is_the_boundary(stage: int, kept: bool) -> None:
    world = problem(*EVERYTHING, who=athlete(stages={"deadlift": stage, "push_up": 1}))
    assert keeps(world, week(mon={"romanian": 3}), RULE) is kept


def test_another_ladder_does_not_help() -> None:
    world = problem(*EVERYTHING, who=athlete(stages={"deadlift": 6, "push_up": 1}))
    assert not keeps(world, week(mon={"romanian": 3, "dip": 3}), RULE)
    assert keeps(world, week(mon={"romanian": 3, "free": 3}), RULE)


def test_a_stated_stage_counts_like_any_other() -> None:
    who = athlete(stages={"deadlift": 2, "push_up": 2}, stated_stages=frozenset({"deadlift"}))
    assert not keeps(problem(*EVERYTHING, who=who), week(mon={"romanian": 3}), RULE)
    assert keeps(problem(*EVERYTHING, who=who), week(mon={"dip": 3}), RULE)


def test_without_the_rule_the_week_may_run_ahead() -> None:
    world = problem(*EVERYTHING, who=athlete(stages={"deadlift": 1, "push_up": 1}))
    assert blamed(world, week(mon={"romanian": 3}), RULE) == {"ladder:deadlift"}
    assert blamed(world, week(mon={"romanian": 3}, wed={"dip": 3}), RULE) == {"ladder:deadlift", "ladder:push_up"}
