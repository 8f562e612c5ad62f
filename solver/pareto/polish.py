"""The best week at each point of a front: as good in every goal, and then the best by the ordinary objective."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.domain.outcome import Solved, TierResult
from solver.measured import MeasuredWeek, as_solved
from solver.model import TIERS
from solver.pareto.boxes import within
from solver.pipeline import optimise_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ortools.sat.python import cp_model

    from solver.domain.outcome import SolveStats
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget
    from solver.model import Objective
    from solver.pareto.asking import Asker
    from solver.pareto.front import Front, Week
    from solver.pareto.goals import Goal
    from solver.run import Run
    from solver.variables import PlanVars

Point = tuple[tuple[int, ...], Solved]
"""The values of a week in every goal, and the week."""
LEAST_SECONDS = 0.05
"""Deterministic seconds below which a point is left as it is."""


@dataclass(frozen=True)
class AsGood:
    """The condition that no goal exceeds its value."""

    goals: Sequence[Goal]
    values: Sequence[int]

    def __call__(self, plan: PlanVars, objective: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        return [goal.express(plan, objective) <= value for goal, value in zip(self.goals, self.values, strict=True)]


def polished(run: Run, asker: Asker, front: Front, is_cancelled: Callable[[], bool] | None) -> tuple[Point, ...]:
    """Every week of a front with its values, as good as the rest of the budget makes it; none dominates another.

    Raises InvalidPlanError when the verifier rejects a week.
    """
    weeks, watch = front.weeks(), run.watch
    rounds = -(-len(weeks) // watch.workers)

    def polish(week: Week, budget: SolveBudget) -> tuple[Point, float]:
        """The point, and the deterministic seconds it took."""
        plain = week.values, unproven(run.built.problem, week.plan, run.stats())
        if watch.over or (budget.deterministic_seconds or 0.0) < LEAST_SECONDS:
            return plain, 0.0
        outcome = optimise_within(
            run.built.problem,
            budget,
            start=week.plan,
            conditions=[AsGood(asker.goals, week.values)],
            is_cancelled=is_cancelled,
        )
        better = (asker.values(outcome.plan), outcome) if isinstance(outcome, Solved) else plain
        return better, outcome.stats.deterministic_seconds

    points: list[Point] = []
    with ThreadPoolExecutor(watch.workers) as pool:
        for number in range(rounds):
            share = 1 / (rounds - number)
            budget = replace(
                run.budget,
                workers=1,
                deterministic_seconds=max(0.0, share * watch.left_deterministic),
                time_limit_seconds=max(0.0, share * watch.left_seconds),
            )
            team = weeks[number * watch.workers : (number + 1) * watch.workers]
            done = list(pool.map(polish, team, [budget] * len(team)))
            watch.spend(max(spent for _, spent in done))
            points += [point for point, _ in done]
    return _undominated(points)


def unproven(problem: Problem, plan: Plan, stats: SolveStats) -> Solved:
    """A week as an outcome of its own, with the bounds that need no proof.

    Raises InvalidPlanError when the verifier rejects the week.
    """
    week = MeasuredWeek(problem, plan)
    known = [
        TierResult(
            spec.tier, spec.name, spec.sense, spec.unit, value, 0 if spec.sense == "min" else None, None, proven=False
        )
        for spec, value in zip(TIERS, week.tiers, strict=True)
    ]
    return as_solved(week, known, stats)


def _undominated(points: Iterable[Point]) -> tuple[Point, ...]:
    best: list[Point] = []
    for point in sorted(points, key=lambda point: point[0]):
        if not any(within(other[0], point[0]) for other in best):
            best.append(point)
    return tuple(best)
