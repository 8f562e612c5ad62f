"""Pairs are the best there are: as good as the best of all assignments, listed one by one."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from solver.domain.matching import best_pairs

VALUES = (0, 0, 1, 2, 3, 5, 8, 13)


def best_sum(savings: list[list[int]]) -> int:
    """By trying every way to give each row a column, or each column a row."""
    rows, columns = len(savings), len(savings[0])
    if rows <= columns:
        return max(sum(savings[r][c] for r, c in enumerate(p)) for p in permutations(range(columns), rows))
    return max(sum(savings[r][c] for c, r in enumerate(p)) for p in permutations(range(rows), columns))


@pytest.mark.parametrize("seed", range(150))
def test_no_assignment_saves_more(seed: int) -> None:
    dice = random.Random(seed)
    rows, columns = dice.randint(1, 6), dice.randint(1, 6)
    savings = [[dice.choice(VALUES) for _ in range(columns)] for _ in range(rows)]
    pairs = best_pairs(savings)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert pairs == sorted(pairs)
    assert all(savings[row][column] > 0 for row, column in pairs)
    assert sum(savings[row][column] for row, column in pairs) == best_sum(savings)


def test_the_greedy_pairing_is_not_taken() -> None:
    # Greedy: 10 first, then 1. Best: 9 + 9.
    assert best_pairs([[10, 9], [9, 1]]) == [(0, 1), (1, 0)]


def test_what_saves_nothing_is_no_pair() -> None:
    assert best_pairs([[0, 0], [0, 4]]) == [(1, 1)]
    assert best_pairs([]) == []
    assert best_pairs([[], []]) == []


def test_forty_by_forty_is_a_matter_of_moments() -> None:
    dice = random.Random(0)
    savings = [[dice.randint(0, 30) for _ in range(40)] for _ in range(40)]
    # With as many columns as rows and values this dense, every row gets its largest value or nearly so.
    found = sum(savings[row][column] for row, column in best_pairs(savings))
    assert found >= 40 * 29
    assert found <= sum(max(row) for row in savings)
