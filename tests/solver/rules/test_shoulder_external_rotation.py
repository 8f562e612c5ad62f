from __future__ import annotations

from fractions import Fraction

import pytest

from tests.solver.rule_lab import (
    Week,
    admitted,
    blamed,
    exercise,
    keeps,
    own,
    problem,
    settings,
    slot,
    upper,
    week,
)

RULE = "shoulder.external_rotation"
FACE_PULL = upper("face_pull", "pull", shoulder_rotation="external", muscles={"rotator_cuff_external": 2})
ROTATION = exercise("rotation", shoulder_rotation="external", muscles={"rotator_cuff_external": 4})
LIGHT_CUFF = exercise("light_cuff", shoulder_rotation="external", muscles={"rotator_cuff_external": 1})
NEUTRAL_CUFF = exercise("neutral_cuff", muscles={"rotator_cuff_external": 4})
EASY = exercise("easy", shoulder_rotation="external", muscles={"rotator_cuff_external": 4}, counts_as_hard_set=False)
BENCH = upper("bench", "push", shoulder_rotation="internal")
PULL_UP = upper("pull_up", "pull", pattern="vertical_pull", shoulder_rotation="internal")
STRETCH = exercise("stretch", shoulder_rotation="internal", counts_as_hard_set=False)
EVERYTHING = (FACE_PULL, ROTATION, LIGHT_CUFF, NEUTRAL_CUFF, EASY, BENCH, PULL_UP, STRETCH)
WORLD = problem(*EVERYTHING)


@pytest.mark.parametrize(
    "plan",
    [
        week(mon={"face_pull": 2}, wed={"rotation": 2}),
        week(mon={"face_pull": 3}, wed={"face_pull": 1}, fri={"plank": 3}),
    ],
)
def test_four_sets_over_two_sessions_keep_it(plan: Week) -> None:
    assert keeps(WORLD, plan, RULE)


@pytest.mark.parametrize("other", ["light_cuff", "neutral_cuff", "easy", "pull_up"])
def test_what_only_looks_like_external_rotation_breaks_it(other: str) -> None:
    # 2 + 1 sets count: too light for the cuff, not rotating outwards, not hard, or a pull-up
    plan = week(mon={"face_pull": 2}, wed={"rotation": 1, other: 1})
    assert not keeps(WORLD, plan, RULE)
    assert blamed(WORLD, plan, RULE) == {"sets"}


@pytest.mark.parametrize(("sets", "kept"), [(3, True), (4, True), (5, False)])
def test_the_weekly_number_is_exact(sets: int, kept: bool) -> None:
    world = problem(*EVERYTHING, rules=settings(external_rotation_sets=sets))
    assert keeps(world, week(mon={"face_pull": 2}, wed={"rotation": 2}), RULE) is kept


def test_one_session_of_two_is_not_spread() -> None:
    plan = week(mon={"face_pull": 4}, wed={"plank": 3})
    assert not keeps(WORLD, plan, RULE)
    assert blamed(WORLD, plan, RULE) == {"days"}
    same_day = week(mon={"face_pull": 2, "rotation": 2}, wed={"light_cuff": 3})
    assert blamed(WORLD, same_day, RULE) == {"days"}


@pytest.mark.parametrize("slots", [("mon",), ("mon", "wed", "fri")])
def test_a_single_session_holds_it_all(slots: tuple[str, ...]) -> None:
    world = problem(*EVERYTHING, slots=tuple(slot(name) for name in slots))
    assert keeps(world, week(mon={"face_pull": 4}), RULE)


@pytest.mark.parametrize(
    ("share", "internal", "kept"),
    [
        (Fraction(1, 4), {"mon": {"bench": 6}, "wed": {"bench": 4, "pull_up": 6}}, True),  # 4 >= 16 / 4
        (Fraction(1, 4), {"mon": {"bench": 6}, "wed": {"bench": 5, "pull_up": 6}}, False),  # 4 < 17 / 4
        (Fraction(1, 4), {"mon": {"bench": 6}, "wed": {"bench": 4, "pull_up": 6, "stretch": 1}}, False),  # any group
        (Fraction(1), {"mon": {"bench": 2}, "wed": {"pull_up": 2}}, True),  # 4 >= 4
        (Fraction(1), {"mon": {"bench": 3}, "wed": {"pull_up": 2}}, False),  # 4 < 5
        (Fraction(2, 3), {"mon": {"bench": 6}}, True),  # 4 >= 4
        (Fraction(67, 100), {"mon": {"bench": 6}}, False),  # 4 < 4.02
        (Fraction(0), {"mon": {"bench": 6}, "wed": {"bench": 6, "pull_up": 6}}, True),
    ],
)
def test_the_share_of_internal_rotation_is_exact(share: Fraction, internal: Week, kept: bool) -> None:
    world = problem(*EVERYTHING, rules=settings(external_rotation_share=share))
    plan = {
        "mon": {"face_pull": 2, **internal.get("mon", {})},
        "wed": {"rotation": 2, **internal.get("wed", {})},
    }
    assert keeps(world, plan, RULE) is kept
    if not kept:
        assert blamed(world, plan, RULE) == {"share"}


def test_a_pulldown_never_qualifies_whatever_it_says_of_itself() -> None:
    pulldown = own(
        "lat_pulldown",
        shoulder_rotation="external",
        secondary_muscles={"rotator_cuff_external": 2, "biceps": 2},
        equipment=(("none",),),
    )
    world = problem(*EVERYTHING, pulldown)
    assert not admitted(pulldown) or not keeps(world, week(mon={"face_pull": 2}, wed={pulldown.id: 2}), RULE)


def test_without_the_rule_the_week_may_only_press() -> None:
    # 0 of 4 sets, 0 < 12 / 4, in 0 of 2 sessions
    plan = week(mon={"bench": 6}, wed={"bench": 6})
    assert blamed(WORLD, plan, RULE) == {"sets", "share", "days"}
