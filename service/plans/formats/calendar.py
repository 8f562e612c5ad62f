"""A week as iCalendar (RFC 5545): an event for every session, weekly where the week repeats."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from service.plans.formats.report import dose_of
from service.terminal.alternation import Step, steps
from service.terminal.words import effort

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.schemas.response import PlanResponse, SessionResponse

_YEARS = 10
"""For so long the changes of the clocks are written out; calendars know them by the zone's name anyway."""


def calendar(answer: PlanResponse, catalog: Catalog) -> str | None:
    """The sessions as events; None when there is no week, or a week without dates."""
    if answer.week is None or any(session.starts_at is None for session in answer.week.sessions):
        return None
    week: Any = answer.resolved["week"]
    shown = Calendar()
    shown.add("prodid", "-//Counterpull//Training week//EN")
    shown.add("version", "2.0")
    shown.add("method", "PUBLISH")
    for session in answer.week.sessions:
        shown.add_component(_event(answer, session, ZoneInfo(week["timezone"]), week["repeats"], catalog))
    first = datetime.fromisoformat(answer.week.sessions[0].starts_at or answer.created_at).date()
    shown.add_missing_timezones(
        first_date=first.replace(day=1), last_date=first.replace(year=first.year + _YEARS, day=1)
    )
    text: str = shown.to_ical().decode()
    return text


def _event(answer: PlanResponse, session: SessionResponse, zone: ZoneInfo, repeats: bool, catalog: Catalog) -> Event:
    assert session.starts_at is not None
    event = Event()
    event.add("uid", f"{answer.id}-{session.slot}@counterpull")
    event.add("dtstamp", datetime.fromisoformat(answer.created_at))
    event.add("dtstart", datetime.fromisoformat(session.starts_at).astimezone(zone))
    event.add("duration", timedelta(seconds=session.seconds))
    event.add("summary", f"Training: {session.place}")
    event.add("location", session.place)
    event.add("description", _description(session, catalog))
    if repeats:
        event.add("rrule", {"freq": "weekly"})
    return event


def _description(session: SessionResponse, catalog: Catalog) -> str:
    return "\n".join(
        f"{step.mark}. {step.entry.name}: {', '.join(_parts(step, catalog))}. {step.entry.cue}"
        for step in steps(session.entries)
    )


def _parts(step: Step, catalog: Catalog) -> list[str]:
    return [text for text in (dose_of(step.entry, catalog), effort(step.entry), f"rest {step.rest}") if text]
