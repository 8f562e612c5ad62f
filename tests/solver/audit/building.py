"""Followed weeks on the packaged catalog, with slots on weekdays at 18:00."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solver.audit import FollowedEntry, FollowedSession, FollowedWeek
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.audit import Unread
    from solver.domain.problem import Problem

DAYS = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday", "sat": "saturday"}


def problem(*days: str, **body: Any) -> Problem:
    """A full gym and an intermediate unless the body says otherwise; a slot of two hours on each of the days."""
    slots = [{"id": day, "day": DAYS[day], "start": "18:00", "minutes": 120} for day in days or DAYS]
    return problem_of({"week": {"slots": slots}, **body})


def week(
    of: Problem, sessions: Mapping[str, Sequence[tuple[str, int]]], unread: tuple[Unread, ...] = ()
) -> FollowedWeek:
    """Day -> exercises with their sets, in order. Sources are numbered through the week."""
    source = iter(range(1000))
    return FollowedWeek(
        tuple(
            FollowedSession(
                slot,
                tuple(
                    FollowedEntry(exercise, sets, of.exercise_by_id[exercise].equipment[0], None, (next(source),))
                    for exercise, sets in entries
                ),
            )
            for slot, entries in sessions.items()
        ),
        unread,
    )
