"""The parts of the jobs, put together."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from service.db.session import engine_of
from service.jobs.endings import Endings
from service.jobs.jobs import Jobs
from service.jobs.messages import Messages
from service.jobs.names import worker_name
from service.jobs.watcher import Watcher
from service.jobs.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.db.session import SessionFactory
    from service.jobs.chores import Chore
    from service.jobs.job import Aftermath, Works
    from service.jobs.pace import Pace

_log = logging.getLogger("service.jobs")


@contextmanager
def jobs_of(
    sessions: SessionFactory,
    works: Works,
    pace: Pace | None,
    name: str | None = None,
    chores: Sequence[Chore] = (),
    aftermath: Aftermath | None = None,
) -> Iterator[Jobs]:
    """The jobs of a database; with a pace this process does them as well, under a name of its own or a free one, and
    sees to the chores.

    `aftermath` says what follows from the end of each, and has to be the same in all processes of a database.
    Leaving ends running work and hands on what is not done.
    """
    with ExitStack() as stack:
        messages = Messages(engine_of(sessions))
        stack.callback(messages.close)
        endings = Endings(messages, aftermath)
        watcher = Watcher(sessions)
        watcher.start()
        stack.callback(watcher.stop)
        worker: Worker | None = None
        if pace is not None:
            url = engine_of(sessions).url.render_as_string(hide_password=True)
            own = name or stack.enter_context(worker_name(url))
            worker = Worker(sessions, messages, works, endings, pace, own, chores)
            worker.on_change = watcher.poke
            worker.start()
            stack.callback(worker.stop)
            _log.info("doing jobs", extra={"fields": {"worker": worker.name, "seats": pace.seats}})
        yield Jobs(sessions, messages, works, endings, watcher, worker)
