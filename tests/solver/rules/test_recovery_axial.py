from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.solver.rule_lab import Week, blamed, exercise, keeps, problem, slot, week

if TYPE_CHECKING:
    from solver.domain.problem import Problem

RULE = "recovery.axial"
SQUAT, DEADLIFT, CARRY = (exercise(name, axial_load=3) for name in ("squat", "deadlift", "carry"))
ROW = exercise("row", axial_load=2)
EVERYTHING = (SQUAT, DEADLIFT, CARRY, ROW)
EVERY_OTHER_DAY = (slot("mon"), slot("tue"), slot("wed"), slot("fri"), slot("sat"), slot("sun"))


def _world(*, repeats: bool = True, wednesday_hour: int = 18) -> Problem:
    slots = tuple(slot("wed", hour=wednesday_hour) if s.id == "wed" else s for s in EVERY_OTHER_DAY)
    return problem(*EVERYTHING, slots=slots, week_repeats=repeats)


@pytest.mark.parametrize(
    "plan",
    [
        week(mon={"squat": 3, "deadlift": 3}),
        week(mon={"squat": 3}, wed={"deadlift": 3}, fri={"carry": 3}),
        week(mon={"squat": 3, "row": 3}, tue={"row": 3}, wed={"row": 3}),
    ],
)
def test_few_and_spaced_sessions_keep_it(plan: Week) -> None:
    assert keeps(_world(), plan, RULE)


def test_heavy_days_in_a_row_break_it() -> None:
    plan = week(mon={"squat": 3}, tue={"deadlift": 1})
    assert not keeps(_world(), plan, RULE)
    assert blamed(_world(), plan, RULE) == {"hours apart"}


@pytest.mark.parametrize(
    ("session", "kept"),
    [({"squat": 1, "deadlift": 1, "row": 3}, True), ({"squat": 1, "deadlift": 1, "carry": 1}, False)],
)
def test_two_heavy_exercises_a_session_are_the_boundary(session: dict[str, int], kept: bool) -> None:
    assert keeps(_world(), week(mon=session), RULE) is kept
    if not kept:
        assert blamed(_world(), week(mon=session), RULE) == {"mon"}


@pytest.mark.parametrize(("hour", "kept"), [(18, True), (17, False)])
def test_48_hours_are_the_boundary(hour: int, kept: bool) -> None:
    # Monday 18:00 to Wednesday 18:00 or 17:00
    assert keeps(_world(wednesday_hour=hour), week(mon={"squat": 1}, wed={"squat": 1}), RULE) is kept


@pytest.mark.parametrize(("days", "kept"), [(("mon", "wed", "fri"), True), (("mon", "wed", "fri", "sun"), False)])
def test_three_sessions_a_week_are_the_boundary(days: tuple[str, ...], kept: bool) -> None:
    # all 48 hours apart: the week does not repeat
    plan = {day: {"squat": 1} for day in days}
    assert keeps(_world(repeats=False), plan, RULE) is kept
    if not kept:
        assert blamed(_world(repeats=False), plan, RULE) == {"week"}


@pytest.mark.parametrize(
    ("last", "repeats", "kept"),
    [("sun", True, False), ("sun", False, True), ("sat", True, True)],
)
def test_the_distance_wraps_around_a_week_that_repeats(last: str, repeats: bool, kept: bool) -> None:
    # Sunday 18:00 to Monday 18:00 is 24 hours, Saturday to Monday exactly 48
    assert keeps(_world(repeats=repeats), {"mon": {"squat": 1}, last: {"squat": 1}}, RULE) is kept


def test_without_the_rule_the_week_may_load_the_spine_daily() -> None:
    heavy = {"squat": 1, "deadlift": 1, "carry": 1}
    plan = week(mon=heavy, tue={"squat": 1}, wed={"squat": 1}, fri={"squat": 1})
    assert blamed(_world(), plan, RULE) == {"mon", "hours apart", "week"}
