"""Members' weeks as plans of their own, with the times of their entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from service.plans.presenter import present
from service.plans.schemas.response import TimedResponse, WeekResponse
from service.studies.weeks import new_week
from solver.domain.outcome import Score, SolveStats
from solver.measured import MeasuredWeek
from solver.objective.score import relative_gap
from solver.pareto import unproven
from solver.version import solver_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest, PlanResponse
    from service.plans.schemas.response import EntryResponse, SessionResponse
    from solver.domain.outcome import Solved
    from solver.domain.problem import Problem
    from solver.gym import MemberWeek, TimedEntry, TimedSession


def kept_plan(
    week: MemberWeek,
    request: PlanRequest,
    problem: Problem,
    times: Sequence[TimedSession],
    catalog: Catalog,
    *,
    seed: int,
    note: str,
) -> PlanResponse:
    """A member's week under an id of its own. `request` stands for `problem`; `times` are those of its sessions.

    Raises InvalidPlanError when the week breaks a rule.
    """
    told = present(new_week(request, problem, catalog), _as_solved(week, problem, seed))
    assert told.week is not None
    zone = ZoneInfo(request.week.timezone)
    by_slot = {timed.slot: timed for timed in times}
    sessions = [_timed(session, by_slot[session.slot], zone) for session in told.week.sessions]
    return told.model_copy(update={"week": WeekResponse(sessions=sessions), "notes": [*told.notes, note]})


def _as_solved(week: MemberWeek, problem: Problem, seed: int) -> Solved:
    """With the bound of the week alone, which holds for all weeks that are as good at the minima."""
    stats = SolveStats(solver_version(), 0.0, 0.0, seed, 1, stopped_by_clock=False)
    found = unproven(problem, week.plan, stats)
    minima, _, _ = MeasuredWeek(problem, week.plan).tiers
    if minima > week.alone.minima:
        return found
    value, bound = found.score.value, max(found.score.value, week.alone.bound)
    return replace(found, score=Score(value, bound, relative_gap(value, bound)))


def _timed(session: SessionResponse, times: TimedSession, zone: ZoneInfo) -> SessionResponse:
    entries = [
        _entry(entry, timed, session.starts_at, zone)
        for entry, timed in zip(session.entries, times.entries, strict=True)
    ]
    ends = max((timed.end_second for timed in times.entries), default=session.seconds)
    return session.model_copy(update={"entries": entries, "seconds": max(ends, session.seconds)})


def _entry(entry: EntryResponse, timed: TimedEntry, starts_at: str | None, zone: ZoneInfo) -> EntryResponse:
    told = TimedResponse(
        start_second=timed.start_second,
        end_second=timed.end_second,
        starts_at=None if starts_at is None else later(starts_at, timed.start_second, zone),
        stations=list(timed.stations),
    )
    return entry.model_copy(update={"timed": told})


def later(moment: str, seconds: int, zone: ZoneInfo) -> str:
    """RFC 3339 of so many real seconds after a moment, by the clock of a zone; the clocks may change meanwhile."""
    after = datetime.fromisoformat(moment).astimezone(UTC) + timedelta(seconds=seconds)
    return after.astimezone(zone).isoformat()
