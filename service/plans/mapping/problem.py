"""The request as a problem: either everything that is wrong with it at once, or nothing left to guess."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from service.errors import Fault, RequestError
from service.plans.mapping.athlete import athlete_faults, athlete_of, default_goals, muscle_goals, prescribed
from service.plans.mapping.offered import week_repeats
from service.plans.mapping.pins import pin_faults, pinned_entries, pinned_sessions
from service.plans.mapping.rules import RuleValues, rule_faults
from service.plans.mapping.settings import rule_settings
from service.plans.mapping.week import resolved_slots, session_counts, week_faults
from service.validation.parsing import MAX_FAULTS
from service.validation.walk import marker_faults
from solver.domain.problem import Problem, SolveBudget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest


def to_problem(request: PlanRequest, catalog: Catalog) -> Problem:
    """Resolve a request. Raises RequestError with every fault it finds (at most 100)."""
    faults = list(islice(_faults(request, catalog), MAX_FAULTS))
    if faults:
        raise RequestError(faults)
    goals = default_goals(request, catalog)
    sessions = session_counts(request, catalog, _per_day(request))
    exercises, reserves = prescribed(request, catalog, catalog.exercises.values())
    return Problem(
        exercises=exercises,
        reserves=reserves,
        muscles=muscle_goals(request, goals),
        slots=resolved_slots(request, catalog),
        athlete=athlete_of(request, catalog),
        rules=rule_settings(request, catalog, sessions, goals),
        pinned_entries=pinned_entries(request),
        pinned_sessions=pinned_sessions(request),
        week_repeats=week_repeats(request.week),
        supersets=request.supersets,
    )


def to_budget(request: PlanRequest) -> SolveBudget:
    """How long the request lets us search, in wall-clock seconds, and how close it wants the answer."""
    solve = request.solve
    return SolveBudget(
        time_limit_seconds=float(solve.time_limit_seconds),
        gap=float(solve.gap),
        workers=solve.workers,
        seed=solve.seed,
    )


def _per_day(request: PlanRequest) -> int:
    value = RuleValues(request.rules).value("structure.sessions", "per_day")
    assert isinstance(value, int)
    return value


def _faults(request: PlanRequest, catalog: Catalog) -> Iterator[Fault]:
    yield from marker_faults(request, catalog)
    yield from week_faults(request, catalog)
    yield from athlete_faults(request.athlete, catalog)
    yield from rule_faults(request.rules, catalog)
    yield from pin_faults(request, catalog)
