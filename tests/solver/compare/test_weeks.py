"""Differences between weeks of the same slots, of other slots and of other exercises."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from solver.compare import ComparedWeek, difference_between
from solver.domain.change import WeekEntry, entries_of
from tests.solver.verifier.builders import exercise, problem, slot, week

KINDS = [
    exercise(name, pattern=pattern) for name, pattern in (("row", "pull"), ("high_row", "pull"), ("squat", "legs"))
]
ASKED = problem(*KINDS, slots=(slot("mon"), slot("wed")))
WEEK = ComparedWeek(ASKED, week(mon=[("row", 3)], wed=[("squat", 2)]))


def _kinds(other: ComparedWeek) -> list[tuple[str, str]]:
    return [(change.kind, change.slot) for change in difference_between(WEEK, other).changes]


def test_a_week_does_not_differ_from_itself() -> None:
    found = difference_between(WEEK, WEEK)
    assert (found.changes, found.distance, found.slots) == ((), 0, {})


def test_what_stands_in_the_same_slots_is_changed_there() -> None:
    assert _kinds(ComparedWeek(ASKED, week(mon=[("high_row", 3)], wed=[("squat", 4)]))) == [
        ("swap", "mon"),
        ("sets", "wed"),
    ]


def test_sessions_in_other_slots_are_taken_for_those_they_are_most_like() -> None:
    """Friday holds what Wednesday held, Sunday what Monday held: only the set more counts."""
    other = replace(ASKED, slots=(slot("fri"), slot("sun")))
    found = difference_between(WEEK, ComparedWeek(other, week(fri=[("squat", 2)], sun=[("row", 4)])))
    assert found.slots == {"fri": "wed", "sun": "mon"}
    assert [(c.kind, c.slot) for c in found.changes] == [("sets", "mon")]


def test_a_session_like_none_is_opened() -> None:
    other = replace(ASKED, slots=(slot("mon"), slot("sat")), exercises=(*KINDS, exercise("plank")))
    found = _kinds(ComparedWeek(other, week(mon=[("row", 3)], sat=[("plank", 3)])))
    assert sorted(found) == [("add", "sat"), ("close", "wed"), ("drop", "wed"), ("open", "sat")]


def test_an_unknown_exercise_is_no_week() -> None:
    with pytest.raises(KeyError):
        difference_between(WEEK, ComparedWeek(ASKED, week(mon=[("gone", 3)])))


def _random_week(random: Random) -> ComparedWeek:
    """Up to three sessions on any days, of exercises of which some are alike."""
    days = random.sample(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], random.randint(1, 3))
    kinds = [exercise(f"lift_{n}", pattern=f"pattern_{n % 3}") for n in range(7)]
    sessions = {day: [(e.id, random.randint(1, 4)) for e in random.sample(kinds, random.randint(1, 5))] for day in days}
    return ComparedWeek(problem(*kinds, slots=tuple(slot(day) for day in days)), week(**sessions))


@pytest.mark.parametrize("seed", range(40))
def test_the_changes_lead_from_one_week_to_the_other(seed: int) -> None:
    """Whatever the weeks: take away what goes, add what comes, and the other week stands there, slot for slot."""
    random = Random(seed)
    before, after = _random_week(random), _random_week(random)
    found = difference_between(before, after)
    standing = Counter(entries_of(before.plan))
    standing -= Counter(change.before for change in found.changes if change.before is not None)
    standing += Counter(change.after for change in found.changes if change.after is not None)
    taken = found.slots
    assert standing == Counter(WeekEntry(taken.get(e.slot, e.slot), e.exercise, e.sets) for e in entries_of(after.plan))
    assert len(set(taken.values())) == len(taken)
    assert not set(taken.values()) & ({s.slot for s in after.plan.sessions} - taken.keys())
