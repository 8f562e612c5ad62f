"""Times that stand: where the same is done in a room as before, it is done when it was done before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.plan import Plan, Session
from solver.gym.domain import Timetable
from solver.gym.sittings import clusters, seats
from solver.gym.verifier import check_schedule, station_use

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.gym.domain import TimedSession
    from solver.gym.outcome import MemberWeek, Scheduled

Done = Counter[tuple[str, int, str | None]]
"""What is done in a session, in whatever order and with whatever equipment."""
Times = dict[tuple[str, str], "TimedSession"]
"""By member and slot."""


def with_times_before(found: Scheduled, before: Scheduled) -> Scheduled:
    """The schedule with the times, the order and the equipment of before in every room that has not changed.

    A room is what sessions at one place share whose times overlap. Where one of them is new, or another, or where fewer
    stations stand than it used, its times stay as they were found. Verified: else the schedule is returned as it is.
    """
    old, new = _times(before.timetable), _times(found.timetable)
    plans = {week.member: week.plan for week in found.weeks}
    for room in clusters(seats(found.gym.problems, plans)):
        keys = [(seat.member, seat.session.slot) for seat in room]
        if all(key in old and _done(old[key]) == _done(new[key]) for key in keys):
            trial = {**new, **{key: old[key] for key in keys}}
            if all(use.peak <= use.count for use in station_use(found.gym, _timetable(trial))):
                new = trial
    timetable = _timetable(new)
    weeks = tuple(replace(week, plan=_in_order(week, timetable.sessions.get(week.member, ()))) for week in found.weeks)
    if check_schedule(found.gym, {week.member: week.plan for week in weeks}, timetable):
        return found
    return replace(found, weeks=weeks, timetable=timetable)


def _times(timetable: Timetable) -> Times:
    return {(member, s.slot): s for member, sessions in timetable.sessions.items() for s in sessions}


def _timetable(times: Mapping[tuple[str, str], TimedSession]) -> Timetable:
    """In the order in which they stand."""
    found: dict[str, list[TimedSession]] = {}
    for (member, _), session in times.items():
        found.setdefault(member, []).append(session)
    return Timetable({member: tuple(sessions) for member, sessions in found.items()})


def _done(session: TimedSession) -> Done:
    return Counter((e.entry.exercise, e.entry.sets, e.entry.superset) for e in session.entries)


def _in_order(week: MemberWeek, sessions: Sequence[TimedSession]) -> Plan:
    """The week in the order of its times; sessions without times, which are history, stay."""
    timed = {s.slot: Session(s.slot, tuple(e.entry for e in s.entries)) for s in sessions}
    return Plan(tuple(timed.get(session.slot, session) for session in week.plan.sessions))
