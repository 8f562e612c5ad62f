"""Tiny catalogs of which every week is listed: the front is the undominated weeks of the list, proven."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from solver.domain.outcome import Infeasible
from solver.pareto import GOAL_NAMES, GOALS, GoalName, ParetoFront, pareto_front
from solver.verifier import verify
from tests.golden.asking import budget
from tests.solver.tiny import tiny_problem, valid_weeks

if TYPE_CHECKING:
    from solver.domain.problem import Problem

GOAL_SETS: tuple[tuple[GoalName, ...], ...] = (*combinations(GOAL_NAMES, 2), *combinations(GOAL_NAMES, 3))
SEEDS = (0, 9, 12, 16, 17, 29, 31, 34)
"""Instances of few weeks, some with many valid ones and one with none."""
SETS_EACH = 6
CASES = [
    (seed, GOAL_SETS[(SETS_EACH * number + step) % len(GOAL_SETS)])
    for number, seed in enumerate(SEEDS)
    for step in range(SETS_EACH)
]


@cache
def _asked(seed: int) -> Problem:
    """The tiny problem where exercises tire differently, which no rule asks about, and every set is worth having."""
    problem = tiny_problem(seed)
    tiring = tuple(e.model_copy(update={"systemic_fatigue": (2 * n + 1) % 4}) for n, e in enumerate(problem.exercises))
    wanted = (replace(g, weekly_target_sets=g.weekly_max_sets, priority=max(1, g.priority)) for g in problem.muscles)
    return replace(problem, exercises=tiring, muscles=tuple(wanted))


@cache
def _values(seed: int) -> frozenset[tuple[int, ...]]:
    """What the valid weeks of an instance come to in every goal."""
    problem = _asked(seed)
    return frozenset(tuple(goal.measure(problem, week) for goal in GOALS.values()) for _, week in valid_weeks(problem))


def _front(values: frozenset[tuple[int, ...]], goals: tuple[GoalName, ...]) -> set[tuple[int, ...]]:
    places = [list(GOALS).index(name) for name in goals]
    shown = {tuple(value[place] for place in places) for value in values}
    return {one for one in shown if not any(other != one and all(map(int.__le__, other, one)) for other in shown)}


@pytest.mark.parametrize(("seed", "goals"), CASES)
def test_the_front_is_the_enumerated_one(seed: int, goals: tuple[GoalName, ...]) -> None:
    problem, values = _asked(seed), _values(seed)
    outcome = pareto_front(problem, goals, budget(8))
    if not values:
        assert isinstance(outcome, Infeasible)
        assert outcome.conflict.elements
        return
    assert isinstance(outcome, ParetoFront)
    assert {tuple(goal.value for goal in point.goals.values()) for point in outcome.points} == _front(values, goals)
    assert outcome.complete
    assert outcome.unexplored == ()
    for point in outcome.points:
        assert point.proven
        assert verify(problem, point.solved.plan) == ()
        assert {name: GOALS[name].measure(problem, point.solved.plan) for name in goals} == {
            name: goal.value for name, goal in point.goals.items()
        }


def test_the_instances_have_fronts_of_all_sizes() -> None:
    sizes = [len(_front(_values(seed), goals)) for seed, goals in CASES]
    assert 0 in sizes
    assert 1 in sizes
    assert max(sizes) >= 4
