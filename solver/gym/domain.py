"""A gym to be shared: stations and how many of each there are, members with their own weeks, and weeks with a clock.

Times inside a session are whole seconds from its start; a slot's own start is in minutes of the week. The week is a
line: what runs over its end meets nothing of the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.plan import Entry, Plan
    from solver.domain.problem import Place, Problem


@dataclass(frozen=True)
class Station:
    """`count` equal stations, each of which gives one member at a time the items that it provides.

    An item that no station of a place provides is there for everybody at once, as bands on a hook are. A count of 0 is
    a machine that is broken: what it alone provides is not there.
    """

    id: str
    provides: frozenset[str]
    count: int


@dataclass(frozen=True)
class ToldEntry:
    """When an exercise was said to begin, from the start of its session, and at which stations; None: at any."""

    exercise: str
    start_second: int
    stations: frozenset[str] | None = None


@dataclass(frozen=True)
class ToldSession:
    """The times that a member was told of everything in a session. The two entries of a superset share one."""

    slot: str
    entries: tuple[ToldEntry, ...]


@dataclass(frozen=True)
class Member:
    """Somebody who trains in the gym, with a week of his own to be planned.

    `pinned`: this week of his stands. `told`: times of sessions in it, which stand too unless that is impossible.
    `open`: what he asks without the slots that have no place left; None where that is all he asks.
    """

    id: str
    problem: Problem
    pinned: Plan | None = None
    told: tuple[ToldSession, ...] = ()
    open: Problem | None = None


@dataclass(frozen=True)
class GymProblem:
    """Weeks for many members, so that at no moment more stations are in use than exist.

    `stations` by the id of the place they stand at; a place without any is never too full. `places_left` by slot: so
    many members who are not pinned can train in it; a slot that is not named is never full. `most_lost`: the share of
    the score of training alone that nobody should lose. Raises ValueError for ids that are given twice, counts below 0,
    stations that provide nothing, a member whose slots overlap, and times of what is not pinned.
    """

    stations: Mapping[str, tuple[Station, ...]]
    members: tuple[Member, ...]
    most_lost: Fraction = Fraction(1, 10)
    places_left: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _all_different("member", [member.id for member in self.members])
        for place, stations in self.stations.items():
            _all_different(f"station of '{place}'", [station.id for station in stations])
            for station in stations:
                if station.count < 0 or not station.provides:
                    raise ValueError(f"station '{station.id}' of '{place}' needs a count of 0 or more and an item")
        for member in self.members:
            slots = sorted(member.problem.slots, key=lambda slot: slot.start_minute)
            for slot, after in pairwise(slots):
                if slot.start_minute * 60 + slot.limit_seconds > after.start_minute * 60:
                    raise ValueError(f"slots '{slot.id}' and '{after.id}' of member '{member.id}' overlap")
            sessions = () if member.pinned is None else member.pinned.sessions
            pinned = {session.slot: sorted(entry.exercise for entry in session.entries) for session in sessions}
            for told in member.told:
                if pinned.get(told.slot) != sorted(entry.exercise for entry in told.entries):
                    raise ValueError(f"the times of '{told.slot}' of member '{member.id}' are not of a pinned session")

    @cached_property
    def problems(self) -> Mapping[str, Problem]:
        """Every member's week as the gym is: without what is broken, and without slots that are full already."""
        return {member.id: self._as_it_stands(member.open or member.problem) for member in self.members}

    @cached_property
    def pinned(self) -> frozenset[str]:
        """Members whose week stands."""
        return frozenset(member.id for member in self.members if member.pinned is not None)

    def at(self, place: str) -> tuple[Station, ...]:
        """The stations of a place."""
        return self.stations.get(place, ())

    def _as_it_stands(self, problem: Problem) -> Problem:
        slots = tuple(replace(slot, place=self._in_order(slot.place)) for slot in problem.slots)
        return problem if slots == problem.slots else replace(problem, slots=slots)

    def _in_order(self, place: Place) -> Place:
        provided = {item for station in self.at(place.id) for item in station.provides}
        working = {item for station in self.at(place.id) if station.count for item in station.provides}
        return replace(place, equipment=place.equipment - (provided - working))


def _all_different(what: str, ids: list[str]) -> None:
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"{what} given twice: {', '.join(twice)}")


@dataclass(frozen=True)
class TimedEntry:
    """An entry with its time, ramp-up sets and setting up included, and the stations it holds from start to end.

    The two entries of a superset share one time.
    """

    entry: Entry
    start_second: int
    end_second: int
    stations: tuple[str, ...] = ()


@dataclass(frozen=True)
class TimedSession:
    """What is done in one slot, in order of time. The general warm-up comes before the first entry."""

    slot: str
    entries: tuple[TimedEntry, ...]


@dataclass(frozen=True)
class Timetable:
    """Every member's sessions that are still to come, by member."""

    sessions: Mapping[str, tuple[TimedSession, ...]] = field(default_factory=dict)
