"""Where the sessions of a programme lie in the week: its own days and times, and sensible ones where it has none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from service.audits.reading.headings import DAYS, spread
from service.errors import Fault, RequestError, pointer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.audits.reading.programme import ReadSession
    from service.plans.schemas.request import Day

USUAL_START = "18:00"
_DAY_NUMBER = re.compile(r"Day ([1-7])\b")
_STARTS = {1: (USUAL_START,), 2: ("08:00", USUAL_START), 3: ("08:00", "13:00", USUAL_START)}
_MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True)
class ScheduledSession:
    """A session with its slot. `start_minute`: clock minutes since 00:00 of the week's first day."""

    slot: str
    day: Day
    start: str
    start_minute: int
    read: ReadSession
    index: int
    """Its place in the programme as read."""


@dataclass(frozen=True)
class Schedule:
    """The sessions in time order, and what was taken for granted."""

    sessions: tuple[ScheduledSession, ...]
    assumptions: tuple[str, ...]


def schedule(sessions: Sequence[ReadSession], starts_on: str | None) -> Schedule:
    """Give every session a day, a time and a slot id.

    Raises RequestError when two sessions have the same slot id, or the same day and time.
    """
    days, assumptions = _days(sessions)
    starts = _starts(sessions, days)
    if any(session.start is None for session in sessions):
        used = sorted({start for session, start in zip(sessions, starts, strict=True) if session.start is None})
        assumptions.append(f"Sessions without a time of day start at {' or '.join(used)}.")
    first = DAYS[date.fromisoformat(starts_on).weekday()] if starts_on else _first_day(days)
    ids = _slot_ids(sessions, days)
    placed = [
        ScheduledSession(slot, day, start, _minute(day, start, first), read, index)
        for index, (slot, day, start, read) in enumerate(zip(ids, days, starts, sessions, strict=True))
    ]
    _require_different_times(placed)
    return Schedule(tuple(sorted(placed, key=lambda session: session.start_minute)), tuple(assumptions))


def _days(sessions: Sequence[ReadSession]) -> tuple[list[Day], list[str]]:
    """The programme's own days; sessions without one take days that are still free, in order."""
    homeless = [session for session in sessions if session.day is None]
    if not homeless:
        return [session.day for session in sessions if session.day is not None], []
    taken = Counter(session.day for session in sessions if session.day is not None)
    free = [day for day in DAYS if day not in taken]
    if not taken:
        offered: list[Day] = _numbered(homeless) or list(spread(len(homeless)))
    elif len(free) >= len(homeless):
        offered = free
    else:
        offered = list(DAYS)
    each = -(-len(homeless) // len(offered))
    slots = [day for day in offered for _ in range(each)]
    given = iter(slots)
    days = [next(given) if session.day is None else session.day for session in sessions]
    names = [
        f"{session.label or f'session {number}'} on {day}"
        for number, (session, day) in enumerate(zip(sessions, days, strict=True), start=1)
        if session.day is None
    ]
    return days, [f"Sessions without a weekday are laid out over the week: {', '.join(names)}."]


def _numbered(sessions: Sequence[ReadSession]) -> list[Day]:
    """`Day 1, Day 2, Day 4`: numbers with gaps are days of the week; nothing for those that merely count."""
    found = [_DAY_NUMBER.match(session.label or "") for session in sessions]
    numbers = [int(match[1]) for match in found if match is not None]
    rising = all(a < b for a, b in pairwise(numbers))
    if len(numbers) < len(sessions) or not rising or not len(numbers) < numbers[-1] <= len(DAYS):
        return []
    return [DAYS[number - 1] for number in numbers]


def _starts(sessions: Sequence[ReadSession], days: Sequence[Day]) -> list[str]:
    """The programme's own times, and usual ones for the others, apart from one another on the same day."""
    by_day: dict[str, list[int]] = defaultdict(list)
    for index, day in enumerate(days):
        by_day[day].append(index)
    starts = [session.start or "" for session in sessions]
    for indexes in by_day.values():
        taken = {starts[index] for index in indexes if starts[index]}
        open_ = [index for index in indexes if not starts[index]]
        usual = _STARTS.get(len(open_)) or tuple(f"{6 + 2 * number:02d}:00" for number in range(len(open_)))
        for index, start in zip(open_, usual, strict=True):
            starts[index] = _next_free(start, taken)
            taken.add(starts[index])
    return starts


def _next_free(start: str, taken: set[str]) -> str:
    hour = int(start[:2])
    for later in range(24):
        found = f"{(hour + later) % 24:02d}:00"
        if found not in taken:
            return found
    return start


def _first_day(days: Sequence[Day]) -> Day:
    """The day of the first session when the days follow one another from there, else Monday."""
    if not days:
        return DAYS[0]
    first = DAYS.index(days[0])
    after = [(DAYS.index(day) - first) % 7 for day in days]
    return days[0] if all(a <= b for a, b in pairwise(after)) else DAYS[0]


def _minute(day: Day, start: str, first: Day) -> int:
    hours, minutes = start.split(":")
    return (DAYS.index(day) - DAYS.index(first)) % 7 * _MINUTES_PER_DAY + int(hours) * 60 + int(minutes)


def _slot_ids(sessions: Sequence[ReadSession], days: Sequence[Day]) -> list[str]:
    """The programme's own slot ids; for the others the day in three letters, numbered from the second on."""
    own = Counter(session.slot for session in sessions if session.slot is not None)
    twice = [session for session in sessions if session.slot is not None and own[session.slot] > 1]
    if twice:
        raise RequestError(
            [
                Fault(f"{s.pointer}{pointer('slot')}", "duplicate", f"the slot {s.slot!r} has two sessions")
                for s in twice[1:]
            ]
        )
    used = set(own)
    ids = []
    for session, day in zip(sessions, days, strict=True):
        name, number = session.slot or day[:3], 1
        while session.slot is None and name in used:
            number += 1
            name = f"{day[:3]}_{number}"
        used.add(name)
        ids.append(name)
    return ids


def _require_different_times(placed: Sequence[ScheduledSession]) -> None:
    first: dict[int, ScheduledSession] = {}
    for session in placed:
        other = first.setdefault(session.start_minute, session)
        if other is not session:
            message = (
                f"two sessions start on {session.day} at {session.start}: give them different times, or make them one"
            )
            raise RequestError([Fault(session.read.pointer, "overlap", message)])
