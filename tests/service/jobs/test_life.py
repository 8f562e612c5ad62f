"""The life of a job, on both databases, done in this process."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from service.ids import new_id
from service.jobs.board import Board
from service.jobs.engine import AlreadyRunningError
from service.jobs.job import OUR_FAULT
from tests.service.jobs.toys import QUICK, TENANT, Office, office, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def _office(shared_database_url: str) -> Iterator[Office]:
    with office(shared_database_url, QUICK) as opened:
        yield opened


@pytest.fixture
def here(_office: Office) -> Iterator[Office]:
    yield _office
    _office.tidy_up()


def test_a_job_is_done_once_and_tells_its_story(here: Office) -> None:
    job_id = here.submit("patient")
    running = here.until(job_id, "running")
    assert (running.attempt, running.losses, running.ended_at) == (1, 0, None)
    wait_until(lambda: len(here.events(job_id)) >= 5)
    here.toys["patient"].release.set()
    ended = here.until(job_id, "done")
    assert here.landings(job_id) == [(1, "here", "well")]
    assert ended.started_at is not None
    assert ended.ended_at is not None
    assert ended.created_at <= ended.started_at <= ended.ended_at
    events = here.events(job_id)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.kind for event in events[:2]] == ["queued", "running"]
    assert {event.kind for event in events[2:-1]} == {"progress"}
    assert (events[-1].kind, events[-1].data) == ("ended", {"state": "done", "status": "well", "reason": None})
    steps = [event.data["step"] for event in events[2:-1]]
    assert steps == sorted(steps)
    assert here.jobs.events(job_id, TENANT, after=events[-2].seq) == events[-1:]


def test_progress_is_written_a_few_times_a_second_however_often_it_is_told(here: Office) -> None:
    job_id = here.submit("patient")
    here.until(job_id, "running")
    began = time.monotonic()
    time.sleep(1)
    here.toys["patient"].release.set()
    here.until(job_id, "done")
    seconds = time.monotonic() - began
    progress = [event for event in here.events(job_id) if event.kind == "progress"]
    assert 1 <= len(progress) <= 6 * seconds
    assert len(progress) < int(str(progress[-1].data["step"])) / 3


def test_nobody_elses_jobs_are_seen_or_stopped(here: Office) -> None:
    job_id = here.submit("patient")
    assert here.jobs.find(job_id, "other") is None
    assert here.jobs.events(job_id, "other") == []
    assert here.jobs.cancel(job_id, "other") is None
    here.until(job_id, "running")
    assert not here.job(job_id).cancel_requested


def test_what_is_not_committed_is_not_done(here: Office) -> None:
    job_id = new_id()
    with here.sessions() as session:
        here.jobs.submit(session, job_id, TENANT, "quick", 1, datetime.now(UTC))
        session.rollback()
    here.until(here.submit("quick"), "done")
    assert here.jobs.find(job_id, TENANT) is None
    assert len(here.landings()) == 1


def test_cancelling_keeps_what_there_is(here: Office) -> None:
    job_id = here.submit("patient")
    here.until(job_id, "running")
    asked = time.monotonic()
    told = here.jobs.cancel(job_id, TENANT)
    assert told is not None
    assert told.cancel_requested
    ended = here.until(job_id, "cancelled")
    assert time.monotonic() - asked < 2
    assert here.landings(job_id) == [(1, "here", "stopped")]
    assert here.jobs.cancel(job_id, TENANT) == ended, "cancelling what has ended changes nothing"


def test_a_job_that_waits_is_cancelled_at_once(here: Office) -> None:
    first = [here.submit("patient") for _ in range(QUICK.seats)]
    for job_id in first:
        here.until(job_id, "running")
    waiting = here.submit("patient")
    told = here.jobs.cancel(waiting, TENANT)
    assert told is not None
    assert told.state == "cancelled"
    assert here.landings(waiting) == [(0, "here", "cancelled")]
    here.toys["patient"].release.set()
    for job_id in first:
        here.until(job_id, "done")
    time.sleep(0.3)
    assert waiting not in here.toys["patient"].started
    assert len(here.landings(waiting)) == 1


def test_a_storm_of_cancelling_ends_every_job_once(here: Office) -> None:
    ids = [here.submit("patient") for _ in range(30)]
    for job_id in (*ids, *ids):
        here.jobs.cancel(job_id, TENANT)
    for job_id in ids:
        here.until(job_id, "cancelled")
    assert len(here.landings()) == len(ids)
    assert here.jobs.counts() == {"queued": 0, "running": 0}


def test_work_that_raises_fails_its_job_and_no_other(here: Office, caplog: pytest.LogCaptureFixture) -> None:
    job_id = here.submit("broken")
    ended = here.until(job_id, "failed")
    assert ended.reason == OUR_FAULT
    assert here.landings(job_id) == [(1, "here", "failed")]
    assert here.events(job_id)[-1].data == {"state": "failed", "status": "failed", "reason": OUR_FAULT}
    assert "secret detail" in caplog.text
    here.until(here.submit("quick"), "done")


def test_work_that_finds_the_database_away_is_done_again(here: Office) -> None:
    job_id = here.submit("unlucky")
    assert here.until(job_id, "done").attempt == 2
    assert here.landings(job_id) == [(2, "here", "well")]


def test_no_more_run_at_a_time_than_there_are_seats(here: Office) -> None:
    ids = [here.submit("patient") for _ in range(6)]
    wait_until(lambda: here.jobs.counts()["running"] == QUICK.seats)
    time.sleep(0.3)
    assert len(here.toys["patient"].started) == QUICK.seats
    assert here.jobs.counts(TENANT) == {"queued": 4, "running": 2}
    assert here.jobs.counts("other") == {"queued": 0, "running": 0}
    here.toys["patient"].release.set()
    for job_id in ids:
        here.until(job_id, "done")


def test_a_tenant_with_few_jobs_does_not_wait_for_one_with_many(here: Office) -> None:
    for _ in range(40):
        here.submit("patient", tenant="crowd")
    few = here.submit("patient", tenant="lone")
    here.toys["patient"].release.set()
    wait_until(lambda: here.job(few, "lone").ended)
    assert here.jobs.counts("crowd")["queued"] > 5, "the lone tenant came last"


def test_an_old_attempt_can_write_nothing(here: Office) -> None:
    """Two starts of one job: whatever the first still wants to say, only the second counts."""
    job_id = here.submit("stubborn")
    first = here.until(job_id, "running")
    with here.sessions.begin() as session:
        board = Board(session)
        second = board.begin(job_id, board.delivery(job_id), "elsewhere", datetime.now(UTC))
    assert second is not None
    assert (second.attempt, second.losses) == (first.attempt + 1, 1)
    with here.sessions.begin() as session:
        board = Board(session)
        assert not board.tell(job_id, first.attempt, {"step": -1})
        assert not board.breathe(job_id, first.attempt)
        assert not board.hand_on(job_id, first.attempt, new_id())
        assert not board.end(job_id, first.attempt, "done", "well", None, datetime.now(UTC))
    here.toys["stubborn"].release.set()
    time.sleep(0.3)
    assert here.landings(job_id) == [], "the first attempt came too late"
    assert here.until(job_id, "done").attempt > second.attempt, "who looks after silent jobs gave it to somebody"
    assert len(here.landings(job_id)) == 1


def test_a_message_that_comes_twice_is_dealt_with_once(here: Office) -> None:
    job_id = here.submit("patient")
    here.until(job_id, "running")
    here.toys["patient"].release.set()
    ended = here.until(job_id, "done")
    with here.sessions.begin() as session:
        board = Board(session)
        assert board.begin(job_id, board.delivery(job_id), "elsewhere", datetime.now(UTC)) is None
        assert board.begin(job_id, "an old delivery", "elsewhere", datetime.now(UTC)) is None
    assert here.job(job_id) == ended
    assert len(here.landings(job_id)) == 1


def test_waiting_costs_no_thread_and_ends_with_the_job(here: Office) -> None:
    job_id = here.submit("patient")

    async def scene() -> None:
        assert (await here.jobs.wait_for_end(job_id, TENANT, 0.2)).state == "running"  # type: ignore[union-attr]
        assert await here.jobs.wait_for_end(new_id(), TENANT, 5) is None
        assert not await here.jobs.wait_for_event(job_id, after=10_000, seconds=0.2)
        assert await here.jobs.wait_for_event(job_id, after=1, seconds=5)
        waiting = [asyncio.create_task(here.jobs.wait_for_end(job_id, TENANT, 20)) for _ in range(200)]
        await asyncio.sleep(0.3)
        here.toys["patient"].release.set()
        for job in await asyncio.gather(*waiting):
            assert job is not None
            assert job.state == "done"

    asyncio.run(scene())


def test_a_worker_is_alone_in_its_process(here: Office) -> None:
    with pytest.raises(AlreadyRunningError), office(here.url, QUICK, "second"):
        pass
    here.until(here.submit("quick"), "done")
