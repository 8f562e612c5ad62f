"""Who has an answer already is told so, and not told it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.service.running import Service

PATHS = ("/v1/rules", "/v1/meta", "/v1/catalog/exercises?limit=5", "/v1/plans")


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_that_has_not_changed_is_not_sent_again(service: Service, path: str) -> None:
    first = service.get(path)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = service.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b""), known
        assert again.headers["etag"] == tag
        assert "content-type" not in again.headers
        assert again.headers["x-content-type-options"] == "nosniff"
    other = service.get(path, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)
    head = service.request("HEAD", path, headers={"If-None-Match": tag})
    assert head.status_code == 304


def test_a_change_changes_the_tag(service: Service) -> None:
    before = service.get("/v1/plans").headers["etag"]
    plan = service.post("/v1/plans", json={}).headers["location"]
    after = service.get("/v1/plans", headers={"If-None-Match": before})
    assert after.status_code == 200
    waiting = service.get(plan).headers["etag"]
    service.request("DELETE", plan)
    assert service.get(plan, headers={"If-None-Match": waiting}).json()["status"] == "cancelled"


def test_errors_and_what_is_not_under_v1_have_no_tag(service: Service) -> None:
    assert "etag" not in service.get("/v1/plans/none").headers
    assert "etag" not in service.get("/health/live").headers
    assert "etag" not in service.post("/v1/plans", json={}).headers
