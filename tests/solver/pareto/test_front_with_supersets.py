"""The front of tiny weeks with supersets: every pairing is listed, also those that only save minutes."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from solver.domain.plan import Plan
from solver.pareto import GOALS, ParetoFront, pareto_front
from solver.verifier import verify
from tests.golden.asking import budget
from tests.solver.test_brute_force_supersets import equipped_problem, hurried_problem, sessions

if TYPE_CHECKING:
    from solver.domain.problem import Problem
    from solver.pareto import GoalName


@pytest.mark.parametrize(
    ("problem", "goal"),
    [(hurried_problem(0), "minutes"), (equipped_problem(0, "cable", "dumbbells"), "equipment")],
    ids=["supersets that only save minutes", "items that only a superset is done with"],
)
def test_the_front_is_that_of_every_pairing_done_in_every_way(problem: Problem, goal: GoalName) -> None:
    goals: tuple[GoalName, ...] = ("stimulus", goal)
    weeks = (
        Plan(tuple(s for s in week if s is not None))
        for week in product(*(sessions(problem, slot) for slot in problem.slots))
    )
    values = {tuple(GOALS[name].measure(problem, w) for name in goals): w for w in weeks if not verify(problem, w)}
    best = {v for v in values if not any(o != v and o[0] <= v[0] and o[1] <= v[1] for o in values)}
    assert len(best) > 1
    outcome = pareto_front(problem, goals, budget(8))
    assert isinstance(outcome, ParetoFront)
    assert {tuple(goal.value for goal in point.goals.values()) for point in outcome.points} == best
    assert outcome.complete
    assert all(point.proven for point in outcome.points)
