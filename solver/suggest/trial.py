"""Trying one changed problem: is there any plan, and how good a one is soon found?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from solver.domain.outcome import InvalidPlanError, Solved
from solver.extract import extract_plan
from solver.model import MINIMA, TARGETS, build_model, measured
from solver.objective.score import score_of
from solver.pipeline import optimise
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget
    from solver.watch import Watch

FIRST_DETERMINISTIC_SECONDS = 0.15
"""What looking for any plan may spend, without presolve; as much again with it where that leaves the question open."""
SCORE_DETERMINISTIC_SECONDS = 0.2
"""What the search for a good plan may spend: enough for most of the score."""
SCORE_GAP = 0.02
"""The search for a good plan ends when the score is proven to be this close to the best."""


def first_plan(problem: Problem, watch: Watch) -> Plan | Literal["impossible", "unknown"]:
    """Any plan that keeps every rule, verified. Raises InvalidPlanError when the verifier rejects it."""
    built = build_model(problem)
    for presolve in (False, True):
        if watch.over:
            return "unknown"
        solver = watch.solver(most=FIRST_DETERMINISTIC_SECONDS)
        solver.parameters.num_workers = 1
        solver.parameters.interleave_search = False
        solver.parameters.cp_model_presolve = presolve
        verdict = watch.solve(solver, built.model)
        if verdict == "impossible":
            return "impossible"
        if verdict != "unknown":
            return _verified(problem, extract_plan(built.plan, solver.value))
    return "unknown"


def good_plan(
    problem: Problem, first: Plan, watch: Watch, budget: SolveBudget, is_cancelled: Callable[[], bool] | None
) -> tuple[Plan, float]:
    """The better of `first` and what a short search finds, with its score."""
    best = first
    if not watch.over:
        short = replace(
            budget,
            gap=max(budget.gap, SCORE_GAP),
            deterministic_seconds=min(SCORE_DETERMINISTIC_SECONDS, budget.deterministic_seconds or 0.0),
        )
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
