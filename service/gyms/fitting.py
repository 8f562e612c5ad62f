"""What stands in a gym: places, their stations, and what is gone while stations are broken."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from service.errors import Fault, pointer
from service.gyms.limits import MAX_NAME_LETTERS
from service.plans.mapping.week import week_faults
from service.plans.schemas import PlanRequest
from service.plans.schemas.request import WeekRequest
from solver.gym import Station

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.catalog import Catalog
    from service.gyms.schemas import GymPlaceRequest, GymRequest, MemberRequest, StationRequest


def provided(station: StationRequest) -> frozenset[str]:
    """The items that a station gives to who uses it."""
    return frozenset([station.id] if station.provides is None else station.provides)


def resolved_stations(gym: GymRequest) -> dict[str, tuple[Station, ...]]:
    """Place -> its stations."""
    return {
        place.id: tuple(Station(station.id, provided(station), station.count) for station in place.stations)
        for place in gym.places
    }


def what_is_gone(gym: GymRequest) -> dict[str, frozenset[str]]:
    """Place -> the items that only broken stations provide."""
    return {place.id: _provided(place) - _provided(place, working=True) for place in gym.places}


def _provided(place: GymPlaceRequest, *, working: bool = False) -> frozenset[str]:
    return frozenset().union(*(provided(station) for station in place.stations if station.count or not working))


def equipment_of(place: GymPlaceRequest, catalog: Catalog) -> frozenset[str]:
    """Everything that stands at a place, whole or broken. KeyError for a preset that is unknown."""
    named = place.equipment
    return frozenset(named) if isinstance(named, list) else catalog.presets[named].equipment


def places_left(gym: GymRequest, members: Iterable[MemberRequest]) -> dict[str, int]:
    """Slot -> how many members who are not booked can train in it; without slots that have no limit."""
    booked = Counter(session.slot for member in members for session in member.booked or [])
    left = {slot.id: [slot.remaining, _beside(slot.capacity, booked[slot.id])] for slot in gym.week.slots}
    return {slot: min(known) for slot, both in left.items() if (known := [one for one in both if one is not None])}


def _beside(capacity: int | None, booked: int) -> int | None:
    return None if capacity is None else max(0, capacity - booked)


def gym_faults(gym: GymRequest, catalog: Catalog) -> Iterator[Fault]:
    """Everything wrong with a gym whose numbers are in range."""
    if len(gym.name) > MAX_NAME_LETTERS or "\x00" in gym.name:
        message = f"name has at most {MAX_NAME_LETTERS} characters, none of them NUL"
        yield Fault(pointer("name"), "out_of_range", message)
    week = WeekRequest(starts_on=gym.week.starts_on, timezone=gym.week.timezone, repeats=gym.week.repeats)
    # Its pointers are those of a gym as well. Slots of a gym may overlap, and be more than one athlete's.
    as_plan = PlanRequest().model_copy(
        update={"places": gym.places, "week": week.model_copy(update={"slots": gym.week.slots})}
    )
    for index, slot in enumerate(gym.week.slots):
        if slot.capacity is not None and slot.remaining is not None and slot.remaining > slot.capacity:
            at = pointer("week", "slots", index, "remaining")
            yield Fault(at, "contradiction", f"remaining {slot.remaining} is above capacity {slot.capacity}")
    known_places = True
    for fault in week_faults(as_plan, catalog):
        if fault.code != "overlap":
            known_places = known_places and not fault.pointer.startswith("/places/")
            yield fault
    if known_places:
        for index, place in enumerate(gym.places):
            yield from _station_faults(index, place, equipment_of(place, catalog))


def _station_faults(index: int, place: GymPlaceRequest, equipment: frozenset[str]) -> Iterator[Fault]:
    ids = [station.id for station in place.stations]
    for number, station in enumerate(place.stations):
        at = ("places", index, "stations", number)
        if station.id in ids[:number]:
            yield Fault(pointer(*at, "id"), "duplicate", f"the id {station.id[:64]!r} is already taken")
        if station.provides is None and station.id not in equipment:
            message = f"'{station.id}' is no item of '{place.id}': say in provides which of its items it gives"
            yield Fault(pointer(*at, "provides"), "required", message)
        for position, item in enumerate(station.provides or []):
            if item not in equipment:
                message = f"'{item}' is not among the equipment of '{place.id}'"
                yield Fault(pointer(*at, "provides", position), "contradiction", message)
