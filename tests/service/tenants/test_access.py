"""A key opens what its scopes allow, for its own tenant, until it ends; without keys only loopback is served."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from service.app import create_app
from service.db.session import close_database, open_database
from service.logs import JsonLines
from service.tenants.binding import UnprotectedError, is_loopback, protected
from service.tenants.keys import Scope, Token
from service.tenants.models import ApiKeyRow
from service.tenants.service import create, revoke, rotate
from tests.service.running import in_process
from tests.service.tenants.asking import bearer, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.db.session import SessionFactory
    from service.settings import Settings
    from tests.service.running import Service

OPEN = ("/health/live", "/health/ready", "/openapi.json", "/docs", "/problems/not-found")
GUARDED = ("/v1/plans", "/v1/plans/x", "/v1/plans/x/events", "/v1/rules", "/v1/meta", "/v1/catalog/muscles")


@pytest.fixture
def settings(settings: Settings, database_url: str) -> Settings:
    """On both databases."""
    return replace(settings, database_url=database_url)


@pytest.fixture
def sessions(settings: Settings) -> Iterator[SessionFactory]:
    opened = open_database(settings.database_url)
    yield opened
    close_database(opened)


def test_without_any_key_the_loopback_service_asks_for_none(service: Service) -> None:
    assert all(service.get(path).status_code in (200, 404) for path in (*OPEN, *GUARDED))
    assert service.post("/v1/plans", json={}).status_code == 202


def test_from_the_first_key_on_everything_under_v1_needs_one(service: Service, sessions: SessionFactory) -> None:
    owner = key_of(sessions, "gym", Scope.READ)
    for path in GUARDED:
        refused = service.get(path)
        assert refused.status_code == 401, path
        assert refused.json()["type"] == "/problems/unauthorized"
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert service.get(path, headers=owner).status_code in (200, 404), path
    assert [service.get(path).status_code for path in OPEN] == [200] * len(OPEN)


def test_a_service_that_is_told_so_asks_for_keys_before_there_are_any(settings: Settings, database: Path) -> None:
    with in_process(create_app(replace(settings, require_keys=True, run_jobs=False)), database) as service:
        assert service.get("/v1/rules").status_code == 401
        assert service.get("/metrics").status_code == 401


@pytest.mark.parametrize("scope", list(Scope))
def test_a_scope_opens_what_it_says_and_no_more(service: Service, sessions: SessionFactory, scope: Scope) -> None:
    held = key_of(sessions, "gym", scope)
    found = {
        Scope.READ: service.get("/v1/rules", headers=held),
        Scope.PLAN: service.post("/v1/plans", json={}, headers=held),
        Scope.ADMIN: service.get("/metrics", headers=held),
    }
    for needed, response in found.items():
        if scope.includes(needed):
            assert response.status_code in (200, 202), needed
        else:
            assert response.status_code == 403, needed
            assert response.json()["type"] == "/problems/forbidden"
            assert f'scope="{needed}"' in response.headers["www-authenticate"]


def test_reading_is_enough_to_compare(service: Service, sessions: SessionFactory) -> None:
    wish = {"plans": ["0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1", "0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d2"]}
    refused = service.post("/v1/comparisons", json=wish, headers=key_of(sessions, "gym", Scope.READ))
    assert refused.status_code == 422, "all that is wrong is that there are no such plans"


def test_ended_and_foreign_keys_open_nothing(service: Service, sessions: SessionFactory) -> None:
    with sessions.begin() as session:
        revoked, token = create(session, tenant="gym", scopes=[Scope.READ])
        assert revoke(session, revoked.id) == revoked
    past = datetime.now(UTC) - timedelta(seconds=1)
    with sessions.begin() as session:
        key, expired = create(session, tenant="gym", scopes=[Scope.READ])
        session.get_one(ApiKeyRow, key.id).expires_at = past
    forged = Token(key.id, Token.new().secret)
    for wrong in (token.shown(), expired.shown(), forged.shown(), Token.new().shown(), "cpk_", "x" * 5000):
        response = service.get("/v1/rules", headers=bearer(wrong))
        assert response.status_code == 401, wrong[:60]
        assert response.json()["detail"] == "The API key is unknown, revoked or expired."
    assert service.get("/v1/rules", headers={"Authorization": f"Basic {token.shown()}"}).status_code == 401


def test_a_rotated_key_and_its_successor_work_until_the_overlap_is_over(
    service: Service, sessions: SessionFactory
) -> None:
    with sessions.begin() as session:
        old, first = create(session, tenant="gym", scopes=[Scope.PLAN], name="app")
        new, second = rotate(session, old.id, overlap=timedelta(hours=1))
    assert (new.tenant, new.scopes, new.name) == (old.tenant, old.scopes, old.name)
    assert [service.get("/v1/rules", headers=bearer(t.shown())).status_code for t in (first, second)] == [200, 200]
    with sessions.begin() as session:
        _, third = rotate(session, new.id, overlap=timedelta(0))
    assert [service.get("/v1/rules", headers=bearer(t.shown())).status_code for t in (second, third)] == [401, 200]


def test_a_secret_is_neither_kept_nor_logged(
    service: Service, sessions: SessionFactory, caplog: pytest.LogCaptureFixture
) -> None:
    held = key_of(sessions, "gym", Scope.PLAN)
    secret = held["Authorization"].rpartition("_")[2]
    with caplog.at_level(logging.DEBUG):
        service.post("/v1/plans", json={}, headers=held)
        service.get(f"/v1/plans/{held['Authorization']}", headers=held)
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any(json.loads(line).get("tenant") == "gym" for line in lines)
    assert not [line for line in lines if secret in line]
    with sessions() as session:
        rows = [tuple(row) for row in session.execute(select(ApiKeyRow.__table__))]
    assert len(rows) == 1
    assert secret not in str(rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (Token("01a203e4-3232-7070-a064-7b99aa447297", "s" * 43).shown(), "cpk_01a203e432327070a0647b99aa447297_***"),
        ("postgresql://me:hunter2@host/db", "postgresql://me:***@host/db"),
    ],
)
def test_secrets_that_reach_the_log_end_there(text: str, expected: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed with %s", (text,), None)
    assert json.loads(JsonLines().format(record))["message"] == f"failed with {expected}"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],
)
def test_what_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_another_address_takes_a_usable_key(settings: Settings, sessions: SessionFactory) -> None:
    with pytest.raises(UnprotectedError, match="counterpull keys create"):
        protected("0.0.0.0", settings)
    with sessions.begin() as session:
        key, _ = create(session, tenant="gym", scopes=[Scope.READ])
    assert protected("0.0.0.0", settings).require_keys is True
    assert protected("127.0.0.1", settings) == settings
    with sessions.begin() as session:
        revoke(session, key.id)
    with pytest.raises(UnprotectedError):
        protected("0.0.0.0", settings)


def test_every_operation_says_what_it_asks_for(service: Service) -> None:
    """Everything under /v1, and the numbers, name the key; the rest is open to all."""
    document: dict[str, Any] = service.get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for operation in methods.values():
            guarded = path.startswith("/v1/") or path == "/metrics"
            assert ("security" in operation) is guarded, path
            assert ({"401", "403"} <= set(operation["responses"])) is guarded, path


OURS = ("localhost:8000", "plans.localhost", "127.0.0.1:8000", "[::1]:8000", "Training.Example:443")
FOREIGN = ("rebound.example", "127.0.0.1.rebound.example:8000", "localhost.rebound.example", "192.168.1.7:8000")


def test_without_keys_only_names_of_this_machine_are_answered(
    settings: Settings, sessions: SessionFactory, tmp_path: Path
) -> None:
    """Any other name may be one that a site has led to this address, to read here with the browser's help."""
    with in_process(create_app(replace(settings, host_names=("training.example",))), tmp_path) as service:
        for path, media in (("/v1/plans", "application/json"), ("/plans", "text/html"), ("/metrics", "text/plain")):
            for status, hosts in ((200, OURS), (421, FOREIGN)):
                answers = [service.get(path, headers={"Host": host, "Accept": media}) for host in hosts]
                assert {answer.status_code for answer in answers} == {status}, path
        refused = service.get("/v1/plans", headers={"Host": FOREIGN[0]}).json()
        assert refused["type"] == "/problems/unknown-host"
        assert FOREIGN[0] in refused["detail"]
        keys = key_of(sessions, "north", Scope.READ)
        assert service.get("/v1/plans", headers={"Host": FOREIGN[0], **keys}).status_code == 200
