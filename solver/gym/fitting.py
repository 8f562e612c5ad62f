"""The soonest times for one session beside all that is held already: exact, and in milliseconds.

Whoever is done with some of his blocks is never worse off for being done with them sooner. So of all orders of the same
blocks only the soonest is kept, and the session grows block by block.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.gym.floor import in_both
from solver.gym.timing import Timed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.gym.blocks import Block, BlockWay
    from solver.gym.floor import Floor, Window
    from solver.gym.timing import Sitting

MOST_SETS = 400
"""Of the sets of blocks of one size, so many are followed, the soonest ones: more than sessions have orders, mostly."""


@dataclass(frozen=True)
class _Done:
    """Blocks that are done: when the next may begin, and how it came to that."""

    ready: int
    before: _Done | None = None
    block: int = -1
    start: int = 0
    way: BlockWay | None = None


def fit(sitting: Sitting, floor: Floor) -> Timed | None:
    """The soonest end of a session with the equipment planned, else with any; None when it ends too late."""
    fitting = _Fitting(sitting, floor)
    planned = [tuple(way for way in block.ways if _as_planned(block, way)) for block in sitting.blocks]
    return fitting.soonest(planned) or fitting.soonest([block.ways for block in sitting.blocks])


def _as_planned(block: Block, way: BlockWay) -> bool:
    return all(own.equipment == entry.equipment for own, entry in zip(way.ways, block.entries, strict=True))


@dataclass
class _Fitting:
    sitting: Sitting
    floor: Floor
    _windows: dict[tuple[tuple[str, int], ...], list[Window]] = field(default_factory=dict)

    def soonest(self, ways: Sequence[Sequence[BlockWay]]) -> Timed | None:
        blocks = self.sitting.blocks
        after = [sum(1 << i for i in range(j) if not blocks[i].may_follow(blocks[j])) for j in range(len(blocks))]
        layer = {0: _Done(self.sitting.opens_second)}
        for _ in blocks:
            following: dict[int, _Done] = {}
            for done, state in layer.items():
                for number, block in enumerate(blocks):
                    if done >> number & 1 or after[number] & ~done:
                        continue
                    start, way = self._start(block, ways[number], state.ready)
                    if way is None:
                        continue
                    ready = start + block.seconds + self.sitting.changeover_seconds
                    known = following.get(done | 1 << number)
                    if known is None or ready < known.ready:
                        following[done | 1 << number] = _Done(ready, state, number, start, way)
            layer = following if len(following) <= MOST_SETS else _soonest_of(following)
        return self._timed(next(iter(layer.values()))) if layer else None

    def _start(self, block: Block, ways: Sequence[BlockWay], ready: int) -> tuple[int, BlockWay | None]:
        """When a block may begin at the soonest, and how; no way when it would end too late."""
        best, chosen = self.sitting.closes_second - block.seconds + 1, None
        for way in ways:
            start = self._soonest_with(way, block.seconds, ready)
            if start is not None and start < best:
                best, chosen = start, way
        return best, chosen

    def _soonest_with(self, way: BlockWay, seconds: int, ready: int) -> int | None:
        if not way.demand:
            return ready
        windows = self._open(tuple(sorted(way.demand.items())))
        for position in range(max(0, bisect_right(windows, (ready,)) - 1), len(windows)):
            start = max(ready, windows[position][0])
            if start + seconds <= windows[position][1]:
                return start
        return None

    def _open(self, demand: tuple[tuple[str, int], ...]) -> list[Window]:
        """When all that a way takes can be had."""
        if demand not in self._windows:
            opens, closes = self.sitting.opens_second, self.sitting.closes_second
            found = [(opens, closes)]
            for station, number in demand:
                found = in_both(found, self.floor.windows(station, number, opens, closes))
            self._windows[demand] = found
        return self._windows[demand]

    def _timed(self, last: _Done) -> Timed:
        number = len(self.sitting.blocks)
        starts, ways = [0] * number, [None] * number  # type: list[int], list[BlockWay | None]
        state: _Done | None = last
        while state is not None and state.before is not None:
            starts[state.block], ways[state.block] = state.start, state.way
            state = state.before
        return Timed(tuple(starts), tuple(ways))


def _soonest_of(layer: dict[int, _Done]) -> dict[int, _Done]:
    kept = sorted(layer.items(), key=lambda item: (item[1].ready, item[0]))[:MOST_SETS]
    return dict(kept)
