"""What is asked of members whose sessions find no time, and how much room the others leave them elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from solver.domain.eligibility import avoided_items
from solver.gym.conditions import BegunBetween, SecondsAtMost, SessionAtMost, Unused, seconds_held
from solver.gym.ways import needing, ways_of_entry

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from solver.conditions import Condition
    from solver.domain.plan import Entry
    from solver.domain.problem import Problem, Slot
    from solver.gym.blocks import Block
    from solver.gym.book import Book, Booked
    from solver.gym.domain import GymProblem
    from solver.gym.floor import Window
    from solver.gym.sittings import Seat

Caps = dict[tuple[str, frozenset[str] | None], int]
"""Slot and exercises, or None for the whole session -> the seconds that they may take together; 0 is no session."""
LEAST_SECONDS = 180
"""Shorter stretches at a station are of no use to anybody."""


@dataclass
class Sharing:
    """What is asked of members whose blocks found no time, and how much room there is elsewhere."""

    gym: GymProblem
    book: Book
    _needing: dict[Hashable, frozenset[str]] = field(default_factory=dict)
    _kits: dict[str, int] = field(default_factory=dict)
    _kit_numbers: dict[Hashable, int] = field(default_factory=dict)
    _times_given: Counter[tuple[str, str]] = field(default_factory=Counter)

    def exercises(self, member: str, slot: Slot, group: frozenset[str]) -> frozenset[str]:
        """What the member cannot do in the slot without some station of the group."""
        key = self._kit(member), slot.place, group
        if key not in self._needing:
            stations = self.gym.at(slot.place.id)
            self._needing[key] = frozenset(needing(self.gym.problems[member], slot, stations, group))
        return self._needing[key]

    def _kit(self, member: str) -> int:
        """A number for what the member's exercises are done with: most members have that in common."""
        if member not in self._kits:
            problem = self.gym.problems[member]
            kit = avoided_items(problem), tuple((e.id, e.equipment) for e in problem.exercises)
            self._kits[member] = self._kit_numbers.setdefault(kit, len(self._kit_numbers))
        return self._kits[member]

    def asked(self, *, hurry: bool = False) -> dict[str, Caps]:
        """Member -> what he gives up: time at the stations, the more the more often he did, or length of a session.

        `hurry`: nothing is left to him of what found no time.
        """
        found: dict[str, Caps] = defaultdict(dict)
        for member, slot_id in self.book.turned_away:
            found[member][slot_id, None] = 0
        for one in self.book.wanting.values():
            seat, sitting, timed = one.seat, one.sitting, one.timed
            free = self._free(seat)
            share = dict.fromkeys(free, 0) if hurry else free
            if timed.over:
                warmup = sitting.opens_second - seat.opens_second
                found[seat.member][sitting.slot, None] = warmup + sitting.seconds - timed.over
            for block, way in zip(sitting.blocks, timed.ways, strict=True):
                if way is None:
                    entry, group = self._tightest(seat, block, free)
                    slot, exercises, seconds = self._cap(one, entry, group, share)
                    caps = found[seat.member]
                    caps[slot, exercises] = min(seconds, caps.get((slot, exercises), seconds))
        return found

    def given(self, member: str, caps: Caps) -> None:
        """Remember that the member found a week within these caps."""
        self._times_given.update((member, slot) for slot in {slot for slot, _ in caps})

    def _free(self, seat: Seat) -> dict[str, int]:
        """Station -> seconds of a session for which there is one to be had."""
        floor = self.book.floor(seat.place)
        return {s: floor.usable(s, seat.opens_second, seat.closes_second, LEAST_SECONDS) for s in floor.counts}

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
        self, one: Booked, given_up: Entry, group: frozenset[str], free: Mapping[str, int]
    ) -> tuple[str, frozenset[str], int]:
        """What is left to exercises that need the group; where the entry would slip through, none of its exercise.

        Left are what found a time, and of what the group is free for a share that falls to a quarter with
        everything given up before: it may be free at the wrong times. It is less than what was wanted in any case.
        """
        seat = one.seat
        problem = self.gym.problems[seat.member]
        slot = problem.slot_by_id[seat.session.slot]
        exercises = self.exercises(seat.member, slot, group)
        if given_up.exercise not in exercises:
            return slot.id, frozenset({given_up.exercise}), 0
        wanted = [
            (way, seconds_held(problem.exercise_by_id[entry.exercise], entry.sets))
            for block, way in zip(one.sitting.blocks, one.timed.ways, strict=True)
            for entry in block.entries
            if entry.exercise in exercises
        ]
        share = sum(free[station] for station in group) >> (2 * self._times_given[seat.member, slot.id])
        left = sum(seconds for way, seconds in wanted if way is not None)
        return slot.id, exercises, min(left + share, sum(seconds for _, seconds in wanted) - 1)

    def room_for(self, member: str) -> tuple[Condition, ...]:
        """What the others leave a member of the stations, slot by slot."""
        with self.book.without(member):
            return tuple(self._room(member))

    def _room(self, member: str) -> list[Condition]:
        problem = self.gym.problems[member]
        found: list[Condition] = []
        for slot in problem.open_slots:
            if not self.book.has_place(member, slot.id):
                found.append(Unused(slot.id))
                continue
            floor = self.book.floor(slot.place.id)
            opens, closes = slot.start_minute * 60, slot.start_minute * 60 + slot.limit_seconds
            for station in floor.counts:
                free = floor.windows(station, 1, opens + problem.rules.warmup_seconds, closes)
                if free != [(opens + problem.rules.warmup_seconds, closes)]:
                    windows = [(start - opens, end - opens) for start, end in free]
                    found += self._within(problem, slot, self.exercises(member, slot, frozenset({station})), windows)
        return found

    @staticmethod
    def _within(
        problem: Problem, slot: Slot, exercises: frozenset[str], windows: Sequence[Window]
    ) -> Iterator[SecondsAtMost | BegunBetween]:
        """Exercises that need a station, and the stretches of the session in which there is one to be had."""
        times: dict[tuple[int, int, int], set[str]] = defaultdict(set)
        for exercise in map(problem.exercise_by_id.__getitem__, exercises):
            seconds = seconds_held(exercise, exercise.sets.min)
            fitting = [(start, end) for start, end in windows if end - start >= seconds]
            # What fits nowhere has no time at all.
            soonest, latest = (fitting[0][0], fitting[-1][1] - seconds) if fitting else (slot.limit_seconds, -1)
            times[exercise.session_slot, soonest, latest].add(exercise.id)
        for (part, soonest, latest), some in sorted(times.items()):
            if latest < soonest:
                yield SecondsAtMost(slot.id, frozenset(some), 0)
            elif soonest > problem.rules.warmup_seconds or latest < slot.limit_seconds:
                yield BegunBetween(slot.id, frozenset(some), part, soonest, latest)
        possible = frozenset[str]().union(*(some for (_, soonest, latest), some in times.items() if soonest <= latest))
        if possible:
            left = sum(end - start for start, end in windows if end - start >= LEAST_SECONDS)
            yield SecondsAtMost(slot.id, possible, left)


def conditions_of(caps: Caps) -> tuple[Condition, ...]:
    """The caps as conditions, in a stable order."""
    ordered = sorted(caps.items(), key=lambda cap: (cap[0][0], sorted(cap[0][1] or ())))
    return tuple(_condition(slot, exercises, seconds) for (slot, exercises), seconds in ordered)


def _condition(slot: str, exercises: frozenset[str] | None, seconds: int) -> Condition:
    if exercises is not None:
        return SecondsAtMost(slot, exercises, seconds)
    return SessionAtMost(slot, seconds) if seconds else Unused(slot)
