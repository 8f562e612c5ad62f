"""Doing the jobs: takes deliveries, runs the work in threads, and stores the result once or not at all."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from service.db.engine import DATABASE_AWAY
from service.ids import new_id
from service.jobs.attempt import Attempt
from service.jobs.board import Board
from service.jobs.engine import Engine
from service.jobs.job import LOST_TOO_OFTEN, MOST_LOSSES, OUR_FAULT
from service.jobs.pulse import Pulse
from service.jobs.seats import Seats
from service.jobs.standing_back import standing_back

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from service.db.session import SessionFactory
    from service.jobs.chores import Chore
    from service.jobs.endings import Endings
    from service.jobs.job import Landing, State, Works
    from service.jobs.messages import Messages
    from service.jobs.pace import Pace

_log = logging.getLogger("service.jobs")

LANDING_SECONDS = 60.0
"""How long a result waits for a database that is away before it is given up; the job is then done again."""
_RETRY_SECONDS = 0.5


class Worker:
    """Does jobs in this process from `start` to `stop`. There can be one in a process."""

    def __init__(
        self,
        sessions: SessionFactory,
        messages: Messages,
        works: Works,
        endings: Endings,
        pace: Pace,
        name: str,
        chores: Sequence[Chore] = (),
    ) -> None:
        self._sessions, self._messages, self._works, self._pace, self.name = sessions, messages, works, pace, name
        self._endings = endings
        self._stopping = threading.Event()
        self._stopper: threading.Thread | None = None
        self._attempts: dict[str, Attempt] = {}
        self._lock = threading.Lock()
        self._seats = Seats(pace.seats)
        self._engine = Engine(sessions, name, self._deliver)
        self._pulse = Pulse(sessions, messages, works, endings, pace, self.running, self._changed, chores)
        self.on_change: Callable[[], None] = lambda: None
        """Called whenever a job got on, from any thread."""

    def start(self) -> None:
        """Take up work, first of all what this worker had when it died. Raises what the engine raises."""
        self._messages.open_queue(self._pace.seats, self._pace.poll_seconds)
        self._engine.start()
        self._pulse.start()

    def wind_down(self) -> None:
        """Take no more work, let running work end and hand on what is not done. Returns at once."""
        with self._lock:
            if self._stopping.is_set():
                return
            self._stopping.set()
            seconds = self._pace.stop_seconds if self._attempts else 0
        # At once, too: as long as the engine runs, it would bring back what is handed on.
        self._stopper = threading.Thread(target=self._engine.stop, args=(seconds,), name="job-stopper")
        self._stopper.start()

    def stop(self) -> None:
        """Wind down, and return when it is done."""
        self.wind_down()
        assert self._stopper is not None
        self._stopper.join()
        self._pulse.stop()

    def running(self) -> list[Attempt]:
        """The attempts under way in this process."""
        with self._lock:
            return list(self._attempts.values())

    def _changed(self) -> None:
        self.on_change()

    def _deliver(self, job_id: str, delivery: str) -> None:
        """Do the job that a message is about. Called by the engine in a thread of its own; never raises.

        A message that cannot be dealt with, because the database is away, stays without effect: whoever looks after
        silent jobs sends another.
        """
        try:
            self._take_up(job_id, delivery)
        except Exception:
            _log.exception("a job could not be taken up", extra={"fields": {"job": job_id}})

    def _take_up(self, job_id: str, delivery: str) -> None:
        with self._sessions.begin() as session:
            job = Board(session).begin(job_id, delivery, self.name, datetime.now(UTC))
        if job is None:
            return
        attempt = Attempt(job, self._stopping)
        with self._lock:
            self._attempts[job_id] = attempt
        self.on_change()
        try:
            if job.losses >= MOST_LOSSES:
                self._give_up(attempt)
            else:
                self._do(attempt)
        finally:
            with self._lock:
                if self._attempts.get(job_id) is attempt:
                    del self._attempts[job_id]
            self.on_change()

    def _do(self, attempt: Attempt) -> None:
        job = attempt.job
        fields = {"job": job.id, "kind": job.kind, "attempt": job.attempt}
        try:
            with self._seats.seat(job.threads, attempt.is_cancelled):
                landing = standing_back(self._pace.yields, partial(self._works[job.kind].run, job, attempt))
        except DATABASE_AWAY:
            # Not the work's fault: it falls silent here, and is done again when the database is back.
            raise
        except Exception:
            _log.exception("a job failed", extra={"fields": fields})
            landing = self._works[job.kind].give_up(job, "failed", OUR_FAULT)
            self._persist(attempt, "failed", landing, OUR_FAULT)
            return
        if landing.interrupted and attempt.stop == "stopping":
            self._hand_on(attempt)
            return
        if landing.again_after is not None:
            self._hand_on(attempt, landing.store, landing.again_after)
            return
        self._persist(attempt, "cancelled" if landing.interrupted else "done", landing, None)

    def _give_up(self, attempt: Attempt) -> None:
        landing = self._works[attempt.job.kind].give_up(attempt.job, "failed", LOST_TOO_OFTEN)
        self._persist(attempt, "failed", landing, LOST_TOO_OFTEN)

    def _persist(self, attempt: Attempt, state: State, landing: Landing, reason: str | None) -> None:
        job = attempt.job

        def land() -> bool:
            with self._sessions.begin() as session:
                if not Board(session).end(job.id, job.attempt, state, landing.status, reason, datetime.now(UTC)):
                    return False
                self._endings.store(session, job, landing)
                return True

        landed = self._insisting(attempt, land)
        fields = {"job": job.id, "kind": job.kind, "attempt": job.attempt, "status": landing.status}
        _log.info("a job ended" if landed else "a result came too late", extra={"fields": fields})

    def _hand_on(
        self, attempt: Attempt, store: Callable[[Session], None] | None = None, delay_seconds: float = 0
    ) -> None:
        job, delivery = attempt.job, new_id()

        def hand_on() -> bool:
            with self._sessions.begin() as session:
                handed = Board(session).hand_on(job.id, job.attempt, delivery)
                if handed:
                    if store is not None:
                        store(session)
                    self._messages.send(session, job, delivery, delay_seconds=delay_seconds)
                return handed

        self._insisting(attempt, hand_on)
        _log.info("a job was handed on", extra={"fields": {"job": job.id, "attempt": job.attempt}})

    def _insisting(self, attempt: Attempt, write: Callable[[], bool]) -> bool:
        """Write, again and again while the database is away. Raises DATABASE_AWAY when it stays away."""
        deadline = time.monotonic() + (_RETRY_SECONDS if self._stopping.is_set() else LANDING_SECONDS)
        while True:
            try:
                return write()
            except DATABASE_AWAY:
                if time.monotonic() >= deadline:
                    raise
                _log.warning("the database is away", extra={"fields": {"job": attempt.job.id}})
                time.sleep(_RETRY_SECONDS)
