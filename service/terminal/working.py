"""`counterpull worker`: jobs without HTTP, in this process."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from catalog.catalog import default_catalog
from service import __version__
from service.booking.work import FeedRules
from service.db.session import close_database, open_database
from service.jobs.running import jobs_of
from service.logs import configure_logging
from service.metrics import AddressError, shown_at, written_to
from service.terminal.beside import STANDS_BACK
from service.terminal.console import ExitCode
from service.terminal.db_commands import reason
from service.terminal.ending import WrongUseError
from service.terminal.serving import settings_for
from service.tracing import configure_tracing
from service.webhooks.work import DeliveryRules
from service.works import aftermath, chores, works

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger("service")


def work(*, database: str | None, workers: int | None, name: str | None, beside: bool) -> ExitCode:
    """Do jobs until told to stop; options win over the environment.

    `beside` an HTTP service, which comes first: stands back, and stops when standard input ends, as it does when the
    service dies. Raises WrongUseError.
    """
    settings = settings_for(database)
    if workers is not None:
        settings = replace(settings, max_concurrent_solves=workers)
    configure_logging(settings.log_level)
    send_last_spans = configure_tracing()
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    pace = replace(settings.pace, yields=STANDS_BACK if beside else 0)
    if beside:
        threading.Thread(target=_at_the_end_of_input, args=(told.set,), name="parent-watch", daemon=True).start()
    try:
        sessions = open_database(settings.database_url)
    except (SQLAlchemyError, ImportError) as error:
        raise WrongUseError(f"Cannot open the database: {reason(error)}") from None
    try:
        catalog = default_catalog()
        doing = works(catalog, sessions, DeliveryRules.of(settings), FeedRules.of(settings))
        with (
            shown_at(settings.metrics_address),
            written_to(settings.metrics_file),
            jobs_of(
                sessions,
                doing,
                pace,
                name or settings.worker_id,
                chores(catalog, sessions, settings),
                aftermath(catalog),
            ) as jobs,
        ):
            _log.info("started", extra={"fields": {"version": __version__, "catalog": catalog.content_hash}})
            told.wait()
            jobs.go_down()
    except AddressError as error:
        raise WrongUseError(str(error)) from None
    finally:
        close_database(sessions)
        send_last_spans()
    _log.info("stopped")
    return ExitCode.OK


def _at_the_end_of_input(do: Callable[[], None]) -> None:
    # Unbuffered: a thread that waits in the buffer would hold its lock when the process ends.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    do()
