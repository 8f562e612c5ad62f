"""Times that stand: what has not changed in a room is done when it was done before, unless it cannot be."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from solver.domain.problem import SolveBudget
from solver.gym import GymBudget, Scheduled, Timetable, check_schedule, schedule, with_times_before
from tests.solver.gym.tiny_gyms import STATIONS, tiny_gym

SEARCH = SolveBudget(time_limit_seconds=600, workers=1, seed=1, deterministic_seconds=0.5)


@cache
def found() -> Scheduled:
    scheduled = schedule(tiny_gym(5, 30), GymBudget(time_limit_seconds=600, alone=SEARCH, again=SEARCH))
    assert isinstance(scheduled, Scheduled)
    return scheduled


def _later(seconds: int) -> Scheduled:
    """The schedule with everything done so much later: right as far as there is time."""
    now = found()
    sessions = {
        member: tuple(
            replace(
                session,
                entries=tuple(
                    replace(e, start_second=e.start_second + seconds, end_second=e.end_second + seconds)
                    for e in session.entries
                ),
            )
            for session in timed
        )
        for member, timed in now.timetable.sessions.items()
    }
    return replace(now, timetable=Timetable(sessions))


def _is_right(scheduled: Scheduled) -> bool:
    plans = {week.member: week.plan for week in scheduled.weeks}
    return check_schedule(scheduled.gym, plans, scheduled.timetable) == ()


def test_the_same_weeks_get_the_times_of_before() -> None:
    other = _later(1)
    assert _is_right(other), "there is a second to spare"
    assert with_times_before(found(), other).timetable == other.timetable
    assert with_times_before(found(), found()) == found()


def test_times_that_are_not_right_any_more_are_not_taken() -> None:
    late = _later(4 * 3600)
    assert not _is_right(late)
    assert with_times_before(found(), late) == found()


def test_where_fewer_stations_stand_than_were_used_the_times_stay_as_found() -> None:
    """Of before every station was there twice, and the two did everything at once."""
    twice = tuple(replace(station, count=2) for station in STATIONS)
    wide = replace(tiny_gym(30, 30), stations={"gym": twice})
    before = schedule(wide, GymBudget(time_limit_seconds=600, alone=SEARCH, again=SEARCH))
    assert isinstance(before, Scheduled)
    narrow = replace(before, gym=replace(wide, stations={"gym": STATIONS}))
    assert not _is_right(narrow)
    kept = with_times_before(narrow, before)
    assert kept == narrow, "it is handed back as it is, to be found wrong"


def test_a_room_in_which_somebody_does_something_else_keeps_the_new_times() -> None:
    """Of before, one did less on the day on which both are there; his other day is as it was."""
    now, other = found(), _later(1)
    own, shared = other.timetable.sessions["one"]
    assert [session.slot for session in other.timetable.sessions["two"]] == [shared.slot]
    less = replace(shared, entries=shared.entries[:-1])
    before = replace(other, timetable=Timetable({**other.timetable.sessions, "one": (own, less)}))
    kept = with_times_before(now, before)
    assert kept.timetable.sessions == {
        "one": (own, now.timetable.sessions["one"][1]),
        "two": now.timetable.sessions["two"],
    }
    assert _is_right(kept)
