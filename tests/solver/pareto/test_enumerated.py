"""Tiny catalogs of which every week is listed: the front is the undominated weeks of the list, proven."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from solver.domain.outcome import Infeasible
from solver.pareto import GOAL_NAMES, GOALS, GoalName, ParetoFront, pareto_front
from solver.verifier import verify
from tests.golden.asking import budget
from tests.solver.hungry import hungry_problem, listed

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
def _values(seed: int) -> frozenset[tuple[int, ...]]:
    """What the valid weeks of an instance come to in every goal."""
    problem = hungry_problem(seed)
    return frozenset(tuple(goal.measure(problem, week) for goal in GOALS.values()) for _, week in listed(seed))


def _front(values: frozenset[tuple[int, ...]], goals: tuple[GoalName, ...]) -> set[tuple[int, ...]]:
    places = [list(GOALS).index(name) for name in goals]
    shown = {tuple(value[place] for place in places) for value in values}
    return {one for one in shown if not any(other != one and all(map(int.__le__, other, one)) for other in shown)}


@pytest.mark.parametrize(("seed", "goals"), CASES)
def test_the_front_is_the_enumerated_one(seed: int, goals: tuple[GoalName, ...]) -> None:
    problem, values = hungry_problem(seed), _values(seed)
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
