"""The times of weeks that share stations, and what is asked of members whose weeks find none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING

from solver.gym.conditions import SecondsAtMost, SessionAtMost, seconds_held
from solver.gym.outcome import PinnedClash
from solver.gym.sittings import clusters, seats, sitting_of, straight_through, timed_session
from solver.gym.timing import time_blocks, use_in
from solver.gym.ways import needing, ways_of_entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.domain.plan import Entry, Plan, Session
    from solver.domain.problem import Slot
    from solver.gym.blocks import Block
    from solver.gym.domain import GymProblem, Station, TimedSession
    from solver.gym.sittings import Seat
    from solver.gym.timing import Effort, Sitting, Timed

Weigh = Callable[[str], int | None]
"""Member -> what a second costs that he gives up; None where nothing may change."""
SET_SECONDS = 60
"""What a set is worth that has to be done elsewhere: something will be found for most of it."""
Caps = dict[tuple[str, frozenset[str] | None], int]
"""Slot and exercises, or None for the whole session -> the seconds that they may take together."""


@dataclass(frozen=True)
class Room:
    """Sessions that share a place at one time, as they were timed."""

    seats: tuple[Seat, ...]
    sittings: tuple[Sitting, ...]
    timed: tuple[Timed, ...]

    @property
    def complete(self) -> bool:
        return all(timed.complete for timed in self.timed)


@dataclass
class Clock:
    """Times weeks, and remembers what it has timed: most rooms stay as they were from one look to the next."""

    gym: GymProblem
    effort: Callable[[], Effort]
    _known: dict[tuple[tuple[str, Session], ...], Room] = field(default_factory=dict)

    def rooms(self, plans: Mapping[str, Plan], weigh: Weigh, only: str | None = None) -> list[Room] | PinnedClash:
        """Times for all these weeks, or for the rooms that the member `only` is in.

        What is given up goes by what `weigh` says.
        """
        found = []
        for cluster in clusters(seats(self.gym.problems, plans)):
            if only is not None and all(seat.member != only for seat in cluster):
                continue
            room = self._room(cluster, weigh)
            if room is None:
                return PinnedClash(cluster[0].place, tuple((s.member, s.session.slot) for s in cluster))
            found.append(room)
        return found

    def _room(self, cluster: tuple[Seat, ...], weigh: Weigh) -> Room | None:
        key = tuple(seat.key for seat in cluster)
        if key not in self._known:
            stations = self.gym.at(cluster[0].place)
            counts = {station.id: station.count for station in stations}
            sittings = tuple(self._weighed(seat, stations, weigh) for seat in cluster)
            alone = straight_through(sittings[0], counts) if len(cluster) == 1 else None
            timed = (alone,) if alone is not None else time_blocks(sittings, counts, self.effort())
            if timed is None:
                return None
            room = Room(cluster, sittings, timed)
            if not room.complete:
                return room
            self._known[key] = room
        return self._known[key]

    def _weighed(self, seat: Seat, stations: Sequence[Station], weigh: Weigh) -> Sitting:
        """A session with the weights of its blocks and of its seconds."""
        sitting = sitting_of(self.gym.problems[seat.member], seat, stations)
        weight = weigh(seat.member)
        if weight is None:
            return sitting
        return replace(
            sitting,
            weights=tuple(SET_SECONDS * weight * sum(e.sets for e in block.entries) for block in sitting.blocks),
            second_weight=weight,
        )


def times_of(rooms: Sequence[Room]) -> dict[str, tuple[TimedSession, ...]]:
    """Everybody's timed sessions, in time order."""
    found: dict[str, list[tuple[int, TimedSession]]] = defaultdict(list)
    for room in rooms:
        for seat, sitting, timed in zip(room.seats, room.sittings, room.timed, strict=True):
            found[seat.member].append((seat.opens_second, timed_session(seat, sitting, timed)))
    return {m: tuple(s for _, s in sorted(sessions, key=lambda e: e[0])) for m, sessions in found.items()}


