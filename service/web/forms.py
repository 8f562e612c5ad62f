"""The form of a plan: what is filled in, from a request or from what was sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from service.plans.mapping.week import DAYS
from service.plans.schemas import PlanRequest
from service.validation.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.catalog import Catalog
    from service.web.posted import Posted

OWN = "own"
"""The choice of equipment item by item."""
_MORNING, _NOON, _EVENING = "07:00", "12:00", "18:00"

PER_DAY = ("structure.sessions", "per_day")
"""The rule and its parameter for several sessions on one day."""

_TEXTS = (
    "starts_on",
    "timezone",
    "sessions_min",
    "sessions_max",
    "per_day",
    "experience",
    "goal",
    "deadlift",
    "time_limit",
)
_EXERCISE_LISTS = ("avoid", "favourites", "dislikes")


@dataclass(frozen=True)
class SlotField:
    """One line of the week grid; all texts are as they were typed."""

    number: int
    day: str
    on: bool
    id: str
    start: str
    minutes: str
    place: str
    """Number of the place."""
    rest: Mapping[str, Any] = field(default_factory=dict)
    """What the request says of the slot and the form does not show."""


@dataclass(frozen=True)
class PlaceField:
    """One place with a preset or with its own items."""

    number: int
    on: bool
    id: str
    choice: str
    items: frozenset[str]


@dataclass(frozen=True)
class PlanForm:
    """Everything that is filled in; all texts are as they were typed."""

    slots: tuple[SlotField, ...]
    places: tuple[PlaceField, ...]
    texts: Mapping[str, str]
    """`starts_on`, `timezone`, `sessions_min`, `sessions_max`, `per_day`, `experience`, `goal`, `deadlift`,
    `time_limit`; empty where nothing is said."""
    exercises: Mapping[str, str]
    """`avoid`, `favourites`, `dislikes`: names with commas between them."""
    stress: frozenset[str]
    priorities: Mapping[str, str]
    """Muscle -> `0` to `3`, for those that something is said of."""
    supersets: bool
    base: Mapping[str, Any]
    """The request that the form began with; what the form does not show stays as it is there."""

    @property
    def base_json(self) -> str:
        """The request that the form began with, to be sent along."""
        return json.dumps(self.base, separators=(",", ":"))


def form_of(body: Mapping[str, Any], catalog: Catalog) -> PlanForm:
    """The form of a request that makes sense."""
    week, athlete = body.get("week", {}), body.get("athlete", {})
    places = body.get("places") or [catalog.defaults.place.model_dump()]
    slots = week.get("slots") or [slot.model_dump() for slot in catalog.defaults.slots]
    sessions, avoid = week.get("sessions", {}), athlete.get("avoid", {})
    numbers = {place["id"]: str(number) for number, place in enumerate(places)}
    return PlanForm(
        slots=_with_every_day([_slot_of(number, slot, numbers) for number, slot in enumerate(slots)]),
        places=_with_one_more([_place_of(number, place, catalog) for number, place in enumerate(places)]),
        texts={
            "starts_on": week.get("starts_on") or "",
            "timezone": week.get("timezone", ""),
            "sessions_min": _text(sessions.get("min")),
            "sessions_max": _text(sessions.get("max")),
            "per_day": _text(body.get("rules", {}).get(PER_DAY[0], {}).get(PER_DAY[1])),
            "experience": athlete.get("experience") or catalog.defaults.experience,
            "goal": athlete.get("goal", "general"),
            "deadlift": _text(athlete.get("ladder_stages", {}).get("deadlift")),
            "time_limit": _text(body.get("solve", {}).get("time_limit_seconds", 10)),
        },
        exercises={
            "avoid": _named(avoid.get("exercises", []), catalog),
            "favourites": _named(athlete.get("favourites", []), catalog),
            "dislikes": _named(athlete.get("dislikes", []), catalog),
        },
        stress=frozenset(avoid.get("stress", [])),
        priorities={muscle: str(priority) for muscle, priority in athlete.get("priorities", {}).items()},
        supersets=body.get("supersets", False),
        base=body,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _named(exercises: Sequence[str], catalog: Catalog) -> str:
    return ", ".join(catalog.exercises[id_].name if id_ in catalog.exercises else id_ for id_ in exercises)


def _slot_of(number: int, slot: Mapping[str, Any], numbers: Mapping[str, str]) -> SlotField:
    shown = ("id", "day", "start", "minutes", "place")
    return SlotField(
        number=number,
        day=slot["day"],
        on=True,
        id=slot["id"],
        start=slot.get("start", "18:00"),
        minutes=str(slot.get("minutes", 60)),
        place=numbers.get(slot.get("place") or "", "0"),
        rest={name: value for name, value in slot.items() if name not in shown},
    )


def _with_every_day(slots: Sequence[SlotField]) -> tuple[SlotField, ...]:
    """The lines in order of the week, with an unused one for each day that has none."""
    taken, last = {slot.id for slot in slots}, slots[-1]
    added: list[SlotField] = []
    for day in DAYS:
        if all(slot.day != day for slot in slots):
            id_ = day[:3] if day[:3] not in taken else day
            number = len(slots) + len(added)
            added.append(SlotField(number, day, False, id_, last.start, last.minutes, "0"))
    return tuple(sorted((*slots, *added), key=_in_order))


def _place_of(number: int, place: Mapping[str, Any], catalog: Catalog) -> PlaceField:
    equipment = place["equipment"]
    if isinstance(equipment, str):
        preset = catalog.presets.get(equipment)
        return PlaceField(number, True, place["id"], equipment, frozenset() if preset is None else preset.equipment)
    return PlaceField(number, True, place["id"], OWN, frozenset(equipment))


def _with_one_more(places: Sequence[PlaceField]) -> tuple[PlaceField, ...]:
    """The places and one that is not used yet, by a name that is free."""
    taken, number = {place.id for place in places}, len(places)
    name = next(name for name in ("home", "gym", f"place-{number + 1}", f"other-{number + 1}") if name not in taken)
    return (*places, PlaceField(number, False, name, "home_dumbbells", frozenset()))


def with_one_more(form: PlanForm, number: str) -> PlanForm:
    """The form with another session on the day of a line, which then may have two."""
    like = next((slot for slot in form.slots if str(slot.number) == number), None)
    if like is None:
        return form
    taken, last = {slot.id for slot in form.slots}, max(slot.number for slot in form.slots)
    id_ = next(name for count in range(2, len(taken) + 3) if (name := f"{like.day[:3]}-{count}") not in taken)
    start = _MORNING if like.start >= _NOON else _EVENING
    added = SlotField(last + 1, like.day, True, id_, start, like.minutes, like.place)
    slots = tuple(replace(slot, on=True) if slot is like else slot for slot in form.slots)
    most = max(2, sum(slot.on and slot.day == like.day for slot in (*slots, added)))
    texts = {**form.texts, "per_day": str(most)}
    return replace(form, slots=tuple(sorted((*slots, added), key=_in_order)), texts=texts)


def _in_order(slot: SlotField) -> tuple[int, str]:
    return (DAYS.index(slot.day) if slot.day in DAYS else len(DAYS), slot.start)


def form_from(sent: Posted, catalog: Catalog) -> PlanForm:
    """The form as it was sent. Raises RequestError where its hidden request is no request."""
    base = _base(sent.text("base", "{}"))
    default = form_of(base, catalog)
    if not any(name.startswith("slot-") for name in sent.names()):
        return default
    known = {slot.number: slot for slot in default.slots}
    numbers = sorted({int(parts[1]) for name in sent.names() if _is_line(parts := name.split("-"), "slot")})
    places = sorted({int(parts[1]) for name in sent.names() if _is_line(parts := name.split("-"), "place")})
    return PlanForm(
        slots=tuple(sorted((_sent_slot(number, sent, known.get(number)) for number in numbers), key=_in_order)),
        places=tuple(_sent_place(number, sent, catalog) for number in places),
        texts={name: sent.text(name) for name in _TEXTS},
        exercises={name: sent.text(f"{name}_exercises") for name in _EXERCISE_LISTS},
        stress=frozenset(sent.all("stress")),
        priorities={muscle: value for muscle in catalog.muscles if (value := sent.text(f"priority-{muscle}"))},
        supersets="supersets" in sent,
        base=base,
    )


def _base(text: str) -> dict[str, Any]:
    read = parse(PlanRequest, text.encode())
    found: dict[str, Any] = read.model_dump(mode="json", exclude_unset=True)
    return found


def _is_line(parts: Sequence[str], kind: str) -> bool:
    return len(parts) == 3 and parts[0] == kind and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 4


def _sent_slot(number: int, sent: Posted, known: SlotField | None) -> SlotField:
    def text(name: str) -> str:
        return sent.text(f"slot-{number}-{name}")

    return SlotField(
        number=number,
        day=text("day"),
        on=f"slot-{number}-on" in sent,
        id=text("id"),
        start=text("start"),
        minutes=text("minutes"),
        place=text("place"),
        rest={} if known is None or known.id != text("id") else known.rest,
    )


def _sent_place(number: int, sent: Posted, catalog: Catalog) -> PlaceField:
    choice = sent.text(f"place-{number}-choice", OWN)
    preset = catalog.presets.get(choice)
    items = frozenset(sent.all(f"place-{number}-items")) if preset is None else preset.equipment
    return PlaceField(
        number, number == 0 or f"place-{number}-on" in sent, sent.text(f"place-{number}-id"), choice, items
    )
