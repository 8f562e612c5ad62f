"""Workers come and go; every job is done, once."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from service.db import schema
from service.db.session import engine_of
from service.ids import new_id
from service.jobs.job import LOST_TOO_OFTEN, MOST_LOSSES
from service.jobs.names import worker_name
from tests.service.jobs.toys import QUICK, TENANT, office, wait_until, worker_process

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine.interfaces import DBAPIConnection

    from tests.postgres import Cluster


def test_a_job_of_a_killed_worker_is_finished_by_another_exactly_once(postgres_url: str) -> None:
    with office(postgres_url) as desk, worker_process(postgres_url, "first") as first:
        job_id = desk.submit("patient")
        desk.until(job_id, "running")
        first.send_signal(signal.SIGKILL)
        first.wait()
        killed = time.monotonic()
        with worker_process(postgres_url, "second"):
            wait_until(lambda: desk.job(job_id).attempt == 2)
            assert time.monotonic() - killed < 15
            assert desk.job(job_id).losses == 1
            desk.jobs.cancel(job_id, TENANT)
            desk.until(job_id, "cancelled")
    assert desk.landings(job_id) == [(2, "second", "stopped")]
    kinds = [event.kind for event in desk.events(job_id) if event.kind != "progress"]
    assert kinds == ["queued", "running", "queued", "running", "ended"]


def test_a_worker_that_comes_back_under_its_name_goes_on_at_once(postgres_url: str) -> None:
    with office(postgres_url) as desk:
        with worker_process(postgres_url, "same") as first:
            job_id = desk.submit("patient")
            desk.until(job_id, "running")
            first.send_signal(signal.SIGKILL)
            first.wait()
        slow = replace(QUICK, stale_seconds=60)
        with office(postgres_url, slow, "same") as back:
            began = time.monotonic()
            wait_until(lambda: back.job(job_id).attempt == 2)
            assert time.monotonic() - began < 3, "it waited for the job to go stale"
            back.toys["patient"].release.set()
            back.until(job_id, "done")
            assert back.landings(job_id) == [(2, "same", "well")]


def test_a_job_that_kills_its_workers_is_given_up(postgres_url: str) -> None:
    with office(postgres_url) as desk:
        job_id = desk.submit("poison")
        for number in range(MOST_LOSSES):
            with worker_process(postgres_url, "victim") as victim:
                assert victim.wait(30) == -signal.SIGKILL
            assert desk.job(job_id).attempt == number + 1
        fine = desk.submit("quick")
        with worker_process(postgres_url, "survivor"):
            ended = desk.until(job_id, "failed")
            desk.until(fine, "done")
        assert (ended.reason, ended.losses) == (LOST_TOO_OFTEN, MOST_LOSSES)
        assert [status for _, _, status in desk.landings(job_id)] == ["failed"]


def test_a_worker_that_falls_silent_and_wakes_up_cannot_land_its_result(postgres_url: str) -> None:
    with worker_process(postgres_url, "sleeper") as sleeper:
        with office(postgres_url) as desk:
            job_id = desk.submit("timed")
            desk.until(job_id, "running")
        sleeper.send_signal(signal.SIGSTOP)
        with office(postgres_url, QUICK, "awake") as awake:
            wait_until(lambda: awake.job(job_id).attempt == 2)
            sleeper.send_signal(signal.SIGCONT)
            awake.until(job_id, "done")
            time.sleep(1)
            assert awake.landings(job_id) == [(2, "awake", "well")]
        sleeper.send_signal(signal.SIGTERM)
        _, log = sleeper.communicate(timeout=20)
    assert sleeper.returncode == 0
    assert b"a result came too late" in log


def test_two_workers_share_a_long_queue_and_lose_nothing(postgres_url: str) -> None:
    many, gyms = 2000, [f"gym{number}" for number in range(5)]
    with office(postgres_url) as desk, ExitStack() as workers:

        def ask(gym: str) -> None:
            with desk.sessions.begin() as session:
                for _ in range(many // len(gyms)):
                    desk.jobs.submit(session, new_id(), gym, "quick", 1, datetime.now(UTC))

        with ThreadPoolExecutor(len(gyms)) as at_once:
            list(at_once.map(ask, gyms))
        assert desk.jobs.counts() == {"queued": many, "running": 0}
        for name in ("left", "right"):
            workers.enter_context(worker_process(postgres_url, name, seats=32))
        wait_until(lambda: not any(desk.jobs.counts().values()), 90, every=0.2)
        with desk.sessions() as session:
            ended = session.execute(text("SELECT state, count(*) FROM jobs GROUP BY state")).all()
            results, different = session.execute(text("SELECT count(*), count(DISTINCT job) FROM landings")).one()
        assert [tuple(row) for row in ended] == [("done", many)]
        assert (results, different) == (many, many)
        assert {(attempt, worker) for attempt, worker, _ in desk.landings()} == {(1, "left"), (1, "right")}


def test_clocks_that_jump_take_no_job_from_its_worker(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with office(postgres_url, QUICK) as here:
        job_id = here.submit("patient")
        here.until(job_id, "running")
        right = time.time
        for hours in (5, -5):
            with monkeypatch.context() as clock:
                clock.setattr(time, "time", lambda hours=hours: right() + hours * 3600)
                time.sleep(1.5 * QUICK.stale_seconds)
                assert (here.job(job_id).attempt, here.job(job_id).state) == (1, "running")
        here.toys["patient"].release.set()
        here.until(job_id, "done")
        here.until(here.submit("quick"), "done")


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    """SQLite's own limit of pages: the same error as from a disk that is full."""
    url = f"sqlite:///{tmp_path / 'plans.db'}"
    schema.upgrade(url)
    with office(url) as desk:
        engine = engine_of(desk.sessions)
        with desk.sessions() as session:
            pages = int(session.execute(text("PRAGMA page_count")).scalar_one())

        def no_more_room(connection: DBAPIConnection, *_: object) -> None:
            connection.cursor().execute(f"PRAGMA max_page_count = {pages + 2}")

        engine.dispose()
        event.listen(engine, "connect", no_more_room)
        written: list[str] = []
        with pytest.raises(OperationalError, match="full"):
            written.extend(desk.submit("quick") for _ in range(1000))
        event.remove(engine, "connect", no_more_room)
        engine.dispose()
        assert desk.jobs.counts() == {"queued": len(written), "running": 0}
        with desk.sessions() as session:
            messages = session.execute(text("SELECT count(*) FROM workflow_status")).scalar_one()
            events = session.execute(text("SELECT count(*) FROM job_events")).scalar_one()
        assert (messages, events) == (len(written), len(written))
    with office(url, QUICK) as here:
        for job_id in written:
            here.until(job_id, "done")


