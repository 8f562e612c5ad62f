"""The dated sessions of a plan, and what its replans have made of them.

A calendar knows an event by its UID: the first plan's id with the slot's. A replanned week changes the events of its
slots and keeps their UIDs; whatever once was an event stays one, cancelled when it is no session any more.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from service.plans.formats.report import dose_of
from service.plans.mapping.week import DAYS, clock_minutes
from service.terminal.alternation import Step, steps
from service.terminal.words import effort, timed

if TYPE_CHECKING:
    from collections.abc import Collection

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanResponse
    from service.plans.schemas.response import SessionResponse


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DatedSession(_Kept):
    """What an event tells of a session."""

    start: datetime
    """By the clock on the wall, in the time zone of the diary."""
    seconds: int
    place: str
    description: str


class DiaryEvent(_Kept):
    """The event of one slot."""

    slot: str
    pattern: DatedSession | None
    """As the first plan has it, which repeats where its week does; None for a session that a replan has added."""
    session: DatedSession
    """As it is now; what it was last when it is cancelled."""
    cancelled: bool = False
    doubtful: bool = False
    """Whether the week that it is part of is no week any more, and there is none yet in its place."""
    sequence: int = 0
    """How often it was changed."""
    changed_at: datetime
    """When it was changed last."""


class Diary(_Kept):
    """The events of a plan and its replans."""

    root: str
    """Id of the first plan."""
    timezone: str
    repeats: bool
    """Whether the first plan's week repeats. A replan changes its own week alone."""
    created_at: datetime
    events: tuple[DiaryEvent, ...]

    def revised(self, week: dict[str, DatedSession], at: datetime) -> Diary:
        """The diary when the sessions by slot are these since a moment."""
        known = {event.slot for event in self.events}
        kept = [_changed(event, week.get(event.slot), at) for event in self.events]
        added = [
            DiaryEvent(slot=slot, pattern=None, session=session, changed_at=at)
            for slot, session in week.items()
            if slot not in known
        ]
        return self.model_copy(update={"events": (*kept, *added)})

    def doubted(self, gone: Collection[str], at: datetime) -> Diary:
        """The diary when, since a moment, the sessions of some slots cannot be held and there is no other week yet:
        these are cancelled, and the others that are to come are in doubt."""
        now = at.astimezone(ZoneInfo(self.timezone)).replace(tzinfo=None)
        return self.model_copy(update={"events": tuple(_doubted(event, gone, now, at) for event in self.events)})


def _doubted(event: DiaryEvent, gone: Collection[str], now: datetime, at: datetime) -> DiaryEvent:
    off = event.slot in gone
    if event.cancelled or event.session.start < now or (event.doubtful and not off):
        return event
    new = {"cancelled": off, "doubtful": not off, "sequence": event.sequence + 1, "changed_at": at}
    return event.model_copy(update=new)


def _changed(event: DiaryEvent, session: DatedSession | None, at: datetime) -> DiaryEvent:
    same = session is None if event.cancelled else session == event.session
    if same and not event.doubtful:
        return event
    new = {"session": session or event.session, "cancelled": session is None, "doubtful": False}
    return event.model_copy(update={**new, "sequence": event.sequence + 1, "changed_at": at})


def diary_of(answer: PlanResponse, catalog: Catalog) -> Diary | None:
    """The diary that a plan begins; None when there is no session, or none with a date."""
    sessions = dated_sessions(answer, catalog)
    if not sessions:
        return None
    week: Any = answer.resolved["week"]
    created = datetime.fromisoformat(answer.created_at)
    return Diary(
        root=answer.id,
        timezone=week["timezone"],
        repeats=week["repeats"],
        created_at=created,
        events=tuple(
            DiaryEvent(slot=slot, pattern=session, session=session, changed_at=created)
            for slot, session in sessions.items()
        ),
    )


def dated_sessions(answer: PlanResponse, catalog: Catalog) -> dict[str, DatedSession] | None:
    """The sessions of a plan by slot; None when there is no week, or a week without dates."""
    asked: Any = answer.resolved["week"]
    if answer.week is None or any(session.starts_at is None for session in answer.week.sessions):
        return None
    first = date.fromisoformat(asked["starts_on"])
    return {
        session.slot: DatedSession(
            start=_start(session, first),
            seconds=session.seconds,
            place=session.place,
            description=_description(session, catalog),
        )
        for session in answer.week.sessions
    }


def _start(session: SessionResponse, first: date) -> datetime:
    """The time on the wall, also one that the clocks skip in this very week: it is right in all others."""
    day = first + timedelta(days=(DAYS.index(session.day) - first.weekday()) % 7)
    return datetime.combine(day, time(*divmod(clock_minutes(session.start), 60)))


def _description(session: SessionResponse, catalog: Catalog) -> str:
    return "\n".join(
        f"{step.mark}. {step.entry.name}: {', '.join(_parts(session, step, catalog))}. {step.entry.cue}"
        for step in steps(session.entries)
    )


def _parts(session: SessionResponse, step: Step, catalog: Catalog) -> list[str]:
    when = timed(session.start, step.entry)
    told = (when, dose_of(step.entry, catalog), effort(step.entry), f"rest {step.rest}")
    return [text for text in told if text]
