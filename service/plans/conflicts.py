"""Where in the request a conflicting rule comes from: JSON Pointers to what says so, or would have to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.errors import pointer
from service.plans.schemas.request import PinnedSessionRequest
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from service.plans.schemas import PlanRequest

_AVOIDED_LISTS = {"exercise": "exercises", "pattern": "patterns", "stress": "stress", "equipment": "equipment"}


def request_pointers(request: PlanRequest, rule: str, subject: str) -> list[str]:
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


def _index_of(items: Sequence[str], wanted: str, *where: str) -> list[str]:
    return [pointer(*where, index) for index, item in enumerate(items) if item == wanted]


def _session_minutes(request: PlanRequest, slot: str) -> list[str]:
    stated = [pointer("rules", "time.session", name) for name in request.rules.get("time.session", {})]
    return [*_at_slot(request, slot, "minutes"), *stated]


def _equipment(request: PlanRequest, place: str) -> list[str]:
    if request.places is None:
        return [pointer("places")]
    return [pointer("places", i, "equipment") for i, p in enumerate(request.places) if p.id == place]


def _exclusions(request: PlanRequest, subject: str) -> list[str]:
    kind, _, word = subject.partition(":")
    name = _AVOIDED_LISTS.get(kind)
    if name is None:
        return [pointer("athlete", "avoid")]
    return _index_of(getattr(request.athlete.avoid, name), word, "athlete", "avoid", name)


def _skill(request: PlanRequest, subject: str) -> list[str]:
    kind, _, ladder = subject.partition(":")
    if kind == "ladder" and (ladder in request.athlete.ladder_stages or request.athlete.experience is None):
        return [pointer("athlete", "ladder_stages", ladder)]
    return [pointer("athlete", "experience")]


def _must_include(request: PlanRequest, subject: str) -> list[str]:
    wanted = [item.exercise for item in request.athlete.must_include]
    return _index_of(wanted, subject, "athlete", "must_include")


def _pins(request: PlanRequest, subject: str) -> list[str]:
    """The subject is a slot with a whole session, or `slot:exercise`."""
    found = []
    for index, pin in enumerate(request.pins):
        if isinstance(pin, PinnedSessionRequest):
            if subject == pin.slot:
                found.append(pointer("pins", index))
            exercises = [entry.exercise for entry in pin.entries if subject == f"{pin.slot}:{entry.exercise}"]
            found += [pointer("pins", index, "entries", _position(pin, exercise)) for exercise in exercises]
        elif subject == f"{pin.slot}:{pin.exercise}":
            found.append(pointer("pins", index))
    return found


def _position(pin: PinnedSessionRequest, exercise: str) -> int:
    return [entry.exercise for entry in pin.entries].index(exercise)


def _session_count(request: PlanRequest, subject: str) -> list[str]:
    slots = pointer("week", "slots")
    if subject not in ("min", "max", "per_day"):
        return _at_slot(request, subject)
    if subject == "per_day":
        return [pointer("rules", "structure.sessions", "per_day"), slots]
    stated = subject in ("min", "max") and getattr(request.week.sessions, subject) is not None
    return [pointer("week", "sessions", subject), slots] if stated else [slots]


def _axial(request: PlanRequest, subject: str) -> list[str]:
    return [] if subject in ("hours apart", "week") else _at_slot(request, subject)


def _session_make_up(_: PlanRequest, subject: str) -> list[str]:
    return [pointer("rules", "structure.exercises", subject)] if subject in ("max", "drills") else []


def _recovery(request: PlanRequest, muscle: str) -> list[str]:
    stated = request.rules.get("recovery.muscle", {})
    hours = stated.get("hours")
    if isinstance(hours, dict) and muscle in hours:
        return [pointer("rules", "recovery.muscle", "hours", muscle), pointer("week", "slots")]
    mode = [pointer("rules", "recovery.muscle", "mode")] if "mode" in stated else []
    return [*mode, pointer("week", "slots")]


def _required(request: PlanRequest, muscle: str) -> list[str]:
    listed = _index_of(request.athlete.required_muscles, muscle, "athlete", "required_muscles")
    stated = muscle in request.rules.get("volume.weekly_min", {})
    return [pointer("rules", "volume.weekly_min", muscle), *listed] if stated else listed


def _ladder(request: PlanRequest, _: str) -> list[str]:
    stated = [pointer("rules", "progression.deadlift", n) for n in request.rules.get("progression.deadlift", {})]
    return [*_skill(request, "ladder:deadlift"), *stated]


def _per_muscle(rule: str) -> Callable[[PlanRequest, str], list[str]]:
    return lambda _, muscle: [pointer("rules", rule, muscle)]


_SPECIAL: dict[str, Callable[[PlanRequest, str], list[str]]] = {
    "time.session": _session_minutes,
    "equipment.available": _equipment,
    "athlete.exclusions": _exclusions,
    "athlete.skill": _skill,
    "athlete.prerequisite": _skill,
    "athlete.must_include": _must_include,
    "plan.pinned": _pins,
    "structure.sessions": _session_count,
    "structure.exercises": _session_make_up,
    "recovery.muscle": _recovery,
    "recovery.axial": _axial,
    "volume.weekly_min": _required,
    "volume.weekly_max": _per_muscle("volume.weekly_max"),
    "volume.session_max": _per_muscle("volume.session_max"),
    "progression.deadlift": _ladder,
}
