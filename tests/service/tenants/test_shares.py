"""A tenant has its share of the service and takes nothing of another's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from service.app import create_app
from service.db.session import close_database, open_database
from service.errors import ApiError
from service.tenants.shares import Shares
from tests.service.running import in_process
from tests.service.tenants.asking import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.db.session import SessionFactory
    from service.settings import Settings


@pytest.fixture
def sessions(settings: Settings) -> Iterator[SessionFactory]:
    opened = open_database(settings.database_url)
    yield opened
    close_database(opened)


def test_too_many_requests_are_refused_and_others_served(
    settings: Settings, database: Path, sessions: SessionFactory
) -> None:
    greedy, modest = key_of(sessions, "greedy"), key_of(sessions, "modest")
    with in_process(create_app(replace(settings, requests_per_minute=5, run_jobs=False)), database) as service:
        assert [service.get("/v1/rules", headers=greedy).status_code for _ in range(5)] == [200] * 5
        refused = service.get("/v1/rules", headers=greedy)
        assert refused.status_code == 429
        assert refused.json()["type"] == "/problems/rate-limited"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert service.get("/v1/rules", headers=modest).status_code == 200
        assert service.get("/health/ready").status_code == 200


def test_too_many_searches_are_refused_but_reading_goes_on(
    settings: Settings, database: Path, sessions: SessionFactory
) -> None:
    key = key_of(sessions, "gym")
    with in_process(create_app(replace(settings, plans_per_minute=2, run_jobs=False)), database) as service:
        found = [service.post("/v1/plans", json={}, headers=key).status_code for _ in range(3)]
        assert found == [202, 202, 429]
        assert service.get("/v1/plans", headers=key).status_code == 200


def test_one_tenant_cannot_fill_the_queue(settings: Settings, database: Path, sessions: SessionFactory) -> None:
    greedy, modest = key_of(sessions, "greedy"), key_of(sessions, "modest")
    with in_process(create_app(replace(settings, tenant_jobs=2, run_jobs=False)), database) as service:
        found = [service.post("/v1/plans", json={}, headers=greedy) for _ in range(3)]
        assert [response.status_code for response in found] == [202, 202, 429]
        assert found[2].json()["type"] == "/problems/busy"
        assert int(found[2].headers["retry-after"]) >= 1
        assert service.post("/v1/plans", json={}, headers=modest).status_code == 202
        cancelled = service.request("DELETE", found[0].headers["location"], headers=greedy)
        assert cancelled.json()["status"] == "cancelled"
        assert service.post("/v1/plans", json={}, headers=greedy).status_code == 202, "the place is free again"


def test_open_requests_are_counted_until_they_end() -> None:
    shares = Shares(requests_per_minute=0, plans_per_minute=0, open_requests=2)
    with shares.request("a"), shares.request("a"):
        with pytest.raises(ApiError) as refused, shares.request("a"):
            pass
        assert refused.value.code == "rate-limited"
        with shares.request("b"):
            pass
    with shares.request("a"), pytest.raises(ZeroDivisionError), shares.request("a"):
        raise ZeroDivisionError
    with shares.request("a"), shares.request("a"):
        pass
