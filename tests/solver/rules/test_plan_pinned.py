from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from catalog.schema import Span
from solver.domain.problem import Avoidances, PinnedEntry, PinnedSession
from tests.solver.rule_lab import Week, athlete, blamed, exercise, keeps, problem, verdicts, week

if TYPE_CHECKING:
    from solver.domain.problem import Problem

RULE = "plan.pinned"
BENCH = exercise("bench", sets=Span(min=2, max=4))
ROW = exercise("row")
CURL = exercise("curl")


def _entry(exercise_id: str, sets: int, day: str = "mon") -> PinnedEntry:
    return PinnedEntry(day, exercise_id, sets)


def _entries(*pins: PinnedEntry) -> Problem:
    return problem(BENCH, ROW, CURL, pinned_entries=pins)


def _session(*pins: PinnedEntry, day: str = "mon") -> Problem:
    return problem(BENCH, ROW, CURL, pinned_sessions=(PinnedSession(day, pins),))


BENCH_3 = _entry("bench", 3)


@pytest.mark.parametrize("plan", [week(mon={"bench": 3}), week(mon={"bench": 3, "row": 2}, fri={"bench": 2})])
def test_an_entry_as_pinned_keeps_it_whatever_stands_beside(plan: Week) -> None:
    assert keeps(_entries(BENCH_3), plan, RULE)


@pytest.mark.parametrize("plan", [week(mon={"row": 3}), week(wed={"bench": 3}), week(mon={"row": 3}, wed={"bench": 3})])
def test_a_pinned_entry_left_out_or_moved_breaks_it(plan: Week) -> None:
    assert not keeps(_entries(BENCH_3), plan, RULE)
    assert blamed(_entries(BENCH_3), plan, RULE) == {"mon:bench"}


@pytest.mark.parametrize(("sets", "kept"), [(2, False), (3, True), (4, False)])
def test_the_pinned_sets_are_exact(sets: int, kept: bool) -> None:
    assert keeps(_entries(BENCH_3), week(mon={"bench": sets}), RULE) is kept


@pytest.mark.parametrize("sets", [1, 5, 9])
@pytest.mark.parametrize("whole", [True, False])
def test_what_is_done_may_lie_outside_the_range_of_sets(sets: int, whole: bool) -> None:
    # 2 to 4 sets of bench make sense, but these have been done
    world = (_session if whole else _entries)(_entry("bench", sets))
    assert keeps(world, week(mon={"bench": sets}), RULE)
    assert not keeps(world, week(mon={"bench": 3}), RULE)


@pytest.mark.parametrize(
    ("plan", "kept"), [(week(mon={"row": 3}, wed={"bench": 3}), True), (week(mon={"bench": 2}), False)]
)
def test_zero_sets_keep_an_exercise_out_of_a_slot(plan: Week, kept: bool) -> None:
    assert keeps(_entries(_entry("bench", 0)), plan, RULE) is kept


SESSION = _session(BENCH_3, _entry("row", 2))


@pytest.mark.parametrize("plan", [week(mon={"bench": 3, "row": 2}), week(mon={"bench": 3, "row": 2}, wed={"bench": 4})])
def test_a_session_as_pinned_keeps_it_and_leaves_the_others_alone(plan: Week) -> None:
    assert keeps(SESSION, plan, RULE)


@pytest.mark.parametrize(
    ("plan", "subject"),
    [
        (week(mon={"bench": 3}), "mon:row"),
        (week(mon={"bench": 3, "row": 3}), "mon:row"),
        (week(mon={"bench": 3, "row": 2, "curl": 1}), "mon"),
    ],
)
def test_one_entry_or_set_more_or_less_breaks_a_pinned_session(plan: Week, subject: str) -> None:
    assert not keeps(SESSION, plan, RULE)
    assert blamed(SESSION, plan, RULE) == {subject}


def test_a_slot_pinned_empty_stays_unused() -> None:
    empty = _session(day="wed")
    assert keeps(empty, week(mon={"bench": 3}), RULE)
    assert not keeps(empty, week(mon={"bench": 3}, wed={"curl": 1}), RULE)
    assert blamed(empty, week(mon={"bench": 3}, wed={"curl": 1}), RULE) == {"wed"}


def test_an_entry_of_zero_sets_in_a_pinned_session_is_none() -> None:
    world = _session(BENCH_3, _entry("row", 0))
    assert keeps(world, week(mon={"bench": 3}), RULE)
    assert not keeps(world, week(mon={"bench": 3, "row": 1}), RULE)


def test_pins_of_both_kinds_hold_together() -> None:
    world = problem(
        BENCH,
        ROW,
        CURL,
        pinned_entries=(_entry("curl", 2, "fri"),),
        pinned_sessions=(PinnedSession("mon", (BENCH_3,)),),
    )
    assert keeps(world, week(mon={"bench": 3}, fri={"curl": 2, "row": 1}), RULE)
    assert not keeps(world, week(mon={"bench": 3}, fri={"curl": 3}), RULE)
    assert not keeps(world, week(mon={"bench": 3, "row": 1}, fri={"curl": 2}), RULE)


def test_a_pin_that_the_athlete_avoids_conflicts_with_the_avoidance() -> None:
    who = athlete(avoid=Avoidances(exercises=frozenset({"bench"})))
    world = problem(BENCH, ROW, CURL, pinned_entries=(BENCH_3,), who=who)
    # the pin alone stands; the model that plans has no such choice, so that nothing can keep it
    assert verdicts(world, week(mon={"bench": 3}), RULE) == {"planning": False, "explaining": True, "verifier": True}
    assert not keeps(world, week(mon={"row": 3}), RULE)


def test_without_the_rule_the_week_may_be_planned_anew() -> None:
    plan = week(mon={"bench": 4, "curl": 2})
    assert blamed(SESSION, plan, RULE) == {"mon:bench", "mon:row", "mon"}
