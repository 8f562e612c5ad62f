"""The front of tiny weeks with supersets: every pairing is listed, also those that only save minutes."""

from __future__ import annotations

from itertools import product

from solver.domain.plan import Plan
from solver.pareto import GOALS, ParetoFront, pareto_front
from solver.verifier import verify
from tests.golden.asking import budget
from tests.solver.test_brute_force_supersets import hurried_problem, sessions

GOALS_ASKED = ("stimulus", "minutes")


def test_supersets_that_only_save_minutes_are_on_the_front() -> None:
    problem = hurried_problem(0)
    weeks = (
        Plan(tuple(s for s in week if s is not None))
        for week in product(*(sessions(problem, slot) for slot in problem.slots))
    )
    values = {
        tuple(GOALS[name].measure(problem, w) for name in GOALS_ASKED): w for w in weeks if not verify(problem, w)
    }
    best = {v for v in values if not any(o != v and o[0] <= v[0] and o[1] <= v[1] for o in values)}
    assert len(best) > 1
    outcome = pareto_front(problem, GOALS_ASKED, budget(8))
    assert isinstance(outcome, ParetoFront)
    assert {tuple(goal.value for goal in point.goals.values()) for point in outcome.points} == best
    assert outcome.complete
    assert all(point.proven for point in outcome.points)
