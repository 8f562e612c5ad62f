from __future__ import annotations

from dataclasses import replace

import pytest

from solver.domain.problem import Problem, Slot
from tests.solver.rule_lab import GYM, Week, blamed, exercise, keeps, problem, settings, week

RULE = "time.session"
SQUAT = exercise("squat", pattern="legs", seconds_per_set=40, rest_seconds=120, setup_seconds=60, warmup_seconds=180)
LUNGE = exercise("lunge", pattern="legs", seconds_per_set=60, rest_seconds=90, setup_seconds=10, warmup_seconds=120)
PRESS = exercise("press", pattern="press", seconds_per_set=30, rest_seconds=60, setup_seconds=0, warmup_seconds=100)
CURL = exercise("curl", seconds_per_set=30, rest_seconds=45, setup_seconds=5)


def _world(limit_seconds: int, **rules: int) -> Problem:
    slots = (Slot("mon", 0, limit_seconds, GYM), Slot("wed", 2 * 24 * 60, limit_seconds, GYM))
    return problem(SQUAT, LUNGE, PRESS, CURL, slots=slots, rules=settings(**rules))


# One squat: warm-up 300 + setup 60 + 3 x 40 + 2 x 120 + ramp-up 180.
ONE = (week(mon={"squat": 3}), 300 + 60 + 120 + 240 + 180)
# A single set has no rest: 300 + 5 + 30.
SINGLE = (week(mon={"curl": 1}), 335)
# Two of one pattern: the dearer ramp-up only, and one changeover.
PATTERN = (
    week(mon={"squat": 2, "lunge": 2}),
    300 + (60 + 2 * 40 + 120) + (10 + 2 * 60 + 90) + 180 + 60,
)
# Three of two patterns: 180 for the legs, 100 for the press, nothing for the curl; two changeovers.
MIXED = (
    week(mon={"lunge": 1, "squat": 1, "press": 4, "curl": 2}),
    300 + (10 + 60) + (60 + 40) + (4 * 30 + 3 * 60) + (5 + 2 * 30 + 45) + 180 + 100 + 3 * 60,
)


@pytest.mark.parametrize("case", [ONE, SINGLE, PATTERN, MIXED])
def test_a_session_within_its_minutes_keeps_it(case: tuple[Week, int]) -> None:
    assert keeps(_world(2 * 3600), case[0], RULE)


@pytest.mark.parametrize("case", [ONE, PATTERN, MIXED])
def test_a_session_beyond_them_breaks_it(case: tuple[Week, int]) -> None:
    assert not keeps(_world(600), case[0], RULE)
    assert blamed(_world(600), case[0], RULE) == {"mon"}


@pytest.mark.parametrize("case", [ONE, SINGLE, PATTERN, MIXED])
def test_the_last_second_is_the_boundary(case: tuple[Week, int]) -> None:
    plan, seconds = case
    assert keeps(_world(seconds), plan, RULE)
    assert not keeps(_world(seconds - 1), plan, RULE)


@pytest.mark.parametrize(
    ("rules", "seconds"),
    [
        ({"warmup_seconds": 0, "changeover_seconds": 0}, 660),  # 260 + 220 + 180
        ({"warmup_seconds": 0, "changeover_seconds": 300}, 960),
        ({"warmup_seconds": 900, "changeover_seconds": 0}, 1560),
    ],
)
def test_warm_up_and_changeover_are_the_rules_own(rules: dict[str, int], seconds: int) -> None:
    assert keeps(_world(seconds, **rules), PATTERN[0], RULE)
    assert not keeps(_world(seconds - 1, **rules), PATTERN[0], RULE)


def test_an_unused_slot_takes_no_time() -> None:
    # Wednesday offers less than its warm-up
    slots = (Slot("mon", 0, 3600, GYM), Slot("wed", 2 * 24 * 60, 60, GYM))
    world = replace(_world(3600), slots=slots)
    assert keeps(world, week(mon={"squat": 3}), RULE)
    assert blamed(world, week(mon={"squat": 3}, wed={"curl": 1}), RULE) == {"wed"}


def test_without_the_rule_the_sessions_may_run_over() -> None:
    assert blamed(_world(300), week(mon={"squat": 3}, wed={"press": 3}), RULE) == {"mon", "wed"}
