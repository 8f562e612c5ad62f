"""An attempt at a job while it runs: what it is told from outside, and what it says."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.jobs.board import Flag
    from service.jobs.job import Job

Stop = Literal["cancelled", "superseded", "stopping"]
"""Why work is to end early: somebody asked for it; a newer attempt has the job; this process is going down."""


class Attempt:
    """The `Control` of one start of a job."""

    def __init__(self, job: Job, stopping: threading.Event) -> None:
        self.job = job
        self._stopping = stopping
        self._cancelled = threading.Event()
        self._superseded = threading.Event()
        self._word: Mapping[str, object] | None = None
        self._lock = threading.Lock()
        if job.cancel_requested:
            self._cancelled.set()

    @property
    def stop(self) -> Stop | None:
        """Why the work is to end early, or None; the first that holds of: superseded, cancelled, stopping."""
        if self._superseded.is_set():
            return "superseded"
        if self._cancelled.is_set():
            return "cancelled"
        return "stopping" if self._stopping.is_set() else None

    def is_cancelled(self) -> bool:
        """Whether the work is to end soon."""
        return self.stop is not None

    def tell(self, progress: Mapping[str, object]) -> None:
        """Keep the latest word until somebody passes it on."""
        with self._lock:
            self._word = progress

    def take_word(self) -> Mapping[str, object] | None:
        """The latest word that was not passed on yet."""
        with self._lock:
            word, self._word = self._word, None
            return word

    def notice(self, flag: Flag | None) -> None:
        """See what the job's row says by now; None when it is gone."""
        if flag is None or flag.attempt != self.job.attempt:
            self.supersede()
        elif flag.cancel_requested:
            self._cancelled.set()

    def supersede(self) -> None:
        """The job is somebody else's by now."""
        self._superseded.set()
