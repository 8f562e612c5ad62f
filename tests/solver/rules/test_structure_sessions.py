from __future__ import annotations

import pytest

from tests.solver.rule_lab import blamed, drill, exercise, keeps, problem, settings, slot, week

RULE = "structure.sessions"
STRETCH = drill("stretch")
EASY = exercise("easy", counts_as_hard_set=False)
HARD = exercise("hard")
TWICE_A_DAY = (
    slot("mon"),
    slot("mon_early", day="mon", hour=7),
    slot("mon_noon", day="mon", hour=12),
    slot("tue", hour=0),
    slot("fri"),
)


def _world(fewest: int = 2, most: int = 3, per_day: int = 1) -> object:
    rules = settings(sessions_min=fewest, sessions_max=most, sessions_per_day=per_day)
    slots = tuple(sorted(TWICE_A_DAY, key=lambda s: s.start_minute))
    return problem(STRETCH, EASY, HARD, slots=slots, rules=rules)


def _on(*slots: str) -> dict[str, dict[str, int]]:
    return {name: {"hard": 1} for name in slots}


def test_any_slots_within_the_numbers_keep_it() -> None:
    assert keeps(_world(), _on("mon", "tue"), RULE)
    assert keeps(_world(), _on("mon_early", "tue", "fri"), RULE)


@pytest.mark.parametrize(
    ("fewest", "most", "kept", "subject"),
    [(2, 2, True, ""), (1, 3, True, ""), (3, 3, False, "min"), (1, 1, False, "max")],
)
def test_the_numbers_are_the_boundary(fewest: int, most: int, kept: bool, subject: str) -> None:
    world, two = _world(fewest, most), _on("mon", "fri")
    assert keeps(world, two, RULE) is kept
    if not kept:
        assert blamed(world, two, RULE) == {subject}


@pytest.mark.parametrize(("per_day", "kept"), [(1, False), (2, True)])
def test_sessions_a_day_are_bounded(per_day: int, kept: bool) -> None:
    twice = _on("mon", "mon_early", "tue")
    assert keeps(_world(per_day=per_day), twice, RULE) is kept
    if not kept:
        assert blamed(_world(), twice, RULE) == {"per_day"}


def test_three_on_a_day_are_too_many_for_two() -> None:
    thrice = _on("mon", "mon_early", "mon_noon")
    assert not keeps(_world(per_day=2), thrice, RULE)
    assert keeps(_world(per_day=3), thrice, RULE)


def test_midnight_parts_the_days() -> None:
    # Monday 18:00 and Tuesday 00:00 are six hours and one day apart
    assert keeps(_world(), _on("mon", "tue"), RULE)


def test_a_session_holds_at_least_one_hard_working_exercise() -> None:
    assert not keeps(_world(1), week(mon={"stretch": 2}), RULE)
    assert not keeps(_world(1), week(mon={"stretch": 2, "easy": 2}), RULE)
    assert keeps(_world(1), week(mon={"stretch": 2, "hard": 1}), RULE)


def test_what_a_session_must_hold_is_named_when_it_stands_in_the_way() -> None:
    # a session of drills, done and pinned, cannot be: the reason is this rule's, so without it the week stands
    assert blamed(_world(1), week(mon={"stretch": 2}), RULE) == {"mon"}


def test_without_the_rule_the_week_may_be_one_crowded_day() -> None:
    assert blamed(_world(4, 4), _on("mon", "mon_early", "mon_noon"), RULE) == {"min", "per_day"}
    assert blamed(_world(1, 2), _on("mon", "mon_early", "mon_noon"), RULE) == {"max", "per_day"}
