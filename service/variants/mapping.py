"""From the request to what is searched for: everything that is wrong with it at once, or nothing left to guess."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from service.errors import Fault, RequestError, pointer
from service.plans.mapping import to_problem
from service.studies.effort import budget_of, solve_faults, solve_of
from service.variants.schemas import TIME_LIMIT_SECONDS
from solver.variants import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from service.variants.schemas import VariantsRequest
    from solver.domain.problem import Problem, SolveBudget
    from solver.pareto import GoalName

OF_VARIANTS = ("k", "max_score_loss", "min_difference")
"""Fields that a front has no use for."""


@dataclass(frozen=True)
class Asked:
    """A request, resolved: variants or the goals of a front."""

    problem: Problem
    wanted: Wanted | tuple[GoalName, ...]
    budget: SolveBudget


def resolved(request: VariantsRequest, catalog: Catalog) -> Asked:
    """Resolve a request whose numbers are in range. Raises RequestError with everything else that is wrong."""
    faults = list(_faults(request))
    try:
        problem = to_problem(request.plan, catalog)
    except RequestError as error:
        faults += [replace(fault, pointer="/plan" + fault.pointer) for fault in error.faults]
        raise RequestError(faults) from None
    if faults:
        raise RequestError(faults)
    budget = budget_of(solve_of(request), TIME_LIMIT_SECONDS)
    if request.goals is not None:
        return Asked(problem, tuple(request.goals), budget)
    # By the digits as they are written: 0.4 is two fifths.
    share, percent = Fraction(str(request.min_difference)), Fraction(str(request.max_score_loss))
    return Asked(problem, Wanted(request.k, share, percent / 100), budget)


def _faults(request: VariantsRequest) -> Iterator[Fault]:
    yield from solve_faults(request)
    if request.goals is None:
        return
    for number, goal in enumerate(request.goals):
        if goal in request.goals[:number]:
            yield Fault(pointer("goals", number), "duplicate", f"{goal} is among the goals already")
    for name in OF_VARIANTS:
        if name in request.model_fields_set:
            yield Fault(pointer(name), "contradiction", f"{name} is for variants; a front, with goals, has none")
