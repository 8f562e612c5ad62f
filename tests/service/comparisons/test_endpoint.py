"""`POST /v1/comparisons`: formats, faults that point to a plan, and nobody else's plans."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from service.comparisons.examples import answer_examples
from service.db.models import DEFAULT_TENANT
from service.plans.repository import PlanRepository
from tests.service.comparisons.plans import THREE_DAYS, TWO_DAYS, plan, without_week

if TYPE_CHECKING:
    import httpx

    from service.plans.schemas import PlanResponse
    from tests.service.running import Service

BODY = {"plans": [THREE_DAYS, TWO_DAYS]}
ADDRESS = "/v1/comparisons"


def _keep(service: Service, *plans: PlanResponse, tenant: str = DEFAULT_TENANT) -> None:
    with service.app.state.parts.sessions.begin() as session:
        for one in plans:
            PlanRepository(session).add(one, datetime.now(UTC), tenant=tenant)


@pytest.fixture
def kept(service: Service) -> Service:
    """The service with the two example plans."""
    _keep(service, plan(THREE_DAYS), plan(TWO_DAYS))
    return service


def _faults(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


def test_plans_are_compared_at_once_and_nothing_is_stored(kept: Service) -> None:
    example = answer_examples()["two plans"]["value"]
    labels = {one["id"]: one["label"] for one in example["plans"]}
    answer = kept.post(ADDRESS, json={**BODY, "labels": labels})
    assert answer.status_code == 200
    assert answer.json() == example
    assert kept.stored() == 2


def test_every_format_is_given_by_accept(kept: Service) -> None:
    def asked(media: str) -> httpx.Response:
        answer = kept.post(ADDRESS, json=BODY, headers={"Accept": media})
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] == media
        return answer

    assert asked("text/markdown").text.startswith("# Comparison of training weeks")
    rows = list(csv.DictReader(io.StringIO(asked("text/csv").text)))
    score = next(row for row in rows if row["id"] == "score" and row["section"] == "metric")
    assert float(score["A"]) == asked("application/json").json()["metrics"][0]["values"][0]
    page = asked("text/html")
    assert page.text.count('<img src="data:image/svg+xml;base64,') == 3
    assert "img-src data:" in page.headers["content-security-policy"]
    drawing = asked("image/svg+xml")
    assert len(ElementTree.fromstring(drawing.text).findall("{http://www.w3.org/2000/svg}g")) == 3
    assert "style-src 'sha256-" in drawing.headers["content-security-policy"]


def test_who_names_a_picture_gets_it(kept: Service) -> None:
    answer = kept.post(f"{ADDRESS}?picture=slack", json=BODY)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert ">How near each plan comes to each rule</title>" in answer.text
    refused = kept.post(f"{ADDRESS}?picture=slack", json=BODY, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["type"]) == (406, "/problems/not-acceptable")
    unknown = kept.post(f"{ADDRESS}?picture=moon", json=BODY)
    assert (unknown.status_code, unknown.json()["errors"][0]["parameter"]) == (422, "picture")
    other = kept.post(ADDRESS, json=BODY, headers={"Accept": "image/png"})
    assert other.status_code == 406


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [("/plans", "required")]),
        ({"plans": [THREE_DAYS]}, [("/plans", "wrong_size")]),
        ({"plans": [f"p{number}" for number in range(9)]}, [("/plans", "wrong_size")]),
        ({"plans": [THREE_DAYS, "\x00"]}, [("/plans/1", "malformed")]),
        ({"plans": [THREE_DAYS, TWO_DAYS, THREE_DAYS]}, [("/plans/2", "duplicate")]),
        ({"plans": [THREE_DAYS, "nobody", "no-one"]}, [("/plans/1", "unknown_id"), ("/plans/2", "unknown_id")]),
        (
            {**BODY, "baseline": "x", "labels": {THREE_DAYS: "a", TWO_DAYS: "a", "y": "b\n"}},
            [
                ("/labels/y", "malformed"),
                ("/baseline", "unknown_id"),
                (f"/labels/{TWO_DAYS}", "duplicate"),
                ("/labels/y", "unknown_id"),
            ],
        ),
    ],
)
def test_faults_point_to_what_is_wrong(kept: Service, body: Any, expected: list[tuple[str, str]]) -> None:
    answer = kept.post(ADDRESS, json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")
    assert _faults(answer) == expected


def test_a_plan_without_a_week_is_named(kept: Service) -> None:
    """One that never gets a week is the request's fault; one that is not finished is a matter of time."""
    waiting = without_week(THREE_DAYS, "queued").model_copy(update={"id": "waiting"})
    _keep(kept, waiting, without_week(THREE_DAYS, "infeasible").model_copy(update={"id": "impossible"}))
    early = kept.post(ADDRESS, json={"plans": [THREE_DAYS, "waiting"]})
    assert (early.status_code, early.json()["type"]) == (409, "/problems/not-finished")
    assert _faults(early) == [("/plans/1", "not_finished")]
    assert early.headers["retry-after"]
    never = kept.post(ADDRESS, json={"plans": ["impossible", "waiting"]})
    assert never.status_code == 422
    assert _faults(never) == [("/plans/0", "no_week"), ("/plans/1", "not_finished")]


def test_plans_of_others_do_not_exist(kept: Service) -> None:
    _keep(kept, plan(TWO_DAYS, id="theirs"), tenant="other")
    answers = [kept.post(ADDRESS, json={"plans": [THREE_DAYS, one]}).json() for one in ("theirs", "nobody")]
    for answer in answers:
        del answer["instance"]
    assert json.dumps(answers[0]).replace("theirs", "nobody") == json.dumps(answers[1])
    assert answers[0]["errors"][0]["pointer"] == "/plans/1"
