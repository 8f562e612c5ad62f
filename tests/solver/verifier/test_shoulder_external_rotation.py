from fractions import Fraction

import pytest

from tests.solver.verifier.builders import exercise, line_for, problem, settings, upper, week

RULE = "shoulder.external_rotation"
CUFF = exercise("cuff", shoulder_rotation="external", muscles={"rotator_cuff_external": 2})
PRESS = upper("press", "push", shoulder_rotation="internal")
SQUAT = exercise("squat")
WORLD = problem(CUFF, PRESS, SQUAT)


def test_floor_spread_and_share_hold_exactly() -> None:
    # 4 sets = the floor, 2 sessions, 4 = 1/4 x 16 internal sets
    plan = week(mon=[("cuff", 2), ("press", 6)], wed=[("cuff", 2), ("press", 6)], fri=[("press", 4)])
    line = line_for(RULE, WORLD, plan)
    assert line.holds
    assert line.measured == {"external": 4, "internal": 16, "sessions": 2}
    assert line.slack == 0


def test_below_the_floor() -> None:
    line = line_for(RULE, WORLD, week(mon=[("cuff", 2)], wed=[("cuff", 1)]))
    assert line.slack == -1
    assert len(line.violations) == 1


def test_below_the_share() -> None:
    # 1/4 x 17 = 4.25 > 4
    plan = week(mon=[("cuff", 2), ("press", 6)], wed=[("cuff", 2), ("press", 6)], fri=[("press", 5)])
    line = line_for(RULE, WORLD, plan)
    assert line.slack == -0.25
    assert "against 17 internally rotating;" in line.violations[0].statement


def test_every_internal_set_counts_hard_or_not() -> None:
    throw = exercise("throw", shoulder_rotation="internal", counts_as_hard_set=False)
    world = problem(CUFF, throw, rules=settings(external_rotation_share=Fraction(1)))
    assert line_for(RULE, world, week(mon=[("cuff", 2), ("throw", 4)], wed=[("cuff", 2)])).holds
    assert not line_for(RULE, world, week(mon=[("cuff", 2), ("throw", 5)], wed=[("cuff", 2)])).holds


def test_two_sessions_share_it_one_session_may_hold_all() -> None:
    together = line_for(RULE, WORLD, week(mon=[("cuff", 4)], wed=[("squat", 3)]))
    assert not together.holds
    assert together.slack is None
    assert line_for(RULE, WORLD, week(mon=[("cuff", 4)])).holds


@pytest.mark.parametrize(
    "changes",
    [
        {"muscles": {"rotator_cuff_external": 1}},
        {"muscles": {}},
        {"shoulder_rotation": "neutral"},
        {"counts_as_hard_set": False},
        {"pattern": "vertical_pull"},
    ],
)
def test_what_does_not_qualify(changes: dict[str, object]) -> None:
    facts = {"shoulder_rotation": "external", "muscles": {"rotator_cuff_external": 4}, **changes}
    line = line_for(RULE, problem(exercise("other", **facts)), week(mon=[("other", 6)]))
    assert line.measured["external"] == 0
    assert not line.holds


def test_half_a_set_as_a_secondary_muscle_qualifies() -> None:
    row = exercise("face_pull", shoulder_rotation="external", secondary_muscles={"rotator_cuff_external": 2})
    assert line_for(RULE, problem(row), week(mon=[("face_pull", 4)])).holds
