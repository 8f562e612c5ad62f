"""The job engine, running in this process: it hands out messages, each to one process, and ours again after a restart.

A process has one engine, and so one worker, at a time.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from dbos import DBOS

from service.db.session import engine_of
from service.jobs.messages import LIGHT_QUEUE, QUEUE, WORKFLOW, configuration

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.db.session import SessionFactory

_ONE = threading.Lock()
_deliver: Callable[[str, str], None] | None = None


@DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
def _message(job_id: str, delivery: str) -> None:
    """What the engine runs for a message. Nothing of it is recorded by the engine: a second run starts over."""
    if _deliver is not None:
        _deliver(job_id, delivery)


class AlreadyRunningError(RuntimeError):
    """This process has a running worker."""


class Engine:
    """Calls `deliver(job_id, delivery)` for every message, in threads of its own. `name` is the same after a restart,
    and no other process has it meanwhile."""

    def __init__(self, sessions: SessionFactory, name: str, deliver: Callable[[str, str], None]) -> None:
        self._sessions, self._name, self._deliver = sessions, name, deliver

    def start(self) -> None:
        """Take messages, first of all those that this name had when it died.

        Raises AlreadyRunningError for a second one in a process, what the engine raises when its tables are not right.
        """
        global _deliver
        if not _ONE.acquire(blocking=False):
            raise AlreadyRunningError("This process has a worker already.")
        try:
            _deliver = self._deliver
            DBOS(config=configuration(engine_of(self._sessions), self._name))
            DBOS.listen_queues([QUEUE, LIGHT_QUEUE])
            DBOS.launch()
        except BaseException:
            self.stop(0)
            raise

    def stop(self, seconds: int) -> None:
        """Take no more messages, and wait so long for those under way."""
        global _deliver
        try:
            DBOS.destroy(workflow_completion_timeout_sec=seconds)
        finally:
            _deliver = None
            _ONE.release()
        logging.getLogger("service.jobs").info("the job engine stopped")
