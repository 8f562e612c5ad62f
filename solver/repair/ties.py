"""The choice among equally near weeks: the ordinary objective, tier before tier."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from solver.extract import extract_plan
from solver.model import MINIMA, QUALITY, TARGETS, measured
from solver.objective.score import untrained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.run import Run
    from solver.search.least import Least
    from solver.variables import Expression

TARGETS_WEIGHT = 10_000
"""More points than two weeks can be apart in quality."""
SUBSOLVER = "max_lp"
"""The one worker of two that sees the whole model; the other looks around the best week so far."""


def best_as_near(run: Run, distance: Expression, found: Least, *, most: float = math.inf) -> Plan:
    """The best week by the ordinary objective that the rest of the budget finds, none further than the one found.

    `most`: deterministic seconds that it may take at most.

    Leaves the model with `distance` held and the objective changed.
    """
    if run.watch.over:
        return found.plan
    model, problem = run.built.model, run.built.problem
    objective = run.built.objective
    minima_weight = TARGETS_WEIGHT * (untrained(problem) + 1)
    model.minimize(minima_weight * objective.minima + TARGETS_WEIGHT * objective.targets - objective.quality)
    model.add(distance <= found.value)
    for index, value in enumerate(found.assignment):
        model.add_hint(model.get_int_var_from_proto_index(index), value)
    solver = run.watch.solver(most=most)
    solver.parameters.subsolvers.append(SUBSOLVER)
    if run.watch.solve(solver, model) not in ("optimal", "found"):
        return found.plan
    values: Sequence[int] = solver.response_proto.solution
    plan = extract_plan(run.built.plan, lambda variable: values[variable.index])
    return min(found.plan, plan, key=lambda week: _rank(problem, week))


def _rank(problem: Problem, plan: Plan) -> tuple[int, int, int]:
    """Smaller is better, tier before tier."""
    minima, targets, quality = (sum(measured(problem, plan, tier).values()) for tier in (MINIMA, TARGETS, QUALITY))
    return minima, targets, -quality
