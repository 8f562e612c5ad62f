"""A look at a plan's slots: whether it still has them, and what is to be told to a replan if not."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from service.booking.schemas import BookableSlotResponse
from service.plans import limits
from service.plans.mapping.offered import placed_slots
from service.plans.schemas.request import OfferedSlotRequest, SlotRequest
from service.replans.faults import Told
from service.replans.offered import offers_of
from service.replans.schemas import NowRequest, ReplanRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from service.booking.slots import BookableSlot
    from service.plans.schemas import PlanRequest
    from service.studies.weeks import KeptWeek
    from service.watches.schemas import WatchRequest


@dataclass(frozen=True)
class Look:
    """What was seen."""

    slots: tuple[str, ...]
    """Slots with a session that is to come and that cannot be held there as planned."""
    request: ReplanRequest
    """What a replan is told."""
    digest: str
    """SHA-256 of which slots can be used and when: equal ones need not be tried twice."""


def week_bounds(request: PlanRequest) -> tuple[datetime, datetime] | None:
    """When the week of a request begins and is over; None for one without a date."""
    week = request.week
    if week.starts_on is None:
        return None
    first, zone = date.fromisoformat(week.starts_on), ZoneInfo(week.timezone)
    begin, end = (datetime.combine(day, time(), tzinfo=zone) for day in (first, first + timedelta(days=7)))
    return begin, end


def slots_of_interest(request: PlanRequest) -> list[str]:
    """Ids of slots that the plan could be held in, its own first."""
    week = request.week
    own = [slot.id for slot in week.slots or []]
    return list(dict.fromkeys([*own, *(slot.id for slot in week.offered or [])]))


def look(about: KeptWeek, asked: WatchRequest, facts: Mapping[str, BookableSlot], now: datetime) -> Look:
    """Look at a plan with dates. `facts` are those of its slots that feeds know, as they are now."""
    bounds = week_bounds(about.request)
    assert bounds is not None
    offered = _offered(about.request, facts, asked.booked)
    begun = NowRequest(at=now.isoformat(timespec="seconds")) if bounds[0] <= now else None
    request = ReplanRequest(now=begun, offered=offered or None, prefer=asked.prefer, solve=asked.solve)
    offers = offers_of(Told(about, request))
    used = [session.slot for session in about.plan.sessions if session.entries]
    unusable = {*offers.lost, *offers.moved}
    week = about.request.week.model_copy(update={"offered": list(offers.offered or ())})
    seen = {
        id_: [slot.day, slot.start, slot.minutes] if isinstance(slot, SlotRequest) else None
        for id_, slot in placed_slots(week).items()
    }
    digest = hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
    return Look(tuple(slot for slot in used if slot in unusable), request, digest)


def _offered(
    request: PlanRequest, facts: Mapping[str, BookableSlot], booked: Collection[str]
) -> list[OfferedSlotRequest]:
    """The slots of interest as they are now. Of those that the plan has not got, as many free ones as a week takes."""
    own = {slot.id for slot in request.week.slots or []}
    room = limits.MAX_SLOTS - len(own)
    found = []
    for id_ in slots_of_interest(request):
        fact = facts.get(id_)
        if fact is None:
            continue
        if id_ not in own:
            room -= not fact.cancelled and fact.remaining != 0
            if room < 0:
                break
        told = BookableSlotResponse.of(fact).model_dump()
        if id_ in booked:
            # One of those who fill it is the member.
            told["remaining"] = None
        found.append(OfferedSlotRequest.model_validate(told))
    return found
