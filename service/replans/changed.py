"""The plan's request as it has become: what is over stands as history, the rest is as life has left it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from service.errors import Fault, RequestError, pointer
from service.plans.clock import MINUTES_PER_DAY
from service.plans.mapping import to_problem
from service.plans.mapping.week import place_requests, usable_sessions
from service.plans.schemas import PlanRequest
from service.plans.schemas.request import PinnedSessionRequest, SlotRequest
from service.replans.clock import minute_of
from service.replans.faults import Told
from service.replans.offered import offers_of
from service.validation.parsing import MAX_FAULTS, parse
from service.validation.walk import marker_faults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.plans.schemas.request import PinRequest
    from service.replans.schemas import ReplanRequest
    from service.studies.weeks import KeptWeek
    from solver.domain.problem import Problem

LISTS = ("exercises", "patterns", "stress", "muscles")


@dataclass(frozen=True)
class Changed:
    """The request as it has become, and the same resolved."""

    request: PlanRequest
    problem: Problem
    lost: tuple[str, ...] = ()
    """Slots that are not offered any more."""


def changed(about: KeptWeek, replan: ReplanRequest) -> Changed:
    """What a replan asks for. Raises RequestError with everything that is wrong with it."""
    faults = list(islice(marker_faults(replan, about.question.catalog), MAX_FAULTS))
    if faults:
        raise RequestError(faults)  # times that cannot be read cannot be compared
    told = Told(about, replan)
    if told.faults:
        raise RequestError(told.faults[:MAX_FAULTS])
    return _Change(told).made()


class _Change:
    """The body of the new request in the making."""

    def __init__(self, told: Told) -> None:
        self._told, self._about, self._replan = told, told.about, told.replan
        self._offers = offers_of(told)
        self._origins: dict[str, str] = {}
        """Pointer into the new request -> the part of the replan's request that it comes from."""

    def made(self) -> Changed:
        body = self._about.request.model_dump(mode="json", exclude_unset=True)
        week = body.setdefault("week", {})
        slots = self._slots()
        body["places"] = self._places()
        week["slots"] = slots
        week["sessions"] = self._sessions(week.get("sessions", {}))
        if self._offers.offered is not None:
            week["offered"] = [slot.model_dump(mode="json", exclude_unset=True) for slot in self._offers.offered]
        body["pins"] = self._pins()
        body["solve"] = self._replan.solve.model_dump(mode="json", exclude_unset=True)
        try:
            request = parse(PlanRequest, json.dumps(_stated(body)).encode())
            return Changed(request, to_problem(request, self._about.question.catalog), self._offers.lost)
        except RequestError as error:
            raise RequestError([self._translated(fault) for fault in error.faults]) from None

    def _translated(self, fault: Fault) -> Fault:
        """A fault of the new request at the event that brings it about."""
        found = [at for at in self._origins if fault.pointer == at or fault.pointer.startswith(f"{at}/")]
        at = self._origins[max(found, key=len)] if found else ""
        return Fault(at, fault.code, fault.message, fault.allowed, fault.nearest)

    def _slots(self) -> list[dict[str, Any]]:
        slots = [slot.model_dump(mode="json", exclude_unset=True) for slot in self._told.slots.values()]
        by_id = {slot["id"]: slot for slot in slots}
        for index, move in enumerate(self._replan.moved):
            by_id[move.slot] |= {
                name: value
                for name, value in move.model_dump(mode="json").items()
                if value is not None and name != "slot"
            }
            self._origins[pointer("week", "slots", slots.index(by_id[move.slot]))] = pointer("moved", index)
        for short in self._replan.shortened:
            by_id[short.slot]["minutes"] = short.minutes
        for slot_id, at in {**self._offers.moved, **self._offers.regained}.items():
            by_id[slot_id] |= {"day": at.day, "start": at.start, "minutes": at.minutes}
            self._origins[pointer("week", "slots", slots.index(by_id[slot_id]))] = pointer("offered")
        for index, extra in enumerate(self._replan.extra_slots):
            self._origins[pointer("week", "slots", len(slots))] = pointer("extra_slots", index)
            slots.append(extra.model_dump(mode="json", exclude_unset=True))
        if self._offers.extra:
            self._origins[pointer("week", "slots")] = pointer("offered")
            slots += [extra.model_dump(mode="json", exclude_unset=True) for extra in self._offers.extra]
        self._spare(slots)
        return slots

    def _spare(self, slots: list[dict[str, Any]]) -> None:
        """Keep what hurts out of the slots that are open: those of today, or all."""
        starts = self._starts(slots)
        open_slots = [s for s in slots if s["id"] not in self._told.slots or not self._told.over(s["id"])]
        for index, hurt in enumerate(self._replan.hurts):
            here = open_slots
            if hurt.until == "today":
                today = self._today(starts, open_slots)
                here = [slot for slot in open_slots if starts[slot["id"]] // MINUTES_PER_DAY == today]
            if not here:
                message = (
                    "no session is left today; say until: week" if open_slots else "no session is left in the week"
                )
                raise RequestError([Fault(pointer("hurts", index, "until"), "contradiction", message)])
            for slot in here:
                avoided = slot.get("avoid", {})
                slot["avoid"] = {
                    name: list(dict.fromkeys([*avoided.get(name, []), *getattr(hurt, name)]))
                    for name in LISTS
                    if avoided.get(name) or getattr(hurt, name)
                }

    def _today(self, starts: Mapping[str, int], open_slots: list[dict[str, Any]]) -> int:
        """The day reached; where nothing says how far the week is, that of the next session."""
        if self._replan.now is not None or not open_slots:
            return self._told.now // MINUTES_PER_DAY
        return min(starts[slot["id"]] for slot in open_slots) // MINUTES_PER_DAY

    def _starts(self, slots: list[dict[str, Any]]) -> dict[str, int]:
        request = self._about.request
        return {s["id"]: minute_of(request, s["day"], s.get("start", _DEFAULT_START)) for s in slots}

    def _places(self) -> list[dict[str, Any]]:
        places = [
            place.model_dump(mode="json", exclude_unset=True)
            for place in place_requests(self._about.request, self._about.question.catalog)
        ]
        by_id = {place["id"]: place for place in places}
        for lost in self._replan.equipment_lost:
            place = by_id[lost.place or places[0]["id"]]
            there = place["equipment"]
            if isinstance(there, str):
                there = sorted(self._told.places[place["id"]].equipment - {"none"})
            place["equipment"] = [item for item in there if item not in lost.equipment]
        return places

    def _sessions(self, stated: dict[str, Any]) -> dict[str, Any]:
        """How many sessions: as asked for, an extra slot being an offer that need not be taken."""
        if not self._replan.extra_slots and not self._offers.extra:
            return stated
        rules, unused = self._about.problem.rules, self._unused()
        usable = usable_sessions([s for s in self._told.slots.values() if s.id not in unused], rules.sessions_per_day)
        fewest = stated.get("min", min(rules.sessions_min, usable)) or 1
        if not self._replan.extra_slots:
            return {"min": max(1, fewest), "max": max(fewest, rules.sessions_max)}
        return {"min": max(1, fewest), "max": max(fewest, rules.sessions_max + len(self._replan.extra_slots))}

    def _unused(self) -> set[str]:
        """Slots that are over without a session, or that are not offered any more."""
        pins = self._pins()
        return {pin["slot"] for pin in pins if pin.get("done") and not pin["entries"]}.union(self._offers.lost)

    def _pins(self) -> list[dict[str, Any]]:
        """What is pinned in slots that are open stays; those that are over are pinned as they were, and those that are
        not offered any more unused: a session there can be moved, and is not history."""
        over = {slot for slot in self._told.slots if self._told.over(slot) and slot not in self._offers.regained}
        return [
            *(self._kept_pins(over) if self._replan.pins is None else self._new_pins(self._replan.pins)),
            *({"slot": slot, "entries": []} for slot in self._offers.lost),
            *({"slot": slot, "entries": self._done(slot), "done": True} for slot in self._told.slots if slot in over),
        ]

    def _kept_pins(self, over: set[str]) -> list[dict[str, Any]]:
        moved = self._told.moved_to.keys()
        free = over.union(self._offers.lost, self._offers.regained)
        return [
            pin.model_dump(mode="json", exclude_unset=True)
            for pin in self._about.request.pins
            if pin.slot not in free and not (pin.slot in moved and isinstance(pin, PinnedSessionRequest) and pin.done)
        ]

    def _new_pins(self, pins: Sequence[PinRequest]) -> list[dict[str, Any]]:
        self._origins |= {pointer("pins", index): pointer("pins", index) for index in range(len(pins))}
        return [pin.model_dump(mode="json", exclude_unset=True) for pin in pins]

    def _done(self, slot: str) -> list[dict[str, Any]]:
        """What was done in a slot that is over: as told, else as it was planned."""
        if slot in self._replan.missed:
            return []
        planned = next((s.entries for s in self._about.plan.sessions if s.slot == slot), ())
        as_planned = {
            entry.exercise: {
                "exercise": entry.exercise,
                "sets": entry.sets,
                "equipment": list(entry.equipment),
                **({} if entry.superset is None else {"superset": entry.superset}),
            }
            for entry in planned
        }
        told = next((done.entries for done in self._replan.done if done.slot == slot), None)
        if told is None:
            return list(as_planned.values())
        with_what = {exercise: {"equipment": entry["equipment"]} for exercise, entry in as_planned.items()}
        return [{"exercise": e.exercise, "sets": e.sets, **with_what.get(e.exercise, {})} for e in told]


_DEFAULT_START: str = SlotRequest.model_fields["start"].default


def _stated(body: dict[str, Any]) -> dict[str, Any]:
    """The body without parts that say nothing."""
    return {name: value for name, value in body.items() if value not in ({}, [])}
