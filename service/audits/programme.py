"""The programme as it was understood, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.audits.schemas.response import (
    CandidateResponse,
    FollowedEntryResponse,
    FollowedSessionResponse,
    IgnoredResponse,
    MatchResponse,
    ProgrammeResponse,
    SourceResponse,
    UnreadResponse,
)
from service.plans.schemas.response import RepsResponse
from solver.domain.pricing import PricedEntry, entry_price, session_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.audits.question import AuditQuestion
    from service.audits.reading.programme import Source, UnreadPart
    from service.audits.reading.schedule import ScheduledSession
    from solver.audit import FollowedEntry, FollowedSession


def present_programme(question: AuditQuestion) -> ProgrammeResponse:
    """Sessions with their prices, what was not read, what was left out, what was taken for granted."""
    slots = {session.index: session.slot for session in question.sessions}
    both = zip(question.sessions, question.week.sessions, strict=True)
    return ProgrammeResponse(
        sessions=[_session(question, scheduled, followed) for scheduled, followed in both],
        unread=[
            _unread(question, part, None if part.session is None else slots[part.session])
            for part in question.read.unread
        ],
        ignored=[IgnoredResponse(source=source_of(line.source), reason=line.reason) for line in question.read.ignored],
        assumptions=list(question.assumptions),
    )


def source_of(source: Source) -> SourceResponse:
    """Where something stands."""
    return SourceResponse(line=source.line, pointer=source.pointer, text=source.text)


def sources_of(question: AuditQuestion, marks: Iterable[int]) -> list[SourceResponse]:
    """The lines behind marks of the followed week, each once."""
    found = dict.fromkeys(question.entries[mark].source for mark in marks)
    return [source_of(source) for source in found]


def _session(
    question: AuditQuestion, scheduled: ScheduledSession, followed: FollowedSession
) -> FollowedSessionResponse:
    slot = question.problem.slot_by_id[scheduled.slot]
    by_id, rules = question.problem.exercise_by_id, question.problem.rules
    priced = [PricedEntry(by_id[entry.exercise], entry.sets, entry.superset) for entry in followed.entries]
    return FollowedSessionResponse(
        slot=scheduled.slot,
        label=scheduled.read.label,
        day=scheduled.day,
        start=scheduled.start,
        place=slot.place.id,
        seconds=session_seconds(
            priced, warmup_seconds=rules.warmup_seconds, changeover_seconds=rules.changeover_seconds
        ),
        limit_seconds=slot.limit_seconds if scheduled.slot in question.timed_slots else None,
        entries=[_entry(question, entry) for entry in followed.entries],
    )


def _entry(question: AuditQuestion, entry: FollowedEntry) -> FollowedEntryResponse:
    exercise = question.problem.exercise_by_id[entry.exercise]
    read = [question.entries[mark] for mark in entry.sources]
    reps = [bound for one in read if one.dose.reps for bound in one.dose.reps]
    first = read[0]
    assert first.match.how is not None
    return FollowedEntryResponse(
        exercise=exercise.id,
        name=exercise.name,
        written=first.name,
        sets=entry.sets,
        reps=RepsResponse(min=min(reps), max=max(reps)) if reps else None,
        hold_seconds=max((one.dose.hold_seconds for one in read if one.dose.hold_seconds), default=None),
        superset=entry.superset,
        equipment=list(entry.equipment),
        seconds=entry_price(exercise).seconds(entry.sets),
        match=MatchResponse(how=first.match.how, score=min(one.match.score for one in read)),
        remarks=list(dict.fromkeys(remark for one in read for remark in one.dose.remarks)),
        sources=sources_of(question, entry.sources),
    )


def _unread(question: AuditQuestion, part: UnreadPart, slot: str | None) -> UnreadResponse:
    names = question.names
    return UnreadResponse(
        source=source_of(part.source),
        slot=slot,
        reason=part.reason,
        candidates=[
            CandidateResponse(exercise=c.exercise, name=names[c.exercise].name, score=c.score) for c in part.candidates
        ],
    )
