"""Pinned entries and sessions, and whether they agree with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import Fault, pointer
from service.plans.mapping.week import slot_requests
from service.plans.phrases import counted
from service.plans.schemas.request import PinnedEntryRequest, PinnedSessionRequest
from service.validation.walk import unknown_fault
from solver.domain.problem import PinnedEntry, PinnedSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest

_Sets = dict[str, int]


def pin_faults(request: PlanRequest, catalog: Catalog) -> Iterator[Fault]:
    """Unknown slots, and pins that contradict or repeat each other.

    A pin may have more or fewer sets than the catalog would plan: what was done was done.
    """
    slots = [slot.id for slot in slot_requests(request, catalog)]
    for index, pin in enumerate(request.pins):
        if pin.slot not in slots:
            yield unknown_fault(pointer("pins", index, "slot"), pin.slot, "slot", slots)
    sessions: dict[str, _Sets] = {}
    for index, pin in enumerate(request.pins):
        if isinstance(pin, PinnedSessionRequest):
            yield from _session_faults(index, pin, sessions)
    entries: dict[tuple[str, str], int] = {}
    for index, pin in enumerate(request.pins):
        if isinstance(pin, PinnedEntryRequest):
            yield from _entry_faults(index, pin, sessions, entries)


def _session_faults(index: int, pin: PinnedSessionRequest, sessions: dict[str, _Sets]) -> Iterator[Fault]:
    if pin.slot in sessions:
        yield Fault(pointer("pins", index), "contradiction", f"the session in {pin.slot[:64]!r} is already pinned")
        return
    done: _Sets = {}
    for position, entry in enumerate(pin.entries):
        at = pointer("pins", index, "entries", position)
        if entry.exercise in done:
            yield Fault(at, "contradiction", f"{entry.exercise[:64]!r} is already in this session")
        else:
            done[entry.exercise] = entry.sets
    sessions[pin.slot] = done


def _entry_faults(
    index: int,
    pin: PinnedEntryRequest,
    sessions: dict[str, _Sets],
    entries: dict[tuple[str, str], int],
) -> Iterator[Fault]:
    at, pair = pointer("pins", index, "sets"), (pin.slot, pin.exercise)
    if entries.setdefault(pair, pin.sets) != pin.sets:
        message = f"{pin.exercise[:64]!r} in {pin.slot[:64]!r} is already pinned to {counted(entries[pair], 'set')}"
        yield Fault(at, "contradiction", message)
    elif pin.slot in sessions and sessions[pin.slot].get(pin.exercise, 0) != pin.sets:
        pinned = sessions[pin.slot].get(pin.exercise, 0)
        message = f"the pinned session in {pin.slot[:64]!r} has {counted(pinned, 'set')} of {pin.exercise[:64]!r}"
        yield Fault(at, "contradiction", message)


def pinned_entries(request: PlanRequest) -> tuple[PinnedEntry, ...]:
    """Single pinned entries, each pair of slot and exercise once."""
    pins = (pin for pin in request.pins if isinstance(pin, PinnedEntryRequest))
    return tuple(dict.fromkeys(PinnedEntry(pin.slot, pin.exercise, pin.sets) for pin in pins))


def pinned_sessions(request: PlanRequest) -> tuple[PinnedSession, ...]:
    """Whole pinned sessions; an entry of 0 sets says no more than leaving it out."""
    return tuple(
        PinnedSession(
            pin.slot,
            tuple(
                PinnedEntry(
                    pin.slot, e.exercise, e.sets, None if e.equipment is None else tuple(e.equipment), e.superset
                )
                for e in pin.entries
                if e.sets
            ),
            pin.done,
        )
        for pin in request.pins
        if isinstance(pin, PinnedSessionRequest)
    )
