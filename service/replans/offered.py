"""What has become of the bookable slots of a plan: those it stands on, and those that it could use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.plans.mapping.offered import LeftOut, placed_slots
from service.replans.clock import minute_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.plans.schemas.request import OfferedSlotRequest, SlotRequest
    from service.replans.faults import Told


@dataclass(frozen=True)
class Offers:
    """Offered slots beside those of the plan. What is over, or told of by name, is in none of the first three."""

    lost: tuple[str, ...] = ()
    """Slots of the plan that cannot be used any more."""
    moved: Mapping[str, SlotRequest] = field(default_factory=dict)
    """Slots of the plan at other times, or of another length."""
    regained: Mapping[str, SlotRequest] = field(default_factory=dict)
    """Slots of the plan that could not be used when it was made, and can be now."""
    extra: tuple[SlotRequest, ...] = ()
    """Slots that the plan did not have."""
    offered: tuple[OfferedSlotRequest, ...] | None = None
    """All that are known, as they are now; None when nothing was told of them."""


def offers_of(told: Told) -> Offers:
    """What a replan's `offered` comes to for its plan."""
    news, week = told.replan.offered, told.about.request.week
    if news is None:
        return Offers()
    offered = _together(week.offered or [], news)
    before = placed_slots(week)
    now = placed_slots(week.model_copy(update={"offered": offered}))
    lost: list[str] = []
    moved: dict[str, SlotRequest] = {}
    regained: dict[str, SlotRequest] = {}
    extra: list[SlotRequest] = []
    for id_ in (slot.id for slot in news if slot.id not in told.named):
        new, mine = _usable(now[id_], told), told.slots.get(id_)
        if mine is None:
            extra += [] if new is None else [new]
        elif not told.over(id_):
            old = before.get(id_, mine)
            if isinstance(old, LeftOut):
                regained |= {} if new is None else {id_: new}
            elif new is None:
                lost.append(id_)
            elif _times(old) != _times(new):
                moved[id_] = new
    return Offers(tuple(lost), moved, regained, tuple(extra), tuple(offered))


def _usable(slot: SlotRequest | LeftOut, told: Told) -> SlotRequest | None:
    """The slot, if it can be used and is yet to come."""
    if isinstance(slot, LeftOut) or minute_of(told.about.request, slot.day, slot.start) < told.now:
        return None
    return slot


def _together(known: Sequence[OfferedSlotRequest], news: Sequence[OfferedSlotRequest]) -> list[OfferedSlotRequest]:
    """What is known with the news in its place; a place is kept that the news do not name."""
    by_id = {slot.id: slot for slot in known}
    for slot in news:
        was = by_id.get(slot.id)
        place = slot.place or (None if was is None else was.place)
        by_id[slot.id] = slot if place == slot.place else slot.model_copy(update={"place": place})
    return list(by_id.values())


def _times(slot: SlotRequest) -> tuple[str, str, int]:
    return slot.day, slot.start, slot.minutes
