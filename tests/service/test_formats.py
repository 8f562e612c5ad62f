"""HEAD wherever GET is possible, formats that are not offered, and keys that occur twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.accept import accepts

if TYPE_CHECKING:
    from tests.service.running import Service

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "path", ["/health/live", "/health/ready", "/v1/meta", "/v1/rules", "/v1/catalog/muscles", "/docs", "/openapi.json"]
)
def test_head_is_get_without_the_body(service: Service, path: str) -> None:
    got, head = service.get(path), service.request("HEAD", path)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length"):
        assert head.headers[name] == got.headers[name]


def test_head_of_nothing_is_not_found_and_of_a_post_not_allowed(service: Service) -> None:
    nothing, post = service.request("HEAD", "/v1/nothing"), service.request("HEAD", "/v1/audits")
    assert (nothing.status_code, nothing.content) == (404, b"")
    assert (post.status_code, post.headers["allow"]) == (405, "POST")
    assert service.request("DELETE", "/health/live").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", True),
        ("*/*", True),
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("text/html, application/*;q=0.5", True),
        ("text/html", False),
        ("application/problem+json", False),
        ("application/json;q=0", False),
        ("application/json;q=0, */*", False),
        ("application/*;q=0, application/json", True),
        ("*/*;q=0", False),
        ("application/json;q=much", True),
    ],
)
def test_what_an_accept_header_takes(header: str, expected: bool) -> None:
    assert accepts(header, "application/json") is expected


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b'{"week": {}, "week": {}}', "week"),
        (b'{"athlete": {"priorities": {"glutes": 1, "glutes": 3}}}', "glutes"),
        (b'{"pins": [{"slot": "mon", "slot": "fri", "entries": []}]}', "slot"),
        (b'{"unknown": {"a": 1, "a": 2}}', "a"),
        (b'{"week": {}, "w\\u0065ek": {}}', "week"),
    ],
)
def test_a_key_that_occurs_twice_is_named(service: Service, body: bytes, key: str) -> None:
    response = service.post("/v1/plans", content=body, headers=JSON)
    assert response.status_code == 400
    assert response.json()["type"] == "/problems/malformed-json"
    assert response.json()["detail"] == f"The key '{key}' occurs more than once in the same object."


def test_a_key_may_occur_in_two_objects(service: Service) -> None:
    body = b'{"athlete": {"unknown": 1}, "week": {"unknown": ' + b"9" * 4000 + b"}}"
    response = service.post("/v1/plans", content=body, headers=JSON)
    assert response.status_code == 422
    assert [e["pointer"] for e in response.json()["errors"]] == ["/athlete/unknown", "/week/unknown"]
