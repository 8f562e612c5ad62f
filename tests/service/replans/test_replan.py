"""Replans over HTTP: asked, answered by a worker, kept as plans, and refused where they make no sense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from service.app import create_app
from service.plans.schemas import PlanResponse
from service.plans.schemas.response import OriginResponse
from service.replans.schemas import ReplanResponse
from service.settings import Settings
from service.studies.examples import documented_week
from service.studies.weeks import week_of
from service.tenants.keys import Scope
from solver.domain.change import DROP
from solver.verifier import verify
from tests.service.running import WAITING, in_process
from tests.service.studies.keeping import kept_week
from tests.service.studies.pointing import in_force
from tests.service.tenants.asking import key_of, sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from tests.service.running import Service

SOLVE = {"time_limit_seconds": 60, "workers": 1}
MISSED = {"missed": ["mon"], "solve": SOLVE}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    database = tmp_path_factory.mktemp("replans") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", max_concurrent_solves=1)
    with in_process(create_app(settings), database) as running:
        yield running


@pytest.fixture(scope="module")
def plan(service: Service) -> str:
    return kept_week(service).id


@pytest.fixture(scope="module")
def missed(service: Service, plan: str) -> dict[str, Any]:
    asked = service.post(f"/v1/plans/{plan}/replan", json=MISSED, headers=WAITING)
    assert asked.status_code == 200, asked.text
    found: dict[str, Any] = asked.json()
    assert asked.headers["location"] == f"/v1/replans/{found['id']}"
    return found


def test_a_missed_session_is_answered_with_a_plan_and_what_changes(
    service: Service, plan: str, missed: dict[str, Any], catalog: Catalog
) -> None:
    answer = ReplanResponse.model_validate_json(json.dumps(missed)).answer
    assert missed["status"] == "done"
    assert answer is not None
    assert answer.distance is not None
    assert answer.distance.value == answer.distance.bound == sum(change.weight for change in answer.changes)
    made_up = [change for change in answer.changes if change.kind == "move" and change.slot == "mon"]
    given = sum(change.weight for change in answer.changes if change.given)
    assert answer.distance.given == given + DROP * len(made_up)
    assert answer.changes[0].statement == "mon: no session, it was not held."
    assert all(change.statement.endswith(".") for change in answer.changes)

    kept = service.get(f"/v1/plans/{answer.plan}")
    response = PlanResponse.model_validate_json(kept.content)
    week = week_of(response, catalog)
    assert verify(week.problem, week.plan) == ()
    assert [session.slot for session in week.plan.sessions] == ["thu"]
    assert response.request == answer.request
    assert response.origin == OriginResponse(kind="replan", plan=plan, question=missed["id"])
    assert response.score is not None
    assert answer.score is not None
    assert response.score.value == answer.score.after
    assert "## " in service.get(f"/v1/plans/{answer.plan}", headers={"Accept": "text/markdown"}).text
    (listed,) = service.get("/v1/plans?origin=asked&origin=replan&limit=1").json()["items"]
    assert (listed["id"], listed["origin"]) == (answer.plan, {"kind": "replan", "plan": plan, "question": missed["id"]})
    assert service.get("/v1/plans?origin=swap").json()["items"] == []
    wrong = service.get("/v1/plans?origin=asked&origin=missed")
    assert wrong.status_code == 422
    assert [(error["message"][:17], error["parameter"]) for error in wrong.json()["errors"]] == [
        ("origin is one of ", "origin")
    ]


def test_a_calendar_knows_the_sessions_of_a_replan_as_those_of_its_plan(
    service: Service, plan: str, missed: dict[str, Any]
) -> None:
    """The week repeats: its sessions stay weekly, and this week's first one is cancelled."""
    shown = service.get(f"/v1/plans/{missed['answer']['plan']}", headers={"Accept": "text/calendar"})
    events = list(Calendar.from_ical(shown.text).walk("VEVENT"))
    first = [event for event in events if str(event["uid"]) == f"{plan}-mon@counterpull"]
    assert [(int(event["sequence"]), event.get("status"), "rrule" in event) for event in first] == [
        (0, None, True),
        (1, "CANCELLED", False),
    ]
    assert {str(event["uid"]) for event in events} == {f"{plan}-{slot}@counterpull" for slot in ("mon", "thu")}


def test_an_equal_question_is_answered_from_storage(service: Service, plan: str, missed: dict[str, Any]) -> None:
    again = service.post(f"/v1/plans/{plan}/replan", json=MISSED)
    assert (again.status_code, again.json()) == (200, missed)


def test_a_replanned_week_can_be_replanned(service: Service, missed: dict[str, Any]) -> None:
    """The same event changes nothing more; a later one finds the week over."""
    after = missed["answer"]["plan"]
    same = service.post(f"/v1/plans/{after}/replan", json=MISSED, headers=WAITING).json()["answer"]
    assert (same["distance"]["value"], same["changes"]) == (0, [])
    over = service.post(f"/v1/plans/{after}/replan", json={"done": [{"slot": "thu"}], "solve": SOLVE}, headers=WAITING)
    assert over.json()["answer"]["distance"]["value"] == 0
    weeks = [service.get(f"/v1/plans/{found}").json()["week"] for found in (after, over.json()["answer"]["plan"])]
    kept = [[(e["exercise"], e["sets"], e["equipment"]) for e in week["sessions"][0]["entries"]] for week in weeks]
    assert kept[0] == kept[1]


