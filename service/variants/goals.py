"""Goals as people count them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans.phrases import counted
from solver.objective.score import score_of
from solver.pareto import MINUTES_PER_STEP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.problem import Problem
    from solver.pareto import GoalName

WORDS: Mapping[GoalName, str] = {
    "stimulus": "of score",
    "minutes": "minutes",
    "sessions": "sessions",
    "fatigue": "fatigue points",
    "equipment": "items",
}


def shown(problem: Problem, name: GoalName, value: int) -> float:
    """A goal's steps as a score, minutes, or the number that they are."""
    if name == "stimulus":
        return score_of(problem, 0, value)
    return value * MINUTES_PER_STEP if name == "minutes" else value


def in_words(name: GoalName, value: float) -> str:
    """Like "95 minutes"."""
    if name == "stimulus":
        return f"score {value:.4g}"
    return counted(value, WORDS[name].removesuffix("s"))
