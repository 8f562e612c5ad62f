"""Work for tests: jobs that wait to be told how to go on, in this process or in one that can be killed."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.db.session import close_database, open_database
from service.ids import new_id
from service.jobs.job import Landing
from service.jobs.pace import Pace
from service.jobs.running import jobs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from service.db.session import SessionFactory
    from service.jobs.job import Control, Event, Job
    from service.jobs.jobs import Jobs

ROOT = Path(__file__).parents[3]
TENANT = "gym"
KINDS = ("quick", "patient", "stubborn", "timed", "poison", "broken", "unlucky")

QUICK = Pace(seats=2, poll_seconds=0.02, heartbeat_seconds=0.2, stale_seconds=1.0, stop_seconds=5)
"""The pace of production, in a hurry."""


class Toy:
    """Work of a kind: `quick` is done at once; `patient` goes on until told to stop; `stubborn` does not listen;
    `timed` takes a second and does not listen; `poison` kills its process; `broken` raises; `unlucky` finds the
    database away at first."""

    def __init__(self, kind: str, worker: str) -> None:
        self._kind, self._worker = kind, worker
        self.started: list[str] = []
        self.release = threading.Event()

    def run(self, job: Job, control: Control) -> Landing:
        self.started.append(job.id)
        if self._kind == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        if self._kind == "broken":
            raise ZeroDivisionError("secret detail")
        if self._kind == "unlucky" and job.attempt == 1:
            raise OperationalError("SELECT", {}, Exception("gone"))
        if self._kind == "timed":
            time.sleep(1)
        deadline = time.monotonic() + 30
        step = 0
        while self._kind in ("patient", "stubborn") and not self.release.is_set() and time.monotonic() < deadline:
            if self._kind == "patient" and control.is_cancelled():
                return self._landing(job, "stopped", interrupted=True)
            step += 1
            control.tell({"step": step})
            time.sleep(0.01)
        return self._landing(job, "well")

    def give_up(self, job: Job, state: Literal["cancelled", "failed"], reason: str | None) -> Landing:
        del reason
        return self._landing(job, state)

    def forget(self, session: Session, job_ids: Sequence[str]) -> None:
        for job_id in job_ids:
            session.execute(text("DELETE FROM landings WHERE job = :job"), {"job": job_id})

    def _landing(self, job: Job, status: str, *, interrupted: bool = False) -> Landing:
        row = {"job": job.id, "attempt": job.attempt, "worker": self._worker, "status": status}

        def store(session: Session) -> None:
            session.execute(text("INSERT INTO landings VALUES (:job, :attempt, :worker, :status)"), row)

        return Landing(status, store, interrupted)


class Office:
    """A database with jobs, as a test sees it."""

    def __init__(self, url: str, sessions: SessionFactory, jobs: Jobs, toys: dict[str, Toy]) -> None:
        self.url, self.sessions, self.jobs, self.toys = url, sessions, jobs, toys

    def tidy_up(self) -> None:
        """End everything, and leave the toys as new."""
        for toy in self.toys.values():
            toy.release.set()
        wait_until(lambda: not any(self.jobs.counts().values()))
        with self.sessions.begin() as session:
            for table in ("landings", "job_events", "jobs"):
                session.execute(text(f"DELETE FROM {table}"))
        for toy in self.toys.values():
            toy.started.clear()
            toy.release.clear()

    def submit(self, kind: str, tenant: str = TENANT, threads: int = 1) -> str:
        job_id = new_id()
        with self.sessions.begin() as session:
            self.jobs.submit(session, job_id, tenant, kind, threads, datetime.now(UTC))
        return job_id

    def job(self, job_id: str, tenant: str = TENANT) -> Job:
        found = self.jobs.find(job_id, tenant)
        assert found is not None
        return found

    def events(self, job_id: str) -> list[Event]:
        return self.jobs.events(job_id, TENANT)

    def landings(self, job_id: str | None = None) -> list[tuple[int, str, str]]:
        """Attempt, worker and status of every result that was stored, of a job or of all."""
        query = "SELECT attempt, worker, status FROM landings" + (" WHERE job = :job" if job_id else "")
        with self.sessions() as session:
            return [(a, w, s) for a, w, s in session.execute(text(query), {"job": job_id} if job_id else {})]

    def until(self, job_id: str, *states: str, seconds: float = 20) -> Job:
        wait_until(lambda: self.job(job_id).state in states, seconds)
        return self.job(job_id)


def wait_until(holds: Callable[[], bool], seconds: float = 20, *, every: float = 0.01) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(every)


@contextmanager
def office(url: str, pace: Pace | None = None, name: str = "here") -> Iterator[Office]:
    """Jobs over a database with all tables; with a pace this process does them."""
    sessions = open_database(url)
    try:
        with sessions.begin() as session:
            session.execute(
                text("CREATE TABLE IF NOT EXISTS landings (job TEXT, attempt INTEGER, worker TEXT, status TEXT)")
            )
        toys = {kind: Toy(kind, name) for kind in KINDS}
        with jobs_of(sessions, toys, pace, name) as jobs:
            try:
                yield Office(url, sessions, jobs, toys)
            finally:
                for toy in toys.values():
                    toy.release.set()
    finally:
        close_database(sessions)


@contextmanager
def worker_process(url: str, name: str, seats: int = QUICK.seats) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own."""
    command = [sys.executable, "-m", "tests.service.jobs.toys", url, name, str(seats)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def main() -> None:
    url, name, seats = sys.argv[1:]
    logging.basicConfig(level=logging.INFO)
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    with office(url, replace(QUICK, seats=int(seats)), name):
        told.wait()


if __name__ == "__main__":
    main()
