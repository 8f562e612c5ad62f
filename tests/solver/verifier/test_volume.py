"""`volume.session_max`, `volume.weekly_max` and `volume.weekly_min`."""

from solver.domain.problem import Problem
from tests.solver.verifier.builders import exercise, goal, line_for, problem, subjects, week

SESSION, MOST, LEAST = "volume.session_max", "volume.weekly_max", "volume.weekly_min"
CURL = exercise("curl", muscles={"biceps": 4})
ROW = exercise("row", muscles={"back": 4}, secondary_muscles={"biceps": 2, "forearms": 1})
EASY = exercise("easy", counts_as_hard_set=False, muscles={"biceps": 4})


def _world(**changes: int) -> Problem:
    return problem(CURL, ROW, EASY, muscles=(goal("biceps", **changes), goal("forearms"), goal("back")))


def test_session_max_counts_fractions_of_one_session() -> None:
    # 3 + 4 x 1/2 = 5
    plan = week(mon=[("curl", 3), ("row", 4), ("easy", 6)], wed=[("curl", 4)])
    line = line_for(SESSION, _world(session_max_sets=5), plan)
    assert line.holds
    assert line.measured == {"biceps": 5, "back": 4}
    assert line.slack == 0
    half_more = week(mon=[("curl", 3), ("row", 5)])
    over = line_for(SESSION, _world(session_max_sets=5), half_more)
    assert subjects(over) == ["biceps"]
    assert over.slack == -0.5
    assert over.violations[0].statement == "Biceps: 5.5 sets in 'mon', more than the useful 5."


def test_weekly_max_adds_up_the_sessions() -> None:
    # 3 + 4 x 1/2 + 4 = 9
    plan = week(mon=[("curl", 3), ("row", 4), ("easy", 6)], wed=[("curl", 4)])
    line = line_for(MOST, _world(weekly_max_sets=9), plan)
    assert line.holds
    assert line.measured == {"biceps": 9, "forearms": 0, "back": 4}
    assert line.limit == {"biceps": 9, "forearms": 40, "back": 40}
    assert line.statement == "biceps 9 <= 9 sets, nearest of 3 muscles"
    assert line.slack == 0
    over = line_for(MOST, _world(weekly_max_sets=8), plan)
    assert subjects(over) == ["biceps"]
    assert over.slack == -1


def test_weekly_min_binds_only_required_muscles() -> None:
    plan = week(mon=[("curl", 3), ("row", 1)])  # 3.5 sets
    assert line_for(LEAST, _world(weekly_min_sets=4), plan).holds
    short = line_for(LEAST, _world(weekly_min_sets=4, required=True), plan)
    assert subjects(short) == ["biceps"]
    assert short.slack == -0.5
    enough = line_for(LEAST, _world(weekly_min_sets=4, required=True), week(mon=[("curl", 3), ("row", 2)]))
    assert enough.holds
    assert enough.slack == 0
    assert enough.measured == {"biceps": 4}


def test_a_required_muscle_without_any_set_is_missed() -> None:
    line = line_for(LEAST, _world(weekly_min_sets=1, required=True), week(mon=[("easy", 6)]))
    assert line.measured == {"biceps": 0}
    assert line.slack == -1
