"""Recovery over the week: when each muscle that a session loads has its rest, and how much of it is left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from service.plans.mapping.week import DAYS, first_weekday
from service.plans.schemas import PlanRequest
from service.terminal.words import number
from service.web.parts.entries import entry_key
from service.web.parts.tracing import Share, Traced
from solver.domain.problem import MINUTES_PER_WEEK
from solver.verifier.clock import MINUTES_PER_HOUR, in_hours
from solver.verifier.recovery_muscle import gaps, loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.catalog import Catalog
    from service.plans.schemas.response import PlanResponse, SessionResponse
    from service.web.parts.tracing import Tracing
    from solver.domain.problem import MuscleGoal
    from solver.verifier.facts import Facts, SessionFacts

_DAYS_SHORT = 3


@dataclass(frozen=True)
class Rest:
    """A stretch of the week in which a muscle recovers. Places are shares of the week."""

    start: float
    length: float


@dataclass(frozen=True)
class Load:
    """A session that loads a muscle."""

    at: float
    """Share of the week."""
    day: str
    sets: Traced


@dataclass(frozen=True)
class RecoveryRow:
    """A muscle over the week."""

    id: str
    name: str
    loads: tuple[Load, ...]
    rests: tuple[Rest, ...]
    needs: int
    """Hours of rest."""
    gets: float | None
    """Hours between the closest two sessions that load it; None where only one does."""

    @property
    def enough(self) -> bool:
        """Whether the closest two sessions lie far enough apart."""
        return self.gets is None or self.gets >= self.needs

    @property
    def words(self) -> str:
        """The rest that it gets against what it needs."""
        if self.gets is None:
            return f"loaded once, needs {self.needs} h"
        return f"{number(self.gets)} h, needs {self.needs}"


@dataclass(frozen=True)
class Recovery:
    """The timeline, the tightest muscles first."""

    days: tuple[str, ...]
    """Short names, from the first day of the week."""
    rows: tuple[RecoveryRow, ...]
    free: str
    """Which muscles are trained so little that no session loads them; empty when there is none."""


def recovery_of(plan: PlanResponse, catalog: Catalog, tracing: Tracing) -> Recovery | None:
    """The timeline of a plan that has a week; None where the present catalog cannot read it."""
    facts = tracing.facts
    if facts is None or plan.week is None:
        return None
    tightest: dict[str, int] = {}
    for gap in gaps(facts):
        tightest[gap.goal.muscle] = min(gap.minutes, tightest.get(gap.goal.muscle, gap.minutes))
    by_slot = {session.slot: (place, session) for place, session in enumerate(plan.week.sessions)}
    rows, free = [], []
    for goal in facts.problem.muscles:
        name = catalog.muscles[goal.muscle].name
        loading = [session for session in facts.sessions if loads(session, goal)]
        if loading:
            rows.append(_row(goal, name, loading, by_slot, tightest.get(goal.muscle), facts))
        elif any(goal.muscle in session.volume_quarters for session in facts.sessions):
            free.append(name.lower())
    rows.sort(key=lambda row: (row.gets is None, (row.gets or 0) - row.needs, row.name))
    return Recovery(
        days=_days(plan),
        rows=tuple(rows),
        free=", ".join(free),
    )


def _row(
    goal: MuscleGoal,
    name: str,
    loading: Sequence[SessionFacts],
    by_slot: dict[str, tuple[int, SessionResponse]],
    minutes: int | None,
    facts: Facts,
) -> RecoveryRow:
    return RecoveryRow(
        id=goal.muscle,
        name=name,
        loads=tuple(_load(session, goal.muscle, *by_slot[session.slot.id]) for session in loading),
        rests=tuple(
            rest for s in loading for rest in _rests(s.slot.start_minute, goal, repeats=facts.problem.week_repeats)
        ),
        needs=goal.recovery_hours,
        gets=None if minutes is None else float(in_hours(minutes)),
    )


def _load(session: SessionFacts, muscle: str, place: int, told: SessionResponse) -> Load:
    shares = tuple(
        Share(
            entry_key(place, placed.position),
            told.day.capitalize(),
            placed.exercise.name,
            placed.sets * placed.exercise.volume_quarters[muscle] / QUARTERS_PER_SET,
        )
        for placed in session.placed
        if muscle in placed.exercise.volume_quarters
    )
    sets = Traced(session.volume_quarters[muscle] / QUARTERS_PER_SET, "sets", shares)
    return Load(_share(session.slot.start_minute), told.day.capitalize(), sets)


def _rests(start: int, goal: MuscleGoal, *, repeats: bool) -> Iterator[Rest]:
    """From a session on; what reaches beyond the end of a week that repeats goes on at its beginning."""
    end = start + goal.recovery_hours * MINUTES_PER_HOUR
    yield Rest(_share(start), _share(min(end, MINUTES_PER_WEEK) - start))
    if repeats and end > MINUTES_PER_WEEK:
        yield Rest(0.0, _share(end - MINUTES_PER_WEEK))


def _share(minute: int) -> float:
    return minute / MINUTES_PER_WEEK


def _days(plan: PlanResponse) -> tuple[str, ...]:
    """The days from the first one of the week."""
    week = PlanRequest.model_validate(plan.request).week
    first = first_weekday(week.starts_on)
    return tuple(DAYS[(first + day) % len(DAYS)][:_DAYS_SHORT].capitalize() for day in range(len(DAYS)))
