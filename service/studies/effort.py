"""How long a question may search: what it says itself, what its plan says, and the default of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from service.errors import Fault, pointer
from solver.domain.problem import SolveBudget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.plans.schemas import PlanRequest
    from service.plans.schemas.request import SolveRequest


class AsksForWeeks(Protocol):
    """A request for several weeks that all answer to one plan's request."""

    @property
    def plan(self) -> PlanRequest: ...

    @property
    def solve(self) -> SolveRequest: ...

    @property
    def model_fields_set(self) -> set[str]: ...


def budget_of(solve: SolveRequest, seconds: float) -> SolveBudget:
    """The budget that a request states; `seconds` is how long its kind searches where it does not say."""
    stated = "time_limit_seconds" in solve.model_fields_set
    return SolveBudget(
        time_limit_seconds=float(solve.time_limit_seconds) if stated else seconds,
        gap=float(solve.gap),
        workers=solve.workers,
        seed=solve.seed,
    )


def solve_of(request: AsksForWeeks) -> SolveRequest:
    """What such a request says of the search: beside its plan, or else in it."""
    inside = "solve" not in request.model_fields_set and "solve" in request.plan.model_fields_set
    return request.plan.solve if inside else request.solve


def solve_faults(request: AsksForWeeks) -> Iterator[Fault]:
    """A fault where the two places say different things."""
    both = "solve" in request.model_fields_set and "solve" in request.plan.model_fields_set
    if both and request.plan.solve != request.solve:
        message = "solve beside the plan says how long to search for everything together; leave one of the two out"
        yield Fault(pointer("plan", "solve"), "contradiction", message)
