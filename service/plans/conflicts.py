"""Where in the request a conflicting rule comes from: JSON Pointers to what says so, or would have to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.errors import pointer
from service.plans.schemas.request import PinnedSessionRequest
from solver.domain.kinds import DEADLIFT
from solver.domain.subject import at_slot, entry, on_ladder
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from service.plans.schemas import PlanRequest
    from solver.domain.subject import Subject

AVOIDED_LISTS = {"exercise": "exercises", "pattern": "patterns", "stress": "stress", "equipment": "equipment"}
"""What kind of word an exclusion is -> the list of the request that holds it."""


def request_pointers(request: PlanRequest, rule: str, subject: Subject) -> list[str]:
    """Pointers for one element of a conflict, the most telling first; never empty.

    Each leads to something in the request, or to where a value could be put beside what is there. What a default says
    is shown by the nearest part of the request that could say otherwise, at last by the whole of it.
    """
    special = _SPECIAL.get(rule)
    found = special(request, subject) if special else []
    body = request.model_dump(mode="json", exclude_unset=True)
    settled = list(dict.fromkeys(_settled(body, at) for at in found or _parameters(request, rule)))
    return [at for at in settled if at] or [""]


def _settled(body: Any, at: str) -> str:
    """The pointer itself when its parent is in the body, else the longest part of it that is."""
    parts = at.split("/")[1:]
    there, depth = body, 0
    for part in parts:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(there, dict) and key in there:
            there = there[key]
        elif isinstance(there, list) and key.isdigit() and int(key) < len(there):
            there = there[int(key)]
        else:
            break
        depth += 1
    addable = depth == len(parts) - 1 and isinstance(there, dict)
    return at if addable else "".join(f"/{part}" for part in parts[:depth])


def _parameters(request: PlanRequest, rule: str) -> list[str]:
    """The rule's parameters that the request states; without any, the rule's own place."""
    spec = RULE_BY_ID.get(rule)
    stated = request.rules.get(rule, {})
    if stated and spec is not None:
        return [pointer("rules", rule, name) for name in stated]
    return [pointer("rules", rule)] if spec is not None and spec.parameters else [pointer("week", "slots")]


def _at_slot(request: PlanRequest, slot_id: str, *field: str) -> list[str]:
    slots = request.week.slots
    if slots is None:
        return [pointer("week", "slots")]
    return [pointer("week", "slots", i, *field) for i, slot in enumerate(slots) if slot.id == slot_id]


def _index_of(items: Sequence[str], wanted: str, *where: str | int) -> list[str]:
    return [pointer(*where, index) for index, item in enumerate(items) if item == wanted]


def _session_minutes(request: PlanRequest, slot: Subject) -> list[str]:
    stated = [pointer("rules", "time.session", name) for name in request.rules.get("time.session", {})]
    return [*_at_slot(request, slot.id, "minutes"), *stated]


def _equipment(request: PlanRequest, place: Subject) -> list[str]:
    if request.places is None:
        return [pointer("places")]
    return [pointer("places", i, "equipment") for i, p in enumerate(request.places) if p.id == place.id]


def _exclusions(request: PlanRequest, subject: Subject) -> list[str]:
    name = AVOIDED_LISTS[subject.of]
    found = _index_of(getattr(request.athlete.avoid, name), subject.id, "athlete", "avoid", name)
    return found or _slot_exclusions(request, name, subject.id)


def _slot_exclusions(request: PlanRequest, name: str, word: str) -> list[str]:
    """Where slots avoid a word; what is left out for a muscle's sake is not named, so the slots' lists are."""
    slots = [(("week", "slots", index, "avoid"), slot.avoid) for index, slot in enumerate(request.week.slots or [])]
    named = [at for parts, avoid in slots for at in _index_of(getattr(avoid, name, []), word, *parts, name)]
    return named or [pointer(*parts) for parts, avoid in slots if avoid.muscles]


def _skill(request: PlanRequest, subject: Subject) -> list[str]:
    stated = subject.id in request.athlete.ladder_stages
    if subject.kind == "ladder" and (stated or request.athlete.experience is None):
        return [pointer("athlete", "ladder_stages", subject.id)]
    return [pointer("athlete", "experience")]


def _must_include(request: PlanRequest, subject: Subject) -> list[str]:
    wanted = [item.exercise for item in request.athlete.must_include]
    return _index_of(wanted, subject.id, "athlete", "must_include")


def pin_pointers(request: PlanRequest, subject: Subject) -> list[str]:
    """Pointers to the pins of a subject: a slot with a whole session, or an entry."""
    found = []
    for index, pin in enumerate(request.pins):
        if isinstance(pin, PinnedSessionRequest):
            if subject == at_slot(pin.slot):
                found.append(pointer("pins", index))
            exercises = [e.exercise for e in pin.entries if subject == entry(pin.slot, e.exercise)]
            found += [pointer("pins", index, "entries", _position(pin, exercise)) for exercise in exercises]
        elif subject == entry(pin.slot, pin.exercise):
            found.append(pointer("pins", index))
    return found


def _position(pin: PinnedSessionRequest, exercise: str) -> int:
    return [e.exercise for e in pin.entries].index(exercise)


def _session_count(request: PlanRequest, subject: Subject) -> list[str]:
    slots = pointer("week", "slots")
    if subject.kind == "slot":
        return _at_slot(request, subject.id)
    if subject.id == "per_day":
        return [pointer("rules", "structure.sessions", "per_day"), slots]
    stated = getattr(request.week.sessions, subject.id) is not None
    return [pointer("week", "sessions", subject.id), slots] if stated else [slots]


def _axial(request: PlanRequest, subject: Subject) -> list[str]:
    return _at_slot(request, subject.id) if subject.kind == "slot" else []


def _session_make_up(_: PlanRequest, subject: Subject) -> list[str]:
    return [pointer("rules", "structure.exercises", subject.id)] if subject.id in ("max", "drills") else []


def _recovery(request: PlanRequest, subject: Subject) -> list[str]:
    muscle = subject.id
    stated = request.rules.get("recovery.muscle", {})
    hours = stated.get("hours")
    if isinstance(hours, dict) and muscle in hours:
        return [pointer("rules", "recovery.muscle", "hours", muscle), pointer("week", "slots")]
    mode = [pointer("rules", "recovery.muscle", "mode")] if "mode" in stated else []
    return [*mode, pointer("week", "slots")]


def _required(request: PlanRequest, subject: Subject) -> list[str]:
    muscle = subject.id
    listed = _index_of(request.athlete.required_muscles, muscle, "athlete", "required_muscles")
    stated = muscle in request.rules.get("volume.weekly_min", {})
    return [pointer("rules", "volume.weekly_min", muscle), *listed] if stated else listed


def _ladder(request: PlanRequest, _: Subject) -> list[str]:
    stated = [pointer("rules", "progression.deadlift", n) for n in request.rules.get("progression.deadlift", {})]
    return [*_skill(request, on_ladder(DEADLIFT)), *stated]


def _per_muscle(rule: str) -> Callable[[PlanRequest, Subject], list[str]]:
    return lambda _, muscle: [pointer("rules", rule, muscle.id)]


_SPECIAL: dict[str, Callable[[PlanRequest, Subject], list[str]]] = {
    "time.session": _session_minutes,
    "equipment.available": _equipment,
    "athlete.exclusions": _exclusions,
    "athlete.skill": _skill,
    "athlete.prerequisite": _skill,
    "athlete.must_include": _must_include,
    "plan.pinned": pin_pointers,
    "structure.sessions": _session_count,
    "structure.exercises": _session_make_up,
    "recovery.muscle": _recovery,
    "recovery.axial": _axial,
    "volume.weekly_min": _required,
    "volume.weekly_max": _per_muscle("volume.weekly_max"),
    "volume.session_max": _per_muscle("volume.session_max"),
    "progression.deadlift": _ladder,
}
