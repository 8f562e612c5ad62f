"""Opportunities that can be booked: `Slot` of a `FacilityUse`, `ScheduledSession` of a `SessionSeries`, as slots."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from service.booking.slots import BookableSlot
from service.plans.schemas.request import SLOT_ID

if TYPE_CHECKING:
    from service.booking.openactive.page import Item

_INSIDE = ("event", "subEvent")
"""Where a facility or a series may hold its slots or sessions itself."""
_OFF = ("EventCancelled", "EventPostponed")
_EARLIEST, _LATEST = datetime(2000, 1, 2, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)
"""Moments that a request may name, whatever the clock; some systems write the last day of the calendar for "never"."""
_DURATION = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?")


def slots_of(item: Item) -> list[BookableSlot]:
    """The slots that an item tells of: itself, or those inside a facility or a series; none of what has no time."""
    if item.data is None:
        return []
    own = _slot(item.data, item.id, None)
    if own is not None:
        return [own]
    parent = _id(item.data)
    inside = [part for name in _INSIDE for part in _list(item.data.get(name)) if isinstance(part, dict)]
    found = [_slot(part, None, parent) for part in inside]
    return [slot for slot in found if slot is not None]


def _slot(data: dict[str, Any], fallback: str | None, parent: str | None) -> BookableSlot | None:
    kind = data.get("@type", data.get("type"))
    if kind == "Slot":
        above, capacity, remaining = "facilityUse", "maximumUses", "remainingUses"
    elif kind == "ScheduledSession":
        above, capacity, remaining = "superEvent", "maximumAttendeeCapacity", "remainingAttendeeCapacity"
    else:
        return None
    id_, start = _id(data) or fallback, _moment(data.get("startDate"))
    if id_ is None or not re.fullmatch(SLOT_ID.pattern, id_) or start is None:
        return None
    end = _moment(data.get("endDate")) or _after(start, data.get("duration"))
    if end is None or not start < end < _LATEST:
        return None
    return BookableSlot(
        id=id_,
        starts_at=start,
        ends_at=end,
        place=_reference(data.get(above)) or parent,
        capacity=_count(data.get(capacity)),
        remaining=_count(data.get(remaining)),
        cancelled=str(data.get("eventStatus", "")).rpartition("/")[2] in _OFF,
    )


def _id(data: dict[str, Any]) -> str | None:
    found = data.get("@id", data.get("id"))
    return found if isinstance(found, str) and found and found.isprintable() else None


def _reference(value: Any) -> str | None:
    """The id of something that is named by it, or written out."""
    if isinstance(value, dict):
        return _id(value)
    return value if isinstance(value, str) and value and value.isprintable() else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _count(value: Any) -> int | None:
    return max(0, min(value, 100_000)) if isinstance(value, int) and not isinstance(value, bool) else None


def _moment(value: Any) -> datetime | None:
    """A date and time with its offset; what has none cannot be placed, nor what no request could name."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return None if found is None or found.tzinfo is None or not _EARLIEST < found < _LATEST else found


def _after(start: datetime, duration: Any) -> datetime | None:
    """The end by an ISO 8601 duration of days, hours, minutes and seconds."""
    found = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return start + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
