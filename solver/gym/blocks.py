"""A session as blocks: what is done without a break at one and the same stations, an entry or a superset.

The seconds are those of `pricing.session_seconds`, taken apart: every pattern's ramp-up belongs to the first of its
dearest entries, what a superset saves to its block.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from solver.domain.kinds import deadlift_stage
from solver.domain.pricing import PricedEntry, entry_price, superset_saving_seconds
from solver.gym.ways import ways_of_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.domain.plan import Entry, Session
    from solver.domain.problem import Problem
    from solver.gym.domain import Station
    from solver.gym.ways import Way


@dataclass(frozen=True)
class BlockWay:
    """A way for every entry of a block, at the same time."""

    ways: tuple[Way, ...]

    @cached_property
    def demand(self) -> Counter[str]:
        """Station -> how many of it the block holds."""
        return Counter(station for way in self.ways for station in way.stations)


@dataclass(frozen=True)
class Block:
    """One entry, or the two of a superset. `movable`: may change places with others of its part of the session."""

    entries: tuple[Entry, ...]
    seconds: int
    part: int
    movable: bool
    patterns: frozenset[str]
    ways: tuple[BlockWay, ...]

    @property
    def is_scarce(self) -> bool:
        """Whether it needs a station however it is done."""
        return all(way.demand for way in self.ways)

    def may_follow(self, later: Block) -> bool:
        """Whether the block, which stands before `later`, may as well come after it."""
        same_part = self.part == later.part and self.movable and later.movable
        return same_part and self.patterns.isdisjoint(later.patterns)


def blocks_of(problem: Problem, session: Session, stations: Sequence[Station]) -> tuple[Block, ...]:
    """The blocks of a session in its order. An entry alone may change its equipment; one of a superset keeps it."""
    ramp_up = ramp_up_seconds(problem, session)
    return tuple(_block(problem, session, positions, ramp_up, stations) for positions in _together(session.entries))


def ramp_up_seconds(problem: Problem, session: Session) -> list[int]:
    """Seconds of ramp-up sets before each entry."""
    exercises = [problem.exercise_by_id[entry.exercise] for entry in session.entries]
    dearest: dict[str, int] = {}
    for position, exercise in enumerate(exercises):
        best = dearest.get(exercise.pattern)
        if best is None or exercise.warmup_seconds > exercises[best].warmup_seconds:
            dearest[exercise.pattern] = position
    return [e.warmup_seconds if dearest[e.pattern] == position else 0 for position, e in enumerate(exercises)]


def _together(entries: Sequence[Entry]) -> Iterator[tuple[int, ...]]:
    """Positions of each block's entries."""
    labels = Counter(entry.superset for entry in entries if entry.superset is not None)
    position = 0
    while position < len(entries):
        label = entries[position].superset
        size = 2 if label is not None and labels[label] == 2 else 1
        yield tuple(range(position, position + size))
        position += size


def _block(
    problem: Problem, session: Session, positions: tuple[int, ...], ramp_up: Sequence[int], stations: Sequence[Station]
) -> Block:
    slot, entries = problem.slot_by_id[session.slot], tuple(session.entries[position] for position in positions)
    exercises = [problem.exercise_by_id[entry.exercise] for entry in entries]
    priced = [PricedEntry(e, entry.sets) for e, entry in zip(exercises, entries, strict=True)]
    seconds = sum(entry_price(p.exercise).seconds(p.sets) for p in priced) + sum(ramp_up[p] for p in positions)
    if len(priced) == 2:
        seconds += problem.rules.changeover_seconds - superset_saving_seconds(*priced)
    choices = [ways_of_entry(problem, entry, slot, stations, any_equipment=len(entries) == 1) for entry in entries]
    return Block(
        entries=entries,
        seconds=seconds,
        part=min(e.session_slot for e in exercises),
        movable=not any(e.is_drill or deadlift_stage(e) for e in exercises),
        patterns=frozenset(e.pattern for e in exercises if e.warmup_seconds),
        ways=tuple(BlockWay(ways) for ways in product(*choices)),
    )
