"""Which stations an exercise takes: the ways to do it with what stands at a place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from solver.domain.eligibility import usable_alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.schema import Exercise
    from solver.domain.plan import Entry
    from solver.domain.problem import Problem, Slot
    from solver.gym.domain import Station


@dataclass(frozen=True)
class Way:
    """An equipment alternative and the ids of the stations that it is done at, one of each; none is held for `none`."""

    equipment: tuple[str, ...]
    stations: tuple[str, ...]


def stations_for(equipment: Sequence[str], stations: Sequence[Station]) -> tuple[tuple[str, ...], ...]:
    """Every smallest choice of stations that provides all scarce items among `equipment`; the first named first."""
    scarce = [item for item in equipment if any(item in station.provides for station in stations)]
    providers = [[s.id for s in stations if item in s.provides and s.count] for item in scarce]
    found = dict.fromkeys(frozenset(choice) for choice in product(*providers))
    smallest = [choice for choice in found if not any(other < choice for other in found)]
    order = [station.id for station in stations]
    return tuple(tuple(sorted(choice, key=order.index)) for choice in smallest)


def ways_of(problem: Problem, exercise: Exercise, slot: Slot, stations: Sequence[Station]) -> tuple[Way, ...]:
    """All ways to do an exercise in a slot, the preferred equipment first."""
    usable = usable_alternatives(problem, exercise, slot.place)
    return tuple(Way(items, taken) for items in usable for taken in stations_for(items, stations))


def ways_of_entry(
    problem: Problem, entry: Entry, slot: Slot, stations: Sequence[Station], *, any_equipment: bool
) -> tuple[Way, ...]:
    """The ways to do an entry, with its own equipment first; only with that one unless `any_equipment`."""
    own = tuple(Way(entry.equipment, taken) for taken in stations_for(entry.equipment, stations))
    if not any_equipment:
        return own
    return tuple(dict.fromkeys((*own, *ways_of(problem, problem.exercise_by_id[entry.exercise], slot, stations))))


def needing(problem: Problem, slot: Slot, stations: Sequence[Station], group: frozenset[str]) -> Iterator[str]:
    """The exercises that cannot be done in a slot without some station of the group."""
    for exercise in problem.exercises:
        ways = ways_of(problem, exercise, slot, stations)
        if ways and all(not group.isdisjoint(way.stations) for way in ways):
            yield exercise.id
