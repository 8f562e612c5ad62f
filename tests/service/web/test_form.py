"""The form and the request that it stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from service.plans.schemas import PlanRequest
from service.web.forms import form_from, form_of
from service.web.posted import Posted
from service.web.wishes import WHOLE_FORM, faults_of, wish_of

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from tests.service.running import Service

FULL: dict[str, Any] = {
    "athlete": {
        "experience": "beginner",
        "goal": "strength",
        "ladder_stages": {"deadlift": 4, "squat": 2},
        "priorities": {"glutes": 3, "calves": 0},
        "avoid": {
            "exercises": ["barbell_shrug", "bodyweight_calf_raise"],
            "patterns": ["carry"],
            "stress": ["impact", "overhead"],
        },
        "favourites": ["face_pull"],
        "must_include": [{"exercise": "pull_up", "min_sets": 3}],
    },
    "places": [
        {"id": "club", "equipment": "full_gym"},
        {"id": "home", "equipment": ["dumbbells", "resistance_band"]},
    ],
    "week": {
        "starts_on": "2026-11-23",
        "timezone": "Europe/London",
        "sessions": {"min": 2, "max": 3},
        "slots": [
            {"id": "a", "day": "monday", "start": "07:00", "minutes": 45, "avoid": {"stress": ["hanging"]}},
            {"id": "b", "day": "monday", "start": "18:00", "minutes": 60, "place": "home"},
            {"id": "c", "day": "saturday", "start": "09:30", "minutes": 50},
        ],
    },
    "rules": {"structure.exercises": {"max": 8}, "structure.sessions": {"per_day": 2}},
    "supersets": True,
    "solve": {"time_limit_seconds": 5, "seed": 7},
}


def _fields(markup: str) -> list[tuple[str, str]]:
    """What a browser would send of the form on a page, its button aside."""
    form = markup[markup.index('<form class="plan-form"') :]
    found = []
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([a-z_-]+)="([^"]*)"', tag))
        ticked = attributes.get("type") not in ("checkbox", "radio") or re.search(r"\schecked\b", tag)
        if "name" in attributes and ticked:
            found.append((attributes["name"], unescape(attributes.get("value", ""))))
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"(.*?)>', body)
        found.append((name, next((value for value, rest in options if "selected" in rest), options[0][0])))
    return found


def test_a_request_comes_back_from_its_form_as_it_was(catalog: Catalog) -> None:
    PlanRequest.model_validate(FULL)
    assert wish_of(form_of(FULL, catalog), catalog).body == FULL


def test_a_request_survives_the_way_through_the_browser(service: Service, catalog: Catalog) -> None:
    """What the form does not show (a rule, a wish, a seed) is still there when the page is sent as it is."""
    asked = service.post("/v1/plans", json=FULL).json()["id"]
    shown = service.get(f"/?from={asked}").text
    assert wish_of(form_from(Posted(_fields(shown)), catalog), catalog).body == FULL


def test_the_first_form_asks_for_the_default_week(service: Service, catalog: Catalog) -> None:
    sent = form_from(Posted(_fields(service.get("/").text)), catalog)
    body = wish_of(sent, catalog).body
    assert [slot["day"] for slot in body["week"]["slots"]] == ["monday", "wednesday", "friday"]
    assert body["places"] == [{"id": "gym", "equipment": "full_gym"}]
    assert faults_of(wish_of(sent, catalog), catalog) == {}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slot-1-minutes", "5", "minutes is between 10 and 240 minutes, not 5"),
        ("slot-1-minutes", "an hour", "minutes is a whole number, not a text"),
        ("slot-0-start", "25:00", "start is a time of day as HH:MM, from 00:00 to 23:59"),
        ("place-0-id", "my club", "id is 1 to 64 letters, digits, '_', '.' or '-', starting with a letter or digit"),
        ("avoid_exercises", "barbel shrug", "unknown exercise 'barbel shrug'; did you mean Barbell shrug"),
        ("timezone", "Europe/Londn", "unknown time zone 'Europe/Londn'; did you mean Europe/London"),
        ("sessions_min", "9", "min 9 is above max 3"),
        ("deadlift", "9", "deadlift is between 1 and 6, not 9"),
    ],
)
def test_a_fault_is_told_at_its_field(field: str, value: str, said: str, catalog: Catalog, service: Service) -> None:
    asked = service.post("/v1/plans", json=FULL).json()["id"]
    sent = [(name, value if name == field else old) for name, old in _fields(service.get(f"/?from={asked}").text)]
    faults = faults_of(wish_of(form_from(Posted(sent), catalog), catalog), catalog)
    assert faults.keys() == {field}
    assert faults[field][0].startswith(said)


def test_a_fault_of_what_the_form_does_not_show_is_told_at_the_form(catalog: Catalog) -> None:
    wish = wish_of(form_of({**FULL, "rules": {"structure.exercises": {"max": 99}}}, catalog), catalog)
    assert faults_of(wish, catalog).keys() == {WHOLE_FORM}


def test_a_day_takes_a_second_session(service: Service, catalog: Catalog) -> None:
    sent = dict(_fields(service.get("/").text))
    grown = service.post("/", data={**sent, "more": "0"})
    assert grown.status_code == 200
    body = wish_of(form_from(Posted(_fields(grown.text)), catalog), catalog).body
    assert [(slot["day"], slot["start"], slot["id"]) for slot in body["week"]["slots"][:2]] == [
        ("monday", "07:00", "mon-2"),
        ("monday", "18:00", "mon"),
    ]
    assert body["rules"] == {"structure.sessions": {"per_day": 2}}
    assert service.stored() == 0


def test_days_go_with_their_places(catalog: Catalog) -> None:
    """Where one place is left everything is there; where there are more, a place that is not used is a fault."""
    form = form_of(FULL, catalog)
    one = replace(form, places=tuple(replace(place, on=place.number == 0) for place in form.places))
    assert all("place" not in slot for slot in wish_of(one, catalog).body["week"]["slots"])
    elsewhere = replace(form, slots=tuple(replace(slot, place="2") for slot in form.slots))
    wish = wish_of(elsewhere, catalog)
    assert faults_of(wish, catalog).keys() == {"slot-0-place", "slot-1-place", "slot-2-place"}


def test_a_wrong_form_comes_back_with_what_was_typed(service: Service) -> None:
    sent = [(n, "5" if n == "slot-0-minutes" else v) for n, v in _fields(service.get("/").text)]
    answer = service.post("/", data=dict(sent))
    assert answer.status_code == 422
    assert '<a href="#slot-0-minutes">Monday, minutes</a>: Minutes is between 10 and 240 minutes, not 5.' in answer.text
    assert ("slot-0-minutes", "5") in _fields(answer.text)
    assert service.stored() == 0
    live = service.post("/check", data=dict(sent)).json()
    assert live == {"faults": {"slot-0-minutes": ["minutes is between 10 and 240 minutes, not 5"]}}
