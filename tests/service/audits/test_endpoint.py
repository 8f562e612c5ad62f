"""`POST /v1/audits` over HTTP: 200 with the answer, problems with pointers, nothing stored, all of it documented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from service.audits import examples
from service.audits.schemas import AuditRequest, AuditResponse, request
from service.problems import ProblemDetails
from solver.rulebook import RULES
from tests.service.audits.asking import audited, request_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.service.running import Service

URL = "/v1/audits"
TEXT = "Mon: bench press 4x8, pull-ups 3x6\nThu: squat 5x5, dumbbell row 3x10"


def test_a_programme_is_answered_at_once_and_not_stored(service: Service) -> None:
    response = service.post(URL, json={"programme": {"text": TEXT}})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert "location" not in response.headers
    found = AuditResponse.model_validate_json(response.content)
    assert found.model_dump(mode="json") == response.json(), "every field is there, nulls as well"
    assert [mistake.mistake for mistake in found.mistakes] == [1, 2, 3, 4, 5, 6]
    assert [line.rule for line in found.certificate] == [rule.id for rule in RULES]
    assert service.stored() == 0


def test_the_same_programme_gets_the_same_answer(service: Service) -> None:
    answers = [service.post(URL, json={"programme": {"text": TEXT}}).content for _ in range(2)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", examples.REQUESTS)
def test_the_example_requests_are_answered(service: Service, name: str) -> None:
    response = service.post(URL, json=examples.REQUESTS[name]["value"])
    assert response.status_code == 200, response.text
    assert response.json()["programme"]["unread"] == []


@pytest.mark.parametrize(
    ("body", "status", "kind", "at"),
    [
        ({"programme": {"text": "zorb 3x8"}}, 422, "invalid-request", "/programme/text"),
        ({"programme": {"csv": "a,b"}}, 422, "invalid-request", "/programme/csv"),
        ({}, 422, "invalid-request", "/programme"),
        ({"programme": {"text": TEXT}, "athlet": {}}, 422, "invalid-request", "/athlet"),
        ("[1, 2", 400, "malformed-json", None),
    ],
)
def test_faults_are_problems_with_pointers(
    service: Service, body: dict[str, Any] | str, status: int, kind: str, at: str | None
) -> None:
    content = body if isinstance(body, str) else json.dumps(body)
    response = service.post(URL, content=content, headers={"content-type": "application/json"})
    problem = ProblemDetails.model_validate_json(response.content)
    assert (response.status_code, problem.type) == (status, f"/problems/{kind}")
    assert response.headers["content-type"] == "application/problem+json"
    assert at is None or at in {fault.pointer for fault in problem.errors or []}


def test_another_media_type_is_refused(service: Service) -> None:
    response = service.post(URL, content=TEXT, headers={"content-type": "text/plain"})
    assert response.status_code == 415


def test_the_operation_is_documented_with_true_examples(document: dict[str, Any]) -> None:
    operation = document["paths"][URL]["post"]
    assert operation["operationId"] == "createAudit"
    assert set(operation["responses"]) >= {"200", "400", "413", "415", "422", "500"}
    requests = operation["requestBody"]["content"]["application/json"]["examples"]
    assert requests == examples.REQUESTS
    answers = operation["responses"]["200"]["content"]["application/json"]["examples"]
    assert answers == examples.answer_examples()


@pytest.mark.parametrize("name", examples.ANSWERED)
def test_an_example_answer_is_what_is_said_today(name: str) -> None:
    stored = examples.answer_examples()[name]["value"]
    asked = examples.ANSWERED[name][1]
    today = audited(asked["programme"], **{key: value for key, value in asked.items() if key != "programme"})
    said = today.model_dump(mode="json")
    del stored["catalog"], said["catalog"]
    assert stored == said, "the examples are out of date: run python -m service.audits.examples"


_WEEK = {"sessions": [{"day": "monday", "entries": [{"name": "Squat", "sets": 3}]}]}
_WHOLE: dict[type[request.RequestModel], Callable[[Any], dict[str, Any]]] = {
    request.RepsRequest: lambda part: {"programme": {"sessions": [{"entries": [{"name": "Squat", "reps": part}]}]}},
    request.TimedRequest: lambda part: {"programme": {"sessions": [{"entries": [{"name": "Squat", "timed": part}]}]}},
    request.FollowedEntryRequest: lambda part: {"programme": {"sessions": [{"entries": [part]}]}},
    request.FollowedSessionRequest: lambda part: {
        "programme": {"sessions": [part]},
        "places": [{"id": "club", "equipment": "full_gym"}],
    },
    request.SessionsProgramme: lambda part: {"programme": part},
    request.TextProgramme: lambda part: {"programme": part},
    request.CsvProgramme: lambda part: {"programme": part},
    request.TaggedExerciseRequest: lambda part: {"programme": _WEEK, "exercises": [part]},
    request.FollowedWeekRequest: lambda part: {"programme": _WEEK, "week": part},
    AuditRequest: lambda part: part,
}
"""Every part of a request, and how a whole request is made of it."""


def test_the_examples_of_every_part_are_looked_at() -> None:
    parts = {
        part
        for part in vars(request).values()
        if isinstance(part, type) and issubclass(part, request.RequestModel) and part.__module__ == request.__name__
    }
    assert parts == set(_WHOLE)


@pytest.mark.parametrize("part", _WHOLE, ids=lambda part: str(part.__name__))
def test_the_examples_of_the_fields_make_valid_requests(part: type[request.RequestModel]) -> None:
    examples_of = {field.alias or name: field.examples or [] for name, field in part.model_fields.items()}
    first = {name: given[0] for name, given in examples_of.items() if given}
    for name, given in examples_of.items():
        for example in given:
            body = _WHOLE[part]({**first, name: example})
            audited(**_apart(request_of(body), body))


def _apart(checked: AuditRequest, body: dict[str, Any]) -> dict[str, Any]:
    assert checked.programme
    return body


def test_every_field_of_a_request_is_explained(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for part in _WHOLE:
        described = schemas[part.__name__]
        assert described["additionalProperties"] is False
        for field, schema in described["properties"].items():
            assert "description" in schema or "$ref" in schema, f"{part.__name__}.{field}"
            assert "examples" in schema, f"{part.__name__}.{field}"
