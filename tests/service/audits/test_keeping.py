"""`POST /v1/audits/keep`: a programme that keeps every rule becomes a plan like any other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from service.audits.examples import keep_requests, kept_examples
from service.audits.keeping import as_programme, plan_from
from service.audits.schemas import AuditRequest, KeepRequest
from service.db.models import DEFAULT_TENANT
from service.plans.schemas import PlanResponse
from service.studies.weeks import load_week
from service.validation.parsing import parse
from tests.service.audits.asking import audited

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from tests.service.running import Service

URL = "/v1/audits/keep"
MENDED: dict[str, Any] = keep_requests()["mended"]["value"]


def asked(body: dict[str, Any], catalog: Catalog) -> PlanResponse:
    return plan_from(parse(KeepRequest, json.dumps(body).encode()), "kept", catalog)


def test_the_documented_plan_is_that_of_the_documented_week(catalog: Catalog) -> None:
    documented = PlanResponse.model_validate(kept_examples()["mended"]["value"])
    own = {"id": documented.id, "created_at": documented.created_at, "solver": documented.solver}
    assert asked(MENDED, catalog).model_copy(update=own) == documented


def test_a_kept_week_is_a_plan_for_every_other_question(service: Service, catalog: Catalog) -> None:
    headers = {"Idempotency-Key": "once"}
    answers = [service.post(URL, json=MENDED, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    plan = answers[0].json()
    assert service.get(answers[0].headers["location"]).json() == plan
    assert [line["id"] for line in service.get("/v1/plans?origin=audit").json()["items"]] == [plan["id"]]
    assert plan["status"] == "feasible"
    assert (plan["score"]["bound"], plan["tiers"][2]["bound"]) == (100, None)
    assert all(line["holds"] for line in plan["certificate"])
    assert [s["starts_at"] for s in plan["week"]["sessions"]] == [
        "2026-11-23T18:00:00+00:00",
        "2026-11-26T18:00:00+00:00",
    ]
    assert service.get(f"/v1/plans/{plan['id']}", headers={"Accept": "text/calendar"}).status_code == 200
    parts = service.app.state.parts
    about = load_week(plan["id"], DEFAULT_TENANT, parts.sessions, catalog)
    assert about.measured.broken == ()
    assert about.measured.score == plan["score"]["value"]


def test_a_week_that_breaks_a_rule_is_none_of_a_plan(service: Service) -> None:
    broken = json.loads(json.dumps(MENDED))
    del broken["programme"]["sessions"][0]["entries"][0]
    answer = service.post(URL, json=broken)
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/programme/sessions", "breaks_rules")
    assert "mobility.thoracic" in fault["message"]
    assert service.stored() == 0


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"programme": {"text": "Mon: push-ups 3x8, zorbing 3x8"}}, "/programme/text"),
        ({"programme": {"text": "Mon: push-ups, band row 3x8"}}, "/programme/text"),
        ({"week": {"timezone": "Mars/Olympus"}}, "/week/timezone"),
        ({"repair": True}, "/repair"),
        ({"athlete": {"favourites": ["none such"]}}, "/athlete/favourites/0"),
    ],
)
def test_what_cannot_be_kept_is_named(service: Service, change: dict[str, Any], at: str) -> None:
    answer = service.post(URL, json={**MENDED, **change})
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [at]
    assert service.stored() == 0


def test_sets_that_nobody_has_told_are_asked_for(service: Service) -> None:
    body = json.loads(json.dumps(MENDED))
    del body["programme"]["sessions"][1]["entries"][0]["sets"]
    answer = service.post(URL, json=body)
    assert answer.status_code == 422
    [fault] = answer.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/programme/sessions/1/entries/0", "unread")
    assert "no number of sets is given: 3 taken" in fault["message"]
    assert service.stored() == 0


def test_what_the_week_shows_is_within_reach_of_its_plan(catalog: Catalog) -> None:
    """Front squats take the skill of the advanced; who does them has it, and his deadlift stays where it is."""
    shown = json.loads(json.dumps(MENDED))
    session = shown["programme"]["sessions"][1]
    session["limit_seconds"] = 75 * 60
    lunge = next(entry for entry in session["entries"] if entry["exercise"] == "lateral_lunge")
    lunge |= {"exercise": "barbell_front_squat", "equipment": ["barbell", "rack"]}
    plan = asked(shown, catalog)
    athlete: Any = plan.request["athlete"]
    assert athlete["experience"] == "advanced"
    assert athlete["ladder_stages"]["deadlift"] == 3


def test_the_nearest_week_of_an_audit_is_kept_as_it_was_told(catalog: Catalog) -> None:
    said: dict[str, Any] = {
        "athlete": {"ladder_stages": {"push_up": 4}},
        "places": [{"id": "home", "equipment": "bands_only"}],
    }
    solve = {"time_limit_seconds": 20, "workers": 1, "gap": 0.5}
    text = "Mon: push-ups 4x10, band row 4x10\nThu: push-ups 3x8, band row 3x8"
    found = audited(text, repair=True, solve=solve, **said).repair
    assert found is not None
    assert found.week is not None
    plan = asked({"programme": as_programme(found.week), **said}, catalog)
    assert plan.week is not None
    entries = [[(e.exercise, e.sets, e.equipment, e.superset) for e in s.entries] for s in found.week.sessions]
    assert [[(e.exercise, e.sets, e.equipment, e.superset) for e in s.entries] for s in plan.week.sessions] == entries
    assert plan.score is not None
    assert plan.score.value == found.score_after
    assert [s.limit_seconds for s in plan.week.sessions] == [s.limit_seconds for s in found.week.sessions]


def test_it_asks_what_an_audit_asks() -> None:
    """Everything that an audit is told can be told again, but for words that no plan can be asked for with."""
    assert AuditRequest.model_fields.keys() - KeepRequest.model_fields.keys() == {"repair", "exercises"}
