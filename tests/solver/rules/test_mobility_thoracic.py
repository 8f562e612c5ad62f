from __future__ import annotations

import pytest

from tests.solver.rule_lab import (
    admitted,
    blamed,
    drill,
    exercise,
    keeps,
    lower,
    own,
    problem,
    settings,
    slot,
    thoracic,
    upper,
    week,
)

RULE = "mobility.thoracic"
WINDMILL = thoracic("windmill", "rotation")
ROTATION = thoracic("thread_the_needle", "rotation")
COBRA = thoracic("cobra", "extension")
BRIDGE = thoracic("bridge", "extension")
BIRD_DOG = thoracic("bird_dog", "other")
ANKLES = drill("ankle_rocks", pattern="mobility")
ROW = upper("row", "pull")
SQUAT = lower("squat", "push")
CLEAN = exercise("clean", region="full")
CURL_DRILL = exercise("easy_curl", region="upper", counts_as_hard_set=False)
WORLD = problem(WINDMILL, ROTATION, COBRA, BRIDGE, BIRD_DOG, ANKLES, ROW, SQUAT, CLEAN, CURL_DRILL)
THREE_DRILLS = week(
    mon={"windmill": 1, "row": 3},
    wed={"cobra": 1, "row": 3},
    fri={"bird_dog": 1, "row": 3},
)


def test_a_different_drill_in_every_upper_body_session_keeps_it() -> None:
    assert keeps(WORLD, THREE_DRILLS, RULE)


@pytest.mark.parametrize("upper_work", ["row", "clean"])
def test_an_upper_body_session_without_a_drill_breaks_it(upper_work: str) -> None:
    bare = week(mon={"windmill": 1, "cobra": 1, "bird_dog": 1, "row": 3}, wed={upper_work: 3})
    assert not keeps(WORLD, bare, RULE)
    assert blamed(WORLD, bare, RULE) == {"wed"}


def test_only_a_thoracic_drill_opens_a_session() -> None:
    ankles = week(mon={"windmill": 1, "cobra": 1, "bird_dog": 1, "row": 3}, wed={"ankle_rocks": 1, "row": 3})
    assert not keeps(WORLD, ankles, RULE)


@pytest.mark.parametrize("session", [{"squat": 3}, {"plank": 3}, {"plank": 3, "easy_curl": 3}])
def test_a_session_without_a_hard_upper_body_set_needs_no_drill(session: dict[str, int]) -> None:
    assert keeps(WORLD, week(mon={"windmill": 1, "cobra": 1, "bird_dog": 1, "row": 3}, wed=session), RULE)


@pytest.mark.parametrize(("distinct", "kept"), [(3, True), (4, False)])
def test_the_number_of_different_drills_is_the_boundary(distinct: int, kept: bool) -> None:
    # windmill, cobra and bird dog make 3, however often each comes; four sessions do not cap a demand of 4
    world = problem(
        *WORLD.exercises,
        slots=(slot("mon"), slot("wed"), slot("fri"), slot("sun")),
        rules=settings(thoracic_distinct=distinct, sessions_max=4),
    )
    plan = THREE_DRILLS | week(sun={"windmill": 2, "row": 3})
    assert keeps(world, plan, RULE) is kept


@pytest.mark.parametrize(("sessions", "kept"), [(("mon", "wed"), True), (("mon", "wed", "fri"), False)])
def test_the_number_is_capped_by_the_sessions(sessions: tuple[str, ...], kept: bool) -> None:
    # two different drills: min(3, 2 sessions) = 2 is met, min(3, 3 sessions) = 3 is not
    plan = {name: {"windmill": 1, "cobra": 1, "row": 3} for name in sessions}
    assert keeps(WORLD, plan, RULE) is kept


@pytest.mark.parametrize(
    ("drills", "missing"),
    [(("windmill", "thread_the_needle", "bird_dog"), "extension"), (("cobra", "bridge", "bird_dog"), "rotation")],
)
def test_two_sessions_need_a_rotation_and_an_extension(drills: tuple[str, ...], missing: str) -> None:
    one_sided = week(mon={drills[0]: 1, drills[1]: 1, "row": 3}, wed={drills[2]: 1, "row": 3})
    assert not keeps(WORLD, one_sided, RULE)
    assert blamed(WORLD, one_sided, RULE) == {missing}


def test_a_single_session_needs_no_more_than_one_drill() -> None:
    assert keeps(WORLD, week(mon={"bird_dog": 1, "row": 3}), RULE)
    assert keeps(problem(BIRD_DOG, ROW, slots=(slot("mon"),)), week(mon={"bird_dog": 1, "row": 3}), RULE)


def test_without_the_rule_the_week_may_do_without_drills() -> None:
    # every session is bare, and 0 different drills, rotations and extensions are fewer than 3, 1 and 1
    bare = week(mon={"row": 3}, wed={"row": 3}, fri={"row": 3})
    assert blamed(WORLD, bare, RULE) == {"mon", "wed", "fri", "", "rotation", "extension"}


def test_a_drill_that_the_order_puts_after_the_first_pull_does_not_open_a_session() -> None:
    late = own("bird_dog", session_slot=7)
    assert not admitted(late) or not keeps(problem(late, ROW), week(mon={late.id: 1, "row": 3}), RULE)
