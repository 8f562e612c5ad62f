"""Webhooks over HTTP: events are told, signed, tried again, written down, and lost by no death of a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from service.app import create_app
from service.jobs.job import Job, Landing
from service.jobs.messages import LIGHT_AT_ONCE
from service.settings import Settings
from service.tenants.keys import Scope
from service.webhooks.events import TYPES, announce
from service.webhooks.work import MOST_ATTEMPTS, DeliveryRules
from tests.service.jobs.toys import ROOT, wait_until
from tests.service.running import WAITING, in_process
from tests.service.studies.keeping import kept_week
from tests.service.tenants.asking import key_of, sessions_of
from tests.service.webhooks.receiving import receiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.webhooks.events import EventType
    from tests.service.running import Service
    from tests.service.webhooks.receiving import Receiver

TINY = {
    "places": [{"id": "home", "equipment": "bands_only"}],
    "week": {"slots": [{"id": "mon", "day": "monday", "minutes": 30}]},
    "solve": {"time_limit_seconds": 5, "gap": 0.5, "workers": 1},
}


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The application with a worker, in a hurry, allowed to tell this machine."""
    database = tmp_path_factory.mktemp("webhooks") / "plans.db"
    settings = Settings(
        database_url=f"sqlite:///{database}",
        max_concurrent_solves=1,
        requests_per_minute=0,
        plans_per_minute=0,
        webhook_loopback=True,
        webhook_retry_seconds=0.05,
    )
    with in_process(create_app(settings), database) as running:
        yield running


@pytest.fixture
def target() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def hook(telling: Service, target: Receiver) -> Iterator[dict[str, Any]]:
    """A webhook of the default tenant, for all events; it ends with the test."""
    made = telling.post("/v1/webhooks", json={"url": target.url})
    assert made.status_code == 201, made.text
    yield made.json()
    telling.request("DELETE", f"/v1/webhooks/{made.json()['id']}")


def _tell(service: Service, type_: EventType = "plan.finished", tenant: str = "local", **data: Any) -> None:
    """An event as the end of a job tells it."""
    parts = service.app.state.parts
    with parts.sessions.begin() as session:
        for new in announce(session, tenant, type_, data):
            parts.jobs.submit(session, new.id, new.tenant, new.kind, new.threads, datetime.now(UTC))


