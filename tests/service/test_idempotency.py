"""A request that is sent again gets the answer of the first, and nothing is made twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from service.errors import ApiError
from service.idempotency.repository import LIFE, LOCK, Begun, IdempotencyRepository, Kept, Repeatable
from tests.service.tenants.asking import sessions_of

if TYPE_CHECKING:
    from service.settings import Settings
    from tests.service.running import Service

NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
KEY = {"Idempotency-Key": "week-48"}


@pytest.fixture
def settings(settings: Settings, database_url: str) -> Settings:
    """On both databases."""
    return replace(settings, database_url=database_url)


def test_a_repetition_gets_the_very_answer(service: Service) -> None:
    first = service.post("/v1/plans", json={"supersets": False}, headers=KEY)
    again = service.post(
        "/v1/plans", content=b'{ "supersets" : false }', headers={**KEY, "content-type": "application/json"}
    )
    assert first.status_code == again.status_code == 202
    assert again.content == first.content
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert service.stored() == 1


def test_without_a_key_there_are_two(service: Service) -> None:
    assert len({service.post("/v1/plans", json={}).json()["id"] for _ in range(2)}) == 2
    assert service.stored() == 2


def test_a_key_is_not_for_another_body(service: Service) -> None:
    service.post("/v1/plans", json={}, headers=KEY)
    refused = service.post("/v1/plans", json={"supersets": False}, headers=KEY)
    assert refused.status_code == 422
    assert refused.json()["type"] == "/problems/idempotency-mismatch"
    assert service.stored() == 1


def test_a_refused_request_does_not_use_its_key_up(service: Service) -> None:
    assert service.post("/v1/plans", json={"week": {"timezone": "Mars"}}, headers=KEY).status_code == 422
    assert service.post("/v1/plans", json={}, headers=KEY).status_code == 202


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a\tb", "é"])
def test_a_key_that_cannot_be_used_is_refused(service: Service, key: str) -> None:
    refused = service.post("/v1/plans", json={}, headers={b"Idempotency-Key": key.encode()})
    assert refused.status_code == 400
    assert "Idempotency-Key" in refused.json()["detail"]
    assert service.stored() == 0


def test_many_at_once_make_one_plan(service: Service) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: service.post("/v1/plans", json={}, headers=KEY), range(16)))
    assert service.stored() == 1
    assert {response.status_code for response in found} <= {202, 409}
    assert len({response.json()["id"] for response in found if response.status_code == 202}) == 1
    for response in found:
        if response.status_code == 409:
            assert response.json()["type"] == "/problems/in-flight"
            assert response.headers["retry-after"]


def test_while_the_first_is_in_flight_others_are_told(service: Service) -> None:
    kept, request = IdempotencyRepository(sessions_of(service)), Repeatable("local", "k", "a" * 64)
    assert kept.begin(request, "id-1", NOW) == Begun("id-1")
    with pytest.raises(ApiError) as refused:
        kept.begin(request, "id-2", NOW + LOCK - timedelta(seconds=1))
    assert refused.value.code == "in-flight"


def test_who_takes_over_from_a_dead_one_makes_the_same_thing(service: Service) -> None:
    kept, request = IdempotencyRepository(sessions_of(service)), Repeatable("local", "k", "a" * 64)
    kept.begin(request, "id-1", NOW)
    assert kept.begin(request, "id-2", NOW + LOCK) == Begun("id-1")
    kept.unlock(request)
    assert kept.begin(request, "id-3", NOW + LOCK) == Begun("id-1")


def test_an_answer_is_kept_for_a_day(service: Service) -> None:
    kept, request = IdempotencyRepository(sessions_of(service)), Repeatable("local", "k", "a" * 64)
    kept.begin(request, "id-1", NOW)
    answer = Kept(202, {"location": "/v1/plans/id-1"}, "{}")
    kept.keep(request, answer)
    assert kept.begin(request, "id-2", NOW + LIFE - timedelta(seconds=1)) == answer
    assert kept.begin(Repeatable("other", "k", "b" * 64), "id-3", NOW) == Begun("id-3")
    assert kept.begin(request, "id-2", NOW + LIFE) == Begun("id-2")


def test_a_plan_that_was_made_before_the_process_died_is_found(service: Service) -> None:
    """The key is claimed and the plan there, but not the answer: a repetition answers with that plan."""
    first = service.post("/v1/plans", json={}, headers=KEY)
    with sessions_of(service).begin() as session:
        session.connection().exec_driver_sql(
            "UPDATE idempotency_keys SET status = NULL, body = NULL, headers_json = NULL, locked_until = NULL"
        )
    again = service.post("/v1/plans", json={}, headers=KEY)
    assert again.status_code == 202
    assert again.json()["id"] == first.json()["id"]
    assert service.stored() == 1
