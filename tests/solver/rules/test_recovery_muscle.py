from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.solver.rule_lab import Week, blamed, exercise, goal, keeps, problem, slot, week

if TYPE_CHECKING:
    from solver.domain.problem import Problem

RULE = "recovery.muscle"
QUADS, CALVES = "quadriceps", "calves"
SQUAT = exercise("squat", muscles={QUADS: 4})
LUNGE = exercise("lunge", muscles={QUADS: 2})
STEP = exercise("step", muscles={QUADS: 1})
EASY = exercise("easy", muscles={QUADS: 4}, counts_as_hard_set=False)
RAISE = exercise("raise", muscles={CALVES: 4})
SLOTS = (slot("mon"), slot("tue"), slot("wed", hour=17), slot("thu"), slot("sun"))


def _world(*, repeats: bool = True, calves_hours: int = 24, **quads: int) -> Problem:
    facts = {"recovery_hours": 48, "session_max_sets": 8, "recovery_free_sets": 2, **quads}
    goals = (goal(QUADS, **facts), goal(CALVES, recovery_hours=calves_hours, session_max_sets=8))
    return problem(SQUAT, LUNGE, STEP, EASY, RAISE, muscles=goals, slots=SLOTS, week_repeats=repeats)


@pytest.mark.parametrize(
    "plan",
    [
        week(mon={"squat": 4}, thu={"squat": 4}),  # 72 hours apart, and 96 around the week
        week(mon={"squat": 4}, tue={"raise": 4}),  # another muscle
        week(mon={"squat": 4}, tue={"squat": 2}),  # 2 sets are free
        week(mon={"squat": 4}, tue={"easy": 6, "plank": 1}),  # not hard
    ],
)
def test_rested_and_free_sessions_keep_it(plan: Week) -> None:
    assert keeps(_world(), plan, RULE)


def test_loading_a_muscle_the_day_after_breaks_it() -> None:
    plan = week(mon={"squat": 3}, tue={"squat": 3})
    assert not keeps(_world(), plan, RULE)
    assert blamed(_world(), plan, RULE) == {QUADS}


@pytest.mark.parametrize(("hours", "kept"), [(47, True), (48, False)])
def test_the_recovery_time_is_counted_from_start_to_start(hours: int, kept: bool) -> None:
    # Monday 18:00 to Wednesday 17:00 is 47 hours
    assert keeps(_world(recovery_hours=hours), week(mon={"squat": 3}, wed={"squat": 3}), RULE) is kept


@pytest.mark.parametrize(
    ("light", "kept"),
    [
        ({"squat": 2}, True),  # 2 sets
        ({"lunge": 4}, True),  # 4 x 1/2 = 2
        ({"lunge": 5}, False),  # 2 1/2
        ({"squat": 2, "step": 6}, True),  # quarters are no volume
        ({"squat": 2, "lunge": 1}, False),
    ],
)
def test_the_free_sets_of_a_day_are_the_boundary_of_loading(light: dict[str, int], kept: bool) -> None:
    assert keeps(_world(), week(mon={"squat": 3}, tue=light), RULE) is kept


@pytest.mark.parametrize(
    ("most", "plan", "kept"),
    [
        (8, week(mon={"squat": 6}, tue={"squat": 2}), True),  # 6 + 2 sets in 48 hours
        (7, week(mon={"squat": 6}, tue={"squat": 2}), False),
        (7, week(mon={"squat": 6}, tue={"squat": 1}), True),
        (7, week(mon={"squat": 6}, tue={"squat": 1, "lunge": 1}), False),  # 7 1/2
        (6, week(mon={"squat": 2}, tue={"squat": 2}, wed={"squat": 2}), True),  # light work every day adds up
        (5, week(mon={"squat": 2}, tue={"squat": 2}, wed={"squat": 2}), False),
        (3, week(mon={"squat": 2}, thu={"squat": 2}), True),  # outside the window
    ],
)
def test_a_window_stays_within_the_sets_of_one_session(most: int, plan: Week, kept: bool) -> None:
    world = _world(session_max_sets=most)
    assert keeps(world, plan, RULE) is kept
    if not kept:
        assert blamed(world, plan, RULE) == {QUADS}


@pytest.mark.parametrize(("hours", "kept"), [(24, True), (25, False)])
def test_a_window_ends_before_its_last_hour(hours: int, kept: bool) -> None:
    # Tuesday starts exactly 24 hours after Monday
    world = _world(recovery_hours=hours, session_max_sets=3)
    assert keeps(world, week(mon={"squat": 2}, tue={"squat": 2}), RULE) is kept


@pytest.mark.parametrize("plan", [week(mon={"squat": 3}, sun={"squat": 3}), week(mon={"squat": 6}, sun={"squat": 2})])
@pytest.mark.parametrize("repeats", [True, False])
def test_recovery_wraps_around_a_week_that_repeats(repeats: bool, plan: Week) -> None:
    # Sunday 18:00 to Monday 18:00 is 24 hours, Monday to Sunday 144
    assert keeps(_world(repeats=repeats, session_max_sets=7), plan, RULE) is not repeats


@pytest.mark.parametrize(("hours", "kept"), [(0, True), (24, True), (25, False), (120, False)])
def test_hours_are_the_muscles_own(hours: int, kept: bool) -> None:
    plan = week(mon={"raise": 4}, tue={"raise": 4})
    assert keeps(_world(calves_hours=hours), plan, RULE) is kept
    if not kept:
        assert blamed(_world(calves_hours=hours), plan, RULE) == {CALVES}


def test_a_day_of_rest_more_than_half_the_week_apart_counts_the_shorter_way() -> None:
    # Monday to Thursday is 72 ahead, Thursday to Monday 96 around
    plan = week(mon={"squat": 3}, thu={"squat": 3})
    assert not keeps(_world(recovery_hours=96), plan, RULE)
    assert keeps(_world(recovery_hours=72), plan, RULE)
    assert not keeps(_world(recovery_hours=73, repeats=False), plan, RULE)


def test_without_the_rule_the_week_may_wear_muscles_out() -> None:
    plan = week(mon={"squat": 4, "raise": 4}, tue={"squat": 4, "raise": 4})
    assert blamed(_world(calves_hours=30), plan, RULE) == {QUADS, CALVES}
