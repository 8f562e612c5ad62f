"""Booked sessions whose times were told: they begin when it was said, and which of them cannot is named."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from solver.gym.domain import ToldEntry, ToldSession
from solver.gym.outcome import Moved
from solver.gym.sittings import seats
from solver.gym.timing import Timed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from solver.domain.plan import Entry, Plan
    from solver.gym.blocks import Block, BlockWay
    from solver.gym.book import Book
    from solver.gym.domain import GymProblem, Member, TimedSession, Timetable
    from solver.gym.outcome import PinnedClash, Scheduled
    from solver.gym.sittings import Seat
    from solver.gym.timing import Sitting

Key = tuple[str, str]
"""Member and slot."""


def with_times_of(gym: GymProblem, before: Scheduled | None) -> GymProblem:
    """The gym with the times of before for who is pinned to the session that he had then, and was told no others."""
    if before is None:
        return gym
    sessions = before.timetable.sessions
    members = tuple(
        replace(member, told=(*member.told, *_told_before(member, sessions.get(member.id, ()))))
        for member in gym.members
    )
    return gym if members == gym.members else replace(gym, members=members)


def _told_before(member: Member, sessions: Sequence[TimedSession]) -> Iterator[ToldSession]:
    if member.pinned is None:
        return
    told = {session.slot for session in member.told}
    pinned = {session.slot: {_done(entry) for entry in session.entries} for session in member.pinned.sessions}
    for session in sessions:
        same = pinned.get(session.slot) == {_done(timed.entry) for timed in session.entries}
        if same and session.slot not in told:
            entries = (
                ToldEntry(timed.entry.exercise, timed.start_second, frozenset(timed.stations))
                for timed in session.entries
            )
            yield ToldSession(session.slot, tuple(entries))


def _done(entry: Entry) -> tuple[str, int, str | None]:
    """An entry without its equipment, which may have been exchanged: the stations that were told say for which."""
    return entry.exercise, entry.sets, entry.superset


@dataclass
class Bookings:
    """The pinned weeks of a gym, `plans`, and how they come into a book that is empty yet."""

    gym: GymProblem
    book: Book
    plans: Mapping[str, Plan]
    _told: dict[Key, ToldSession] = field(init=False)
    _impossible: set[Key] = field(default_factory=set)
    """Sessions that cannot be done at the times told, whoever else trains."""

    def __post_init__(self) -> None:
        self._told = {
            (m.id, told.slot): told for m in self.gym.members for told in m.told if told.slot not in m.problem.done
        }

    def enter(self) -> PinnedClash | None:
        """Find times for all of them: those that were told, then for the rest.

        Where the rest finds none, sessions in its way are no longer held to what was told, one after the other.
        """
        wanted: dict[Key, Timed] = {}
        by_key = {(seat.member, seat.session.slot): seat for seat in seats(self.gym.problems, self.plans)}
        # Who may take any station leaves those that others were told by name.
        for key, told in sorted(self._told.items(), key=lambda item: _share_anywhere(item[1])):
            timed = self._as_told(by_key[key], told)
            if timed is None:
                self._impossible.add(key)
            elif not self.book.put(by_key[key], timed):
                wanted[key] = timed
        clash = self.book.book(self.plans)
        while clash is not None:
            left = [by_key[key] for key in clash.sessions if key[1] not in self.book.booked[key[0]]]
            released = next((one for one in self.book.in_the_way(left) if one.key in self.book.unmoved), None)
            if released is None:
                return clash
            wanted[released.key] = released.timed
            self.book.unmoved.discard(released.key)
            clash = self.book.book(self.plans)
        for key, timed in wanted.items():
            # Another that had to move may have left room for it.
            self.book.put(by_key[key], timed)
        return None

    def moved(self, timetable: Timetable) -> tuple[Moved, ...]:
        """The sessions that have other times than were told."""
        found = []
        for (member, slot), told in self._told.items():
            session = next(s for s in timetable.sessions[member] if s.slot == slot)
            if not is_as_told(told, session):
                impossible = (member, slot) in self._impossible
                found.append(Moved(member, slot, "not_possible" if impossible else "no_station"))
        return tuple(found)

    def _as_told(self, seat: Seat, told: ToldSession) -> Timed | None:
        """The times told, with stations for them that are free if there are any; None where that cannot be."""
        sitting, entries = self.book.sitting(seat), {entry.exercise: entry for entry in told.entries}
        starts, ways = [], []
        for block in sitting.blocks:
            mine = [entries[entry.exercise] for entry in block.entries]
            possible = [way for way in block.ways if _is_at(way, mine)]
            if not possible or len({entry.start_second for entry in mine}) > 1:
                return None
            start = seat.opens_second + mine[0].start_second
            starts.append(start)
            ways.append(next((way for way in possible if self._is_free(seat, block, way, start)), possible[0]))
        return Timed(tuple(starts), tuple(ways)) if _in_order(sitting, starts) else None

    def _is_free(self, seat: Seat, block: Block, way: BlockWay, start: int) -> bool:
        floor = self.book.floor(seat.place)
        return floor.has_room((station, start, start + block.seconds, number) for station, number in way.demand.items())


def _share_anywhere(told: ToldSession) -> float:
    """The share of entries that were told no stations."""
    return sum(entry.stations is None for entry in told.entries) / len(told.entries)


def _is_at(way: BlockWay, told: Sequence[ToldEntry]) -> bool:
    """Whether a block is done at the stations that were told."""
    return all(
        entry.stations is None or entry.stations == frozenset(own.stations)
        for own, entry in zip(way.ways, told, strict=True)
    )


def _in_order(sitting: Sitting, starts: Sequence[int]) -> bool:
    """Whether blocks can begin at these seconds of the week: one after the other, in a right order, and in time."""
    times = sorted((start, start + block.seconds) for start, block in zip(starts, sitting.blocks, strict=True))
    if times[0][0] < sitting.opens_second or times[-1][1] > sitting.closes_second:
        return False
    if any(start < end + sitting.changeover_seconds for (_, end), (start, _) in pairwise(times)):
        return False
    return all(
        starts[i] < starts[j] or first.may_follow(second)
        for (i, first), (j, second) in combinations(enumerate(sitting.blocks), 2)
    )


def is_as_told(told: ToldSession, session: TimedSession) -> bool:
    """Whether everything in a session begins when and where it was told."""
    entries = {entry.exercise: entry for entry in told.entries}
    return all(
        timed.start_second == entries[timed.entry.exercise].start_second
        and entries[timed.entry.exercise].stations in (None, frozenset(timed.stations))
        for timed in session.entries
    )
