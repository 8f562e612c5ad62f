"""When and where: places with their equipment, slots on a week's clock, and how many sessions they allow."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, get_args
from zoneinfo import available_timezones

from service.errors import Fault, pointer
from service.plans import limits
from service.plans.mapping.offered import free_slots, offered_faults, week_repeats
from service.plans.schemas.request import (
    CLOCK_TIME,
    Day,
    PinnedSessionRequest,
    PlaceRequest,
    SlotAvoidRequest,
    SlotRequest,
)
from service.validation.walk import unknown_fault
from solver.domain.problem import MINUTES_PER_WEEK, Avoidances, Place, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest

DAYS: tuple[Day, ...] = get_args(Day)
MINUTES_PER_DAY = 24 * 60
MOST_DEFAULT_SESSIONS = 6
"""A request that offers more slots than this and names no number gets this many sessions."""


@lru_cache(maxsize=1)
def timezones() -> frozenset[str]:
    """Names of the time zones; `localtime` and `Factory` say nothing and depend on the machine."""
    return frozenset(available_timezones() - {"localtime", "Factory"})


def place_requests(request: PlanRequest, catalog: Catalog) -> Sequence[PlaceRequest]:
    """The request's places, or the default one."""
    default = catalog.defaults.place
    return request.places or [PlaceRequest(id=default.id, equipment=default.equipment)]


def slot_requests(request: PlanRequest, catalog: Catalog) -> Sequence[SlotRequest]:
    """The request's slots, or the default week."""
    if request.week.slots is not None:
        return request.week.slots
    if request.week.offered is not None:
        return free_slots(request.week)
    return [SlotRequest(id=s.id, day=s.day, start=s.start, minutes=s.minutes) for s in catalog.defaults.slots]


def first_weekday(starts_on: str | None) -> int:
    """Weekday of the week's first day, Monday being 0."""
    return date.fromisoformat(starts_on).weekday() if starts_on else 0


def week_faults(request: PlanRequest, catalog: Catalog) -> Iterator[Fault]:
    """Everything wrong with places, slots, time zone, date and number of sessions."""
    yield from _place_faults(request, catalog)
    yield from _calendar_faults(request)
    places = [place.id for place in place_requests(request, catalog)]
    offered = list(offered_faults(request.week, places, timezones()))
    yield from offered
    yield from _session_count_faults(request)
    if offered and request.week.slots is None:
        return
    slots = slot_requests(request, catalog)
    yield from _duplicates([slot.id for slot in slots], ("week", "slots"))
    for index, slot in enumerate(slots):
        if slot.place is not None and slot.place not in places:
            yield unknown_fault(pointer("week", "slots", index, "place"), slot.place, "place", places)
    yield from _overlaps(slots, repeats=week_repeats(request.week), exclusive=_one_a_day(request))


def _place_faults(request: PlanRequest, catalog: Catalog) -> Iterator[Fault]:
    places = request.places or []
    yield from _duplicates([place.id for place in places], ("places",))
    for index, place in enumerate(places):
        named = place.equipment
        if isinstance(named, list) or named in catalog.presets:
            continue
        at = pointer("places", index, "equipment")
        if named in catalog.equipment:
            yield Fault(at, "wrong_type", f'{named} is an item, not a preset: write ["{named}"]')
        else:
            fault = unknown_fault(at, named, "equipment preset", tuple(catalog.presets))
            yield replace(fault, allowed=list(catalog.presets))


def _duplicates(ids: Sequence[str], where: tuple[str, ...]) -> Iterator[Fault]:
    for index, id_ in enumerate(ids):
        if id_ in ids[:index]:
            yield Fault(pointer(*where, index, "id"), "duplicate", f"the id {id_[:64]!r} is already taken")


def _calendar_faults(request: PlanRequest) -> Iterator[Fault]:
    week = request.week
    if week.timezone not in timezones():
        yield unknown_fault(pointer("week", "timezone"), week.timezone, "time zone", timezones())
    if week.starts_on is not None and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", week.starts_on):
        try:
            date.fromisoformat(week.starts_on)
        except ValueError:
            yield Fault(pointer("week", "starts_on"), "malformed", f"there is no day {week.starts_on}")


def _session_count_faults(request: PlanRequest) -> Iterator[Fault]:
    stated = request.week.sessions
    if stated.min is not None and stated.max is not None and 1 <= stated.max < stated.min <= limits.MAX_SLOTS:
        at = pointer("week", "sessions", "min")
        yield Fault(at, "contradiction", f"min {stated.min} is above max {stated.max}")


@dataclass(frozen=True)
class _Interval:
    index: int
    slot: SlotRequest
    start: int


