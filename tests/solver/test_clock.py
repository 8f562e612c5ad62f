from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from solver.domain.clock import pairs_within, sessions_within
from solver.domain.problem import MINUTES_PER_WEEK, Slot
from tests.solver.rule_lab import GYM, problem, slot

Groups = set[frozenset[str]]
WORKDAYS = (slot("mon"), slot("tue"), slot("wed"), slot("fri"))
HOUR = 60


def _groups(slots: tuple[Slot, ...], hours: int, *, repeats: bool = True) -> Groups:
    found = sessions_within(problem(slots=slots, week_repeats=repeats), hours)
    groups = {frozenset(s.id for s in group) for group in found}
    assert len(groups) == len(found), "a group is given twice"
    return groups


def _sets(*groups: str) -> Groups:
    return {frozenset(group.split()) for group in groups}


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0, _sets()),
        (24, _sets()),  # Monday and Tuesday start exactly 24 hours apart
        (25, _sets("mon tue", "tue wed")),
        (48, _sets("mon tue", "tue wed")),
        (49, _sets("mon tue wed", "wed fri")),
        (72, _sets("mon tue wed", "wed fri")),
        (73, _sets("mon tue wed", "tue wed fri", "fri mon")),  # around the week: Friday to Monday is 72 hours
        (97, _sets("mon tue wed fri")),  # Monday to Friday is 96
    ],
)
def test_groups_hold_every_slot_that_starts_before_the_hours_are_over(hours: int, expected: Groups) -> None:
    assert _groups(WORKDAYS, hours) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (25, _sets("mon tue", "tue wed")),
        (73, _sets("mon tue wed", "tue wed fri")),
        (97, _sets("mon tue wed fri")),
        (1000, _sets("mon tue wed fri")),
    ],
)
def test_a_week_that_does_not_repeat_has_an_end(hours: int, expected: Groups) -> None:
    assert _groups(WORKDAYS, hours, repeats=False) == expected


@pytest.mark.parametrize(("repeats", "expected"), [(True, _sets("sun mon")), (False, _sets())])
def test_the_last_session_meets_the_first_of_the_next_week(repeats: bool, expected: Groups) -> None:
    # Sunday 18:00 to Monday 18:00 is 24 hours, Monday to Sunday 144
    assert _groups((slot("mon"), slot("sun")), 25, repeats=repeats) == expected


def test_a_minute_decides() -> None:
    early, late = Slot("early", 600, 3600, GYM), Slot("late", 600 + 48 * HOUR - 1, 3600, GYM)
    assert _groups((early, late), 48) == _sets("early late")
    assert _groups((early, Slot("late", 600 + 48 * HOUR, 3600, GYM)), 48) == _sets()


def test_hours_longer_than_the_week_count_every_slot_once() -> None:
    assert _groups(WORKDAYS, 400) == _sets("mon tue wed fri")


@pytest.mark.parametrize("slots", [(), (slot("mon"),)])
def test_fewer_than_two_slots_make_no_group(slots: tuple[Slot, ...]) -> None:
    assert _groups(slots, 100) == _sets()


def test_sessions_of_one_hour_are_a_group() -> None:
    assert _groups((Slot("a", 600, 3600, GYM), Slot("b", 600, 3600, GYM)), 1) == _sets("a b")


def _window(slots: tuple[Slot, ...], start: int, hours: int, *, repeats: bool) -> frozenset[str]:
    """What starts in the `hours` from minute `start`, counted on a second copy of the week as well."""
    laps = (0, MINUTES_PER_WEEK) if repeats else (0,)
    return frozenset(s.id for s in slots for lap in laps if start <= s.start_minute + lap < start + hours * HOUR)


@hypothesis_settings(derandomize=True, deadline=None, max_examples=150)
@given(
    starts=st.lists(st.integers(0, MINUTES_PER_WEEK - 1), unique=True, max_size=7),
    hours=st.integers(1, 160),
    repeats=st.booleans(),
)
def test_the_groups_are_the_largest_windows_over_the_clock(starts: list[int], hours: int, repeats: bool) -> None:
    slots = tuple(Slot(f"s{k}", start, 3600, GYM) for k, start in enumerate(sorted(starts)))
    windows = {_window(slots, s.start_minute, hours, repeats=repeats) for s in slots}
    windows = {window for window in windows if len(window) > 1}
    largest = {window for window in windows if not any(window < other for other in windows)}
    assert _groups(slots, hours, repeats=repeats) == largest


@hypothesis_settings(derandomize=True, deadline=None, max_examples=150)
@given(
    starts=st.lists(st.integers(0, MINUTES_PER_WEEK - 1), unique=True, max_size=7),
    hours=st.integers(0, 160),
    repeats=st.booleans(),
)
def test_pairs_are_all_that_start_too_close_the_shorter_way_round(starts: list[int], hours: int, repeats: bool) -> None:
    slots = tuple(Slot(f"s{k}", start, 3600, GYM) for k, start in enumerate(sorted(starts)))
    found = [frozenset((a.id, b.id)) for a, b in pairs_within(problem(slots=slots, week_repeats=repeats), hours)]
    apart = {frozenset((a.id, b.id)): b.start_minute - a.start_minute for a, b in combinations(slots, 2)}
    shortest = {pair: min(direct, MINUTES_PER_WEEK - direct) if repeats else direct for pair, direct in apart.items()}
    assert len(set(found)) == len(found)
    assert set(found) == {pair for pair, minutes in shortest.items() if minutes < hours * HOUR}
