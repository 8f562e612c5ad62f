"""Which limits on the goals have been answered and which have not: boxes of whole numbers, taken apart.

A front is searched by asking for the least of one goal under limits on the others. The answer to one such question
answers others: with the same week within tighter limits, or with no week there is none within tighter ones. What is
left to ask is a set of boxes of limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Limits = tuple[int, ...]
"""The most that each of the limited goals may come to."""


def within(values: Sequence[int], limits: Sequence[int]) -> bool:
    """Whether no value exceeds its limit."""
    return all(value <= limit for value, limit in zip(values, limits, strict=True))


@dataclass(frozen=True, order=True)
class Box:
    """All limits from `low` to `high`, both included; not empty."""

    low: Limits
    high: Limits

    def cells(self, caps: Limits) -> int:
        """How many limits it holds, those beyond `caps` counted as one."""
        pairs = zip(self.low, self.high, caps, strict=True)
        return prod(max(low, min(high, cap)) - low + 1 for low, high, cap in pairs)

    def without(self, other: Box) -> Iterator[Box]:
        """What is left of the box when another is taken out, in boxes that do not overlap."""
        if not (within(self.low, other.high) and within(other.low, self.high)):
            yield self
            return
        low, high = list(self.low), list(self.high)
        for axis in range(len(low)):
            if low[axis] < other.low[axis]:
                yield Box(tuple(low), _with(high, axis, other.low[axis] - 1))
                low[axis] = other.low[axis]
            if high[axis] > other.high[axis]:
                yield Box(_with(low, axis, other.high[axis] + 1), tuple(high))
                high[axis] = other.high[axis]

    def middle(self, caps: Limits) -> Limits:
        """Limits to ask about next: half-way along the longest side, as wide as the box in the others."""
        lengths = [min(high, cap) - low for low, high, cap in zip(self.low, self.high, caps, strict=True)]
        longest = max(range(len(lengths)), key=lambda axis: lengths[axis])
        if lengths[longest] <= 1:
            return self.high
        return _with(self.high, longest, self.low[longest] + lengths[longest] // 2)


def taken_out(boxes: Iterable[Box], closed: Iterable[Box]) -> tuple[Box, ...]:
    """What is left of boxes when others are taken out, in the order of their lowest corners."""
    left = list(boxes)
    for box in closed:
        left = [rest for open_box in left for rest in open_box.without(box)]
    return tuple(sorted(left))


def up_to(limits: Limits) -> Box:
    """These limits and all tighter ones."""
    return Box(tuple(-1 for _ in limits), limits)


def spread(boxes: Iterable[Box], number: int, caps: Limits) -> list[Limits]:
    """Up to `number` different limits to ask about at the same time, spread over boxes that do not overlap."""
    left, chosen = list(boxes), list[Limits]()
    while left and len(chosen) < number:
        largest = max(left, key=lambda box: box.cells(caps))
        chosen.append(largest.middle(caps))
        left.remove(largest)
        left += largest.without(up_to(chosen[-1]))
    return chosen


def _with(limits: Sequence[int], axis: int, value: int) -> Limits:
    return (*limits[:axis], value, *limits[axis + 1 :])
