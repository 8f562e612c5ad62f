from __future__ import annotations

from typing import Any

import pytest

from solver.domain.problem import Avoidances
from tests.solver.rule_lab import (
    FLOOR,
    GYM,
    THREE_DAYS,
    Week,
    athlete,
    blamed,
    disputed,
    exercise,
    keeps,
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
ASSISTED = upper("assisted_hold", "pull", pattern="vertical_pull", is_isometric=True, equipment=(("pull_up_bar",),))
PULL_UP = upper("pull_up", "pull", pattern="vertical_pull")
WALL_SIT = exercise("wall_sit", is_isometric=True)
EVERYTHING = (HOLD, PULL_UP, WALL_SIT)
WORLD = problem(*EVERYTHING)
STATED = settings(stated=frozenset({f"{RULE}:sessions"}))
AT_HOME = tuple(slot(day, place=FLOOR) for day in ("mon", "wed"))


def test_one_session_with_a_hold_keeps_it() -> None:
    assert keeps(WORLD, week(mon={"plank": 3}, wed={"hold": 1}), RULE)


@pytest.mark.parametrize("other", ["pull_up", "wall_sit"])
def test_neither_a_moving_pull_nor_another_hold_keeps_it(other: str) -> None:
    plan = week(mon={other: 3})
    assert not keeps(WORLD, plan, RULE)
    assert blamed(WORLD, plan, RULE) == {""}


@pytest.mark.parametrize(
    ("wanted", "plan", "kept"),
    [
        (2, week(mon={"hold": 1}, wed={"hold": 1}, fri={"plank": 1}), True),
        (2, week(mon={"hold": 6}, wed={"plank": 1}, fri={"plank": 1}), False),  # many sets are still one session
        (3, week(mon={"hold": 1}, wed={"hold": 1}, fri={"plank": 1}), False),
        (3, week(mon={"hold": 1}, wed={"hold": 1}, fri={"hold": 1}), True),
        (3, week(mon={"hold": 1}, wed={"hold": 1}), True),  # min(3, 2 sessions) = 2
        (3, week(mon={"hold": 1}, wed={"plank": 1}), False),
        (3, week(fri={"hold": 1}), True),  # min(3, 1 session) = 1
    ],
)
def test_the_number_of_sessions_is_exact_and_capped_by_the_week(wanted: int, plan: Week, kept: bool) -> None:
    assert keeps(problem(*EVERYTHING, rules=settings(isometric_hold_sessions=wanted)), plan, RULE) is kept


def test_two_different_holds_in_one_session_are_one_session() -> None:
    world = problem(*EVERYTHING, ASSISTED, rules=settings(isometric_hold_sessions=2))
    assert not keeps(world, week(mon={"hold": 1, "assisted_hold": 1}, wed={"plank": 1}), RULE)
    assert keeps(world, week(mon={"hold": 1}, wed={"assisted_hold": 1}), RULE)


IMPOSSIBLE: list[dict[str, Any]] = [
    {"slots": AT_HOME},
    {"who": athlete(avoid=Avoidances(stress=frozenset({"hanging"})))},
    {"who": athlete(avoid=Avoidances(equipment=frozenset({"pull_up_bar"})))},
    {"who": athlete(avoid=Avoidances(exercises=frozenset({"hold"})))},
    {"who": athlete(stages={"deadlift": 3, "pull_up": 3})},
]


@pytest.mark.parametrize("changes", IMPOSSIBLE)
def test_it_is_waived_where_no_hold_is_possible(changes: dict[str, Any]) -> None:
    assert keeps(problem(*EVERYTHING, **changes), week(mon={"pull_up": 3}), RULE)


@pytest.mark.parametrize("changes", IMPOSSIBLE)
def test_stated_it_conflicts_instead(changes: dict[str, Any]) -> None:
    world, plan = problem(*EVERYTHING, rules=STATED, **changes), week(mon={"pull_up": 3})
    assert not keeps(world, plan, RULE)
    assert blamed(world, plan, RULE) == {""}


def test_a_stated_stage_alone_does_not_waive_it() -> None:
    low = athlete(stages={"deadlift": 3, "pull_up": 3}, stated_stages=frozenset({"pull_up"}))
    plan = week(mon={"pull_up": 3})
    assert not keeps(problem(*EVERYTHING, who=low), plan, RULE)
    assert keeps(problem(*EVERYTHING, who=low, slots=AT_HOME), plan, RULE)  # no bar either


def test_one_place_with_a_bar_or_one_easier_hold_asks_for_it() -> None:
    one_gym = problem(*EVERYTHING, slots=(slot("mon", place=FLOOR), slot("wed", place=GYM)))
    assert not keeps(one_gym, week(mon={"plank": 3}), RULE)
    beginner = problem(*EVERYTHING, ASSISTED, who=athlete(stages={"deadlift": 1, "pull_up": 1}))
    assert not keeps(beginner, week(mon={"plank": 3}), RULE)
    assert keeps(beginner, week(mon={"assisted_hold": 1}), RULE)


def test_fewer_sessions_than_asked_for_are_the_fault_of_another_rule() -> None:
    # two sessions are asked for, one is held: min(2 holds, 1 session) = 1
    rules = settings(isometric_hold_sessions=2, sessions_min=2)
    assert disputed(problem(*EVERYTHING, rules=rules), week(mon={"hold": 1}), RULE) == {}


def test_without_the_rule_the_week_may_do_without_a_hold() -> None:
    world = problem(*EVERYTHING, slots=THREE_DAYS, rules=settings(isometric_hold_sessions=3))
    assert blamed(world, week(mon={"hold": 3}, wed={"hold": 3}, fri={"pull_up": 3}), RULE) == {""}
