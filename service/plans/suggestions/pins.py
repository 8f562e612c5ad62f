"""Changes of what is pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans import limits
from service.plans.mapping.offered import left_out
from service.plans.phrases import name_of
from service.plans.schemas.request import PinnedSessionRequest
from service.plans.suggestions import costs
from service.plans.suggestions.asked import Asked, Change, Offers, offer
from service.plans.suggestions.patching import drop, put

if TYPE_CHECKING:
    from service.plans.suggestions.patching import Operation
    from solver.domain.subject import Subject


def released(asked: Asked, subject: Subject) -> Offers:
    """A pinned entry, or a whole session, that is free again; or a session that takes more than what is pinned.

    What was done was done: nothing frees it.
    """
    if (subject.of or subject.id) in asked.problem.done:
        return []
    if subject.kind == "entry":
        statement = f"release the pin of {name_of(subject.id)} in '{subject.of}'"
        change = Change(_without_entry(asked, subject.of, subject.id), statement, costs.RELEASED_ENTRY)
        return offer(asked, f"pin of {subject}", change)
    index = _session(asked, subject.id)
    pin = asked.request.pins[index]
    assert isinstance(pin, PinnedSessionRequest)
    if not any(entry.sets for entry in pin.entries):
        if subject.id in {left.slot for left in left_out(asked.request.week)}:
            return []  # nobody here can make room in it
        free = Change((drop(("pins", index)),), f"let '{subject}' be used", costs.RELEASED_SESSION)
        return offer(asked, f"pin of {subject}", free)
    whole = Change((drop(("pins", index)),), f"release the pinned session in '{subject}'", costs.RELEASED_SESSION)
    return [*_opened(asked, index, pin), *offer(asked, f"pin of {subject}", whole)]


def _opened(asked: Asked, index: int, pin: PinnedSessionRequest) -> Offers:
    """The session's entries stay pinned one by one, so that others may join them."""
    stay = [
        {"slot": pin.slot, "exercise": entry.exercise, "sets": entry.sets}
        for entry in pin.entries
        if entry.sets and not any(_is_entry(other, pin.slot, entry.exercise) for other in asked.request.pins)
    ]
    before = len(asked.request.pins) - 1
    if before + len(stay) > limits.MAX_PINS:
        return []
    rest = {"pins": [None] * before}
    operations: list[Operation] = [drop(("pins", index))]
    for entry in stay:
        operations.append(put(rest, ("pins", len(rest["pins"])), entry))
        rest["pins"].append(None)
    statement = f"keep what is pinned in '{pin.slot}', but let more be added"
    return offer(asked, f"pin of {pin.slot}", Change(tuple(operations), statement, costs.OPEN_SESSION))


def _session(asked: Asked, slot: str) -> int:
    pins = asked.request.pins
    return next(i for i, pin in enumerate(pins) if isinstance(pin, PinnedSessionRequest) and pin.slot == slot)


def _is_entry(pin: object, slot: str, exercise: str) -> bool:
    return not isinstance(pin, PinnedSessionRequest) and (
        getattr(pin, "slot", None),
        getattr(pin, "exercise", None),
    ) == (slot, exercise)


def _without_entry(asked: Asked, slot: str, exercise: str) -> tuple[Operation, ...]:
    """Removals from the end on, so that none moves what is still to be removed."""
    operations = []
    for index in reversed(range(len(asked.request.pins))):
        pin = asked.request.pins[index]
        if isinstance(pin, PinnedSessionRequest):
            named = [entry.exercise for entry in pin.entries] if pin.slot == slot else []
            if exercise in named:
                operations.append(drop(("pins", index, "entries", named.index(exercise))))
        elif (pin.slot, pin.exercise) == (slot, exercise):
            operations.append(drop(("pins", index)))
    return tuple(operations)
