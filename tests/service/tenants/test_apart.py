"""What one tenant has is nothing to another, whatever the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from service.app import create_app
from service.db.models import PlanRow
from service.db.session import close_database, open_database
from service.settings import Settings
from service.studies.kinds import KINDS
from service.tenants.keys import Scope
from service.watches.endpoints import REQUESTS as WATCHES
from tests.service.running import in_process
from tests.service.tenants.asking import key_of, sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tests.service.running import Service

ABOUT_A_PLAN = {
    ("get", "/v1/plans/{plan_id}"),
    ("delete", "/v1/plans/{plan_id}"),
    ("post", "/v1/plans/{plan_id}/cancel"),
    ("get", "/v1/plans/{plan_id}/events"),
    ("post", "/v1/plans/{plan_id}/calendar"),
    ("delete", "/v1/plans/{plan_id}/calendar"),
    ("post", "/v1/plans/{plan_id}/link"),
    ("delete", "/v1/plans/{plan_id}/link"),
    ("get", "/v1/plans/{plan_id}/watch"),
    ("put", "/v1/plans/{plan_id}/watch"),
    ("delete", "/v1/plans/{plan_id}/watch"),
    *(("post", kind.asked_at) for kind in KINDS if kind.about_plan),
}
"""Every operation that names a plan. A new one has to be added here, and is then held to the same."""

BODIES = {
    **{kind.asked_at: dict(next(iter(kind.examples.values())).request) for kind in KINDS},
    "/v1/plans/{plan_id}/watch": next(iter(WATCHES.values()))["value"],
}


class Two:
    """Two tenants of one service, and a plan of the first."""

    def __init__(self, service: Service, owner: dict[str, str], other: dict[str, str]) -> None:
        self.service, self.owner, self.other = service, owner, other
        asked = service.post("/v1/plans", json={}, headers={**owner, "Idempotency-Key": "same"})
        assert asked.status_code == 202
        self.plan: str = asked.json()["id"]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    database = tmp_path_factory.mktemp("apart") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", run_jobs=False)
    sessions = open_database(settings.database_url)
    owner, other = (key_of(sessions, tenant, Scope.ADMIN) for tenant in ("gym-a", "gym-b"))
    close_database(sessions)
    with in_process(create_app(settings), database) as service:
        yield Two(service, owner, other)


def test_every_operation_on_a_plan_is_known(two: Two) -> None:
    paths: dict[str, Any] = two.service.get("/openapi.json").json()["paths"]
    assert {(method, path) for path, methods in paths.items() for method in methods if "{plan_id}" in path} == (
        ABOUT_A_PLAN
    )


@pytest.mark.parametrize(("method", "path"), sorted(ABOUT_A_PLAN))
def test_the_plan_of_another_is_not_there(two: Two, method: str, path: str) -> None:
    def said(plan: str) -> httpx.Response:
        body = BODIES.get(path)
        return two.service.request(method.upper(), path.format(plan_id=plan), headers=two.other, json=body)

    foreign, unknown = said(two.plan), said("01a203e4-0000-7000-8000-000000000000")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json()["detail"] == unknown.json()["detail"], "it tells that there is one"
    assert two.service.get(f"/v1/plans/{two.plan}", headers=two.owner).json()["status"] == "queued"


def test_lists_hold_only_ones_own(two: Two) -> None:
    def listed(key: dict[str, str]) -> list[str]:
        return [item["id"] for item in two.service.get("/v1/plans", headers=key).json()["items"]]

    assert two.plan in listed(two.owner)
    assert two.plan not in listed(two.other)


def test_the_same_idempotency_key_is_two_keys(two: Two) -> None:
    again = two.service.post("/v1/plans", json={}, headers={**two.owner, "Idempotency-Key": "same"})
    foreign = two.service.post("/v1/plans", json={}, headers={**two.other, "Idempotency-Key": "same"})
    assert again.json()["id"] == two.plan
    assert foreign.json()["id"] != two.plan


def test_a_cursor_of_another_shows_nothing_of_its_plans(two: Two) -> None:
    for _ in range(2):
        two.service.post("/v1/plans", json={}, headers=two.owner)
    cursor = two.service.get("/v1/plans?limit=1", headers=two.owner).json()["next_cursor"]
    assert cursor
    found = two.service.get(f"/v1/plans?cursor={cursor}", headers=two.other).json()["items"]
    assert two.plan not in [item["id"] for item in found]


def test_the_answer_to_an_equal_question_is_not_handed_to_another(two: Two) -> None:
    """The owner gets its finished plan again; whoever else asks the same has a search of its own."""
    with sessions_of(two.service).begin() as session:
        session.execute(update(PlanRow).where(PlanRow.id == two.plan).values(status="optimal", repeatable=True))
    own, foreign = (two.service.post("/v1/plans", json={}, headers=key) for key in (two.owner, two.other))
    assert (own.status_code, own.json()["id"]) == (200, two.plan)
    assert foreign.status_code == 202
    assert foreign.json()["id"] != two.plan
    anew = two.service.post("/v1/plans", json={}, headers={**two.owner, "Cache-Control": "no-cache"})
    assert anew.json()["id"] != two.plan
