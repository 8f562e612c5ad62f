"""The OpenAPI document is whole, its examples are true, and the page needs no other host."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from service.plans.examples import REQUESTS, answer_examples
from service.plans.mapping import to_problem
from service.plans.schemas import PlanRequest, PlanResponse, request
from service.plans.schemas.summary import PlanPage
from service.problems import ProblemDetails
from service.studies.kinds import KINDS
from service.studies.schemas import StudyPage
from service.validation.parsing import parse
from solver.rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel

    from catalog.catalog import Catalog
    from tests.service.running import Service


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert {name for name, _ in _operations(document)} >= {
        "POST /v1/plans",
        "GET /v1/plans/{plan_id}",
        "GET /v1/rules",
        "GET /v1/catalog/exercises",
        "GET /v1/catalog/muscles",
        "GET /v1/catalog/equipment",
        "GET /v1/catalog/ladders",
        "GET /v1/meta",
        "GET /health/live",
        "GET /health/ready",
    }


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    references = set(_references(document))
    assert references
    for reference in references:
        assert reference.removeprefix("#/components/schemas/") in schemas, reference


def test_every_model_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    """Two of a name are told apart by their modules, which are ours alone; generators of clients trip over them."""
    assert [name for name in document["components"]["schemas"] if "__" in name] == []


def test_operations_have_unique_names_and_say_what_they_do(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in _operations(document)]
    assert len(names) == len(set(names))
    for name, operation in _operations(document):
        assert operation["summary"], name
        assert operation["description"], name
        assert len(operation["tags"]) == 1, name


def test_the_frameworks_own_errors_are_not_promised(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in json.dumps(document)
    for name, operation in _operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], f"{name} {status}"


def test_errors_of_planning_are_documented_with_true_examples(document: dict[str, Any]) -> None:
    responses = document["paths"]["/v1/plans"]["post"]["responses"]
    expected = {"200", "202", "400", "401", "403", "409", "413", "415", "421", "422", "429", "500", "503"}
    assert set(responses) == expected
    for status, response in responses.items():
        for example in response["content"].get("application/problem+json", {}).get("examples", {}).values():
            problem = ProblemDetails.model_validate(example["value"])
            assert problem.status == int(status)
    assert "Retry-After" in responses["429"]["headers"]


def test_every_field_of_a_request_is_explained(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    parts = [name for name in schemas if name == "PlanRequest" or name.endswith("Request")]
    assert len(parts) >= 12
    for part in parts:
        assert schemas[part]["additionalProperties"] is False, part
        for field, schema in schemas[part].get("properties", {}).items():
            explained = "description" in schema or "$ref" in schema
            assert explained, f"{part}.{field}"
            assert "examples" in schema, f"{part}.{field}"


def test_the_rules_of_a_request_are_those_of_the_rulebook(document: dict[str, Any]) -> None:
    rules = document["components"]["schemas"]["PlanRequest"]["properties"]["rules"]
    assert list(rules["properties"]) == [spec.id for spec in RULES if spec.parameters]
    ratio = rules["properties"]["balance.upper_pull_push"]["properties"]["ratio"]
    assert (ratio["type"], ratio["minimum"], ratio["maximum"], ratio["default"]) == ("number", 1, 4, 2.0)


def test_bounds_are_in_the_schema(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["SlotRequest"]["properties"]["minutes"]["minimum"] == 10
    assert schemas["SlotRequest"]["properties"]["minutes"]["maximum"] == 240
    assert schemas["PlanRequest"]["properties"]["places"]["anyOf"][0]["maxItems"] == 12


@pytest.mark.parametrize("name", REQUESTS)
def test_example_requests_are_valid(catalog: Catalog, name: str) -> None:
    to_problem(parse(PlanRequest, json.dumps(REQUESTS[name]["value"]).encode()), catalog)


_CLUB = {"places": [{"id": "club", "equipment": "full_gym"}]}
_WHOLE: dict[type[BaseModel], Callable[[Any], dict[str, Any]]] = {
    request.AvoidRequest: lambda part: {"athlete": {"avoid": part}},
    request.MustIncludeRequest: lambda part: {"athlete": {"must_include": [part]}},
    request.WorkingLoadRequest: lambda part: {"athlete": {"working_loads": {"leg_press": part}}},
    request.AthleteRequest: lambda part: {"athlete": part},
    request.PlaceRequest: lambda part: {"places": [part]},
    request.SlotAvoidRequest: lambda part: {
        **_CLUB,
        "week": {"slots": [{"id": "mon", "day": "monday", "avoid": part}]},
    },
    request.SlotRequest: lambda part: {**_CLUB, "week": {"slots": [part]}},
    request.OfferedSlotRequest: lambda part: {**_CLUB, "week": {"starts_on": "2026-11-23", "offered": [part]}},
    request.SessionsRequest: lambda part: {"week": {"sessions": part}},
    request.WeekRequest: lambda part: {**_CLUB, "week": part},
    request.PinnedSetsRequest: lambda part: {"pins": [{"slot": "mon", "entries": [part]}]},
    request.PinnedEntryRequest: lambda part: {"pins": [part]},
    request.PinnedSessionRequest: lambda part: {"pins": [part]},
    request.ObjectiveRequest: lambda part: {"objective": part},
    request.SolveRequest: lambda part: {"solve": part},
    PlanRequest: lambda part: part,
}
"""Every part of a request, and how a whole request is made of it."""


def test_the_examples_of_every_part_of_a_request_are_looked_at() -> None:
    parts = {v for v in vars(request).values() if isinstance(v, type) and issubclass(v, request.RequestModel)}
    assert parts - {request.RequestModel} == set(_WHOLE)


@pytest.mark.parametrize("part", _WHOLE, ids=lambda part: str(part.__name__))
def test_the_examples_of_the_fields_make_valid_requests(catalog: Catalog, part: type[BaseModel]) -> None:
    """Each example with the first ones of the other fields: a reader, or a tool, may put them together."""
    examples = {name: field.examples or [] for name, field in part.model_fields.items()}
    first = {name: given[0] for name, given in examples.items()}
    for name, given in examples.items():
        for example in given:
            body = _WHOLE[part]({**first, name: example})
            to_problem(parse(PlanRequest, json.dumps(body).encode()), catalog)


def test_example_answers_are_real(document: dict[str, Any]) -> None:
    examples = document["paths"]["/v1/plans"]["post"]["responses"]["200"]["content"]["application/json"]["examples"]
    assert examples == answer_examples()
    answers = {}
    for name, example in examples.items():
        answers[name] = PlanResponse.model_validate_json(json.dumps(example["value"]))
        assert answers[name].model_dump(mode="json") == example["value"], "every field is there, nulls as well"
    assert answers["week"].status in ("optimal", "feasible")
    assert [line.rule for line in answers["week"].certificate] == [rule.id for rule in RULES]
    assert answers["conflict"].status == "infeasible"
    assert answers["conflict"].request == REQUESTS["impossible"]["value"]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline_scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [value for name in ("src", "href") if (value := given.get(name))]
        self.inline_scripts += tag == "script" and "src" not in given


def test_lists_of_plans_and_of_questions_have_an_example(document: dict[str, Any]) -> None:
    pages = {"listPlans": PlanPage, **{kind.listing: StudyPage for kind in KINDS}}
    found = {name: operation for _, operation in _operations(document) if (name := operation["operationId"]) in pages}
    assert found.keys() == pages.keys()
    for name, operation in found.items():
        (example,) = operation["responses"]["200"]["content"]["application/json"]["examples"].values()
        assert pages[name].model_validate(example["value"]).items, name


def test_the_page_asks_no_other_host_for_anything(service: Service) -> None:
    response = service.get("/docs")
    assert response.headers["content-type"].startswith("text/html")
    links = _Links()
    links.feed(response.text)
    assert links.inline_scripts == 0, "the page's policy forbids inline scripts"
    assert len(links.found) >= 5
    for link in links.found:
        assert not re.match(r"[a-z]+:|//", link), link
        assert service.get(f"/{link}").status_code == 200, link
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "*" not in policy


def test_the_pages_style_sheet_asks_no_other_host(service: Service) -> None:
    css = service.get("/docs/assets/swagger-ui.css").text
    targets = re.findall(r"url\(\s*[\"']?([^)\"']{0,12})", css)
    assert targets
    assert all(target.startswith("data:") for target in targets)
    assert "@import" not in css


def test_the_page_does_not_validate_elsewhere(service: Service) -> None:
    assert "validatorUrl: null" in service.get("/docs/assets/start.js").text


@pytest.mark.parametrize("name", ["none.js", "..%2f..%2fapp.py", "index.html"])
def test_only_the_pages_files_are_served(service: Service, name: str) -> None:
    assert service.get(f"/docs/assets/{name}").status_code == 404
