"""Slots of a booking system, each on its day, as slots on the clock of the request's week."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args
from zoneinfo import ZoneInfo

from service.errors import Fault, pointer
from service.plans import limits
from service.plans.clock import starts_at
from service.plans.schemas.request import MOMENT, Day, SlotRequest
from service.validation.walk import unknown_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from service.plans.schemas import PlanRequest
    from service.plans.schemas.request import OfferedSlotRequest, WeekRequest

Reason = Literal["full", "cancelled", "other_week", "too_short", "ambiguous_time"]

_DAYS: tuple[Day, ...] = get_args(Day)


@dataclass(frozen=True)
class LeftOut:
    """An offered slot that cannot be used."""

    slot: str
    reason: Reason


def week_repeats(week: WeekRequest) -> bool:
    """Whether the same week follows again: offered slots are once."""
    return week.repeats and (week.offered is None or week.slots is not None)


def free_slots(week: WeekRequest) -> list[SlotRequest]:
    """The offered slots that can be used, as slots of the week; those that cannot be read are left to their faults."""
    return [placed for placed in placed_slots(week).values() if isinstance(placed, SlotRequest)]


def left_out(week: WeekRequest) -> list[LeftOut]:
    """The offered slots that cannot be used, and why."""
    return [placed for placed in placed_slots(week).values() if isinstance(placed, LeftOut)]


def placed_slots(week: WeekRequest) -> dict[str, SlotRequest | LeftOut]:
    """Every offered slot that can be read, by its id, on the clock of the week; or why it cannot be used there."""
    return {slot.id: placed for slot, placed in _placed(week)}


def with_free_slots(request: PlanRequest) -> PlanRequest:
    """A request without faults with its usable offered slots written out, so that they can be pointed at and changed.

    Any other request is returned as it is.
    """
    week = request.week
    if week.offered is None or week.slots is not None:
        return request
    return request.model_copy(update={"week": week.model_copy(update={"slots": free_slots(week), "repeats": False})})


def offered_faults(week: WeekRequest, places: Sequence[str], zones: Collection[str]) -> Iterator[Fault]:
    """Everything wrong with offered slots, and with the week as far as they need it."""
    if week.offered is None:
        return
    found = list(slot_faults(week.offered, places, ("week", "offered")))
    yield from found
    if week.slots is not None:
        return
    if "repeats" in week.model_fields_set and week.repeats:
        message = "a week of offered slots does not come again: leave repeats out, or make it false"
        yield Fault(pointer("week", "repeats"), "contradiction", message)
    if week.starts_on is None:
        yield Fault(pointer("week", "starts_on"), "required", "starts_on is required with offered slots")
    elif not found and _readable(week) and week.timezone in zones:
        yield from _count_faults(week)


def slot_faults(
    offered: Sequence[OfferedSlotRequest], places: Sequence[str], where: tuple[str, ...]
) -> Iterator[Fault]:
    """Everything wrong with offered slots by themselves; `where` is the path to them."""
    known: set[str] = set()
    for index, slot in enumerate(offered):
        if slot.id in known:
            at = pointer(*where, index, "id")
            yield Fault(at, "duplicate", f"the id {slot.id[:64]!r} is already taken")
        known.add(slot.id)
        times = {name: _moment(getattr(slot, name)) for name in ("starts_at", "ends_at")}
        for name, moment in times.items():
            # Other forms are told by the field's own mark.
            if moment is None and re.fullmatch(MOMENT.pattern, getattr(slot, name)):
                at = pointer(*where, index, name)
                yield Fault(at, "malformed", f"there is no time {getattr(slot, name)}")
        start, end = times.values()
        if start is not None and end is not None and end <= start:
            at = pointer(*where, index, "ends_at")
            yield Fault(at, "contradiction", "ends_at is after starts_at")
        if slot.capacity is not None and slot.remaining is not None and slot.remaining > slot.capacity:
            at = pointer(*where, index, "remaining")
            yield Fault(at, "contradiction", f"remaining {slot.remaining} is above capacity {slot.capacity}")
        if slot.place is not None and slot.place not in places:
            yield unknown_fault(pointer(*where, index, "place"), slot.place, "place", places)


def _readable(week: WeekRequest) -> bool:
    times = (time for slot in week.offered or [] for time in (slot.starts_at, slot.ends_at))
    return _first_day(week) is not None and all(_moment(time) is not None for time in times)


def _count_faults(week: WeekRequest) -> Iterator[Fault]:
    free, at = len(free_slots(week)), pointer("week", "offered")
    if not free:
        yield Fault(at, "wrong_size", "none of the offered slots is in this week and has room left")
    if free > limits.MAX_SLOTS:
        allowed = {"minimum": 1, "maximum": limits.MAX_SLOTS}
        message = f"{free} offered slots of this week have room left, at most {limits.MAX_SLOTS} can be chosen from"
        yield Fault(at, "wrong_size", message, allowed)


def _placed(week: WeekRequest) -> Iterator[tuple[OfferedSlotRequest, SlotRequest | LeftOut]]:
    first, zone = _first_day(week), _zone(week)
    if first is None or zone is None:
        return
    for slot in week.offered or []:
        start, end = _moment(slot.starts_at), _moment(slot.ends_at)
        if start is not None and end is not None:
            yield slot, _place(slot, start, end, first, zone)


def _place(
    slot: OfferedSlotRequest, start: datetime, end: datetime, first: date, zone: ZoneInfo
) -> SlotRequest | LeftOut:
    """The slot on the clock of the week that begins on `first`."""
    # Part of a minute is no time to train.
    begun = timedelta(seconds=start.second, microseconds=start.microsecond)
    opens = start - begun + (timedelta(minutes=1) if begun else timedelta())
    minutes = (end - opens) // timedelta(minutes=1)
    local = opens.astimezone(zone)
    day = (local.date() - first).days
    told = starts_at(first.isoformat(), zone.key, (day * 24 + local.hour) * 60 + local.minute)
    reason: Reason | None = None
    if slot.cancelled:
        reason = "cancelled"
    elif slot.remaining == 0:
        reason = "full"
    elif not 0 <= day < 7:
        reason = "other_week"
    elif minutes < limits.MIN_SESSION_MINUTES:
        reason = "too_short"
    elif told is None or datetime.fromisoformat(told) != opens:
        reason = "ambiguous_time"
    if reason is not None:
        return LeftOut(slot.id, reason)
    facts = {
        "id": slot.id,
        "day": _DAYS[local.weekday()],
        "start": f"{local:%H:%M}",
        "minutes": min(minutes, limits.MAX_SESSION_MINUTES),
        "place": slot.place,
    }
    return SlotRequest.model_validate({name: value for name, value in facts.items() if value is not None})


def _zone(week: WeekRequest) -> ZoneInfo | None:
    try:
        return ZoneInfo(week.timezone)
    except (ValueError, OSError, KeyError):
        return None


def _first_day(week: WeekRequest) -> date | None:
    try:
        return None if week.starts_on is None else date.fromisoformat(week.starts_on)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """None for what is no time, or is not in the form and the years of one."""
    try:
        return datetime.fromisoformat(text) if re.fullmatch(MOMENT.pattern, text) else None
    except ValueError:
        return None
