"""Tiny catalogs of which every week is listed: the search finds the best valid one, or proves that there is none."""

from __future__ import annotations

from functools import cache

import pytest

from solver.domain.outcome import Infeasible, Solved
from solver.domain.problem import SolveBudget
from solver.pipeline import optimise
from solver.verifier import verify
from tests.solver.tiny import SEEDS, tiny_problem, valid_weeks

BUDGET = SolveBudget(time_limit_seconds=600, workers=2, seed=1, deterministic_seconds=5)


@cache
def _best(seed: int) -> tuple[int, int, int] | None:
    """The tiers of the best valid week of an instance; None when no week is valid."""
    return next((tiers for tiers, _ in valid_weeks(tiny_problem(seed))), None)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_ends_where_listing_every_week_ends(seed: int) -> None:
    problem, best = tiny_problem(seed), _best(seed)
    outcome = optimise(problem, BUDGET)
    if best is None:
        assert isinstance(outcome, Infeasible)
        assert outcome.conflict.elements
        assert outcome.conflict.minimal
        return
    assert isinstance(outcome, Solved)
    assert verify(problem, outcome.plan) == ()
    assert tuple(tier.value for tier in outcome.tiers) == best
    assert tuple(tier.bound for tier in outcome.tiers) == best
    assert all(tier.proven for tier in outcome.tiers)
    assert outcome.status == "optimal"
    assert outcome.score.value == outcome.score.bound


def test_the_instances_are_of_all_kinds() -> None:
    best = [_best(seed) for seed in SEEDS]
    assert sum(found is None for found in best) >= 5
    assert sum(found is not None for found in best) >= 15
    shortfalls = {found[:2] for found in best if found is not None}
    assert any(minima > 0 for minima, _ in shortfalls)
    assert any(minima == 0 and targets > 0 for minima, targets in shortfalls)
    assert any(len(tiny_problem(seed).slots) == 1 for seed in SEEDS)
