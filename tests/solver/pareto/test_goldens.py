"""Fronts of golden requests on small budgets: verified, undominated, bounded, repeatable, and honest about the rest."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from solver.domain import metrics
from solver.objective.score import score_of
from solver.pareto import GOALS, MINUTES_PER_STEP, FrontProgress, ParetoFront, pareto_front
from solver.verifier import verify
from tests.golden.asking import budget, problem_of

if TYPE_CHECKING:
    from solver.domain.problem import Problem
    from solver.pareto import GoalName

REQUESTS = Path(__file__).parents[2] / "golden" / "requests"


def _problem(name: str) -> Problem:
    body: dict[str, Any] = json.loads((REQUESTS / f"{name}.json").read_text("utf-8"))
    return problem_of(body)


def _front(problem: Problem, goals: tuple[GoalName, ...], seconds: float, **how: Any) -> ParetoFront:
    outcome = pareto_front(problem, goals, budget(seconds), **how)
    assert isinstance(outcome, ParetoFront), outcome
    return outcome


@pytest.mark.parametrize(
    ("name", "goals"),
    [("bodyweight_only", ("stimulus", "minutes")), ("home_dumbbells", ("minutes", "fatigue", "equipment"))],
)
def test_a_front_is_verified_and_undominated(name: str, goals: tuple[GoalName, ...]) -> None:
    problem = _problem(name)
    told: list[FrontProgress] = []
    front = _front(problem, goals, 0.6, on_progress=told.append)
    assert front.goals == goals
    assert front.points
    assert told[-1].points
    for point in front.points:
        assert verify(problem, point.solved.plan) == ()
        for goal, here in point.goals.items():
            assert here.value == GOALS[goal].measure(problem, point.solved.plan)
            assert 0 <= here.bound <= here.value
    values = [tuple(goal.value for goal in point.goals.values()) for point in front.points]
    assert values == sorted(values)
    assert not any(all(map(int.__le__, one, other)) for one, other in permutations(values, 2))
    for point, other in permutations(front.points, 2):
        # No week found contradicts what is proven of another.
        for goal, here in point.goals.items():
            rest = [name for name in goals if name != goal]
            if all(other.goals[name].value <= point.goals[name].value for name in rest):
                assert other.goals[goal].value >= here.bound


def test_minutes_are_rounded_up_to_steps_and_stimulus_is_the_score() -> None:
    problem = _problem("bodyweight_only")
    front = _front(problem, ("minutes", "stimulus"), 0.25)
    for point in front.points:
        plan = point.solved.plan
        minutes = metrics.total_seconds(problem, plan) / 60
        assert 0 <= MINUTES_PER_STEP * point.goals["minutes"].value - minutes < MINUTES_PER_STEP
        assert score_of(problem, 0, point.goals["stimulus"].value) == point.solved.score.value
        assert point.solved.score.bound <= score_of(problem, 0, point.goals["stimulus"].bound)


def test_the_same_budget_gives_the_same_front() -> None:
    problem = _problem("bodyweight_only")
    one, other = (_front(problem, ("stimulus", "minutes"), 0.2) for _ in range(2))
    assert [(p.solved.plan, p.goals) for p in one.points] == [(p.solved.plan, p.goals) for p in other.points]
    assert one.unexplored == other.unexplored


def test_what_was_not_looked_at_is_told() -> None:
    problem = _problem("bands_only")
    seen: list[FrontProgress] = []
    front = _front(problem, ("stimulus", "minutes"), 1.5, on_progress=seen.append, is_cancelled=lambda: len(seen) >= 2)
    assert front.points
    assert not front.complete
    assert front.unexplored
    for part in front.unexplored:
        low, high = part.goals["minutes"]
        # The limits between two weeks of the front, or below the least of them.
        assert all(point.goals["minutes"].value not in range(low, (high or low) + 1) for point in front.points)


@pytest.mark.parametrize(
    "goals", [("minutes",), ("minutes", "minutes"), ("stimulus", "minutes", "sessions", "fatigue")]
)
def test_a_front_has_two_or_three_different_goals(goals: tuple[GoalName, ...]) -> None:
    with pytest.raises(ValueError, match="2 or 3 different goals"):
        pareto_front(_problem("bodyweight_only"), goals, budget(1))
