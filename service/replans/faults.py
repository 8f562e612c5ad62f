"""Everything in a replan's request that does not fit the plan it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import Fault, pointer
from service.plans.mapping.offered import slot_faults
from service.plans.mapping.week import resolved_places, slot_requests
from service.plans.schemas.request import PinnedSessionRequest
from service.replans.clock import minute_of, minute_reached
from service.validation.walk import unknown_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.replans.schemas import ReplanRequest
    from service.studies.weeks import KeptWeek


class Told:
    """A replan's request beside its plan: when each slot starts, how far the week is, and what is wrong."""

    def __init__(self, about: KeptWeek, replan: ReplanRequest) -> None:
        self.about, self.replan = about, replan
        catalog = about.question.catalog
        self.slots = {slot.id: slot for slot in slot_requests(about.request, catalog)}
        self.places = resolved_places(about.request, catalog)
        self.starts = {slot.id: minute_of(about.request, slot.day, slot.start) for slot in self.slots.values()}
        self.planned = {session.slot for session in about.plan.sessions}
        self.history = set(about.problem.done)
        self.faults: list[Fault] = []
        now = minute_reached(replan, about.request, self.starts, self.faults)
        self.now = 0 if now is None else now
        self._events = list(self._all_events())
        self.faults += self._unknown()
        self.faults += self._twice()
        if now is not None:
            self.faults += self._out_of_time()
        self.faults += self._without_sense()
        self.faults += self._offered_faults()

    @property
    def named(self) -> set[str]:
        """Slots that something is told of by name."""
        return {slot for slot, _ in self._events}

    @property
    def moved_to(self) -> dict[str, int]:
        """New start of every slot that has one, in minutes of the week."""
        found = {}
        for move in self.replan.moved:
            slot = self.slots.get(move.slot)
            if slot is not None:
                found[move.slot] = minute_of(self.about.request, move.day or slot.day, move.start or slot.start)
        return found

    def over(self, slot: str) -> bool:
        """Whether a slot of the plan is history, by its time or by what is told of it."""
        if slot in {done.slot for done in self.replan.done} | set(self.replan.missed):
            return True
        return slot not in self.moved_to and (slot in self.history or self.starts[slot] < self.now)

    def _all_events(self) -> Iterator[tuple[str, str]]:
        """Slot and pointer of everything that is told of a session."""
        for index, done in enumerate(self.replan.done):
            yield done.slot, pointer("done", index, "slot")
        for index, slot in enumerate(self.replan.missed):
            yield slot, pointer("missed", index)
        for index, move in enumerate(self.replan.moved):
            yield move.slot, pointer("moved", index, "slot")
        for index, short in enumerate(self.replan.shortened):
            yield short.slot, pointer("shortened", index, "slot")

    def _unknown(self) -> Iterator[Fault]:
        now = self.replan.now
        named = [*self._events, *([(now.slot, pointer("now", "slot"))] if now is not None and now.slot else [])]
        for slot, at in named:
            if slot not in self.slots:
                yield unknown_fault(at, slot, "slot", tuple(self.slots))
        placed = [(move.place, pointer("moved", i, "place")) for i, move in enumerate(self.replan.moved)]
        placed += [
            (lost.place, pointer("equipment_lost", i, "place")) for i, lost in enumerate(self.replan.equipment_lost)
        ]
        placed += [(slot.place, pointer("extra_slots", i, "place")) for i, slot in enumerate(self.replan.extra_slots)]
        for place, at in placed:
            if place is not None and place not in self.places:
                yield unknown_fault(at, place, "place", tuple(self.places))

    def _twice(self) -> Iterator[Fault]:
        seen: dict[str, str] = {}
        for slot, at in self._events:
            if seen.setdefault(slot, at) != at:
                message = f"{slot[:64]!r} is told of already at {seen[slot]}; say one thing of a session"
                yield Fault(at, "contradiction", message)
        taken = set(self.slots)
        for index, extra in enumerate(self.replan.extra_slots):
            if extra.id in taken:
                yield Fault(
                    pointer("extra_slots", index, "id"), "duplicate", f"the id {extra.id[:64]!r} is already taken"
                )
            taken.add(extra.id)

    def _out_of_time(self) -> Iterator[Fault]:
        for index, done in enumerate(self.replan.done):
            if self.starts.get(done.slot, -1) >= self.now:
                message = f"{done.slot!r} is not over at the moment told; what is done lies before `now`"
                yield Fault(pointer("done", index, "slot"), "contradiction", message)
        for index, move in enumerate(self.replan.moved):
            new = self.moved_to.get(move.slot)
            if new is not None and new < self.now:
                field = "day" if move.day is not None else "start" if move.start is not None else "slot"
                yield Fault(
                    pointer("moved", index, field), "contradiction", f"{move.slot!r} would be held before `now`"
                )
        for index, short in enumerate(self.replan.shortened):
            if short.slot in self.slots and self.over(short.slot):
                message = f"{short.slot!r} is over; say what was done in it with `done`"
                yield Fault(pointer("shortened", index, "slot"), "contradiction", message)
        for index, extra in enumerate(self.replan.extra_slots):
            if minute_of(self.about.request, extra.day, extra.start) < self.now:
                yield Fault(
                    pointer("extra_slots", index, "day"), "contradiction", f"{extra.id[:64]!r} lies before `now`"
                )

    def _without_sense(self) -> Iterator[Fault]:
        for index in range(len(self.replan.done)):
            yield from self._done_faults(index)
        for index, move in enumerate(self.replan.moved):
            if not move.model_fields_set - {"slot"}:
                message = "say what is new: day, start, place or minutes"
                yield Fault(pointer("moved", index), "required", message, ["day", "start", "place", "minutes"])
        for index, short in enumerate(self.replan.shortened):
            slot = self.slots.get(short.slot)
            if slot is not None and short.minutes >= slot.minutes:
                message = (
                    f"{short.slot!r} has {slot.minutes} minutes in the plan, which is no more than {short.minutes}"
                )
                yield Fault(pointer("shortened", index, "minutes"), "contradiction", message)
        yield from self._lost_faults()
        yield from self._hurt_faults()
        yield from self._pin_faults()

    def _offered_faults(self) -> Iterator[Fault]:
        offered = self.replan.offered
        if offered is None:
            return
        if self.about.request.week.starts_on is None:
            message = "the plan's week has no date, so slots on a date say nothing of it"
            yield Fault(pointer("offered"), "contradiction", message)
        yield from slot_faults(offered, tuple(self.places), ("offered",))

    def _done_faults(self, index: int) -> Iterator[Fault]:
        done = self.replan.done[index]
        if done.entries is None:
            if done.slot in self.slots and done.slot not in self.planned:
                message = f"the plan has no session in {done.slot!r}; say what was done there"
                yield Fault(pointer("done", index, "entries"), "required", message)
            return
        named: set[str] = set()
        for position, entry in enumerate(done.entries):
            if entry.exercise in named:
                at = pointer("done", index, "entries", position, "exercise")
                yield Fault(at, "duplicate", f"{entry.exercise[:64]!r} is already in this session")
            named.add(entry.exercise)

    def _lost_faults(self) -> Iterator[Fault]:
        for index, lost in enumerate(self.replan.equipment_lost):
            place = self.places.get(lost.place or next(iter(self.places)))
            if not lost.equipment:
                yield Fault(pointer("equipment_lost", index, "equipment"), "required", "say what is gone")
            for position, item in enumerate(lost.equipment):
                if place is not None and item not in place.equipment:
                    at = pointer("equipment_lost", index, "equipment", position)
                    there = sorted(place.equipment - {"none"})
                    yield Fault(at, "contradiction", f"there is no {item[:64]!r} at {place.id!r} to lose", there)

    def _hurt_faults(self) -> Iterator[Fault]:
        for index, hurt in enumerate(self.replan.hurts):
            if not (hurt.exercises or hurt.patterns or hurt.stress or hurt.muscles):
                words = ["exercises", "patterns", "stress", "muscles"]
                yield Fault(pointer("hurts", index), "required", f"say what hurts: one of {', '.join(words)}", words)

    def _pin_faults(self) -> Iterator[Fault]:
        for index, pin in enumerate(self.replan.pins or []):
            if isinstance(pin, PinnedSessionRequest) and pin.done:
                message = "what was done is told with `done` or `missed`, not pinned"
                yield Fault(pointer("pins", index, "done"), "contradiction", message)
            elif pin.slot in self.slots and self.over(pin.slot):
                message = f"{pin.slot!r} is over; pins are for sessions that are not"
                yield Fault(pointer("pins", index, "slot"), "contradiction", message)
