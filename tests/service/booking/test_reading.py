"""Feeds that workers read: registered over HTTP, at the tenant's interval, politely, and paused when they fail long."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from service.app import create_app
from service.booking.fetching import Fetcher
from service.booking.openactive.page import FeedError
from service.booking.repository import FeedRepository
from service.booking.work import AT_ONCE, KIND, PAUSED, FeedRounds, FeedRules, FeedWork
from service.db.session import engine_of
from service.jobs.board import Board
from service.jobs.chores import submitting
from service.jobs.messages import Messages
from service.outbound.targets import TargetRules
from service.tenants.keys import Scope
from tests.service.at_once import at_once
from tests.service.booking.feeds import BookingSystem, served, slot
from tests.service.jobs.toys import wait_until
from tests.service.running import in_process
from tests.service.tenants.asking import key_of, sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.jobs.job import Control, Landing
    from service.settings import Settings
    from tests.service.running import Service

HERE = TargetRules(loopback=True)
SLOTS = [slot(n, f"2099-11-{22 + n}T18:00:00Z", f"2099-11-{22 + n}T19:00:00Z") for n in range(1, 4)]


class Going:
    """A `Control` that goes on."""

    stopping = False

    def is_cancelled(self) -> bool:
        return self.stopping

    def tell(self, progress: object) -> None:
        raise AssertionError(progress)


@pytest.fixture
def open_service(settings: Settings, database: Path) -> Iterator[Service]:
    """Without a worker, and allowed to read feeds of this machine."""
    with in_process(create_app(replace(settings, run_jobs=False, feed_loopback=True)), database) as running:
        yield running


def added(service: Service, url: str, name: str = "gym", **more: Any) -> dict[str, Any]:
    made = service.post("/v1/feeds", json={"name": name, "url": url, **more})
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/v1/feeds/{made.json()['id']}"
    found: dict[str, Any] = made.json()
    return found


def round_of(service: Service) -> list[str]:
    """What a worker would see to at this moment: ids of the jobs that read."""
    parts = service.app.state.parts
    messages = Messages(engine_of(parts.sessions))
    submitted: list[str] = []

    def submit(session: Any, job_id: str, tenant: str, kind: str, threads: int, now: datetime) -> Any:
        submitted.append(job_id)
        assert (kind, threads) == (KIND, 0), "readings take no seat"
        return submitting(messages)(session, job_id, tenant, kind, threads, now)

    try:
        FeedRounds(parts.sessions).see_to(submit)
    finally:
        messages.close()
    return submitted


def read(service: Service, job_id: str, control: Control | None = None, **rules: Any) -> Landing:
    """Do the job, and store what came of it."""
    parts = service.app.state.parts
    job = parts.jobs.find(job_id, "local")
    work = FeedWork(parts.sessions, FeedRules(HERE, **{"pause_seconds": 0.0, **rules}))
    landing = work.run(job, control or Going())
    if not landing.interrupted:
        with parts.sessions.begin() as session:
            board = Board(session)
            board.end_unstarted(job_id, board.delivery(job_id), "done", landing.status, None, datetime.now(UTC))
            landing.store(session)
    return landing


def shown(service: Service, feed: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = service.get(f"/v1/feeds/{feed['id']}").json()
    return found


def set_back(service: Service, feed: dict[str, Any], **values: datetime) -> None:
    with sessions_of(service).begin() as session:
        FeedRepository(session).change(feed["id"], **values)


def test_a_worker_reads_a_feed_by_itself_at_its_interval(settings: Settings, database: Path) -> None:
    system = BookingSystem(page_size=1)
    system.put(*SLOTS)
    with served(system) as url, in_process(create_app(replace(settings, feed_loopback=True)), database) as service:
        feed = added(service, url, every_seconds=1)
        wait_until(lambda: shown(service, feed)["status"] == "current")
        assert len(service.get("/v1/slots").json()["items"]) == 3
        system.put({**SLOTS[0], "remainingUses": 0})
        wait_until(lambda: service.get("/v1/slots").json()["items"][0]["remaining"] == 0)
        assert system.asked.count("/slots") == 1, "it went on where it was left"
        jobs = service.app.state.parts.jobs
        assert jobs.counts() == {"queued": 0, "running": 0}, "searches alone are counted"
        system.delete(SLOTS[1])
        wait_until(lambda: len(service.get("/v1/slots").json()["items"]) == 2)


def test_each_feed_is_read_by_one_job_at_its_time(open_service: Service) -> None:
    system = BookingSystem()
    system.put(*SLOTS)
    with served(system) as url:
        feed = added(open_service, url, every_seconds=300)
        (job,) = round_of(open_service)
        assert round_of(open_service) == [], "it is being read"
        read(open_service, job)
        told = shown(open_service, feed)
        assert (told["status"], told["failure"]) == ("current", None)
        after = datetime.fromisoformat(told["next_read_at"]) - datetime.now(UTC)
        assert timedelta(seconds=290) < after <= timedelta(seconds=300)
        assert round_of(open_service) == [], "it is not its time"
        set_back(open_service, feed, next_at=datetime.now(UTC))
        (second,) = round_of(open_service)
        assert open_service.app.state.parts.jobs.find(job, "local") is None, "readings would pile up"
        assert read(open_service, second).status == "current"


def test_so_many_feeds_are_read_at_a_time_the_longest_waiting_first(open_service: Service) -> None:
    feeds = [added(open_service, f"http://127.0.0.1:9/{n}", f"gym-{n}") for n in range(AT_ONCE + 1)]
    first = round_of(open_service)
    assert len(first) == AT_ONCE
    assert round_of(open_service) == []
    landings = [read(open_service, job) for job in first]
    assert {landing.status for landing in landings} == {"failing"}
    (last,) = round_of(open_service)
    with sessions_of(open_service)() as session:
        reading = FeedRepository(session).read_by(last)
    assert reading is not None
    assert reading.id == feeds[-1]["id"]


def test_a_reading_that_is_told_to_stop_is_gone_on_with(open_service: Service) -> None:
    system = BookingSystem(page_size=1)
    system.put(*SLOTS)
    with served(system) as url:
        added(open_service, url)
        (job,) = round_of(open_service)
        stopping = Going()
        stopping.stopping = True
        assert read(open_service, job, stopping).interrupted
        assert len(open_service.get("/v1/slots").json()["items"]) == 1
        assert read(open_service, job, turn_seconds=0.0).status == "reading", "others have their turn"
        assert len(open_service.get("/v1/slots").json()["items"]) == 2
        assert len(round_of(open_service)) == 1, "and it goes on at once"
        assert len(system.asked) == len(set(system.asked))


def test_what_fails_is_tried_less_often_said_and_paused(open_service: Service) -> None:
    system = BookingSystem()
    system.put(*SLOTS)
    with served(system) as url:
        feed = added(open_service, url, every_seconds=10)
        waits = []
        for _ in range(3):
            system.answers = [500]
            read(open_service, *round_of(open_service))
            told = shown(open_service, feed)
            waits.append(round((datetime.fromisoformat(told["next_read_at"]) - datetime.now(UTC)).total_seconds()))
            set_back(open_service, feed, next_at=datetime.now(UTC))
        assert waits == [10, 20, 40]
        assert (told["status"], "was answered with 500" in told["failure"]) == ("failing", True)
        set_back(open_service, feed, failing_since=datetime.now(UTC) - timedelta(days=3))
        system.answers = [500]
        assert read(open_service, *round_of(open_service)).status == "paused"
        told = shown(open_service, feed)
        assert (told["status"], told["paused_reason"], told["next_read_at"]) == ("paused", PAUSED, None)
        assert round_of(open_service) == []

        again = open_service.request("PATCH", f"/v1/feeds/{feed['id']}", json={"paused": False}).json()
        assert (again["status"], again["failing_since"]) == ("reading", None)
        assert read(open_service, *round_of(open_service)).status == "current"


def test_a_feed_that_wants_to_be_left_alone_is(open_service: Service) -> None:
    feed = FeedRules.delay
    system = BookingSystem()
    with served(system) as url:
        made = added(open_service, url, every_seconds=10)
        with sessions_of(open_service)() as session:
            kept = FeedRepository(session).find(made["id"], "local")
        assert kept is not None
        assert feed(kept, FeedError("", 900)) == 900
        assert feed(replace(kept, failures=50), FeedError("")) == 3600, "but an hour is the longest"
        system.answers = [429]
        with pytest.raises(FeedError) as caught:
            Fetcher(HERE)(url)
        assert caught.value.retry_after == 1


def test_pages_come_from_public_addresses_without_redirects_in_limits() -> None:
    system = BookingSystem()
    system.put(*SLOTS)
    with served(system) as url:
        with pytest.raises(FeedError, match="begins with https"):
            Fetcher(TargetRules())(url)
        with pytest.raises(FeedError, match="internal address"):
            Fetcher(TargetRules())("https://169.254.169.254/latest")
        with pytest.raises(FeedError, match="larger than 100 bytes"):
            Fetcher(HERE, most_bytes=100)(url)
        system.answers = [302]
        with pytest.raises(FeedError, match="302; redirects are not followed"):
            Fetcher(HERE)(url)
        assert len(json.loads(Fetcher(HERE)(url))["items"]) == 2


BAD = {
    "not https": ({"name": "gym", "url": "http://example.com/"}, "/url", "not_a_target"),
    "inside": ({"name": "gym", "url": "https://10.0.0.1/"}, "/url", "not_a_target"),
    "no name": ({"url": "https://example.com/"}, "/name", "required"),
    "odd name": ({"name": "a gym", "url": "https://example.com/"}, "/name", "malformed"),
    "too often": ({"name": "gym", "url": "https://example.com/", "every_seconds": 0}, "/every_seconds", "out_of_range"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_makes_no_sense_is_refused(service: Service, name: str) -> None:
    body, pointer, code = BAD[name]
    refused = service.post("/v1/feeds", json=body)
    assert refused.status_code == 422
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [(pointer, code)]


def test_feeds_are_made_once_have_names_of_their_own_and_are_no_business_of_others(service: Service) -> None:
    owner, other = (key_of(sessions_of(service), tenant, Scope.PLAN) for tenant in ("gym-a", "gym-b"))
    body = {"name": "floor", "url": "https://gym.example/slots"}
    made = [service.post("/v1/feeds", json=body, headers={**owner, "Idempotency-Key": "1"}) for _ in range(2)]
    assert made[0].json() == made[1].json()
    assert service.post("/v1/feeds", json=body, headers=owner).json()["type"] == "/problems/exists"
    assert service.post("/v1/feeds", json=body, headers=other).status_code == 201
    address = f"/v1/feeds/{made[0].json()['id']}"
    for method, change in (("GET", None), ("PATCH", {"paused": True}), ("DELETE", None)):
        assert service.request(method, address, json=change, headers=other).status_code == 404
    assert [one["name"] for one in service.get("/v1/feeds", headers=owner).json()["items"]] == ["floor"]
    assert service.request("PATCH", address, json={"paused": True}, headers=owner).json()["status"] == "paused"
    assert service.request("DELETE", address, headers=owner).status_code == 204
    assert service.get("/v1/feeds", headers=owner).json()["items"] == []


def test_two_feeds_of_one_name_that_are_made_at_once_are_one_feed(service: Service) -> None:
    body = {"name": "floor", "url": "https://gym.example/slots"}
    made = at_once(service, *(("POST", "/v1/feeds", {**body, "every_seconds": n}) for n in (60, 90)))
    (kept,) = (answer.json() for answer in made if answer.status_code == 201)
    assert service.get("/v1/feeds").json()["items"] == [kept], "it was not put out by the other"
