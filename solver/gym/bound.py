"""What no week of a request can score above: the linear relaxation of both shortfalls together, without a search."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from solver.model import build_model
from solver.objective.score import relative_gap, score_of
from solver.search.relaxation import relax
from solver.search.tier import BOUND_MARGIN

if TYPE_CHECKING:
    from solver.domain.outcome import Solved
    from solver.domain.problem import Problem


def score_bound(problem: Problem, seconds: float) -> float:
    """The score of the least shortfall that the relaxation allows; 100 when it is not solved within `seconds`."""
    built = build_model(problem)
    built.model.minimize(built.objective.minima + built.objective.targets)
    relaxation = relax(built.model, seconds)
    least = 0 if relaxation is None else max(0, ceil(relaxation.objective - BOUND_MARGIN))
    return score_of(problem, 0, least)


def tightened(problem: Problem, found: Solved, seconds: float) -> Solved:
    """The same week with the better of both bounds; as it is where its own bound is reached."""
    if found.score.value >= found.score.bound:
        return found
    bound = max(found.score.value, min(found.score.bound, score_bound(problem, seconds)))
    score = replace(found.score, bound=bound, gap=relative_gap(found.score.value, bound))
    return replace(found, score=score)