def test_workers_of_a_machine_have_names_of_their_own_that_their_successors_get() -> None:
    with worker_name("one database") as first, worker_name("one database") as second:
        assert first != second
        with worker_name("another database") as other:
            assert other == first
    with worker_name("one database") as again:
        assert again == first


def test_a_job_is_finished_after_the_database_was_away(cluster: Cluster, postgres_url: str) -> None:
    with office(postgres_url, QUICK) as here:
        job_id = here.submit("patient")
        here.until(job_id, "running")
        cluster.stop(signal.SIGQUIT)
        here.toys["patient"].release.set()
        time.sleep(1)
        cluster.start()
        here.until(job_id, "done")
        assert len(here.landings(job_id)) == 1
        here.until(here.submit("quick"), "done")


def test_a_job_is_finished_after_the_database_was_read_only(cluster: Cluster, postgres_url: str) -> None:
    """As while a standby takes over: it answers, but nothing can be written, not even a sign of life."""
    with office(postgres_url, QUICK) as here:
        job_id = here.submit("patient")
        here.until(job_id, "running")
        cluster.read_only(True)
        here.toys["patient"].release.set()
        time.sleep(1.5 * QUICK.stale_seconds)
        assert here.job(job_id).state == "running"
        assert here.landings(job_id) == []
        cluster.read_only(False)
        here.until(job_id, "done")
        assert here.landings(job_id) == [(1, "here", "well")]


def test_what_a_process_leaves_undone_is_gone_on_with(database_url: str) -> None:
    with office(database_url, QUICK, "first") as first:
        job_id = first.submit("patient")
        first.until(job_id, "running")
        first.jobs.go_down()
        first.until(job_id, "queued")
    with office(database_url, QUICK, "second") as second:
        again = second.until(job_id, "running")
        assert (again.attempt, again.losses) == (2, 0), "nobody was lost"
        second.toys["patient"].release.set()
        second.until(job_id, "done")
        assert second.landings(job_id) == [(2, "second", "well")]


def test_jobs_wait_for_somebody_who_does_them(database_url: str) -> None:
    with office(database_url) as desk:
        job_id = desk.submit("quick")
        time.sleep(0.3)
        assert desk.job(job_id).state == "queued"
    with office(database_url, QUICK) as here:
        here.until(job_id, "done")


def test_old_jobs_and_their_results_are_forgotten(database_url: str) -> None:
    with office(database_url, QUICK) as here:
        old, new = here.submit("quick"), here.submit("quick")
        here.until(old, "done")
        here.until(new, "done")
        long_ago = datetime.now(UTC) - timedelta(days=31)
        with here.sessions.begin() as session:
            session.execute(text("UPDATE jobs SET ended_at = :then WHERE id = :id"), {"then": long_ago, "id": old})
    with office(database_url, replace(QUICK, retention_days=30), "next") as here:
        wait_until(lambda: here.jobs.find(old, TENANT) is None)
        assert here.landings(old) == []
        assert here.jobs.events(old, TENANT) == []
        assert here.landings(new) == [(1, "here", "well")]
