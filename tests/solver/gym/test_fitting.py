"""What is free second by second, and the soonest end of a session by trying every order, by plain counting."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING

import pytest

from solver.domain.plan import Entry
from solver.gym.blocks import Block, BlockWay
from solver.gym.fitting import fit
from solver.gym.floor import Floor, in_both
from solver.gym.timing import Sitting, holds_of
from solver.gym.ways import Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.gym.floor import Hold

COUNTS = {"rack": 1, "bench": 2}
OPENS, CLOSES, CHANGEOVER = 10, 40, 1
KINDS = (Way(("none",), ()), Way(("rack",), ("rack",)), Way(("bench",), ("bench",)), Way(("both",), ("rack", "bench")))


def _holds(dice: random.Random, number: int) -> list[Hold]:
    """Holds that the counts allow, some of them from before the session begins or until after it ends."""
    found: list[Hold] = []
    for _ in range(number):
        station, start = dice.choice(sorted(COUNTS)), dice.randint(0, 45)
        hold = station, start, start + dice.randint(1, 9), 1
        if all(_held([*found, hold], station, second) <= COUNTS[station] for second in range(60)):
            found.append(hold)
    return found


def _held(holds: Sequence[Hold], station: str, second: int) -> int:
    return sum(demand for name, start, end, demand in holds if name == station and start <= second < end)


def _seconds(windows: Sequence[tuple[int, int]]) -> set[int]:
    return {second for start, end in windows for second in range(start, end)}


@pytest.mark.parametrize("draw", range(30))
def test_windows_are_the_seconds_in_which_enough_is_left(draw: int) -> None:
    dice = random.Random(draw)
    holds, floor = _holds(dice, 12), Floor(COUNTS)
    floor.take(holds)
    both = []
    for station, demand in (("rack", 1), ("bench", 1), ("bench", 2), ("rack", 2)):
        windows = floor.windows(station, demand, OPENS, CLOSES)
        free = {s for s in range(OPENS, CLOSES) if _held(holds, station, s) + demand <= COUNTS[station]}
        assert _seconds(windows) == free
        assert all(end < start for (_, end), (start, _) in pairwise(windows))
        assert floor.usable(station, OPENS, CLOSES, 3) == sum(
            e - s for s, e in floor.windows(station, 1, OPENS, CLOSES) if e - s >= 3
        )
        both.append(windows)
    assert _seconds(in_both(*both[:2])) == _seconds(both[0]) & _seconds(both[1])
    assert floor.peak("bench") == max(_held(holds, "bench", second) for second in range(60))
    floor.give_back(holds)
    assert floor.windows("rack", 1, OPENS, CLOSES) == [(OPENS, CLOSES)]


def _block(dice: random.Random, number: int) -> Block:
    ways = dice.sample(KINDS, dice.randint(1, 2))
    return Block(
        entries=(Entry(f"exercise {number}", 1, ways[0].equipment),),
        seconds=dice.randint(2, 6),
        part=number // 2,
        movable=dice.random() < 0.7,
        patterns=frozenset(),
        ways=tuple(BlockWay((way,)) for way in ways),
    )


def _soonest_end(sitting: Sitting, holds: Sequence[Hold], ways: Sequence[Sequence[BlockWay]]) -> int | None:
    """By every order that may be, every way, and every block as soon as it can be, counted second by second."""
    ends = []
    blocks = sitting.blocks
    for order in permutations(range(len(blocks))):
        if any(j < i and not blocks[j].may_follow(blocks[i]) for a, i in enumerate(order) for j in order[a + 1 :]):
            continue
        for chosen in product(*(ways[number] for number in order)):
            second = sitting.opens_second - CHANGEOVER
            for number, way in zip(order, chosen, strict=True):
                second += CHANGEOVER
                lasts = blocks[number].seconds
                while second + lasts <= CLOSES and not _possible(holds, way.demand, second, lasts):
                    second += 1
                second += lasts
            if second <= CLOSES:
                ends.append(second)
    return min(ends, default=None)


def _possible(holds: Sequence[Hold], demand: Counter[str], start: int, lasts: int) -> bool:
    return all(
        _held(holds, station, second) + number <= COUNTS[station]
        for station, number in demand.items()
        for second in range(start, start + lasts)
    )


def test_the_soonest_end_is_that_of_all_orders_and_ways_with_the_equipment_planned_first() -> None:
    outcomes = Counter[str]()
    for draw in range(150):
        dice = random.Random(draw)
        holds, floor = _holds(dice, dice.randint(0, 12)), Floor(COUNTS)
        floor.take(holds)
        blocks = tuple(_block(dice, number) for number in range(dice.randint(2, 4)))
        sitting = Sitting("member", "slot", OPENS, CLOSES, CHANGEOVER, blocks, (None,) * len(blocks))
        planned = _soonest_end(sitting, holds, [block.ways[:1] for block in blocks])
        expected = planned or _soonest_end(sitting, holds, [block.ways for block in blocks])
        found = fit(sitting, floor)
        if found is None:
            assert expected is None
        else:
            assert found.complete
            ends = [start + block.seconds for start, block in zip(found.starts, blocks, strict=True)]
            assert max(ends) == expected
            floor.take(holds_of(sitting, found))
            assert all(floor.peak(station) <= count for station, count in COUNTS.items())
        outcomes["planned" if planned else "otherwise" if expected else "not at all"] += 1
    assert min(outcomes[kind] for kind in ("planned", "otherwise", "not at all")) >= 5
