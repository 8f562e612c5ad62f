"""What every kind of study gets from the frame, shown on swaps: asking, keeping, listing, stopping, and apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from service.app import create_app
from service.db.models import JobRow, PlanRow, StudyRow
from service.jobs.board import Board
from service.plans.schemas.response import WeekResponse
from service.settings import Settings
from service.studies.examples import answers_of, documented_week
from service.studies.kinds import KINDS
from service.tenants.keys import Scope
from service.works import works
from tests.service.running import WAITING, in_process
from tests.service.studies.keeping import kept_week, kept_without_a_week
from tests.service.tenants.asking import key_of, sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.studies.kind import AnyKind
    from tests.service.running import Service

QUESTION = {"slot": "mon", "exercise": "push_up", "repairs": 0, "limit": 2}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    database = tmp_path_factory.mktemp("studies") / "plans.db"
    return Settings(database_url=f"sqlite:///{database}", run_jobs=False, requests_per_minute=0, plans_per_minute=0)


@pytest.fixture(scope="module")
def service(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Without a worker: what is asked stays queued."""
    with in_process(create_app(settings), tmp_path_factory.mktemp("unused")) as running:
        yield running


def at(week_id: str) -> str:
    return f"/v1/plans/{week_id}/swaps"


def test_a_question_is_kept_listed_and_stopped(service: Service) -> None:
    week = kept_week(service)
    asked = service.post(at(week.id), json=QUESTION, headers={"Idempotency-Key": "one"})
    assert asked.status_code == 202
    study = asked.json()
    address = asked.headers["location"]
    assert address == f"/v1/swaps/{study['id']}"
    assert (study["status"], study["plan"], study["request"], study["answer"]) == ("queued", week.id, QUESTION, None)
    again = service.post(at(week.id), json=QUESTION, headers={"Idempotency-Key": "one"})
    assert again.json() == study
    assert service.get(address).json() == study
    for query, expected in ((f"plan={week.id}", [study["id"]]), ("plan=other", []), ("status=done", [])):
        assert [item["id"] for item in service.get(f"/v1/swaps?{query}").json()["items"]] == expected
    stopped = service.request("DELETE", address)
    assert (stopped.status_code, stopped.json()["status"]) == (200, "cancelled")
    assert service.post(f"{address}/cancel").content == stopped.content
    told = service.get(f"{address}/events").text
    assert 'event: ended\ndata: {"state": "cancelled", "status": "cancelled"' in told
    assert service.get(f"{address}/events", headers={"Last-Event-ID": "2"}).status_code == 204


@pytest.mark.parametrize(("status", "problem"), [("queued", "not-finished"), ("timed_out", "no-week")])
def test_questions_about_a_plan_need_its_week(service: Service, status: str, problem: str) -> None:
    refused = service.post(at(kept_without_a_week(service, status)), json=QUESTION)
    assert (refused.status_code, refused.json()["type"]) == (409, f"/problems/{problem}")


def test_a_week_that_the_catalog_does_not_know_any_more_is_told_so(service: Service) -> None:
    known = documented_week().response.week
    assert known is not None
    forgotten = known.model_dump_json().replace('"push_up"', '"forgotten_lift"')
    week = kept_week(service, week=WeekResponse.model_validate_json(forgotten))
    refused = service.post(at(week.id), json=QUESTION)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-week")
    assert "forgotten_lift" in refused.json()["detail"]


def test_a_week_that_breaks_rules_is_not_asked_about(service: Service) -> None:
    known = documented_week().response.week
    assert known is not None
    shorter = known.model_copy(update={"sessions": known.sessions[:1]})
    for question, body in (("swaps", QUESTION), ("what-if", {})):
        refused = service.post(f"/v1/plans/{kept_week(service, week=shorter).id}/{question}", json=body)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/rules-broken")


def test_every_fault_of_a_question_is_named(service: Service) -> None:
    wrong = {"slot": "mon", "exercise": "push_upp", "repairs": 9}
    refused = service.post(at(kept_week(service).id), json=wrong)
    assert refused.status_code == 422
    assert {error["pointer"] for error in refused.json()["errors"]} == {"/exercise", "/repairs"}


def test_studies_of_another_tenant_are_not_there(settings: Settings, tmp_path: Any) -> None:
    apart = replace(settings, database_url=f"sqlite:///{tmp_path / 'plans.db'}")
    with in_process(create_app(apart), tmp_path) as service:
        owner, other = (key_of(sessions_of(service), tenant, Scope.ADMIN) for tenant in ("gym-a", "gym-b"))
        week = kept_week(service, "gym-a")
        study = service.post(at(week.id), json=QUESTION, headers=owner).json()["id"]
        assert service.post(at(week.id), json=QUESTION, headers=other).status_code == 404
        for method, path, body in (
            ("GET", "", None),
            ("GET", "/events", None),
            ("POST", "/cancel", None),
            ("DELETE", "", None),
            ("POST", "/apply", {"exercise": "push_up"}),
        ):
            said = [
                service.request(method, f"/v1/swaps/{id_}{path}", json=body, headers=other)
                for id_ in (study, "01a203e4-0000-7000-8000-000000000000")
            ]
            assert [answer.status_code for answer in said] == [404, 404], path
            assert said[0].json()["detail"] == said[1].json()["detail"], "it tells that there is one"
        assert service.get(f"/v1/swaps/{study}", headers=owner).json()["status"] == "queued"
        assert service.get("/v1/swaps", headers=other).json()["items"] == []


def test_studies_and_their_weeks_are_forgotten_in_time(service: Service) -> None:
    parts = service.app.state.parts
    week = kept_week(service)
    study = service.post(at(week.id), json=QUESTION).json()["id"]
    service.request("DELETE", f"/v1/swaps/{study}")
    with parts.sessions.begin() as session:
        long_ago = datetime.now(UTC) - timedelta(days=9)
        session.execute(update(JobRow).where(JobRow.id.in_([week.id, study])).values(ended_at=long_ago))
    with parts.sessions.begin() as session:
        old = Board(session).ended_before(datetime.now(UTC) - timedelta(days=5), 100)
        assert {week.id, study} <= set(old)
        for work in works(parts.catalog, parts.sessions).values():
            work.forget(session, old)
        Board(session).forget(old)
    with parts.sessions() as session:
        left = [
            session.scalar(select(func.count()).select_from(row).where(row.id.in_([week.id, study])))
            for row in (PlanRow, StudyRow, JobRow)
        ]
    assert left == [0, 0, 0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_documented_answers_have_todays_form(kind: AnyKind) -> None:
    documented = answers_of(kind)
    assert documented
    for example in documented.values():
        answer = kind.response.model_validate(example["value"])
        assert answer.model_dump(mode="json") == example["value"], "every field is there, nulls as well"
        assert answer.status in ("done", "partial", "infeasible")


def test_a_week_out_of_a_study_is_a_plan_in_every_format(service: Service) -> None:
    week = kept_week(service)
    for media in ("application/json", "text/markdown", "text/html", "text/calendar"):
        shown = service.get(f"/v1/plans/{week.id}", headers={"Accept": media, **WAITING})
        assert (shown.status_code, shown.headers["content-type"].split(";")[0]) == (200, media)
    assert service.post(f"/v1/plans/{week.id}/cancel").json()["status"] == week.status
    assert "event: ended" in service.get(f"/v1/plans/{week.id}/events").text
