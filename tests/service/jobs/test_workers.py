"""Workers come and go; every job is done, once."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from service.jobs.job import LOST_TOO_OFTEN, MOST_LOSSES
from tests.service.jobs.toys import QUICK, TENANT, office, wait_until, worker_process

if TYPE_CHECKING:
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


def test_two_workers_share_the_queue_and_lose_nothing(postgres_url: str) -> None:
    with office(postgres_url) as desk, ExitStack() as workers:
        ids = [desk.submit("quick", tenant=f"gym{number % 5}") for number in range(100)]
        for name in ("left", "right"):
            workers.enter_context(worker_process(postgres_url, name))
        wait_until(lambda: not any(desk.jobs.counts().values()), 30)
        landings = desk.landings()
        assert len(landings) == len(ids)
        assert {attempt for attempt, _, _ in landings} == {1}
        assert {worker for _, worker, _ in landings} == {"left", "right"}


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