def _one_a_day(request: PlanRequest) -> bool:
    """Whether slots of a day exclude one another anyway: what booking systems offer overlaps a lot."""
    return request.week.offered is not None and request.rules.get("structure.sessions", {}).get("per_day", 1) == 1


def _overlaps(slots: Sequence[SlotRequest], *, repeats: bool, exclusive: bool) -> Iterator[Fault]:
    """Slots that run into one another; in a repeating week also across its end. `exclusive` on a day, they may."""
    readable = [
        _Interval(index, slot, DAYS.index(slot.day) * MINUTES_PER_DAY + clock_minutes(slot.start))
        for index, slot in enumerate(slots)
        if re.fullmatch(CLOCK_TIME.pattern, slot.start)
        and limits.MIN_SESSION_MINUTES <= slot.minutes <= limits.MAX_SESSION_MINUTES
    ]
    for first, second in combinations(readable, 2):
        if exclusive and first.slot.day == second.slot.day:
            continue
        for earlier, later in ((first, second), (second, first)):
            apart = later.start - earlier.start
            apart = apart % MINUTES_PER_WEEK if repeats else apart
            if 0 <= apart < earlier.slot.minutes:
                at = pointer("week", "slots", second.index)
                message = f"{later.slot.id} starts while {earlier.slot.id} is still running"
                yield Fault(at, "overlap", message)
                break


def clock_minutes(start: str) -> int:
    """Minutes since midnight of an HH:MM time."""
    hours, minutes = start.split(":")
    return int(hours) * 60 + int(minutes)


def resolved_places(request: PlanRequest, catalog: Catalog) -> dict[str, Place]:
    """Place id -> place with its equipment, in the order of the request."""
    return {place.id: _equipped(place, catalog) for place in place_requests(request, catalog)}


def resolved_slots(request: PlanRequest, catalog: Catalog) -> tuple[Slot, ...]:
    """The slots in time order, counted from the week's first day."""
    places = resolved_places(request, catalog)
    default_place = next(iter(places.values()))
    first = first_weekday(request.week.starts_on)
    slots = [
        Slot(
            id=slot.id,
            start_minute=(DAYS.index(slot.day) - first) % 7 * MINUTES_PER_DAY + clock_minutes(slot.start),
            limit_seconds=slot.minutes * 60,
            place=default_place if slot.place is None else places[slot.place],
            avoid=_avoided(slot.avoid, catalog),
        )
        for slot in slot_requests(request, catalog)
    ]
    return tuple(sorted(slots, key=lambda slot: slot.start_minute))


def _avoided(avoid: SlotAvoidRequest, catalog: Catalog) -> Avoidances:
    """What a slot avoids; a muscle stands for every exercise that trains it enough to count."""
    spared = set(avoid.muscles)
    sore = (e.id for e in catalog.exercises.values() if not spared.isdisjoint(e.volume_quarters))
    return Avoidances(
        exercises=frozenset(avoid.exercises).union(sore if spared else ()),
        patterns=frozenset(avoid.patterns),
        stress=frozenset(avoid.stress),
    )


def _equipped(place: PlaceRequest, catalog: Catalog) -> Place:
    named = place.equipment
    items = frozenset(named) if isinstance(named, list) else catalog.presets[named].equipment
    return Place(place.id, items | {"none"})


def usable_sessions(slots: Sequence[SlotRequest], per_day: int) -> int:
    """How many of the slots can be used together when a day takes at most `per_day`."""
    return sum(min(per_day, offered) for offered in Counter(slot.day for slot in slots).values())


def session_counts(request: PlanRequest, catalog: Catalog, per_day: int) -> tuple[int, int]:
    """Fewest and most sessions: as stated, else every usable slot up to six. A slot that is pinned empty is not usable.

    A stated minimum stands even above what the slots allow: that is a conflict to explain.
    """
    missed = _pinned_empty(request)
    usable = usable_sessions([slot for slot in slot_requests(request, catalog) if slot.id not in missed], per_day)
    default = min(usable, MOST_DEFAULT_SESSIONS)
    stated = request.week.sessions
    asked = stated.min or 0
    most = max(default, asked) if stated.max is None else min(stated.max, max(usable, asked))
    fewest = stated.min if stated.min is not None else min(default, most)
    return fewest, most


def _pinned_empty(request: PlanRequest) -> frozenset[str]:
    """Slots in which nothing is done: a session missed, or a day off."""
    pins = (pin for pin in request.pins if isinstance(pin, PinnedSessionRequest))
    return frozenset(pin.slot for pin in pins if not any(entry.sets for entry in pin.entries))
