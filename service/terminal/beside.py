"""A worker beside the HTTP service, in a process of its own.

Searches in threads of the service's own process held its answers up: with two of them running, the slowest of a hundred
reads took about ten times as long as without; with the searches in another process that stands back, less than twice.
It also keeps the service alive whatever becomes of a search.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.settings import Settings

_log = logging.getLogger("service")

STANDS_BACK = 10
"""How much the worker's searches yield to others, of 19 steps. Taking up and landing jobs does not: it is short,
and somebody waits for it."""
_RESTART_SECONDS = 1.0
_GRACE_SECONDS = 5


@contextmanager
def worker_beside(settings: Settings) -> Iterator[Settings]:
    """Have a worker as long as the context lasts: a new one when it dies, and none that survives this process.

    Yields the settings for the service beside it: without jobs of its own, and with the file of the worker's numbers.
    """
    with TemporaryDirectory(prefix="counterpull-") as folder:
        shared = replace(settings, run_jobs=False, metrics_file=settings.metrics_file or Path(folder) / "worker.prom")
        keeper = _Keeper(shared)
        thread = threading.Thread(target=keeper.keep, name="worker-keeper", daemon=True)
        thread.start()
        try:
            yield shared
        finally:
            keeper.stop(settings.stop_seconds + _GRACE_SECONDS)
            thread.join()


class _Keeper:
    def __init__(self, settings: Settings) -> None:
        self._environment = _environment(settings)
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        while True:
            with self._lock:
                if self._over.is_set():
                    return
                # A session of its own: Ctrl-C is for the service, which tells its worker when the time has come.
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "service", "worker", "--beside"],
                    stdin=subprocess.PIPE,
                    env=self._environment,
                    start_new_session=True,
                )
            code = self._process.wait()
            if self._over.wait(0 if self._over.is_set() else _RESTART_SECONDS):
                return
            _log.error("the worker ended; starting another", extra={"fields": {"code": code}})

    def stop(self, seconds: float) -> None:
        """Tell the worker to stop; kill it when it does not listen."""
        with self._lock:
            self._over.set()
            process = self._process
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def _environment(settings: Settings) -> dict[str, str]:
    """What the worker is told: the settings of this process. The database's URL is a secret, so not on its command."""
    environment = {**os.environ, "COUNTERPULL_DATABASE_URL": settings.database_url}
    environment.pop("COUNTERPULL_DATABASE_URL_FILE", None)
    environment["COUNTERPULL_MAX_CONCURRENT_SOLVES"] = str(settings.max_concurrent_solves)
    environment["COUNTERPULL_METRICS_FILE"] = str(settings.metrics_file)
    return environment
