"""The best pairing of two lists: an exact assignment on a small table of savings."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def best_pairs(savings: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Pairs (row, column), each row and column at most once, with the largest sum of savings; in order of rows.

    `savings` is rectangular and not negative; 0 stands for a pair that is not worth making and is never returned.
    Shortest augmenting paths over potentials (the Hungarian method): cubic time, exact.
    """
    if not savings or not savings[0]:
        return []
    if len(savings) > len(savings[0]):
        turned = [list(column) for column in zip(*savings, strict=True)]
        return sorted((row, column) for column, row in best_pairs(turned))
    taker = _assign([[-value for value in row] for row in savings])
    pairs = ((row, column) for column, row in enumerate(taker) if row is not None)
    return sorted((row, column) for row, column in pairs if savings[row][column] > 0)


def _assign(costs: list[list[int]]) -> list[int | None]:
    """The row that takes each column when every row takes one, at the least total cost; not more rows than columns."""
    columns = range(len(costs[0]))
    row_price, column_price = [0.0] * len(costs), [0.0] * len(columns)
    taker: list[int | None] = [None] * len(columns)
    for start in range(len(costs)):
        distance, reached_from = [inf] * len(columns), [-1] * len(columns)
        settled: list[int] = []
        row, free = start, -1
        last = -1
        while free < 0:
            open_columns = [c for c in columns if c not in settled]
            base = distance[last] if last >= 0 else 0.0
            for c in open_columns:
                through = base + costs[row][c] - row_price[row] - column_price[c]
                if through < distance[c]:
                    distance[c], reached_from[c] = through, last
            last = min(open_columns, key=lambda c: distance[c])
            settled.append(last)
            holder = taker[last]
            if holder is None:
                free = last
            else:
                row = holder
        _reprice(taker, row_price, column_price, distance, settled, start)
        while free >= 0:
            before = reached_from[free]
            taker[free] = start if before < 0 else taker[before]
            free = before
    return taker


def _reprice(
    taker: list[int | None],
    row_price: list[float],
    column_price: list[float],
    distance: list[float],
    settled: list[int],
    start: int,
) -> None:
    """Keep every reduced cost at 0 or more after a shortest path to the last settled column."""
    farthest = distance[settled[-1]]
    row_price[start] += farthest
    for column in settled[:-1]:
        holder = taker[column]
        if holder is not None:
            row_price[holder] += farthest - distance[column]
        column_price[column] -= farthest - distance[column]
