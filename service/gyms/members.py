"""A member's request made whole: with the gym's places and those of its slots that the member can come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import Fault, pointer
from service.gyms.fitting import equipment_of
from service.plans import limits
from service.plans.schemas import PlanRequest
from service.plans.schemas.request import PinnedSessionRequest, SlotRequest
from service.validation.walk import unknown_fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from catalog.catalog import Catalog
    from service.gyms.schemas import GymPlaceRequest, GymRequest, MemberRequest

OF_THE_GYM = ("starts_on", "timezone", "repeats")
"""Fields of a week that the gym says for all."""


def whole_request(
    gym: GymRequest,
    member: MemberRequest,
    catalog: Catalog,
    gone: Mapping[str, frozenset[str]] | None = None,
    full: Collection[str] = (),
) -> PlanRequest:
    """The request for a plan that a member of a gym stands for; without what is `gone` from the gym's places.

    `full`: slots that are left out. The member has no faults of its own.
    """
    plan, week = member.plan, member.plan.week
    own = plan.places or []
    places = [*(_place(place, (gone or {}).get(place.id), catalog) for place in gym.places), *own]
    at_first = gym.places[0].id
    slots = [
        *(_slot(slot, at_first) for slot in chosen(gym, member) if slot.id not in full),
        *(_slot(slot, own[0].id if own else at_first) for slot in week.slots or []),
    ]
    whole = {
        **plan.model_dump(exclude_unset=True),
        "places": places,
        "week": {
            **gym.week.model_dump(include=set(OF_THE_GYM), exclude_unset=True),
            **week.model_dump(include={"sessions"}, exclude_unset=True),
            "slots": slots,
        },
    }
    return PlanRequest.model_validate(whole)


def full_slots(gym: GymRequest, member: MemberRequest, left: Mapping[str, int]) -> frozenset[str]:
    """Slots of the gym that have no place left for a member: none for who is booked, who has his places.

    A slot that he pins is not among them, and none is where he has no other.
    """
    mine = {slot.id for slot in chosen(gym, member)}
    if member.booked is not None:
        return frozenset()
    full = {slot for slot in mine if left.get(slot) == 0} - {pin.slot for pin in member.plan.pins}
    return frozenset(full) if mine - full or member.plan.week.slots else frozenset()


def _place(place: GymPlaceRequest, gone: frozenset[str] | None, catalog: Catalog) -> dict[str, object]:
    if not gone:
        return place.model_dump(include={"id", "equipment"}, exclude_unset=True)
    return {"id": place.id, "equipment": sorted(equipment_of(place, catalog) - gone)}


def _slot(slot: SlotRequest, place: str) -> dict[str, object]:
    told = slot.model_dump(include=set(SlotRequest.model_fields), exclude_unset=True, exclude_none=True)
    return {"place": place, **told}


def chosen(gym: GymRequest, member: MemberRequest) -> Sequence[SlotRequest]:
    """The gym's slots that a member can come to, in the member's order."""
    if member.slots is None:
        return gym.week.slots
    by_id = {slot.id: slot for slot in gym.week.slots}
    return [by_id[slot] for slot in member.slots]


def member_faults(gym: GymRequest, member: MemberRequest) -> Iterator[Fault]:
    """What is wrong with how a member fits the gym; pointers lead into the member."""
    plan = member.plan
    offered = [slot.id for slot in gym.week.slots]
    for index, slot in enumerate(member.slots or []):
        if slot not in offered:
            yield unknown_fault(pointer("slots", index), slot, "slot", offered)
        elif slot in (member.slots or [])[:index]:
            yield Fault(pointer("slots", index), "duplicate", f"{slot[:64]} is among the slots already")
    yield from _size_faults(gym, member)
    places = {place.id for place in gym.places}
    for index, place in enumerate(plan.places or []):
        if place.id in places:
            message = f"'{place.id}' is a place of the gym: it need not be said again, and cannot be said otherwise"
            yield Fault(pointer("plan", "places", index, "id"), "duplicate", message)
    yield from _week_faults(gym, member)


def _week_faults(gym: GymRequest, member: MemberRequest) -> Iterator[Fault]:
    """What a member says of the week that is the gym's to say."""
    week = member.plan.week
    offered = {slot.id for slot in gym.week.slots}
    for index, slot in enumerate(week.slots or []):
        if slot.id in offered:
            message = f"'{slot.id[:64]}' is a slot of the gym: name it in slots, or call your own otherwise"
            yield Fault(pointer("plan", "week", "slots", index, "id"), "duplicate", message)
    for index, pin in enumerate(member.plan.pins):
        if isinstance(pin, PinnedSessionRequest) and pin.done:
            message = "a schedule plans a week before it begins: nothing of it is done"
            yield Fault(pointer("plan", "pins", index, "done"), "contradiction", message)
    if week.offered is not None:
        message = "what can be booked is said by the slots of the gym"
        yield Fault(pointer("plan", "week", "offered"), "contradiction", message)
    for name in OF_THE_GYM:
        if name in week.model_fields_set and getattr(week, name) != getattr(gym.week, name):
            message = f"{name} is the gym's: {getattr(gym.week, name)}; leave it out"
            yield Fault(pointer("plan", "week", name), "contradiction", message)


def _size_faults(gym: GymRequest, member: MemberRequest) -> Iterator[Fault]:
    own = member.plan.week.slots or []
    count = len(gym.week.slots if member.slots is None else member.slots) + len(own)
    if count > limits.MAX_SLOTS:
        message = f"a member can choose from at most {limits.MAX_SLOTS} slots, not {count}: name them in slots"
        yield Fault(pointer("slots"), "wrong_size", message, {"minimum": 1, "maximum": limits.MAX_SLOTS})
    places = len(gym.places) + len(member.plan.places or [])
    if places > limits.MAX_PLACES:
        message = f"at most {limits.MAX_PLACES} places with those of the gym, not {places}"
        yield Fault(pointer("plan", "places"), "wrong_size", message)


def moved_pointer(gym: GymRequest, member: MemberRequest, at: str) -> str:
    """A pointer into the whole request as one into the member; what is the gym's leads to the member's choice of it."""
    parts = at.split("/")[1:]
    match parts:
        case ["week", "slots", index, *rest] if index.isdigit():
            count = len(chosen(gym, member))
            if int(index) >= count:
                return pointer("plan", "week", "slots", int(index) - count, *rest)
            return pointer("slots") if member.slots is None else pointer("slots", int(index))
        case ["places", index, *rest] if index.isdigit() and int(index) >= len(gym.places):
            return pointer("plan", "places", int(index) - len(gym.places), *rest)
        case []:
            return pointer("plan")
        case _:
            return pointer("plan") + at
