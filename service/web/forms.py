"""The form of a plan: what is filled in, the request that it stands for, and which field a fault belongs to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.errors import Fault, RequestError, pointer
from service.plans.mapping.week import DAYS
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.validation.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from catalog.catalog import Catalog
    from service.plans.presenter import Question
    from service.web.posted import Posted

OWN = "own"
"""The choice of equipment item by item."""
WHOLE_FORM = "plan-form"
"""Where faults are shown that belong to no field."""

_TEXTS = ("starts_on", "timezone", "sessions_min", "sessions_max", "experience", "goal", "deadlift", "time_limit")
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
    """`starts_on`, `timezone`, `sessions_min`, `sessions_max`, `experience`, `goal`, `deadlift`, `time_limit`; empty
    where nothing is said."""
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


@dataclass(frozen=True)
class Wish:
    """The request of a form, and the fields by the JSON Pointers of what they say."""

    body: Mapping[str, Any]
    fields: Mapping[str, str]

    def question(self, catalog: Catalog) -> Question:
        """Resolve the request as the API does. Raises RequestError, MalformedJsonError."""
        return ask(parse(PlanRequest, json.dumps(self.body).encode()), catalog)

    def by_field(self, faults: Iterable[Fault]) -> dict[str, list[str]]:
        """Messages by the field that they are about."""
        found: dict[str, list[str]] = {}
        for fault in faults:
            found.setdefault(self._field(fault.pointer), []).append(fault.message)
        return found

    def _field(self, at: str) -> str:
        while at:
            if at in self.fields:
                return self.fields[at]
            at = at.rpartition("/")[0]
        return WHOLE_FORM


def faults_of(wish: Wish, catalog: Catalog) -> dict[str, list[str]]:
    """What is wrong with a form, by field; nothing when its plan can be asked for."""
    try:
        wish.question(catalog)
    except RequestError as error:
        return wish.by_field(error.faults)
    return {}


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
    return tuple(sorted((*slots, *added), key=lambda slot: (DAYS.index(slot.day), slot.start)))


def _place_of(number: int, place: Mapping[str, Any], catalog: Catalog) -> PlaceField:
    equipment = place["equipment"]
    if isinstance(equipment, str):
        return PlaceField(number, True, place["id"], equipment, catalog.presets[equipment].equipment)
    return PlaceField(number, True, place["id"], OWN, frozenset(equipment))


def _with_one_more(places: Sequence[PlaceField]) -> tuple[PlaceField, ...]:
    return (*places, PlaceField(len(places), False, "home", "home_dumbbells", frozenset()))


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
        slots=tuple(_sent_slot(number, sent, known.get(number)) for number in numbers),
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


def wish_of(form: PlanForm, catalog: Catalog) -> Wish:
    """The request that a form stands for. What cannot be right stays as it was typed, for the schema to judge."""
    writer = _Writer(json.loads(form.base_json))
    places = [place for place in form.places if place.on]
    writer.put("places-0-id", [_place_body(place) for place in places], "places")
    for index, place in enumerate(places):
        writer.fields[pointer("places", index)] = f"place-{place.number}-id"
        writer.fields[pointer("places", index, "equipment")] = f"place-{place.number}-choice"
    _write_week(form, places, writer)
    texts = form.texts
    writer.put("experience", texts["experience"] or None, "athlete", "experience")
    writer.put("goal", texts["goal"] or None, "athlete", "goal")
    writer.put("deadlift", _number(texts["deadlift"]), "athlete", "ladder_stages", "deadlift")
    writer.put("stress", sorted(form.stress) or None, "athlete", "avoid", "stress")
    for name, path in (
        ("avoid", ("athlete", "avoid", "exercises")),
        ("favourites", ("athlete", "favourites")),
        ("dislikes", ("athlete", "dislikes")),
    ):
        writer.put(f"{name}_exercises", _exercise_ids(form.exercises[name], catalog) or None, *path)
    writer.put("priorities", None, "athlete", "priorities")
    for muscle, priority in form.priorities.items():
        writer.put(f"priority-{muscle}", _number(priority), "athlete", "priorities", muscle)
    writer.put("supersets", form.supersets or None, "supersets")
    writer.put("time_limit", _number(texts["time_limit"]), "solve", "time_limit_seconds")
    return Wish(writer.body, writer.fields)


def _write_week(form: PlanForm, places: Sequence[PlaceField], writer: _Writer) -> None:
    slots = [slot for slot in form.slots if slot.on]
    writer.put("slot-0-on", [_slot_body(slot, form.places, places) for slot in slots], "week", "slots")
    writer.fields[pointer("week", "slots")] = "week-grid"
    for index, slot in enumerate(slots):
        for name in ("day", "start", "minutes", "place", "id"):
            shown = "on" if name in ("day", "id") else name
            writer.fields[pointer("week", "slots", index, name)] = f"slot-{slot.number}-{shown}"
        writer.fields[pointer("week", "slots", index)] = f"slot-{slot.number}-start"
    texts = form.texts
    writer.put("starts_on", texts["starts_on"] or None, "week", "starts_on")
    writer.put("timezone", texts["timezone"] or None, "week", "timezone")
    writer.put("sessions_min", _number(texts["sessions_min"]), "week", "sessions", "min")
    writer.put("sessions_max", _number(texts["sessions_max"]), "week", "sessions", "max")


def _slot_body(slot: SlotField, every: Sequence[PlaceField], places: Sequence[PlaceField]) -> dict[str, Any]:
    body = {**slot.rest, "id": slot.id, "day": slot.day, "start": slot.start, "minutes": _number(slot.minutes) or ""}
    there = next((place for place in every if str(place.number) == slot.place), None)
    # A place that is no more is the first one again; the first need not be named.
    if there is not None and there.on and there is not places[0]:
        body["place"] = there.id
    return body


def _place_body(place: PlaceField) -> dict[str, Any]:
    return {"id": place.id, "equipment": sorted(place.items) if place.choice == OWN else place.choice}


def _number(text: str) -> int | float | str | None:
    """The number that was typed; what is none stays text, and nothing is None."""
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    if value != value or abs(value) > 1e12:
        return text
    return int(value) if value == int(value) else value


def _exercise_ids(text: str, catalog: Catalog) -> list[str]:
    """Ids of the exercises that are named; a name that is not known stays, for the schema to find what is like it."""
    known = {
        word.casefold(): exercise.id
        for exercise in catalog.exercises.values()
        for word in (*exercise.aliases, exercise.name, exercise.id)
    }
    names = [name.strip() for name in text.replace("\n", ",").split(",") if name.strip()]
    return list(dict.fromkeys(known.get(name.casefold(), name) for name in names))


class _Writer:
    """Writes values into a request, and notes which field each came from."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body = body
        self.fields: dict[str, str] = {}

    def put(self, name: str, value: object | None, *path: str) -> None:
        """Set what is at the path; None takes it out, with all around it that is empty then."""
        self.fields[pointer(*path)] = name
        if value is None:
            _take_out(self.body, path)
            return
        at = self.body
        for part in path[:-1]:
            at = at.setdefault(part, {})
        at[path[-1]] = value


def _take_out(body: dict[str, Any], path: Sequence[str]) -> None:
    first, *rest = path
    if not rest:
        body.pop(first, None)
    elif first in body:
        _take_out(body[first], rest)
        if not body[first]:
            del body[first]
