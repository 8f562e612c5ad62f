"""A diary as iCalendar (RFC 5545).

Where the week repeats, an event is weekly by the clock of its time zone, and what a replan has made of it is an
occurrence of its own (RECURRENCE-ID), so that the weeks after stay as they were planned. What is no session any more is
an event with the status CANCELLED: one that only disappears stays in calendars that do not compare.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from service.calendars.zones import described

if TYPE_CHECKING:
    from service.calendars.diary import DatedSession, Diary, DiaryEvent

YEARS = 10
"""For so long the changes of the clocks are written out; calendars know them by the zone's name anyway."""
IN_DOUBT = "In doubt: this week has lost a session, and no week that keeps every rule was found without it."
REFRESH = timedelta(hours=1)
"""How often a subscriber may look again."""


def written(diary: Diary) -> str:
    """The events as a calendar of their own; the same diary gives the same bytes. There is at least one event."""
    zone = ZoneInfo(diary.timezone)
    shown = Calendar()
    shown.add("prodid", "-//Counterpull//Training week//EN")
    shown.add("version", "2.0")
    shown.add("x-wr-calname", "Training")
    shown.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    shown.add("x-published-ttl", "PT1H")
    for event in diary.events:
        for component in _components(diary, event, zone):
            shown.add_component(component)
    first = min(event.session.start for event in diary.events).replace(day=1, hour=0, minute=0, tzinfo=UTC)
    # From a month before, so that the offset in force at the first event is among them.
    first, last = first - timedelta(days=31), first.replace(year=first.year + YEARS)
    for tzid in sorted(shown.get_missing_tzids()):
        # Before the events: some readers want to know a zone when they come to it.
        shown.subcomponents.insert(0, described(tzid, first, last))
    text: str = shown.to_ical().decode()
    return text


def _components(diary: Diary, event: DiaryEvent, zone: ZoneInfo) -> list[Event]:
    if not diary.repeats or event.pattern is None:
        return [_told(_event(diary, event, event.changed_at, event.sequence), event, zone)]
    series = _with(_event(diary, event, diary.created_at, 0), event.pattern, event.pattern.start.replace(tzinfo=zone))
    series.add("rrule", {"freq": "weekly"})
    if event.sequence == 0:
        return [series]
    occurrence = _event(diary, event, event.changed_at, event.sequence)
    occurrence.add("recurrence-id", event.pattern.start.replace(tzinfo=zone))
    return [series, _told(occurrence, event, zone)]


def _event(diary: Diary, event: DiaryEvent, changed_at: datetime, sequence: int) -> Event:
    made = Event()
    made.add("uid", f"{diary.root}-{event.slot}@counterpull")
    made.add("dtstamp", changed_at.astimezone(UTC))
    made.add("last-modified", changed_at.astimezone(UTC))
    made.add("sequence", sequence)
    return made


def _told(made: Event, event: DiaryEvent, zone: ZoneInfo) -> Event:
    """A single session as it is now. A time that the clocks skip is moved on by the length of the gap."""
    made.add("status", "CANCELLED" if event.cancelled else "TENTATIVE" if event.doubtful else "CONFIRMED")
    session, start = event.session, event.session.start.replace(tzinfo=zone)
    if event.doubtful:
        session = session.model_copy(update={"description": f"{IN_DOUBT}\n{session.description}"})
    return _with(made, session, start.astimezone(UTC).astimezone(zone))


def _with(made: Event, session: DatedSession, start: datetime) -> Event:
    made.add("dtstart", start)
    made.add("duration", timedelta(seconds=session.seconds))
    made.add("summary", f"Training: {session.place}")
    made.add("location", session.place)
    made.add("description", session.description)
    return made
