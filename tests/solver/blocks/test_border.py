"""Recovery from the sessions of the week before: boundaries, and every small week against counting by hand."""

from __future__ import annotations

from itertools import product

import pytest

from catalog.schema import QUARTERS_PER_SET
from solver.domain.problem import PastSession, Problem
from tests.solver.rule_lab import disputed, exercise, goal, keeps, problem, slot, week

HOUR = 60
SQUAT = exercise("squat", muscles={"quadriceps": 4}, axial_load=3)
PRESS = exercise("leg_press", muscles={"quadriceps": 4})
SLOTS = (slot("mon"), slot("tue"), slot("wed"))
MUSCLE, AXIAL = "recovery.muscle", "recovery.axial"


def _past(hours_before_monday: int, **sets: int) -> PastSession:
    """A session so many hours before Monday 18:00."""
    return PastSession("last", (18 - hours_before_monday) * HOUR, tuple(sets.items()))


def _world(*past: PastSession, most: int = 6) -> Problem:
    quads = goal("quadriceps", recovery_hours=48, session_max_sets=most)
    return problem(SQUAT, PRESS, muscles=(quads,), slots=SLOTS, preceding=past, week_repeats=False)


@pytest.mark.parametrize(("hours", "kept"), [(47, False), (48, True)])
def test_a_muscle_that_was_loaded_rests_over_the_border(hours: int, kept: bool) -> None:
    assert keeps(_world(_past(hours, leg_press=3)), week(mon={"leg_press": 3}), MUSCLE) is kept


def test_a_light_session_before_the_week_leaves_the_next_free_but_counts_in_its_window() -> None:
    # 2 sets are free: nothing is loaded before the week, and 2 + 4 = 6 sets are those of one session
    assert keeps(_world(_past(20, leg_press=2)), week(mon={"leg_press": 4}), MUSCLE)
    assert not keeps(_world(_past(20, leg_press=2)), week(mon={"leg_press": 5}), MUSCLE)
    # a window from the day before that: 2 + 1 + 4
    assert not keeps(_world(_past(44, leg_press=2), _past(20, leg_press=1)), week(mon={"leg_press": 4}), MUSCLE)


def test_what_was_too_much_before_the_week_is_no_fault_of_the_week() -> None:
    assert keeps(_world(_past(20, leg_press=9)), week(wed={"leg_press": 3}), MUSCLE)
    assert not keeps(_world(_past(20, leg_press=9)), week(mon={"leg_press": 1}), MUSCLE)


@pytest.mark.parametrize(("hours", "kept"), [(47, False), (48, True)])
def test_the_spine_rests_over_the_border(hours: int, kept: bool) -> None:
    assert keeps(_world(_past(hours, squat=1)), week(mon={"squat": 1}), AXIAL) is kept
    assert keeps(_world(_past(hours, leg_press=1)), week(mon={"squat": 1}), AXIAL)


def _rests(past: tuple[tuple[int, int], ...], sets: tuple[int, ...], most: int) -> bool:
    """By hand, all sessions (minute, sets) in one row: 48 hours between loads, at most `most` sets in 48 hours."""
    row = [*past, *((s.start_minute, n) for s, n in zip(SLOTS, sets, strict=True) if n)]
    for index, (minute, first) in enumerate(row):
        inside = [(m, n) for m, n in row[index:] if m - minute < 48 * HOUR]
        late = [n for m, n in inside[1:] if m >= 0]
        if first > 2 and any(n > 2 for n in late):
            return False
        if late and sum(n for _, n in inside) > most:
            return False
    return True


@pytest.mark.parametrize("past", [((-24, 3),), ((-30, 1), (-6, 2)), ((-20, 2), (-4, 4))], ids=str)
def test_every_week_is_judged_as_by_hand(past: tuple[tuple[int, int], ...]) -> None:
    before = tuple(PastSession("last", hour * HOUR, (("leg_press", sets),)) for hour, sets in past)
    asked = _world(*before, most=5)
    verdicts = set()
    for sets in product((0, 2, 3), repeat=3):
        wanted = {s.id: {"leg_press": n} for s, n in zip(SLOTS, sets, strict=True) if n}
        by_hand = _rests(tuple((hour * HOUR, n) for hour, n in past), sets, 5)
        assert disputed(asked, wanted, MUSCLE) == {}, wanted
        assert keeps(asked, wanted, MUSCLE) is by_hand, wanted
        verdicts.add(by_hand)
    assert verdicts == {True, False}


def test_past_sets_are_counted_in_quarters() -> None:
    half = exercise("lunge", muscles={"quadriceps": QUARTERS_PER_SET // 2})
    quads = goal("quadriceps", recovery_hours=48, session_max_sets=4)
    asked = problem(half, muscles=(quads,), slots=SLOTS, preceding=(PastSession("last", -60, (("lunge", 4),)),))
    assert keeps(asked, week(mon={"lunge": 4}), MUSCLE)
    assert not keeps(asked, week(mon={"lunge": 5}), MUSCLE)
