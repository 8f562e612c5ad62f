"""How far a week is, in minutes from its beginning."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from service.errors import Fault, pointer
from service.plans.clock import MINUTES_PER_DAY
from service.plans.mapping.week import DAYS, clock_minutes, first_weekday
from solver.domain.problem import MINUTES_PER_WEEK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.plans.schemas import PlanRequest
    from service.plans.schemas.request import Day
    from service.replans.schemas import ReplanRequest


def minute_of(request: PlanRequest, day: Day, start: str) -> int:
    """Minutes from the beginning of the request's week to a time on a weekday."""
    first = first_weekday(request.week.starts_on)
    return (DAYS.index(day) - first) % 7 * MINUTES_PER_DAY + clock_minutes(start)


def minute_reached(
    replan: ReplanRequest, request: PlanRequest, starts: Mapping[str, int], faults: list[Fault]
) -> int | None:
    """How far the week is; None when that cannot be told, with the fault added. `starts` are the slots' minutes."""
    now = replan.now
    if now is None:
        told = {*replan.missed, *(done.slot for done in replan.done)}
        return max((starts[slot] + 1 for slot in told if slot in starts), default=0)
    ways = [name for name in ("slot", "at", "day") if getattr(now, name) is not None]
    if len(ways) != 1 or (now.time is not None and now.day is None):
        message = "now is one of: a slot, a moment `at`, or a day, which may have a time"
        faults.append(Fault(pointer("now"), "contradiction" if ways else "required", message, ["slot", "at", "day"]))
        return None
    if now.slot is not None:
        return starts.get(now.slot)  # an unknown slot is told with the others
    if now.day is not None:
        return minute_of(request, now.day, now.time or "00:00")
    return _minute_at(now.at or "", request, faults)


def _minute_at(moment: str, request: PlanRequest, faults: list[Fault]) -> int | None:
    at, starts_on = pointer("now", "at"), request.week.starts_on
    if starts_on is None:
        message = "the plan's week has no date, so a moment says nothing; say the slot reached, or day and time"
        faults.append(Fault(at, "contradiction", message))
        return None
    try:
        told = datetime.fromisoformat(moment)
    except ValueError:
        told = None
    if told is None or told.tzinfo is None:
        words = "an RFC 3339 moment with offset, as 2026-11-25T12:00:00+00:00"
        faults.append(Fault(at, "malformed", f"at is {words}", words))
        return None
    try:
        local = told.astimezone(ZoneInfo(request.week.timezone)).replace(tzinfo=None)
    except OverflowError:
        local = told.replace(tzinfo=None)
    beginning = datetime.combine(date.fromisoformat(starts_on), datetime.min.time())
    minute = (local - beginning).total_seconds() // 60
    if not 0 <= minute <= MINUTES_PER_WEEK:
        faults.append(Fault(at, "out_of_range", f"at lies in the plan's week, the seven days from {starts_on}"))
        return None
    return int(minute)
