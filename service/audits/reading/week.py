"""A programme in the form of a plan's week."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from service.audits.names.matching import Match, match
from service.audits.reading.programme import Dose, ReadEntry, ReadProgramme, ReadSession, Source, UnreadPart
from service.audits.reading.sessions import PAIR
from service.audits.reading.text import with_usual_sets
from service.audits.schemas.request import RepsRequest
from service.errors import Fault, RequestError, pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.audits.names.index import NameIndex
    from service.audits.schemas.request import FollowedEntryRequest, FollowedSessionRequest, SessionsProgramme

_AT = ("programme", "sessions")


def read_week(programme: SessionsProgramme, index: NameIndex) -> ReadProgramme:
    """Read sessions and entries. Raises RequestError for entries that name nothing, and contradicting minutes."""
    faults = list(_faults(programme))
    if faults:
        raise RequestError(faults)
    sessions: list[ReadSession] = []
    unread: list[UnreadPart] = []
    for number, session in enumerate(programme.sessions):
        read = [_entry(entry, index, pointer(*_AT, number, "entries", at)) for at, entry in enumerate(session.entries)]
        known = tuple(entry for entry in read if entry.match.exercise is not None)
        where = len(sessions) if known else None
        for at, entry in enumerate(read):
            if entry.match.exercise is None:
                before = sum(1 for other in read[:at] if other.match.exercise is not None)
                sets = session.entries[at].sets
                found = entry.match
                what = "several exercises fit" if found.ambiguous else "no known exercise is called"
                reason = f"{what} {entry.name[:60]!r}"
                unread.append(UnreadPart(entry.source, reason, where, before, sets, found.candidates))
        if known:
            sessions.append(_session(session, known, pointer(*_AT, number)))
    return ReadProgramme(tuple(sessions), tuple(unread))


def _faults(programme: SessionsProgramme) -> Iterator[Fault]:
    for number, session in enumerate(programme.sessions):
        limits = (session.minutes, session.limit_seconds)
        if session.minutes is not None and session.limit_seconds not in (None, 60 * session.minutes):
            message = f"minutes says {limits[0]} and limit_seconds {limits[1]}: give one of them"
            yield Fault(pointer(*_AT, number, "minutes"), "contradiction", message)
        for at, entry in enumerate(session.entries):
            if not (entry.exercise or entry.name):
                where = pointer(*_AT, number, "entries", at)
                yield Fault(where, "required", "an entry has an exercise (an id or a name) or a name")


def _entry(entry: FollowedEntryRequest, index: NameIndex, at: str) -> ReadEntry:
    written = entry.exercise or entry.name or ""
    found = match(written, index)
    if entry.exercise in index.exercises:
        found = Match(entry.exercise, "id", 100.0)
    elif found.exercise is None and entry.exercise and entry.name:
        found = match(entry.name, index)
    dose = Dose(entry.sets, _reps(entry), entry.hold_seconds or None)
    dose = dose if dose.sets is not None else with_usual_sets(Dose(reps=None))
    source = Source(None, at, entry.name or written)
    return ReadEntry(source, entry.name or written, found, dose, entry.superset, tuple(entry.equipment or ()))


def _reps(entry: FollowedEntryRequest) -> tuple[int, int] | None:
    reps = entry.reps
    if isinstance(reps, RepsRequest):
        return reps.min, reps.max
    if isinstance(reps, int):
        return (reps, reps) if reps > 0 else None
    numbers = [int(word) for word in (reps or "").replace("-", " ").split() if word.isdecimal() and len(word) < 4]
    return (min(numbers), max(numbers)) if numbers else None


def _session(session: FollowedSessionRequest, entries: tuple[ReadEntry, ...], at: str) -> ReadSession:
    pairs = Counter(entry.superset for entry in entries)
    whole = session.limit_seconds
    return ReadSession(
        pointer=at,
        entries=tuple(e if pairs[e.superset] == PAIR else replace(e, superset=None) for e in entries),
        label=session.label,
        slot=session.slot,
        day=session.day,
        start=session.start,
        minutes=session.minutes if whole is None else whole // 60,
        place=session.place,
    )