@dataclass
class Sharing:
    """What is asked of members whose blocks found no time in a room, and how much room there is elsewhere."""

    gym: GymProblem
    _needing: dict[tuple[str, str, frozenset[str]], frozenset[str]] = field(default_factory=dict)
    _times_given: Counter[tuple[str, str]] = field(default_factory=Counter)

    def exercises(self, member: str, slot: Slot, group: frozenset[str]) -> frozenset[str]:
        """What the member cannot do in the slot without some station of the group."""
        key = member, slot.id, group
        if key not in self._needing:
            stations = self.gym.at(slot.place.id)
            self._needing[key] = frozenset(needing(self.gym.problems[member], slot, stations, group))
        return self._needing[key]

    def asked(self, room: Room, *, hurry: bool = False) -> dict[str, Caps]:
        """Member -> what he gives up: time at the stations, the more the more often he did, or length of a session.

        `hurry`: nothing is left to him of what found no time.
        """
        found: dict[str, Caps] = defaultdict(dict)
        for seat, sitting, timed in zip(room.seats, room.sittings, room.timed, strict=True):
            free = self._free(room, seat)
            share = dict.fromkeys(free, 0) if hurry else free
            if timed.over:
                warmup = sitting.opens_second - seat.opens_second
                found[seat.member][sitting.slot, None] = warmup + sitting.seconds - timed.over
            for block, way in zip(sitting.blocks, timed.ways, strict=True):
                if way is None:
                    entry, group = self._tightest(seat, block, free)
                    slot, exercises, seconds = self._cap(seat, sitting, timed, entry, group, share)
                    caps = found[seat.member]
                    caps[slot, exercises] = min(seconds, caps.get((slot, exercises), seconds))
        return found

    def given(self, member: str, caps: Caps) -> None:
        """Remember that the member found a week within these caps."""
        self._times_given.update((member, slot) for slot in {slot for slot, _ in caps})

    def _free(self, room: Room, seat: Seat) -> dict[str, int]:
        """Station -> seconds of a session that it is free for, by what was timed."""
        length = seat.closes_second - seat.opens_second
        use = use_in(room.sittings, room.timed, seat.opens_second, seat.closes_second)
        return {s.id: s.count * length - use[s.id] for s in self.gym.at(seat.place)}

    def _tightest(self, seat: Seat, block: Block, free: Mapping[str, int]) -> tuple[Entry, frozenset[str]]:
        """The entry of a block that is hardest to find a station for, and those that it waits for."""
        problem = self.gym.problems[seat.member]
        slot, stations = problem.slot_by_id[seat.session.slot], self.gym.at(seat.place)
        alone = len(block.entries) == 1
        groups = [
            frozenset(
                min(way.stations, key=lambda s: (free[s], s))
                for way in ways_of_entry(problem, entry, slot, stations, any_equipment=alone)
                if way.stations
            )
            for entry in block.entries
        ]
        return min(zip(block.entries, groups, strict=True), key=lambda e: max((free[s] for s in e[1]), default=inf))

    def _cap(
        self,
        seat: Seat,
        sitting: Sitting,
        timed: Timed,
        given_up: Entry,
        group: frozenset[str],
        free: Mapping[str, int],
    ) -> tuple[str, frozenset[str], int]:
        """What is left to exercises that need the group; where the entry would slip through, none of its exercise.

        Left are what found a time, and of what the group is free for a share that falls to a quarter with
        everything given up before: it may be free at the wrong times. It is less than what was wanted in any case.
        """
        problem = self.gym.problems[seat.member]
        slot = problem.slot_by_id[seat.session.slot]
        exercises = self.exercises(seat.member, slot, group)
        if given_up.exercise not in exercises:
            return slot.id, frozenset({given_up.exercise}), 0
        wanted = [
            (way, seconds_held(problem.exercise_by_id[entry.exercise], entry.sets))
            for block, way in zip(sitting.blocks, timed.ways, strict=True)
            for entry in block.entries
            if entry.exercise in exercises
        ]
        share = sum(free[station] for station in group) >> (2 * self._times_given[seat.member, slot.id])
        left = sum(seconds for way, seconds in wanted if way is not None)
        return slot.id, exercises, min(left + max(0, share), sum(seconds for _, seconds in wanted) - 1)

    def room_for(self, member: str, rooms: Sequence[Room]) -> Caps:
        """How long a member may hold each station in his slots: what the others leave of it there.

        Sessions that are not in the rooms count for nothing: what stands here keeps him from the fullest, no more.
        """
        caps: Caps = {}
        problem = self.gym.problems[member]
        others: dict[str, Counter[str]] = {}
        for slot in problem.open_slots:
            opens, closes = slot.start_minute * 60, slot.start_minute * 60 + slot.limit_seconds
            use = others.setdefault(slot.id, Counter())
            for room in rooms:
                if room.seats[0].place == slot.place.id:
                    them = [
                        (sitting, timed)
                        for seat, sitting, timed in zip(room.seats, room.sittings, room.timed, strict=True)
                        if seat.member != member
                    ]
                    use += use_in([s for s, _ in them], [t for _, t in them], opens, closes)
            for station in self.gym.at(slot.place.id):
                if use[station.id]:
                    left = max(0, station.count * slot.limit_seconds - use[station.id])
                    exercises = self.exercises(member, slot, frozenset({station.id}))
                    if exercises:
                        caps[slot.id, exercises] = min(left, caps.get((slot.id, exercises), left))
        return caps


def conditions_of(caps: Caps) -> tuple[SecondsAtMost | SessionAtMost, ...]:
    """The caps as conditions, in a stable order."""
    ordered = sorted(caps.items(), key=lambda cap: (cap[0][0], sorted(cap[0][1] or ())))
    return tuple(
        SessionAtMost(slot, seconds) if exercises is None else SecondsAtMost(slot, exercises, seconds)
        for (slot, exercises), seconds in ordered
    )
