"""Trying one changed problem: is there any plan, and how good a one is soon found?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from solver.domain.outcome import InvalidPlanError, Solved
from solver.explain.proving import impossible, lone_solver
from solver.extract import extract_plan
from solver.model import MINIMA, TARGETS, build_model, measured
from solver.objective.score import score_of
from solver.pipeline import optimise
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget
    from solver.guard import Name
    from solver.watch import Watch

FIRST_DETERMINISTIC_SECONDS = 0.3
"""What looking for any plan may spend: most plans, and most proofs that there is none, take a tenth of it."""
SCREEN_DETERMINISTIC_SECONDS = 0.1
"""What showing that a change leaves the conflict as it is may spend; what takes longer is tried with every rule."""
SCORE_GAP = 0.02
"""The search for a good plan ends when the score is proven to be this close to the best."""


def first_plan(problem: Problem, watch: Watch) -> Plan | Literal["impossible", "unknown"]:
    """Any plan that keeps every rule, verified. Raises InvalidPlanError when the verifier rejects it."""
    if watch.over:
        return "unknown"
    built = build_model(problem)
    solver = lone_solver(watch, FIRST_DETERMINISTIC_SECONDS)
    verdict = watch.solve(solver, built.model)
    if verdict in ("impossible", "unknown"):
        return "impossible" if verdict == "impossible" else "unknown"
    return _verified(problem, extract_plan(built.plan, solver.value))


def still_collide(problem: Problem, names: Collection[Name], watch: Watch) -> bool:
    """Whether these rules alone are proven to have no plan out of all that is possible here for this athlete."""
    return impossible(problem, names, watch, with_facts=False, most=SCREEN_DETERMINISTIC_SECONDS)


def good_plan(
    problem: Problem, first: Plan, watch: Watch, budget: SolveBudget, is_cancelled: Callable[[], bool] | None
) -> tuple[Plan, float]:
    """The better of `first` and what a search with this budget finds, with its score."""
    best = first
    if budget.deterministic_seconds and not watch.over:
        short = replace(budget, gap=max(budget.gap, SCORE_GAP))
        outcome = optimise(problem, short, is_cancelled=is_cancelled)
        watch.book(outcome.stats)
        if isinstance(outcome, Solved) and _shortfalls(problem, outcome.plan) <= _shortfalls(problem, first):
            best = outcome.plan
    return best, score_of(problem, *_shortfalls(problem, best))


def _shortfalls(problem: Problem, plan: Plan) -> tuple[int, int]:
    minima, targets = (sum(measured(problem, plan, spec).values()) for spec in (MINIMA, TARGETS))
    return minima, targets


def _verified(problem: Problem, plan: Plan) -> Plan:
    violations = verify(problem, plan)
    if violations:
        raise InvalidPlanError(violations)
    return plan
