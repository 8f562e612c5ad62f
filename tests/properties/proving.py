"""Impossibility proven apart from the pipeline: other settings of the solver, no presolve, no shrinking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ortools.sat.python import cp_model

from solver.guard import Name
from solver.model import build_model

if TYPE_CHECKING:
    from collections.abc import Collection

    from solver.domain.outcome import Conflict
    from solver.domain.problem import Problem

DETERMINISTIC_SECONDS = 60


def feasible(problem: Problem) -> bool:
    """Whether some week keeps every rule. AssertionError when that stays open."""
    return _solve(build_model(problem).model, presolve=False) == "possible"


def can_hold_together(problem: Problem, names: Collection[Name]) -> bool:
    """Whether some week keeps the named rules, all others left aside. AssertionError when that stays open."""
    built = build_model(problem, explaining=True, with_facts=True)
    for name in names:
        built.model.add(built.guard.literals[name] == 1)
    return _solve(built.model, presolve=False) == "possible"


def names_of(conflict: Conflict) -> list[Name]:
    """The conflict's elements as the guard names them."""
    return [Name(element.rule, element.subject) for element in conflict.elements]


def confirm(problem: Problem, conflict: Conflict) -> None:
    """AssertionError unless the elements exclude each other and, where so claimed, no element can be spared."""
    names = names_of(conflict)
    assert len(set(names)) == len(names)
    assert not can_hold_together(problem, names)
    if conflict.minimal:
        for spared in names:
            # A week is its own proof, however the solver came by it.
            assert can_hold_together(problem, [n for n in names if n != spared]), spared


def _solve(model: cp_model.CpModel, *, presolve: bool) -> Literal["possible", "impossible"]:
    solver = cp_model.CpSolver()
    solver.parameters.cp_model_presolve = presolve
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2  # so that sums of guarded rules meet in one relaxation
    solver.parameters.random_seed = 7
    solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE), solver.status_name(status)
    return "impossible" if status == cp_model.INFEASIBLE else "possible"
