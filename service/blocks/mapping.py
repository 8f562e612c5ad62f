"""From the request to the block: either everything that is wrong with it at once, or nothing left to guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from service.blocks.schemas import TIME_LIMIT_SECONDS
from service.errors import Fault, RequestError, pointer
from service.plans.mapping import to_problem
from service.plans.schemas.request import PinnedSessionRequest
from service.studies.effort import budget_of, solve_faults, solve_of
from service.validation.parsing import MAX_FAULTS
from service.validation.walk import marker_faults
from solver.blocks.domain import BlockProblem, Mesocycle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.catalog import Catalog
    from service.blocks.schemas import BlockRequest
    from service.plans.schemas import PlanRequest
    from solver.domain.problem import SolveBudget

LAST_YEAR = 2199
"""Dates go no further; see the form of `week.starts_on`."""


def to_block(request: BlockRequest, catalog: Catalog) -> BlockProblem:
    """Resolve a request. Raises RequestError with every fault it finds (at most 100)."""
    faults = list(islice(_faults(request, catalog), MAX_FAULTS))
    if faults:
        raise RequestError(faults)
    cycle = request.mesocycle
    return BlockProblem(
        week=to_problem(request.plan, catalog),
        ladders=tuple(catalog.ladders.values()),
        weeks=request.weeks,
        mesocycle=Mesocycle(cycle.loading_weeks, cycle.start_percent, cycle.peak_percent, cycle.deload_percent),
        tolerance=float(request.tolerance),
        ladder_sessions=request.ladder_sessions,
    )


def to_budget(request: BlockRequest) -> SolveBudget:
    """How long the request lets us search for all weeks together."""
    return budget_of(solve_of(request), TIME_LIMIT_SECONDS)


def week_request(request: BlockRequest, number: int, stages: Mapping[str, int]) -> PlanRequest:
    """What week `number` alone would be asked by: its own date and the stages that the athlete has reached by then."""
    plan = request.plan
    athlete = plan.athlete.model_copy(update={"ladder_stages": dict(stages)}) if stages else plan.athlete
    week = plan.week
    if week.starts_on is not None:
        week = week.model_copy(update={"starts_on": starts_on(request, number)})
    changed = {"athlete": athlete, "week": week, "solve": solve_of(request)}
    kept = {name: value for name, value in changed.items() if value != getattr(plan, name)}
    return plan.model_copy(update=kept)


def starts_on(request: BlockRequest, number: int) -> str | None:
    """The first day of week `number`; None without dates."""
    first = request.plan.week.starts_on
    return None if first is None else (date.fromisoformat(first) + timedelta(weeks=number - 1)).isoformat()


def _faults(request: BlockRequest, catalog: Catalog) -> Iterator[Fault]:
    own = list(marker_faults(request, catalog))
    # Those of the plan come with its own reading.
    yield from (fault for fault in own if not fault.pointer.startswith("/plan/"))
    cycle = request.mesocycle
    if not any(fault.pointer.startswith("/mesocycle/") for fault in own):
        yield from _crossed(cycle.start_percent, cycle.peak_percent, cycle.deload_percent)
    try:
        to_problem(request.plan, catalog)
    except RequestError as error:
        yield from (replace(fault, pointer="/plan" + fault.pointer) for fault in error.faults)
    else:
        if not any(fault.pointer == "/weeks" for fault in own):
            yield from _too_late(request)
    for index, pin in enumerate(request.plan.pins):
        if isinstance(pin, PinnedSessionRequest) and pin.done:
            message = "a block is planned ahead: no session is done in every week of it; leave out `done`, or the pin"
            yield Fault(pointer("plan", "pins", index, "done"), "contradiction", message)
    if request.plan.week.offered is not None:
        message = "the weeks of a block have the same slots: write them as /plan/week/slots"
        yield Fault(pointer("plan", "week", "offered"), "contradiction", message)
    yield from solve_faults(request)


def _crossed(start: int, peak: int, deload: int | None) -> Iterator[Fault]:
    if start > peak:
        message = f"the ramp starts at {start} %, above its peak of {peak} %"
        yield Fault(pointer("mesocycle", "start_percent"), "contradiction", message)
    if deload is not None and deload > start:
        message = f"unloading at {deload} % is above the start of the ramp at {start} %"
        yield Fault(pointer("mesocycle", "deload_percent"), "contradiction", message)


def _too_late(request: BlockRequest) -> Iterator[Fault]:
    first = request.plan.week.starts_on
    if first is not None and (date.fromisoformat(first) + timedelta(weeks=request.weeks - 1)).year > LAST_YEAR:
        message = f"the last of {request.weeks} weeks begins after {LAST_YEAR}"
        yield Fault(pointer("plan", "week", "starts_on"), "out_of_range", message)
