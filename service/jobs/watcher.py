"""Noticing that jobs get on: one question to the database for all who wait, a few times a second."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.db.engine import DATABASE_AWAY
from service.jobs.board import Board

if TYPE_CHECKING:
    from service.db.session import SessionFactory

_log = logging.getLogger("service.jobs")

LOOK_SECONDS = 0.01
"""How often jobs of other processes are looked at; those of this one say so themselves."""
_ASK_AT_ONCE = 500


@dataclass(eq=False)
class _Waiting:
    job_id: str
    after: int
    loop: asyncio.AbstractEventLoop
    happened: asyncio.Event


class Watcher:
    """One thread, which looks only while somebody waits."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions
        self._waiting: set[_Waiting] = set()
        self._lock = threading.Lock()
        self._look = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._watch, name="job-watcher", daemon=True)

    def start(self) -> None:
        """Watch until stopped."""
        self._thread.start()

    def release(self) -> None:
        """Wake up everybody who waits, and let nobody wait any more."""
        with self._lock:
            self._over = True
            waiting = list(self._waiting)
        self._look.set()
        for one in waiting:
            one.loop.call_soon_threadsafe(one.happened.set)

    def stop(self) -> None:
        """Look no more."""
        self.release()
        if self._thread.is_alive():
            self._thread.join()

    def poke(self) -> None:
        """Look at once: a job of this process got on. From any thread."""
        self._look.set()

    async def wait(self, job_id: str, after: int, seconds: float) -> bool:
        """Whether the job has an event of a higher number within so many seconds."""
        one = _Waiting(job_id, after, asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            if self._over:
                return False
            self._waiting.add(one)
        self.poke()
        try:
            async with asyncio.timeout(seconds):
                await one.happened.wait()
        except TimeoutError:
            return False
        finally:
            with self._lock:
                self._waiting.discard(one)
        return not self._over

    def _watch(self) -> None:
        while not self._over:
            self._look.wait(LOOK_SECONDS if self._waiting else None)
            self._look.clear()
            with self._lock:
                waiting = list(self._waiting)
            try:
                self._tell(waiting)
            except DATABASE_AWAY as error:
                _log.warning("cannot look: the database is away", extra={"fields": {"error": type(error).__name__}})
                self._look.wait(LOOK_SECONDS)

    def _tell(self, waiting: list[_Waiting]) -> None:
        ids = sorted({one.job_id for one in waiting})
        seqs: dict[str, int] = {}
        for start in range(0, len(ids), _ASK_AT_ONCE):
            with self._sessions() as session:
                seqs.update(Board(session).last_seqs(ids[start : start + _ASK_AT_ONCE]))
        for one in waiting:
            if seqs.get(one.job_id, 0) > one.after:
                one.loop.call_soon_threadsafe(one.happened.set)
