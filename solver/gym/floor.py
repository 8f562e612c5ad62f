"""What is held of a place's stations, second by second of the week, and when there is one to be had."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Hold = tuple[str, int, int, int]
"""A station, the seconds of the week from and to which it is held, and how many of it are."""
Window = tuple[int, int]
"""Seconds of the week, from and to."""


@dataclass
class Floor:
    """Who holds what is of no matter here, only how many are held. `counts`: how many there are of each station."""

    counts: Mapping[str, int]
    _held: dict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))
    """Station -> start, end and demand, by start."""
    _longest: int = 0

    def copy(self) -> Floor:
        held = defaultdict(list, {station: list(held) for station, held in self._held.items()})
        return Floor(self.counts, held, self._longest)

    def take(self, holds: Iterable[Hold]) -> None:
        for station, start, end, demand in holds:
            insort(self._held[station], (start, end, demand))
            self._longest = max(self._longest, end - start)

    def give_back(self, holds: Iterable[Hold]) -> None:
        for station, start, end, demand in holds:
            held = self._held[station]
            del held[bisect_left(held, (start, end, demand))]

    def holds(self, station: str, opens: int, closes: int) -> list[Hold]:
        """What is held of a station at any time between two seconds."""
        held = self._held[station]
        first, last = bisect_left(held, (opens - self._longest,)), bisect_left(held, (closes,))
        return [(station, start, end, demand) for start, end, demand in held[first:last] if end > opens]

    def windows(self, station: str, demand: int, opens: int, closes: int) -> list[Window]:
        """The longest stretches between two seconds in which so many of a station can be had."""
        most = self.counts[station] - demand
        if most < 0:
            return []
        found: list[Window] = []
        level, since = 0, opens
        for second, change in _changes(self.holds(station, opens, closes)):
            before, level = level, level + change
            if before <= most < level:
                if second > since:
                    found.append((since, second))
            elif level <= most < before:
                since = max(opens, second)
        if level <= most and since < closes:
            found.append((since, closes))
        return [(start, min(end, closes)) for start, end in found if start < closes]

    def has_room(self, holds: Iterable[Hold]) -> bool:
        """Whether there are stations for these, each for itself."""
        return all(self.windows(station, demand, start, end) == [(start, end)] for station, start, end, demand in holds)

    def usable(self, station: str, opens: int, closes: int, least: int) -> int:
        """Seconds for which one of a station can be had, in stretches of `least` and more."""
        stretches = (end - start for start, end in self.windows(station, 1, opens, closes))
        return sum(seconds for seconds in stretches if seconds >= least)

    def peak(self, station: str) -> int:
        """The most of a station that are held at one moment of the week."""
        level = most = 0
        for _, change in _changes([(station, *hold) for hold in self._held[station]]):
            level += change
            most = max(most, level)
        return most


def _changes(holds: Sequence[Hold]) -> list[tuple[int, int]]:
    """Given back before taken, where both happen at one second."""
    found = [(start, demand) for _, start, _, demand in holds]
    found += [(end, -demand) for _, _, end, demand in holds]
    return sorted(found)


def in_both(some: Sequence[Window], others: Sequence[Window]) -> list[Window]:
    """The stretches that lie in both of two ordered lists of them."""
    found: list[Window] = []
    i = j = 0
    while i < len(some) and j < len(others):
        start, end = max(some[i][0], others[j][0]), min(some[i][1], others[j][1])
        if start < end:
            found.append((start, end))
        if some[i][1] <= others[j][1]:
            i += 1
        else:
            j += 1
    return found
