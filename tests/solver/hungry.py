"""The tiny problems with more to trade: exercises tire differently, and every set up to the maximum is worth having."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tests.solver.tiny import tiny_problem, valid_weeks

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


@cache
def hungry_problem(seed: int) -> Problem:
    """As `tiny_problem`, with the same valid weeks: no rule asks for targets or for fatigue."""
    problem = tiny_problem(seed)
    tiring = tuple(e.model_copy(update={"systemic_fatigue": (2 * n + 1) % 4}) for n, e in enumerate(problem.exercises))
    wanted = (replace(g, weekly_target_sets=g.weekly_max_sets, priority=max(1, g.priority)) for g in problem.muscles)
    return replace(problem, exercises=tiring, muscles=tuple(wanted))


@cache
def listed(seed: int) -> tuple[tuple[tuple[int, int, int], Plan], ...]:
    """All its valid weeks with their tiers, the best first."""
    return tuple(valid_weeks(hungry_problem(seed)))
