import pytest

from solver.domain.problem import Problem
from tests.solver.verifier.builders import exercise, line_for, problem, settings, slot, subjects, week

RULE = "recovery.axial"
HEAVY = [exercise(f"heavy_{number}", axial_load=3) for number in range(3)]
MEDIUM = exercise("medium", axial_load=2)
SLOTS = (slot("mon"), slot("wed"), slot("thu", hour=17), slot("fri"), slot("sat"), slot("sun", hour=19))


def _world(*, repeats: bool = True) -> Problem:
    return problem(*HEAVY, MEDIUM, slots=SLOTS, week_repeats=repeats, rules=settings(sessions_max=7))


def test_two_in_a_session_are_the_most() -> None:
    two = line_for(RULE, _world(), week(mon=[("heavy_0", 3), ("heavy_1", 3), ("medium", 3)]))
    assert two.holds
    assert two.measured == {"exercises": 2, "sessions": 1}
    assert subjects(line_for(RULE, _world(), week(mon=[(f"heavy_{number}", 3) for number in range(3)]))) == ["mon"]


@pytest.mark.parametrize(("second", "hours", "holds"), [("wed", 48, True), ("thu", 71, True), ("fri", 72, True)])
def test_48_hours_apart(second: str, hours: int, holds: bool) -> None:
    line = line_for(RULE, _world(), week(mon=[("heavy_0", 3)], **{second: [("heavy_0", 3)]}))
    assert line.holds is holds
    assert line.slack == hours - 48


def test_one_hour_less_breaks_it() -> None:
    line = line_for(RULE, _world(), week(thu=[("heavy_0", 3)], wed=[("heavy_0", 3)]))
    assert subjects(line) == ["thu"]
    assert line.slack == 23 - 48


def test_the_week_wraps() -> None:
    plan = week(mon=[("heavy_0", 3)], sun=[("heavy_1", 3)])
    assert not line_for(RULE, _world(), plan).holds  # Sunday 19:00 to Monday 18:00 is 23 hours
    assert line_for(RULE, _world(repeats=False), plan).holds


def test_three_sessions_a_week_are_the_most() -> None:
    three = week(mon=[("heavy_0", 3)], wed=[("heavy_0", 3)], fri=[("heavy_1", 3)])
    assert line_for(RULE, _world(), three).holds
    four = week(mon=[("heavy_0", 3)], wed=[("heavy_0", 3)], fri=[("heavy_1", 3)], sun=[("heavy_1", 3)])
    line = line_for(RULE, _world(repeats=False), four)
    assert [v.statement for v in line.violations] == ["4 sessions load the spine heavily, at most 3 may."]
    assert line.slack is None


def test_medium_loads_are_free() -> None:
    assert line_for(RULE, _world(), week(thu=[("medium", 3)], fri=[("medium", 3)], sat=[("medium", 3)])).holds
