from tests.solver.verifier.builders import exercise, line_for, lower, problem, settings, subjects, thoracic, upper, week

RULE = "mobility.thoracic"
TURN, TURN_2 = thoracic("turn", "rotation"), thoracic("turn_2", "rotation")
ARCH, ROLL = thoracic("arch", "extension"), thoracic("roll", "other")
ROW, PRESS = upper("row", "pull"), upper("press", "push")
SQUAT = lower("squat", "push")
SWING = lower("swing", "pull", region="full")
LIGHT = upper("light", "push", counts_as_hard_set=False)
WORLD = problem(TURN, TURN_2, ARCH, ROLL, ROW, PRESS, SQUAT, SWING, LIGHT)


def test_holds_with_a_drill_before_the_first_pull_and_three_kinds_in_the_week() -> None:
    plan = week(
        mon=[("turn", 1), ("row", 3)], wed=[("press", 3), ("arch", 1), ("row", 3)], fri=[("roll", 1), ("squat", 3)]
    )
    line = line_for(RULE, WORLD, plan)
    assert line.holds
    # three different drills of three needed, one rotation, one extension, both upper-body sessions open
    assert line.measured == {"distinct": 3, "rotation": 1, "extension": 1, "opened": 2}
    assert line.slack == 0


def test_a_drill_after_the_first_pull_comes_too_late() -> None:
    plan = week(mon=[("row", 3), ("turn", 1)], wed=[("arch", 1), ("row", 3)], fri=[("roll", 1), ("row", 3)])
    line = line_for(RULE, WORLD, plan)
    assert subjects(line) == ["mon"]
    assert line.slack is None  # the count of different drills is fine, so it cannot tell the distance


def test_a_session_that_only_pushes_needs_a_drill_somewhere() -> None:
    assert line_for(RULE, WORLD, week(mon=[("press", 3), ("turn", 1)])).holds
    assert subjects(line_for(RULE, WORLD, week(mon=[("press", 3)]))) == ["mon", ""]


def test_a_hinge_counts_as_a_pull_when_the_session_trains_the_upper_body() -> None:
    assert not line_for(RULE, WORLD, week(mon=[("swing", 3), ("turn", 1)])).holds
    assert line_for(RULE, WORLD, week(mon=[("turn", 1), ("swing", 3)])).holds


def test_lower_body_and_easy_sessions_need_no_drill_of_their_own() -> None:
    plan = week(mon=[("turn", 1), ("arch", 1), ("row", 3)], wed=[("squat", 3)], fri=[("roll", 1), ("light", 2)])
    assert line_for(RULE, WORLD, plan).holds
    without = week(mon=[("turn", 1), ("arch", 1), ("roll", 1)], wed=[("light", 2)])
    assert line_for(RULE, WORLD, without).holds


def test_different_drills_are_capped_by_the_sessions() -> None:
    two = week(mon=[("turn", 1), ("row", 3)], wed=[("arch", 1), ("row", 3)])
    assert line_for(RULE, WORLD, two).holds  # 2 >= min(3, 2 sessions)
    again = week(
        mon=[("turn", 1), ("arch", 1), ("row", 3)], wed=[("turn", 1), ("row", 3)], fri=[("arch", 1), ("row", 3)]
    )
    line = line_for(RULE, WORLD, again)
    assert not line.holds  # 2 different ones < min(3, 3 sessions)
    assert line.slack == -1


def test_the_number_asked_for_is_a_parameter() -> None:
    plan = week(mon=[("turn", 1), ("row", 3)], wed=[("arch", 1), ("row", 3)], fri=[("arch", 1), ("row", 3)])
    loose = problem(*WORLD.exercises, rules=settings(thoracic_distinct=2, loosened=frozenset({f"{RULE}:distinct"})))
    line = line_for(RULE, loose, plan)
    assert line.holds
    assert line.notes == ("Loosened: 'distinct' is set weaker than the default of 3.",)


def test_two_sessions_need_a_rotation_and_an_extension_one_session_does_not() -> None:
    rotations = week(mon=[("turn", 1), ("row", 3)], wed=[("turn_2", 1), ("row", 3)])
    line = line_for(RULE, WORLD, rotations)
    assert [v.statement for v in line.violations] == ["The week has no thoracic extension drill."]
    extensions = week(mon=[("arch", 1), ("row", 3)], wed=[("roll", 1), ("row", 3)])
    assert [v.statement for v in line_for(RULE, WORLD, extensions).violations] == [
        "The week has no thoracic rotation drill."
    ]
    assert line_for(RULE, WORLD, week(mon=[("roll", 1), ("row", 3)])).holds


def test_only_a_drill_opens_a_session() -> None:
    working = exercise("turn_hard", thoracic="rotation", session_slot=1)
    world = problem(working, ROW)
    assert not line_for(RULE, world, week(mon=[("turn_hard", 1), ("row", 3)])).holds
