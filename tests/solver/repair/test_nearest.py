"""Tiny catalogs of which every week is listed: no valid one is nearer than the repair, or better as near."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import pytest

from solver.domain.change import WeekEntry, entries_of
from solver.domain.outcome import Infeasible
from solver.objective.distance import Distance
from solver.repair import Repaired, repair
from solver.verifier import verify
from tests.golden.asking import budget
from tests.solver.tiny import every_week, is_valid, tiers_of, tiny_problem

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.repair import RepairOutcome

SEEDS = range(15)
BUDGET = budget(5)


@cache
def valid_weeks(seed: int) -> list[Plan]:
    """Every valid week of a tiny problem, in the verifier's word."""
    problem = tiny_problem(seed)
    return [plan for plan in every_week(problem) if is_valid(problem, plan)]


def followed_week(seed: int) -> tuple[WeekEntry, ...]:
    """Any exercises, possible or not, with any sets."""
    problem, dice = tiny_problem(seed), random.Random(seed)
    pairs = [(slot.id, e.id) for slot in problem.slots for e in problem.exercises]
    return tuple(WeekEntry(*pair, dice.randint(1, 6)) for pair in dice.sample(pairs, dice.randint(0, len(pairs))))


@cache
def repaired(seed: int) -> RepairOutcome:
    return repair(tiny_problem(seed), followed_week(seed), BUDGET)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_valid_week_is_nearer(seed: int) -> None:
    problem, followed, outcome = tiny_problem(seed), followed_week(seed), repaired(seed)
    goal = Distance.to(followed)
    near = [(goal.measure(problem, plan), plan) for plan in valid_weeks(seed)]
    if not near:
        assert isinstance(outcome, Infeasible)
        assert outcome.conflict.elements
        return
    assert isinstance(outcome, Repaired)
    assert verify(problem, outcome.plan) == ()
    nearest = min(distance for distance, _ in near)
    assert (outcome.distance, outcome.bound) == (nearest, nearest)
    assert outcome.proven
    assert all(reasoned.needed for reasoned in outcome.changes)
    ranks = [(m, t, -q) for m, t, q in (tiers_of(problem, plan) for distance, plan in near if distance == nearest)]
    minima, targets, quality = tiers_of(problem, outcome.plan)
    assert (minima, targets, -quality) == min(ranks)


def test_the_tiny_problems_are_of_all_kinds() -> None:
    outcomes = [repaired(seed) for seed in SEEDS]
    assert sum(isinstance(outcome, Infeasible) for outcome in outcomes) >= 3
    found = [outcome for outcome in outcomes if isinstance(outcome, Repaired)]
    assert len({reasoned.change.kind for outcome in found for reasoned in outcome.changes}) >= 5


def test_a_valid_week_is_its_own_repair() -> None:
    weeks = [(seed, plan) for seed in SEEDS for plan in valid_weeks(seed)[:3]]
    assert len(weeks) > 20
    for seed, plan in weeks:
        outcome = repair(tiny_problem(seed), entries_of(plan), BUDGET)
        assert isinstance(outcome, Repaired)
        assert (outcome.distance, outcome.bound, outcome.changes) == (0, 0, ())
        assert outcome.plan == plan
