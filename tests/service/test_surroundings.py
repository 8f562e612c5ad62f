"""What every response carries, what is logged, and what happens off the known paths."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from service.logs import JsonLines
from service.middleware import SAFE_HEADERS

if TYPE_CHECKING:
    from tests.service.running import Service

PATHS = ("/health/live", "/v1/meta", "/v1/rules", "/v1/plans/x", "/nowhere", "/openapi.json")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_is_safe_by_default(service: Service, path: str) -> None:
    response = service.get(path)
    headers = response.headers
    # Who asks again for a fact under /v1 may keep it, provided that it asks whether it still holds.
    kept = path.startswith("/v1/") and response.status_code == 200
    expected = {**SAFE_HEADERS, "Cache-Control": "private, no-cache"} if kept else SAFE_HEADERS
    assert {name: headers[name] for name in SAFE_HEADERS} == expected
    assert headers["x-request-id"]


def test_a_request_id_is_kept_when_it_is_harmless(service: Service) -> None:
    assert service.get("/health/live", headers={"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert service.get("/health/live", headers={"x-request-id": "a b"}).headers["x-request-id"] != "a b"


def test_unknown_paths_are_problems(service: Service) -> None:
    response = service.get("/v1/plan")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "/problems/not-found"
    assert response.json()["instance"] == "/v1/plan"


@pytest.mark.parametrize(("method", "path"), [("PUT", "/v1/plans"), ("DELETE", "/v1/rules"), ("POST", "/v1/meta")])
def test_wrong_methods_are_problems(service: Service, method: str, path: str) -> None:
    response = service.request(method, path)
    assert response.status_code == 405
    assert response.headers["allow"]
    assert response.json()["type"] == "/problems/method-not-allowed"


def test_an_address_names_all_its_methods(service: Service) -> None:
    assert service.request("PUT", "/v1/plans").headers["allow"] == "GET, HEAD, POST"
    assert service.request("OPTIONS", "/v1/plans/x").headers["allow"] == "DELETE, GET, HEAD"


def test_an_unknown_plan_is_a_problem(service: Service) -> None:
    response = service.get("/v1/plans/" + "x" * 2_000)
    assert response.status_code == 404
    assert response.json()["detail"] == "There is no plan with this id."


def test_every_problem_type_can_be_looked_up(service: Service) -> None:
    kind = service.get("/v1/plans/none").json()["type"]
    assert service.get(kind).json()["status"] == 404
    assert service.get("/problems/none").status_code == 404


def test_logs_hold_no_bodies(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        service.post("/v1/plans?key=hidden", json={"athlete": {"favourites": ["private_wish"]}})
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records if record.name == "service.access"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [("POST", "/v1/plans", 422)]
    assert "private_wish" not in json.dumps(lines)
    assert "hidden" not in json.dumps(lines)


def test_a_log_line_tells_where_it_broke() -> None:
    try:
        raise ZeroDivisionError("here")
    except ZeroDivisionError as error:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "it broke", (), (type(error), error, None))
    line = json.loads(JsonLines().format(record))
    assert line["message"] == "it broke"
    assert "ZeroDivisionError: here" in line["exception"]
