"""The pulse of a worker: passes words on, shows signs of life, and looks after jobs that nobody cares for.

Whether a job is left alone is told by signs that do not change while this process watches, on its own clock that never
jumps; no two machines have to agree about the time.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from service.db.engine import DATABASE_AWAY
from service.ids import new_id
from service.jobs.board import Board
from service.jobs.chores import submitting
from service.jobs.job import LOST_TOO_OFTEN, MOST_LOSSES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from service.db.session import SessionFactory
    from service.jobs.attempt import Attempt
    from service.jobs.board import Sign
    from service.jobs.chores import Chore
    from service.jobs.endings import Endings
    from service.jobs.job import Works
    from service.jobs.messages import Messages
    from service.jobs.pace import Pace

_log = logging.getLogger("service.jobs")

TICK_SECONDS = 0.2
"""How often words are passed on and wishes to cancel are looked for."""
CHORES_SECONDS = 1.0
"""How often chores are looked at when there was nothing to do."""
_TIDY_SECONDS = 600.0
MESSAGES_KEPT = timedelta(hours=1)
"""Messages that are dealt with are kept so long, for whoever looks into the engine."""
_FORGET_AT_ONCE = 500
_ASK_AT_ONCE = 500


class Pulse:
    """One thread of a worker."""

    def __init__(
        self,
        sessions: SessionFactory,
        messages: Messages,
        works: Works,
        endings: Endings,
        pace: Pace,
        running: Callable[[], list[Attempt]],
        changed: Callable[[], None],
        chores: Sequence[Chore] = (),
    ) -> None:
        self._sessions, self._messages, self._works, self._pace = sessions, messages, works, pace
        self._endings = endings
        self._running, self._changed = running, changed
        self._chores, self._submit, self._next_chores = chores, submitting(messages), 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="job-pulse", daemon=True)
        self._next_breath = self._next_tidying = self._looked = 0.0
        self._seen: dict[str, tuple[Sign, float]] = {}
        self._missed: dict[str, Sign] = {}

    def start(self) -> None:
        """Beat until stopped."""
        self._thread.start()

    def stop(self) -> None:
        """Return when the last beat is over."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(TICK_SECONDS):
            try:
                self._attend()
                now = time.monotonic()
                if now >= self._next_breath:
                    self._next_breath = now + self._pace.heartbeat_seconds
                    self._breathe()
                    self._look_after(now)
                if now >= self._next_tidying:
                    self._next_tidying = now + _TIDY_SECONDS
                    self.tidy()
                if now >= self._next_chores:
                    self._next_chores = now + CHORES_SECONDS
                    self._do_chores()
            except DATABASE_AWAY as error:
                self._seen.clear()  # nobody could show a sign of life
                _log.warning("no pulse: the database is away", extra={"fields": {"error": type(error).__name__}})
            except Exception:
                _log.exception("the pulse skipped a beat")

    def _attend(self) -> None:
        attempts = self._running()
        if not attempts:
            return
        with self._sessions() as session:
            flags = Board(session).flags([attempt.job.id for attempt in attempts])
        for attempt in attempts:
            attempt.notice(flags.get(attempt.job.id))
            word = attempt.take_word()
            if word is not None:
                with self._sessions.begin() as session:
                    held = Board(session).tell(attempt.job.id, attempt.job.attempt, word)
                if not held:
                    attempt.supersede()
                self._changed()

    def _do_chores(self) -> None:
        for chore in self._chores:
            if chore.see_to(self._submit):
                self._next_chores = 0.0

    def _breathe(self) -> None:
        for attempt in self._running():
            with self._sessions.begin() as session:
                Board(session).breathe(attempt.job.id, attempt.job.attempt)

    def _look_after(self, now: float) -> None:
        if now - self._looked > max(self._pace.stale_seconds / 2, 2 * self._pace.heartbeat_seconds + 1):
            self._seen.clear()  # this process was asleep, and others may have been
        self._looked = now
        with self._sessions() as session:
            signs = Board(session).signs()
        self._seen = {
            job_id: seen if (seen := self._seen.get(job_id)) and seen[0] == sign else (sign, now)
            for job_id, sign in signs.items()
        }
        silent = {
            job_id: sign for job_id, (sign, since) in self._seen.items() if now - since >= self._pace.stale_seconds
        }
        waiting = self._waiting([sign.delivery for sign in silent.values() if sign.state == "queued"])
        missed, self._missed = self._missed, {}
        for job_id, sign in silent.items():
            if sign.state == "running" or missed.get(job_id) == sign:
                self._rescue(job_id, sign)
            elif sign.delivery in waiting:
                self._seen[job_id] = (sign, now)
            else:
                # Somebody may have taken the message since the row was read, and be about to begin.
                self._missed[job_id] = sign

    def _waiting(self, deliveries: list[str]) -> set[str]:
        parts = range(0, len(deliveries), _ASK_AT_ONCE)
        return {found for start in parts for found in self._messages.waiting(deliveries[start : start + _ASK_AT_ONCE])}

    def _rescue(self, job_id: str, sign: Sign) -> None:
        """Queue a job anew that was left alone, or give it up when that has happened too often."""
        with self._sessions.begin() as session:
            board = Board(session)
            job = board.find(job_id)
            if job is None:
                return
            if sign.state == "running" and job.losses + 1 >= MOST_LOSSES:
                landing = self._works[job.kind].give_up(job, "failed", LOST_TOO_OFTEN)
                if board.bury(job_id, sign, landing.status, LOST_TOO_OFTEN, datetime.now(UTC)):
                    self._endings.store(session, job, landing)
                return
            delivery = new_id()
            if board.take_away(job_id, sign, delivery):
                self._messages.send(session, job, delivery)
                _log.warning("a job was left alone", extra={"fields": {"job": job_id, "attempt": sign.attempt}})

    def tidy(self) -> None:
        """Delete what need not be kept any longer."""
        self._messages.forget_ended(MESSAGES_KEPT)
        if self._pace.retention_days is None:
            return
        until = datetime.now(UTC) - timedelta(days=self._pace.retention_days)
        while True:
            with self._sessions.begin() as session:
                board = Board(session)
                old = board.ended_before(until, _FORGET_AT_ONCE)
                for work in self._works.values():
                    work.forget(session, old)
                board.forget(old)
            if len(old) < _FORGET_AT_ONCE:
                break
        with self._sessions.begin() as session:
            for chore in self._chores:
                chore.tidy(session, until)
