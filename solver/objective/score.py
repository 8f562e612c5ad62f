"""Tiers 1 and 2 as one number for people: 100 when every target is met, 0 when nothing is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import Score
from solver.objective.shortfall import missing_to_minimum, missing_to_target

if TYPE_CHECKING:
    from solver.domain.problem import Problem


def untrained(problem: Problem) -> int:
    """Both shortfalls of an empty week."""
    return sum(missing_to_minimum(goal, 0) + missing_to_target(goal, 0) for goal in problem.muscles)


def score_of(problem: Problem, minima: int, targets: int) -> float:
    """The score of a week with these shortfalls, to four places."""
    worst = untrained(problem)
    return 100.0 if worst == 0 else round(100.0 * (1 - (minima + targets) / worst), 4)


def scored(problem: Problem, value: tuple[int, int], bound: tuple[int, int]) -> Score:
    """Score and bound from (tier 1, tier 2) of the plan and of what is proven unreachable."""
    reached, best = score_of(problem, *value), score_of(problem, *bound)
    return Score(value=reached, bound=best, gap=relative_gap(reached, best))


def relative_gap(value: float, bound: float) -> float:
    """|bound - value| / max(|bound|, |value|): 0 when they meet, 1 at most."""
    largest = max(abs(value), abs(bound))
    return 0.0 if value == bound else min(1.0, round(abs(bound - value) / largest, 6))