def _log(service: Service, hook: dict[str, Any], **headers: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = service.get(f"/v1/webhooks/{hook['id']}/deliveries", **headers).json()["items"]
    return found


def _settled(service: Service, hook: dict[str, Any], count: int = 1) -> list[dict[str, Any]]:
    def settled() -> bool:
        log = _log(service, hook)
        return len(log) == count and all(one["status"] != "pending" for one in log)

    wait_until(settled, every=0.05)
    return _log(service, hook)


def test_a_finished_plan_and_its_replan_are_told_signed_and_logged(
    telling: Service, target: Receiver, hook: dict[str, Any]
) -> None:
    plan = telling.solved(TINY).json()
    (message,) = target.until(1)
    told = message.verified(hook["secret"])
    assert told["type"] == "plan.finished"
    assert told["data"] == {"plan": plan["id"], "address": f"/v1/plans/{plan['id']}", "status": plan["status"]}
    with pytest.raises(WebhookVerificationError):
        Webhook(hook["secret"]).verify(message.body + b" ", message.headers)
    (delivery,) = _settled(telling, hook)
    assert (delivery["event_id"], delivery["status"]) == (message.headers["webhook-id"], "delivered")
    assert delivery["payload"] == told
    assert [(a["number"], a["status"], a["error"]) for a in delivery["attempts"]] == [(1, 204, None)]

    week = kept_week(telling).id
    asked = {"missed": ["mon"], "solve": {"time_limit_seconds": 60, "workers": 1}}
    replanned = telling.post(f"/v1/plans/{week}/replan", json=asked, headers=WAITING).json()
    after = replanned["answer"]["plan"]
    events = {m.verified(hook["secret"])["type"]: m.verified(hook["secret"])["data"] for m in target.until(3)[1:]}
    assert events["plan.replanned"] == {
        "plan": after,
        "address": f"/v1/plans/{after}",
        "replaces": week,
        "replan": replanned["id"],
        "status": replanned["status"],
    }
    changes = events["schedule.changed"]["sessions"]
    assert [(change["slot"], change["change"]) for change in changes] == [("mon", "removed")]


def test_only_wanted_events_are_told(telling: Service, target: Receiver, hook: dict[str, Any]) -> None:
    telling.request("PATCH", f"/v1/webhooks/{hook['id']}", json={"events": ["plan.failed"]})
    for type_ in TYPES:
        _tell(telling, type_)
    assert [one["type"] for one in _settled(telling, hook)] == ["plan.failed"]
    assert [message.verified(hook["secret"])["type"] for message in target.messages] == ["plan.failed"]


def test_a_receiver_that_is_down_for_a_while_gets_the_same_message_later(
    telling: Service, target: Receiver, hook: dict[str, Any]
) -> None:
    target.answers = ["503", "302", "nonsense"]
    _tell(telling, plan="x")
    messages = target.until(4)
    assert {message.headers["webhook-id"] for message in messages} == {messages[0].headers["webhook-id"]}
    assert {message.body for message in messages} == {messages[0].body}
    assert {message.path for message in messages} == {"/hooks"}
    for message in messages:
        message.verified(hook["secret"])
    (delivery,) = _settled(telling, hook)
    assert delivery["status"] == "delivered"
    assert [(a["number"], a["status"], a["error"]) for a in delivery["attempts"]] == [
        (1, 503, "Answered 503."),
        (2, 302, "Answered 302; redirects are not followed."),
        (3, None, "The answer was not HTTP."),
        (4, 204, None),
    ]
    assert telling.get(f"/v1/webhooks/{hook['id']}").json()["failing_since"] is None


def test_delays_grow_and_spread() -> None:
    """5 s, 20 s, ... up to 8 hours, of which up to a half is left to chance: one to two days in all."""
    rules = DeliveryRules()
    for attempts, whole in ((1, 5), (2, 20), (3, 80), (7, 20_480), (8, 28_800), (13, 28_800)):
        drawn = [rules.delay(attempts) for _ in range(200)]
        assert whole / 2 <= min(drawn) < 0.6 * whole
        assert 0.9 * whole < max(drawn) <= whole
    least = sum(rules.delay(attempts) for attempts in range(1, MOST_ATTEMPTS))
    assert 27 * 3600 < least < 56 * 3600


def test_slow_receivers_keep_no_search_waiting(telling: Service, target: Receiver, hook: dict[str, Any]) -> None:
    target.answers = ["hang"] * LIGHT_AT_ONCE
    for number in range(LIGHT_AT_ONCE):
        _tell(telling, plan=str(number))
    target.until(LIGHT_AT_ONCE)
    assert telling.app.state.parts.jobs.counts() == {"queued": 0, "running": 0}
    assert telling.solved({**TINY, "week": {**TINY["week"], "sessions": {"min": 1}}}).status_code == 200
    assert not [one for one in _log(telling, hook) if one["status"] == "delivered"]
    target.released.set()


def test_an_endpoint_that_fails_for_long_is_disabled_until_it_is_enabled(
    telling: Service, target: Receiver, hook: dict[str, Any]
) -> None:
    address = f"/v1/webhooks/{hook['id']}"
    target.answers = ["500"]
    long_ago = datetime.now(UTC) - timedelta(days=6)
    with sessions_of(telling).begin() as session:
        session.execute(
            text("UPDATE webhook_endpoints SET failing_since = :then WHERE id = :id"),
            {"then": long_ago.replace(tzinfo=None).isoformat(" "), "id": hook["id"]},
        )
    _tell(telling, plan="x")
    (failed,) = _settled(telling, hook)
    assert (failed["status"], len(failed["attempts"])) == ("failed", 1)
    disabled = telling.get(address).json()
    assert (disabled["enabled"], disabled["disabled_reason"]) == (False, "It took no message for 5 days.")
    again = f"{address}/deliveries/{failed['id']}/redeliver"
    assert telling.post(again).json()["type"] == "/problems/endpoint-disabled"
    _tell(telling, plan="y")
    assert len(_log(telling, hook)) == 1

    enabled = telling.request("PATCH", address, json={"enabled": True}).json()
    assert (enabled["enabled"], enabled["failing_since"]) == (True, None)
    redelivered = telling.post(again, headers={"Idempotency-Key": f"again-{hook['id']}"})
    assert redelivered.status_code == 202
    assert telling.post(again, headers={"Idempotency-Key": f"again-{hook['id']}"}).json() == redelivered.json()
    assert [one["status"] for one in _settled(telling, hook, 2)] == ["delivered", "failed"]
    first, second = target.messages
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == redelivered.json()["event_id"]
    assert first.body == second.body


def test_an_endpoint_that_is_gone_is_told_nothing_more(
    telling: Service, target: Receiver, hook: dict[str, Any]
) -> None:
    target.answers = ["410"]
    _tell(telling, plan="x")
    assert _settled(telling, hook)[0]["status"] == "failed"
    assert telling.get(f"/v1/webhooks/{hook['id']}").json()["enabled"] is False


def test_an_endpoint_may_end_while_it_is_told(telling: Service, target: Receiver, hook: dict[str, Any]) -> None:
    target.answers = ["hang"]
    _tell(telling, plan="x")
    target.until(1)
    job = _log(telling, hook)[0]["id"]
    assert telling.request("DELETE", f"/v1/webhooks/{hook['id']}").status_code == 204
    target.released.set()
    jobs = telling.app.state.parts.jobs
    wait_until(lambda: jobs.find(job, "local").ended)
    assert (jobs.find(job, "local").state, jobs.find(job, "local").losses) == ("done", 0)


def test_after_a_rotation_both_secrets_sign_for_a_while(
    telling: Service, target: Receiver, hook: dict[str, Any]
) -> None:
    rotate = f"/v1/webhooks/{hook['id']}/rotate"
    second = telling.post(rotate, json={}).json()["secret"]
    _tell(telling, plan="x")
    (message,) = target.until(1)
    assert message.verified(second) == message.verified(hook["secret"])
    third = telling.post(rotate, json={"overlap_hours": 0}).json()["secret"]
    _tell(telling, plan="y")
    later = target.until(2)[1]
    assert later.verified(third)
    for old in (hook["secret"], second):
        with pytest.raises(WebhookVerificationError):
            later.verified(old)
    assert telling.post(rotate, json={"overlap_hours": 169}).status_code == 422


def test_a_secret_is_shown_once_and_in_no_log(
    telling: Service, target: Receiver, hook: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    target.answers = ["500"]
    with caplog.at_level("DEBUG"):
        _tell(telling, plan="x")
        _settled(telling, hook)
    shown = [telling.get(f"/v1/webhooks{rest}").text for rest in ("", f"/{hook['id']}", f"/{hook['id']}/deliveries")]
    secret = hook["secret"].removeprefix("whsec_")
    for said in (*shown, caplog.text, *(str(record.__dict__) for record in caplog.records)):
        assert secret not in said


BAD = {
    "not https": ({"url": "http://example.com/"}, "/url", "not_a_target"),
    "inside": ({"url": "https://10.0.0.1/"}, "/url", "not_a_target"),
    "no url": ({}, "/url", "required"),
    "unknown event": ({"url": "https://example.com/", "events": ["plan.done"]}, "/events/0", "unknown_choice"),
    "no event": ({"url": "https://example.com/", "events": []}, "/events", "wrong_size"),
    "long": ({"url": "https://example.com/", "description": "x" * 201}, "/description", "out_of_range"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_makes_no_sense_is_refused(service: Service, name: str) -> None:
    body, pointer, code = BAD[name]
    refused = service.post("/v1/webhooks", json=body)
    assert refused.status_code == 422
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [(pointer, code)]


def test_webhooks_are_limited_listed_and_made_once(service: Service) -> None:
    body = {"url": "https://example.com/hooks"}
    made = [service.post("/v1/webhooks", json=body, headers={"Idempotency-Key": str(n // 2)}) for n in range(40)]
    ids = list(dict.fromkeys(one.json()["id"] for one in made))
    assert len(ids) == 20
    assert service.post("/v1/webhooks", json=body).json()["type"] == "/problems/too-many-endpoints"
    page = service.get("/v1/webhooks?limit=15").json()
    rest = service.get(f"/v1/webhooks?cursor={page['next_cursor']}").json()
    assert [one["id"] for one in (*page["items"], *rest["items"])] == ids


def test_the_webhooks_of_another_are_not_there(service: Service) -> None:
    owner, other = (key_of(sessions_of(service), tenant, Scope.PLAN) for tenant in ("gym-a", "gym-b"))
    made = service.post("/v1/webhooks", json={"url": "https://example.com/"}, headers=owner).json()
    _tell(service, tenant="gym-b", plan="theirs")
    _tell(service, tenant="gym-a", plan="ours")
    (delivery,) = _log(service, made, headers=owner)
    assert delivery["payload"]["data"] == {"plan": "ours"}
    address = f"/v1/webhooks/{made['id']}"
    calls: list[tuple[str, str, Any]] = [
        ("GET", address, None),
        ("PATCH", address, {"enabled": False}),
        ("POST", f"{address}/rotate", {}),
        ("GET", f"{address}/deliveries", None),
        ("POST", f"{address}/deliveries/{delivery['id']}/redeliver", None),
        ("DELETE", address, None),
    ]
    for method, path, body in calls:
        assert service.request(method, path, json=body, headers=other).status_code == 404, (method, path)
    assert service.get("/v1/webhooks", headers=other).json()["items"] == []
    assert service.get(address, headers=owner).json()["enabled"] is True
    assert service.request("DELETE", address, headers=owner).status_code == 204
    with sessions_of(service)() as session:
        for table in ("webhook_events", "webhook_deliveries"):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0


def test_an_event_is_written_with_the_end_that_it_tells_of_or_not_at_all(service: Service) -> None:
    """A search that is cancelled before it begins ends in the transaction of who cancels it; no worker is there."""
    hook = service.post("/v1/webhooks", json={"url": "https://example.com/"}).json()
    plan = service.post("/v1/plans", json={}).json()["id"]
    assert _log(service, hook) == []
    service.post(f"/v1/plans/{plan}/cancel")
    (told,) = _log(service, hook)
    assert (told["type"], told["payload"]["data"]["status"]) == ("plan.finished", "cancelled")

    lost = service.post("/v1/plans", json=TINY).json()["id"]
    parts = service.app.state.parts
    works = parts.jobs._works  # noqa: SLF001
    real = works["plan"].give_up

    def broken(job: Job, state: Any, reason: str | None) -> Landing:
        landing = real(job, state, reason)

        def store(session: Any) -> None:
            landing.store(session)
            raise OSError("the machine is gone")

        return Landing(landing.status, store)

    works["plan"].give_up = broken
    service.post(f"/v1/plans/{lost}/cancel")
    works["plan"].give_up = real
    assert service.get(f"/v1/plans/{lost}").json()["status"] == "queued"
    assert len(_log(service, hook)) == 1


@contextmanager
def _worker(database: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "COUNTERPULL_DATABASE_URL": f"sqlite:///{database}",
        "COUNTERPULL_WEBHOOK_LOOPBACK": "true",
        "COUNTERPULL_WEBHOOK_RETRY_SECONDS": "0.1",
        "COUNTERPULL_WORKER_ID": "the-one",
    }
    command = [sys.executable, "-m", "service", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def test_no_event_is_lost_when_the_worker_is_killed_before_it_is_delivered(
    settings: Settings, database: Path, target: Receiver
) -> None:
    """Killed while the receiver keeps it waiting: the result has landed, the event has not been taken."""
    target.answers = ["hang"]
    app = create_app(replace(settings, run_jobs=False, webhook_loopback=True))
    with in_process(app, database) as service:
        hook = service.post("/v1/webhooks", json={"url": target.url}).json()
        with _worker(database) as first:
            plan = service.solved(TINY).json()
            target.until(1)
            first.send_signal(signal.SIGKILL)
            first.wait()
        assert [one["status"] for one in _log(service, hook)] == ["pending"]
        with _worker(database):
            (delivery,) = _settled(service, hook)
    told = [message.verified(hook["secret"]) for message in target.messages]
    assert [one["data"]["plan"] for one in told] == [plan["id"]] * 2
    assert {message.headers["webhook-id"] for message in target.messages} == {delivery["event_id"]}
    assert delivery["status"] == "delivered"
