import pytest

from solver.domain.problem import MuscleGoal, Problem
from tests.solver.verifier.builders import exercise, goal, line_for, problem, slot, subjects, week

RULE = "recovery.muscle"
SQUAT = exercise("squat", muscles={"quadriceps": 4})
LUNGE = exercise("lunge", muscles={"quadriceps": 2})
STEP = exercise("step", muscles={"glutes": 4}, secondary_muscles={"quadriceps": 1})
SLOTS = (slot("mon"), slot("tue"), slot("wed", hour=17), slot("thu"), slot("sun"))


def _world(*, repeats: bool = True, **changes: int) -> Problem:
    quads: MuscleGoal = goal("quadriceps", **{"recovery_hours": 48, "session_max_sets": 8, **changes})
    return problem(SQUAT, LUNGE, STEP, muscles=(quads,), slots=SLOTS, week_repeats=repeats)


def test_exactly_the_recovery_time_is_enough() -> None:
    line = line_for(RULE, _world(recovery_hours=47), week(mon=[("squat", 3)], wed=[("squat", 3)]))
    assert line.holds  # Monday 18:00 to Wednesday 17:00
    assert line.measured == {"muscle": "quadriceps", "hours": 47}
    assert line.slack == 0
    short = line_for(RULE, _world(recovery_hours=48), week(mon=[("squat", 3)], wed=[("squat", 3)]))
    assert subjects(short) == ["quadriceps"]
    assert short.slack == -1


def test_a_light_day_does_not_load() -> None:
    # 2 sets are free; 4 half sets make 2, 5 make 2.5
    assert line_for(RULE, _world(), week(mon=[("squat", 3)], tue=[("lunge", 4)])).holds
    assert not line_for(RULE, _world(), week(mon=[("squat", 3)], tue=[("lunge", 5)])).holds


def test_quarters_below_half_a_set_do_not_count() -> None:
    assert line_for(RULE, _world(), week(mon=[("squat", 3)], tue=[("step", 6), ("squat", 2)])).holds


def test_light_days_together_stay_within_one_session() -> None:
    # inside 48 hours from Monday: 6 + 2 = 8 of 8; a ninth set is too much although Tuesday loads nothing
    assert line_for(RULE, _world(), week(mon=[("squat", 6)], tue=[("squat", 2)])).holds
    over = line_for(RULE, _world(session_max_sets=7), week(mon=[("squat", 6)], tue=[("squat", 2)]))
    assert subjects(over) == ["quadriceps"]
    assert over.measured == {"window_muscle": "quadriceps", "window_sets": 8}
    assert "8 sets in the 48 hours from 'mon'" in over.violations[0].statement


def test_daily_light_work_adds_up() -> None:
    # 2 sets on Monday, Tuesday and Wednesday, all inside 48 hours: 6 > 5
    plan = week(mon=[("squat", 2)], tue=[("squat", 2)], wed=[("squat", 2)])
    assert line_for(RULE, _world(session_max_sets=6), plan).holds
    assert not line_for(RULE, _world(session_max_sets=5), plan).holds


@pytest.mark.parametrize(("hours", "holds"), [(24, True), (25, False)])
def test_the_window_is_half_open(hours: int, holds: bool) -> None:
    # Tuesday starts exactly 24 hours after Monday: inside a window of 25 hours, outside one of 24
    plan = week(mon=[("squat", 2)], tue=[("squat", 2)])
    assert line_for(RULE, _world(recovery_hours=hours, session_max_sets=3), plan).holds is holds


def test_recovery_wraps_around_a_week_that_repeats() -> None:
    plan = week(mon=[("squat", 3)], sun=[("squat", 3)])
    line = line_for(RULE, _world(), plan)
    assert not line.holds
    assert line.measured["hours"] == 24  # Sunday 18:00 to Monday 18:00
    assert line_for(RULE, _world(repeats=False), plan).measured["hours"] == 144


def test_windows_wrap_too() -> None:
    plan = week(mon=[("squat", 2)], sun=[("squat", 2)])
    assert not line_for(RULE, _world(session_max_sets=3), plan).holds
    assert line_for(RULE, _world(session_max_sets=3, repeats=False), plan).holds


def test_a_window_longer_than_the_week_counts_each_session_once() -> None:
    plan = week(mon=[("squat", 2)], thu=[("squat", 2)])
    assert line_for(RULE, _world(recovery_hours=200, session_max_sets=4), plan).holds


def test_without_recovery_hours_nothing_is_asked() -> None:
    plan = week(mon=[("squat", 6)], tue=[("squat", 6)])
    assert line_for(RULE, _world(recovery_hours=0), plan).holds


def test_a_single_session_is_left_to_its_own_rule() -> None:
    assert line_for(RULE, _world(session_max_sets=2), week(mon=[("squat", 6)])).holds