def test_what_contradicts_itself_is_infeasible_with_suggestions(service: Service) -> None:
    """The athlete insists on an exercise that hurts."""
    request = {**documented_week().response.request, "athlete": {"must_include": [{"exercise": "push_up"}]}}
    about = kept_week(service, request=request)
    body = {"hurts": [{"exercises": ["push_up"]}], "solve": SOLVE}
    study = service.post(f"/v1/plans/{about.id}/replan", json=body, headers=WAITING).json()
    answer = study["answer"]
    assert (study["status"], answer["plan"], answer["distance"]) == ("infeasible", None, None)
    assert {"athlete.must_include", "athlete.exclusions"} == {one["rule"] for one in answer["conflict"]}
    pointers = {at for one in answer["conflict"] for at in one["request"]}
    assert "/week/slots/0/avoid/exercises/0" in pointers
    assert [s["statement"] for s in answer["suggestions"]] == ["do without push up"]
    assert {"exercise": "push_up", "min_sets": 1} in in_force(answer)


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "unknown slot": ({"missed": ["sunday"]}, "/missed/0", "unknown_id"),
    "unknown slot reached": ({"now": {"slot": "sunday"}}, "/now/slot", "unknown_id"),
    "unknown exercise": (
        {"done": [{"slot": "mon", "entries": [{"exercise": "push_ups", "sets": 3}]}]},
        "/done/0/entries/0/exercise",
        "unknown_id",
    ),
    "moved into the past": (
        {"now": {"slot": "thu"}, "moved": [{"slot": "thu", "day": "tuesday"}]},
        "/moved/0/day",
        "contradiction",
    ),
    "done after now": ({"now": {"slot": "thu"}, "done": [{"slot": "thu"}]}, "/done/0/slot", "contradiction"),
    "two events on one session": (
        {"done": [{"slot": "mon"}], "missed": ["mon"]},
        "/missed/0",
        "contradiction",
    ),
    "moved nowhere": ({"moved": [{"slot": "thu"}]}, "/moved/0", "required"),
    "moved onto another": (
        {"moved": [{"slot": "thu", "day": "monday", "start": "18:30"}]},
        "/moved/0",
        "overlap",
    ),
    "shortened to more": ({"shortened": [{"slot": "thu", "minutes": 90}]}, "/shortened/0/minutes", "contradiction"),
    "shortened when over": (
        {"now": {"day": "friday"}, "shortened": [{"slot": "thu", "minutes": 20}]},
        "/shortened/0/slot",
        "contradiction",
    ),
    "what is not there is lost": (
        {"equipment_lost": [{"equipment": ["smith_machine", "barbell"]}], "places": []},
        "/places",
        "unknown_field",
    ),
    "nothing hurts": ({"hurts": [{}]}, "/hurts/0", "required"),
    "hurts on a day without a session": (
        {"now": {"day": "tuesday"}, "hurts": [{"stress": ["overhead"], "until": "today"}]},
        "/hurts/0/until",
        "contradiction",
    ),
    "a slot twice": (
        {"extra_slots": [{"id": "mon", "day": "saturday"}]},
        "/extra_slots/0/id",
        "duplicate",
    ),
    "an extra slot in the past": (
        {"missed": ["thu"], "extra_slots": [{"id": "tue", "day": "tuesday"}]},
        "/extra_slots/0/day",
        "contradiction",
    ),
    "a moment in another week": ({"now": {"at": "2020-01-01T00:00:00+00:00"}}, "/now/at", "out_of_range"),
    "a moment and a slot": ({"now": {"slot": "mon", "day": "monday"}}, "/now", "contradiction"),
    "the same exercise twice": (
        {"done": [{"slot": "mon", "entries": [{"exercise": "push_up", "sets": 3}] * 2}]},
        "/done/0/entries/1/exercise",
        "duplicate",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_makes_no_sense_is_refused_where_it_stands(service: Service, plan: str, name: str) -> None:
    body, at, code = BAD[name]
    refused = service.post(f"/v1/plans/{plan}/replan", json=body)
    assert refused.status_code == 422, refused.text
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [(at, code)], refused.text


def test_a_moment_counts_in_the_plans_own_time(service: Service) -> None:
    """23:30 in UTC on Sunday is Monday morning in Auckland: the day before the week begins is not in it."""
    request = dict(documented_week().response.request)
    request["week"] = {**request["week"], "starts_on": "2026-11-23", "timezone": "Pacific/Auckland"}  # type: ignore[dict-item]
    about = kept_week(service, request=request)
    asked = service.post(f"/v1/plans/{about.id}/replan", json={"now": {"at": "2026-11-22T12:30:00Z"}, "solve": SOLVE})
    assert asked.status_code in (200, 202), asked.text
    for moment, code in (("2026-11-22T10:30:00Z", "out_of_range"), ("2026-11-23", "malformed"), ("?", "malformed")):
        refused = service.post(f"/v1/plans/{about.id}/replan", json={"now": {"at": moment}})
        (error,) = refused.json()["errors"]
        assert (error["pointer"], error["code"]) == ("/now/at", code)


def test_tenants_see_no_others_plans_and_replans(service: Service, plan: str, missed: dict[str, Any]) -> None:
    """The last of this file: from the first key on, calls without one are refused."""
    headers = key_of(sessions_of(service), "north", Scope.PLAN)
    assert service.post(f"/v1/plans/{plan}/replan", json=MISSED, headers=headers).status_code == 404
    for address in (f"/v1/replans/{missed['id']}", f"/v1/plans/{missed['answer']['plan']}"):
        assert service.get(address, headers=headers).status_code == 404
    assert service.get("/v1/replans", headers=headers).json()["items"] == []
