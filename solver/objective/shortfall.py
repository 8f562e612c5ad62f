"""Tiers 1 and 2: what the week leaves a muscle short of.

Tier 1 counts the eighth sets missing to the weekly minimum. Tier 2 counts those missing to the target, convex: they
weigh 1 in the third nearest to the target, 2 in the middle and 3 in the third furthest away. Both are multiplied by
the muscle's priority. What a muscle gets beyond its target never enters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.objective.stimulus import minimum_eighths, stimulus_eighths, target_eighths, weekly_stimulus
from solver.variables import Expression, PlanVars, weighted

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import MuscleGoal, Problem

WEIGHT_BY_THIRD = (1, 2, 3)
"""What a missing eighth weighs, from the third nearest to the target to the furthest."""


def missing_to_minimum(goal: MuscleGoal, eighths: int) -> int:
    """Weighted shortfall below the minimum of a muscle that gets `eighths`."""
    return goal.priority * max(0, minimum_eighths(goal) - eighths)


def missing_to_target(goal: MuscleGoal, eighths: int) -> int:
    """Weighted convex shortfall below the target of a muscle that gets `eighths`."""
    missing = max(0, target_eighths(goal) - eighths)
    return goal.priority * max(weight * missing - offset for weight, offset in penalty_lines(goal))


def penalty_lines(goal: MuscleGoal) -> tuple[tuple[int, int], ...]:
    """The convex penalty as the largest of the lines `weight * missing - offset`, neighbours meeting at each third."""
    third = target_eighths(goal) // len(WEIGHT_BY_THIRD)
    lines, offset = [], 0
    for step, weight in enumerate(WEIGHT_BY_THIRD):
        if step:
            offset += (weight - WEIGHT_BY_THIRD[step - 1]) * third * step
        lines.append((weight, offset))
    return tuple(lines)


def minima_value(problem: Problem, plan: Plan) -> dict[str, int]:
    """Tier 1 of a plan, per muscle."""
    reached = weekly_stimulus(problem, plan)
    return {goal.muscle: missing_to_minimum(goal, reached[goal.muscle]) for goal in problem.muscles}


def targets_value(problem: Problem, plan: Plan) -> dict[str, int]:
    """Tier 2 of a plan, per muscle."""
    reached = weekly_stimulus(problem, plan)
    return {goal.muscle: missing_to_target(goal, reached[goal.muscle]) for goal in problem.muscles}


class Shortfall:
    """The shortfalls of a week as expressions to minimise."""

    def __init__(self, plan: PlanVars) -> None:
        self._plan = plan
        experience = plan.problem.athlete.experience
        self._eighths = {e.id: stimulus_eighths(e, experience) for e in plan.problem.exercises}
        self._reached = {goal.muscle: self._stimulus(goal.muscle) for goal in plan.problem.muscles}

    def _stimulus(self, muscle: str) -> Expression:
        giving = [c for c in self._plan.choices if muscle in self._eighths[c.exercise.id]]
        return weighted(giving, lambda e: self._eighths[e.id][muscle])

    def minima(self) -> Expression:
        """Tier 1."""
        return self._sum("min", [(g, minimum_eighths(g), ((1, 0),)) for g in self._plan.problem.muscles])

    def targets(self) -> Expression:
        """Tier 2."""
        return self._sum("target", [(g, target_eighths(g), penalty_lines(g)) for g in self._plan.problem.muscles])

    def _sum(self, name: str, wanted: list[tuple[MuscleGoal, int, tuple[tuple[int, int], ...]]]) -> Expression:
        model, penalties, priorities = self._plan.model, [], []
        for goal, aim, lines in wanted:
            if not aim:
                continue
            worst = max(weight * aim - offset for weight, offset in lines)
            penalty = model.new_int_var(0, worst, f"{name} {goal.muscle}")
            for weight, offset in lines:
                model.add(penalty + weight * self._reached[goal.muscle] >= weight * aim - offset)
            penalties.append(penalty)
            priorities.append(goal.priority)
        return cp_model.LinearExpr.weighted_sum(penalties, priorities)
