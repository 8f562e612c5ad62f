"""Who was told when and where things begin keeps it; what cannot be kept is named, and it is no more than has to be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from solver.domain.problem import SolveBudget
from solver.gym import GymBudget, GymProblem, Moved, Scheduled, ToldEntry, ToldSession, check_schedule, schedule
from tests.solver.gym.tiny_gyms import tiny_gym

SEARCH = SolveBudget(time_limit_seconds=600, workers=2, seed=1, deterministic_seconds=0.5)
BUDGET = GymBudget(time_limit_seconds=600, alone=SEARCH, again=SEARCH)
SLOT = "sun"
"""Both train there at one time, and in no other slot: who waits for the corner can wait for half a minute."""


@cache
def first() -> Scheduled:
    found = schedule(tiny_gym(5, 30), BUDGET)
    assert isinstance(found, Scheduled)
    return found


def _told(member: str, later: int = 0, *, anywhere: bool = False) -> tuple[ToldSession, ...]:
    """Everything as it was found, so many seconds later."""
    return tuple(
        ToldSession(
            session.slot,
            tuple(
                ToldEntry(e.entry.exercise, e.start_second + later, None if anywhere else frozenset(e.stations))
                for e in session.entries
            ),
        )
        for session in first().timetable.sessions[member]
    )


def _booked(**told: tuple[ToldSession, ...] | None) -> GymProblem:
    """The gym with these members pinned to the weeks that were found."""
    plans = {week.member: week.plan for week in first().weeks}
    gym = first().gym
    members = (replace(m, pinned=plans[m.id], told=told[m.id] or ()) if m.id in told else m for m in gym.members)
    return replace(gym, members=tuple(members))


def _found(gym: GymProblem, before: Scheduled | None = None) -> Scheduled:
    found = schedule(gym, BUDGET, before=before)
    assert isinstance(found, Scheduled)
    assert not found.unplaced
    return found


def _starts(found: Scheduled, member: str) -> list[int]:
    return [e.start_second for s in found.timetable.sessions[member] for e in s.entries]


@pytest.mark.parametrize("anywhere", [False, True])
def test_times_that_were_told_are_kept_though_sooner_ones_are_free(*, anywhere: bool) -> None:
    """Without what was told, a schedule that is made anew begins everything as soon as can be."""
    assert _starts(_found(_booked(one=None, two=None)), "one") == _starts(first(), "one")
    found = _found(_booked(one=_told("one", 30, anywhere=anywhere), two=None))
    assert _starts(found, "one") == [start + 30 for start in _starts(first(), "one")]
    assert found.moved == ()


def test_who_is_pinned_to_his_week_of_before_keeps_its_times_untold() -> None:
    before = _found(_booked(one=_told("one", 30), two=None))
    again = _found(_booked(one=None, two=None), before)
    assert again.timetable == before.timetable
    assert _found(_booked(one=None, two=None)).timetable != before.timetable


def test_times_of_before_are_kept_where_they_exchanged_the_equipment_of_what_is_pinned() -> None:
    gym = _booked(one=None, two=None)
    exercises = tuple(
        e.model_copy(update={"equipment": (("corner",), ("none",))}) if e.id == "turn" else e
        for e in gym.members[0].problem.exercises
    )
    one = replace(gym.members[0], problem=replace(gym.members[0].problem, exercises=exercises))
    untold = replace(gym, members=(one, gym.members[1]))
    without_corner = tuple(
        replace(s, entries=tuple(replace(e, stations=frozenset()) if e.exercise == "turn" else e for e in s.entries))
        for s in _told("one", 30)
    )
    before = _found(replace(untold, members=(replace(one, told=without_corner), gym.members[1])))
    done = {e.entry.exercise: e.entry.equipment for s in before.timetable.sessions["one"] for e in s.entries}
    assert done["turn"] == ("none",)
    assert _found(untold, before).timetable.sessions["one"] == before.timetable.sessions["one"]


def test_who_was_told_no_station_leaves_the_one_that_another_was_told_by_name() -> None:
    """The first could take either corner, the second was told the one that comes first."""
    gym = _booked(one=_told("one", 30, anywhere=True), two=_told("two"))
    (corner,) = (station for station in gym.stations["gym"] if station.id == "corner")
    more = (*gym.stations["gym"], replace(corner, id="other corner"))
    assert _found(replace(gym, stations={"gym": more})).moved == ()


def test_of_two_who_were_told_the_same_corner_at_one_time_only_one_is_moved() -> None:
    found = _found(_booked(one=_told("one", 30), two=_told("two")))
    assert found.moved == (Moved("two", SLOT, "no_station"),)
    assert _starts(found, "one") == [start + 30 for start in _starts(first(), "one")]


def test_what_leaves_no_time_for_another_who_is_booked_is_moved_and_no_more_than_that() -> None:
    """Five minutes later is too late for the other, who needs the corner nearly all the time from the beginning on."""
    late = _told("one", 300)
    found = _found(_booked(one=late, two=None))
    assert found.moved == (Moved("one", SLOT, "no_station"),)
    kept = {session.slot: [e.start_second for e in session.entries] for session in found.timetable.sessions["one"]}
    told = {session.slot: [e.start_second for e in session.entries] for session in late}
    assert {slot for slot in kept if kept[slot] != told[slot]} == {SLOT}


@pytest.mark.parametrize("later", [-1, 100_000])
def test_times_that_the_session_cannot_have_are_named_as_such(later: int) -> None:
    """The first begins with the end of the general warm-up, the last has to be over with the slot."""
    found = _found(_booked(one=_told("one", later), two=None))
    assert {(one.member, one.reason) for one in found.moved} == {("one", "not_possible")}
    assert len(found.moved) == len(first().timetable.sessions["one"])


def test_a_station_that_is_gone_cannot_be_kept() -> None:
    gym = _booked(one=_told("one"), two=None)
    renamed = tuple(replace(s, id="new corner") if s.id == "corner" else s for s in gym.stations["gym"])
    found = _found(replace(gym, stations={"gym": renamed}))
    assert {one.reason for one in found.moved} == {"not_possible"}


def test_the_verifier_finds_what_was_told_and_is_not_so() -> None:
    plans = {week.member: week.plan for week in first().weeks}
    told = _booked(one=_told("one", 30))
    faults = check_schedule(told, plans, first().timetable)
    assert {(f.rule, f.member, f.subject) for f in faults} == {("gym.booked", "one", s.slot) for s in _told("one")}
    assert check_schedule(told, plans, first().timetable, {("one", s.slot) for s in _told("one")}) == ()
    elsewhere = tuple(
        replace(s, entries=tuple(replace(e, stations=frozenset({"rack"})) for e in s.entries)) for s in _told("one")
    )
    assert {f.rule for f in check_schedule(_booked(one=elsewhere), plans, first().timetable)} == {"gym.booked"}


def test_times_of_what_is_not_pinned_are_refused() -> None:
    (gone, *_), gym = _told("one"), first().gym
    with pytest.raises(ValueError, match="are not of a pinned session"):
        replace(gym, members=(replace(gym.members[0], told=(gone,)), gym.members[1]))
