"""A database that can be read but not written to: said plainly, nothing half-written, and over when it is over."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from service.app import create_app
from service.db.session import engine_of
from service.settings import Settings
from tests.service.running import in_process

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection

    from tests.service.running import Service


@pytest.fixture
def asked(database_url: str) -> Iterator[Service]:
    """A service without a worker, on each kind of database."""
    settings = Settings(database_url=database_url, run_jobs=False, plans_per_minute=0)
    with in_process(create_app(settings), Path()) as running:
        yield running


def _engine(service: Service) -> Engine:
    return engine_of(service.app.state.parts.sessions)


@contextmanager
def _every_connection(engine: Engine, pragma: str) -> Iterator[None]:
    """Have SQLite behave so on all connections."""

    def prepare(connection: DBAPIConnection, *_: Any) -> None:
        connection.cursor().execute(pragma)

    event.listen(engine, "connect", prepare)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", prepare)
        engine.dispose()


@contextmanager
def _read_only(engine: Engine) -> Iterator[None]:
    """As a file without the right to write, or a server that has become a standby."""
    if engine.dialect.name == "sqlite":
        with _every_connection(engine, "PRAGMA query_only = ON"):
            yield
        return
    name = make_url(engine.url).database
    for on in (True, False):
        with engine.connect() as connection:
            connection.execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"))
            connection.commit()
            connection.execute(
                text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {"on" if on else "off"}')
            )
            connection.commit()
        engine.dispose()
        if on:
            yield


def _refused(response: httpx.Response) -> None:
    assert response.status_code == 503, response.text
    problem = response.json()
    assert problem["type"] == "/problems/not-ready"
    assert "database" in problem["detail"]
    assert int(response.headers["retry-after"]) >= 1
    assert "INSERT" not in response.text
    assert "UPDATE" not in response.text


def _kept(service: Service) -> dict[str, int]:
    engine = _engine(service)
    messages = "workflow_status" if engine.dialect.name == "sqlite" else "dbos.workflow_status"
    with engine.connect() as connection:
        tables = ("plans", "jobs", "job_events", messages, "idempotency_keys")
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}


def test_a_read_only_database_can_be_read_and_refuses_the_rest(asked: Service) -> None:
    plan = asked.post("/v1/plans", json={}).headers["location"]
    before = _kept(asked)
    with _read_only(_engine(asked)):
        _refused(asked.post("/v1/plans", json={}))
        _refused(asked.post("/v1/plans", json={}, headers={"Idempotency-Key": "once"}))
        _refused(asked.post(f"{plan}/cancel"))
        assert asked.get(plan).json()["status"] == "queued"
        assert len(asked.get("/v1/plans").json()["items"]) == 1
        assert asked.get("/health/live").status_code == 200
        assert _kept(asked) == before
    assert asked.post("/v1/plans", json={}, headers={"Idempotency-Key": "once"}).status_code == 202
    assert asked.post(f"{plan}/cancel").json()["status"] == "cancelled"


def test_a_full_disk_refuses_new_plans_and_leaves_nothing_half_written(service: Service) -> None:
    """SQLite's own limit of pages: the same error as from a disk that is full."""
    with _engine(service).connect() as connection:
        pages = int(connection.execute(text("PRAGMA page_count")).scalar_one())
    made = []
    with _every_connection(_engine(service), f"PRAGMA max_page_count = {pages + 12}"):
        while (response := service.post("/v1/plans", json={})).status_code == 202:
            made.append(response.headers["location"])
            assert len(made) < 100, "it never became full"
        _refused(response)
        assert made
        assert _kept(service) == {
            "plans": len(made),
            "jobs": len(made),
            "job_events": len(made),
            "workflow_status": len(made),
            "idempotency_keys": 0,
        }
        assert {service.get(plan).status_code for plan in made} == {200}
    assert service.post("/v1/plans", json={}).status_code == 202
