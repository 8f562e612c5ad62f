"""Asking as a caller does, on budgets that no clock decides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from service.plans.mapping import to_problem
from service.plans.schemas import PlanRequest
from service.validation.parsing import parse
from solver.domain.outcome import Solved
from solver.domain.problem import Problem, SolveBudget
from solver.pipeline import optimise

if TYPE_CHECKING:
    from solver.domain.plan import Entry, Plan

LONGEST_SECONDS = 900.0
"""Wall-clock limit that no test comes near: only deterministic time ends a search."""


def problem_of(body: dict[str, Any]) -> Problem:
    """The resolved problem of a request body. Raises RequestError when the body is not a valid request."""
    return to_problem(parse(PlanRequest, json.dumps(body).encode()), default_catalog())


def budget(deterministic_seconds: float, **changes: Any) -> SolveBudget:
    """Two workers, seed 1, so many deterministic seconds."""
    facts = {"time_limit_seconds": LONGEST_SECONDS, "gap": 0.0, "workers": 2, "seed": 1}
    return SolveBudget(**{**facts, **changes, "deterministic_seconds": deterministic_seconds})


def solved(problem: Problem, deterministic_seconds: float) -> Solved:
    """The problem's solved outcome. AssertionError when it is any other."""
    outcome = optimise(problem, budget(deterministic_seconds))
    assert isinstance(outcome, Solved), outcome
    return outcome


def entries(plan: Plan) -> list[tuple[str, Entry]]:
    """Every entry of the week with its slot's id."""
    return [(session.slot, entry) for session in plan.sessions for entry in session.entries]
