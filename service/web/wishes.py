"""The request that a form stands for, and which field a fault of it belongs to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.errors import Fault, RequestError, pointer
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.validation.parsing import parse
from service.web.forms import OWN, PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from catalog.catalog import Catalog
    from service.plans.presenter import Question
    from service.web.forms import PlaceField, PlanForm, SlotField

WHOLE_FORM = "plan-form"
"""Where faults are shown that belong to no field."""


@dataclass(frozen=True)
class Wish:
    """The request of a form, and the fields by the JSON Pointers of what they say."""

    body: Mapping[str, Any]
    fields: Mapping[str, str]

    def question(self, catalog: Catalog) -> Question:
        """Resolve the request as the API does. Raises RequestError, MalformedJsonError."""
        return ask(parse(PlanRequest, json.dumps(self.body).encode()), catalog)

    def by_field(self, faults: Iterable[Fault], catalog: Catalog) -> dict[str, list[str]]:
        """Messages by the field that they are about; exercises go by their names."""
        found: dict[str, list[str]] = {}
        for fault in faults:
            message = fault.message
            for word in fault.nearest:
                if word in catalog.exercises:
                    message = message.replace(word, catalog.exercises[word].name)
            found.setdefault(self._field(fault.pointer), []).append(message)
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
        return wish.by_field(error.faults, catalog)
    return {}


def wish_of(form: PlanForm, catalog: Catalog) -> Wish:
    """The request that a form stands for. What cannot be right stays as it was typed, for the schema to judge."""
    writer = _Writer(json.loads(form.base_json))
    places = [place for place in form.places if place.on]
    writer.put("place-0-id", [_place_body(place) for place in places], "places")
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
    writer.put("week-grid", [_slot_body(slot, form.places, places) for slot in slots], "week", "slots")
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
    writer.put("per_day", _number(texts["per_day"]), "rules", *PER_DAY)


def _slot_body(slot: SlotField, every: Sequence[PlaceField], places: Sequence[PlaceField]) -> dict[str, Any]:
    body = {**slot.rest, "id": slot.id, "day": slot.day, "start": slot.start, "minutes": _number(slot.minutes) or ""}
    there = next((place for place in every if str(place.number) == slot.place), None)
    # Where only one place is left, everything is there; and the first need not be named.
    if there is not None and there is not places[0] and len(places) > 1:
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
    known = {alias.casefold(): e.id for e in catalog.exercises.values() for alias in e.aliases}
    known |= {name.casefold(): e.id for e in catalog.exercises.values() for name in (e.name, e.id)}
    words = [word.strip() for word in text.split(",") if word.strip()]
    found = []
    while words:
        # Some names have a comma of their own.
        both = ", ".join(words[:2])
        taken = 2 if both.casefold() in known else 1
        name = ", ".join(words[:taken])
        found.append(known.get(name.casefold(), name))
        words = words[taken:]
    return list(dict.fromkeys(found))


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
