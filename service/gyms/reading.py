"""An answer read back: its weeks and times, and the whole schedule as the solver knows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from service.errors import Fault, RequestError, pointer
from service.gyms.mapping import gym_problem
from service.gyms.schemas import ScheduleRequest
from service.validation.parsing import parse
from solver.domain.plan import Entry, Plan, Session
from solver.gym import Alone, GymStats, MemberWeek, Scheduled, TimedEntry, TimedSession, Timetable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from catalog.catalog import Catalog
    from service.gyms.answers import (
        PlainEntryResponse,
        PlainSessionResponse,
        ScheduleAnswer,
        ScheduledEntryResponse,
        ScheduledMemberResponse,
        ScheduledSessionResponse,
    )
    from service.studies.schemas import StudyResponse


def plan_of(sessions: Sequence[ScheduledSessionResponse] | Sequence[PlainSessionResponse]) -> Plan:
    """What is done in a week."""
    return Plan(tuple(Session(s.slot, tuple(_entry(e) for e in s.entries)) for s in sessions))


def _entry(entry: ScheduledEntryResponse | PlainEntryResponse) -> Entry:
    return Entry(entry.exercise, entry.sets, tuple(entry.equipment), entry.superset)


def timetable_of(members: Iterable[ScheduledMemberResponse]) -> Timetable:
    """When everything is done, and at which stations."""
    return Timetable(
        {
            one.member: tuple(
                TimedSession(
                    session.slot,
                    tuple(
                        TimedEntry(_entry(e), e.start_second, e.end_second, tuple(e.stations)) for e in session.entries
                    ),
                )
                for session in one.sessions
            )
            for one in members
        }
    )


def scheduled_before(earlier: StudyResponse[ScheduleAnswer] | None, catalog: Catalog) -> Scheduled | None:
    """The schedule of an answer as the solver goes on from it; None without one, or without weeks in it.

    Members whose exercises this catalog has not got any more are left out. Raises RequestError when this catalog or
    this version does not understand the answer's request any more.
    """
    if earlier is None or earlier.answer is None or not earlier.answer.members:
        return None
    try:
        request = parse(ScheduleRequest, json.dumps(earlier.request).encode())
        gym = gym_problem(request, catalog, after=True)
    except RequestError as error:
        message = f"the present catalog cannot read this schedule: {error.detail}; begin anew without it"
        raise RequestError([Fault(pointer("before"), "outdated", message)]) from None
    readable = [one for one in earlier.answer.members if _known(one, catalog)]
    return Scheduled(
        gym=gym,
        weeks=tuple(_week(one) for one in readable),
        timetable=timetable_of(readable),
        unplaced=(),
        stats=GymStats(0.0, 0.0, 0, 0),
    )


def _known(one: ScheduledMemberResponse, catalog: Catalog) -> bool:
    weeks = (plan_of(one.sessions), plan_of(one.alone.sessions or []))
    return all(e.exercise in catalog.exercises for week in weeks for s in week.sessions for e in s.entries)


def _week(one: ScheduledMemberResponse) -> MemberWeek:
    plan = plan_of(one.sessions)
    alone = Alone(
        plan=plan if one.alone.sessions is None else plan_of(one.alone.sessions),
        score=one.alone.score,
        bound=one.alone.bound,
        shortfall=one.alone.shortfall,
        minima=one.alone.minima,
    )
    return MemberWeek(one.member, plan, one.score, one.minima, alone, pinned=one.booked)
