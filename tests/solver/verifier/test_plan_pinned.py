from typing import Any

import pytest

from solver.domain.plan import Entry
from solver.domain.problem import PinnedEntry, PinnedSession, Problem
from tests.solver.verifier.builders import exercise, line_for, problem, subjects, week

RULE = "plan.pinned"
ROW, CURL = exercise("row"), exercise("curl")


def _world(*pins: PinnedEntry, **changes: Any) -> Problem:
    return problem(ROW, CURL, pinned_entries=pins, **changes)


@pytest.mark.parametrize(("sets", "holds"), [(2, False), (3, True), (4, False)])
def test_a_pinned_entry_has_exactly_its_sets(sets: int, holds: bool) -> None:
    line = line_for(RULE, _world(PinnedEntry("mon", "row", 3)), week(mon=[("row", sets), ("curl", 2)]))
    assert line.holds is holds
    assert line.measured == {"pins": 1, "departures": 0 if holds else 1}


def test_a_pinned_entry_stays_in_its_slot() -> None:
    line = line_for(RULE, _world(PinnedEntry("mon", "row", 3)), week(wed=[("row", 3)]))
    assert subjects(line) == ["mon"]


def test_zero_sets_keep_an_exercise_out_of_that_slot() -> None:
    world = _world(PinnedEntry("mon", "row", 0))
    assert line_for(RULE, world, week(mon=[("curl", 3)], wed=[("row", 3)])).holds
    assert not line_for(RULE, world, week(mon=[("row", 1)])).holds


def test_a_pinned_session_holds_these_entries_and_no_other() -> None:
    pinned = PinnedSession("mon", (PinnedEntry("mon", "row", 3), PinnedEntry("mon", "curl", 0)))
    world = _world(pinned_sessions=(pinned,))
    assert line_for(RULE, world, week(mon=[("row", 3)], wed=[("curl", 3)])).holds
    assert not line_for(RULE, world, week(mon=[("row", 2)])).holds
    assert not line_for(RULE, world, week(mon=[("row", 3), ("curl", 1)])).holds
    assert not line_for(RULE, world, week(wed=[("row", 3)])).holds
    unknown = line_for(RULE, world, week(mon=[("row", 3), ("nonsense", 1)]))
    assert unknown.violations[0].statement == ("The session in 'mon' is pinned with 0 sets of nonsense, it has 1.")


def test_a_session_pinned_empty_stays_unused() -> None:
    world = _world(pinned_sessions=(PinnedSession("mon", ()),))
    assert line_for(RULE, world, week(wed=[("row", 3)])).holds
    assert subjects(line_for(RULE, world, week(mon=[("row", 3)]))) == ["mon"]


def test_sets_that_are_no_number_match_no_pin() -> None:
    sets: Any = None
    world = _world(PinnedEntry("mon", "row", 3))
    assert not line_for(RULE, world, week(mon=[Entry("row", sets, ("none",))])).holds


def test_a_pinned_session_of_single_sets() -> None:
    pinned = PinnedSession("mon", (PinnedEntry("mon", "row", 1), PinnedEntry("mon", "curl", 1)))
    world = _world(pinned_sessions=(pinned,))
    assert line_for(RULE, world, week(mon=[("row", 1), ("curl", 1)])).holds
    line = line_for(RULE, world, week(mon=[("row", 1)]))
    assert [v.statement for v in line.violations] == ["The session in 'mon' is pinned with 1 set of curl, it has 0."]
