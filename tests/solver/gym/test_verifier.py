"""The verifier of schedules finds what is changed in a right one, and names it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from solver.domain.problem import SolveBudget
from solver.gym import GymBudget, Scheduled, Station, Timetable, check_schedule, schedule, station_use
from solver.gym.sittings import as_plan
from tests.solver.gym.tiny_gyms import STATIONS, tiny_gym

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.domain.plan import Plan
    from solver.gym import TimedEntry, TimedSession
    from solver.gym.verifier import Fault

SEARCH = SolveBudget(time_limit_seconds=600, workers=2, seed=1, deterministic_seconds=1)
SLOT = "sun"
"""Both train there at one time, and in no other slot."""


@cache
def right() -> Scheduled:
    found = schedule(tiny_gym(5, 30), GymBudget(time_limit_seconds=600, alone=SEARCH, again=SEARCH))
    assert isinstance(found, Scheduled)
    return found


def _checked(timetable: Timetable, *, as_it_says: bool = False, **gym: object) -> tuple[Fault, ...]:
    """The faults of another timetable for the same weeks; `as_it_says`: for weeks that are like it."""
    found = right()
    plans = {week.member: week.plan for week in found.weeks}
    if as_it_says:
        plans = {member: as_plan(plan, timetable.sessions[member]) for member, plan in plans.items()}
    return check_schedule(replace(found.gym, **gym), plans, timetable)


def _session(member: str) -> TimedSession:
    return next(s for s in right().timetable.sessions[member] if s.slot == SLOT)


def _with(member: str, change: Callable[[TimedSession], TimedSession]) -> Timetable:
    sessions = right().timetable.sessions
    changed = tuple(change(s) if s.slot == SLOT else s for s in sessions[member])
    return Timetable({**sessions, member: changed})


def _moved(position: int, change: Callable[[TimedEntry], TimedEntry]) -> Callable[[TimedSession], TimedSession]:
    def move(session: TimedSession) -> TimedSession:
        entries = list(session.entries)
        entries[position] = change(entries[position])
        return replace(session, entries=tuple(entries))

    return move


def _later(seconds: int) -> Callable[[TimedEntry], TimedEntry]:
    return lambda e: replace(e, start_second=e.start_second + seconds, end_second=e.end_second + seconds)


def _rules(faults: tuple[Fault, ...]) -> set[str]:
    return {fault.rule for fault in faults}


def test_what_was_found_is_right_and_uses_stations_to_the_full() -> None:
    found = right()
    assert _checked(found.timetable) == ()
    peaks = {use.station: use.peak for use in station_use(found.gym, found.timetable)}
    assert peaks["corner"] == 1
    assert all(peaks[station.id] <= station.count for station in STATIONS)


def test_one_station_less_is_one_too_few() -> None:
    without = tuple(replace(s, count=s.count - (s.id == "corner")) for s in STATIONS)
    assert "gym.stations" in _rules(_checked(right().timetable, stations={"gym": without}))


def test_a_second_of_overlap_at_a_station_is_seen_and_back_to_back_is_right() -> None:
    """Everything of one member slides towards what the other does in the corner before or after it."""
    held = [(e.start_second, e.end_second) for e in _session("two").entries if "corner" in e.stations]
    mine = [(e.start_second, e.end_second) for e in _session("one").entries if "corner" in e.stations]
    assert held
    assert mine
    expected, seen = [], []
    touching = {b - c for _, b in held for c, _ in mine} | {c - b for c, _ in held for _, b in mine}
    for seconds in sorted({by + off for by in touching for off in (-1, 0, 1)}):
        clash = any(a + seconds < d and c < b + seconds for a, b in mine for c, d in held)
        slid = _with("one", lambda s, by=seconds: replace(s, entries=tuple(map(_later(by), s.entries))))  # type: ignore[misc]
        expected.append(clash)
        seen.append(any(f.rule == "gym.stations" and not f.member for f in _checked(slid)))
    assert seen == expected
    assert any(seen)
    assert not all(seen)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("gym.time", _moved(-1, _later(3600))),
        ("gym.time", _moved(1, lambda e: replace(e, end_second=e.end_second - 1))),
        ("gym.time", _moved(-1, lambda e: replace(e, end_second=e.end_second + 1))),
        ("gym.stations", _moved(-1, lambda e: replace(e, stations=()))),
        ("gym.stations", _moved(-1, lambda e: replace(e, stations=("nowhere",)))),
        ("gym.stations", _moved(-1, lambda e: replace(e, stations=(*e.stations, "cables")))),
        ("gym.weeks", lambda s: replace(s, entries=s.entries[:-1])),
        ("gym.weeks", lambda s: replace(s, slot="another")),
        ("gym.weeks", lambda s: replace(s, entries=s.entries[::-1])),
    ],
)
def test_every_change_of_a_right_timetable_is_found(rule: str, change: Callable[[TimedSession], TimedSession]) -> None:
    assert _session("two").entries[-1].stations == ("corner",)
    assert rule in _rules(_checked(_with("two", change)))


@pytest.mark.parametrize("position", [0, 1, -1])
def test_a_second_too_early_is_found_and_none_is_right(position: int) -> None:
    """After the general warm-up, and after what comes before with a minute to change over."""
    entries, rules = _session("two").entries, tiny_gym(5, 30).members[1].problem.rules
    earliest = rules.warmup_seconds if position == 0 else entries[position - 1].end_second + rules.changeover_seconds
    assert rules.changeover_seconds == 60
    by = earliest - entries[position].start_second

    def names(seconds: int) -> set[str]:
        """What of the entry's own times is wrong, whatever comes after it."""
        name = entries[position].entry.exercise
        found = _checked(_with("two", _moved(position, _later(seconds))))
        return {f.statement for f in found if f.rule == "gym.time" and f.statement.startswith(name)}

    assert names(by) == set()
    assert names(by - 1) != set()


def test_the_last_second_of_a_slot_may_be_used_and_the_next_not() -> None:
    last, limit = _session("two").entries[-1], right().gym.problems["two"].slot_by_id[SLOT].limit_seconds
    spare = limit - last.end_second

    def rules(seconds: int) -> set[str]:
        return _rules(_checked(_with("two", _moved(-1, _later(seconds))))) & {"gym.time"}

    assert rules(spare) == set()
    assert rules(spare + 1) == {"gym.time"}


def test_a_week_that_breaks_its_own_rules_is_found() -> None:
    faults = _checked(_with("two", lambda s: replace(s, entries=s.entries[::-1])), as_it_says=True)
    assert "structure.order" in _rules(faults)
    assert "gym.weeks" not in _rules(faults)


def test_times_of_somebody_without_a_week_are_found() -> None:
    found = right()
    plans: dict[str, Plan] = {week.member: week.plan for week in found.weeks if week.member == "one"}
    assert [f.rule for f in check_schedule(found.gym, plans, found.timetable)] == ["gym.weeks"]


def test_a_machine_that_provides_nothing_and_a_count_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="count of 0 or more and an item"):
        replace(right().gym, stations={"gym": (Station("odd", frozenset(), 1),)})
    with pytest.raises(ValueError, match="count of 0 or more and an item"):
        replace(right().gym, stations={"gym": (Station("odd", frozenset({"rack"}), -1),)})
