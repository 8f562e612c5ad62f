"""`counterpull serve`: the HTTP service in this process."""

from __future__ import annotations

import socket
from contextlib import nullcontext
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from service.db.session import close_database, open_database
from service.settings import Settings
from service.tenants.binding import UnprotectedError, protected
from service.terminal.beside import worker_beside
from service.terminal.console import ExitCode
from service.terminal.ending import WrongUseError


def serve(*, host: str, port: int, database: str | None, workers: int | None, jobs: bool | None) -> ExitCode:
    """Listen on `host:port` until told to stop; options win over the environment.

    `database` is a file or a database URL, `workers` the number of plans that are solved at the same time, `jobs`
    whether they are solved, in a process beside this one, or left to other workers. Raises WrongUseError for settings,
    addresses and databases that cannot be used.
    """
    settings = _settings(database, workers)
    if jobs is not None:
        settings = replace(settings, run_jobs=jobs)
    # The server would find these out as well, but say so in its log, between stack traces.
    _check_address(host, port)
    _check_database(settings.database_url)
    try:
        settings = protected(host, settings)
        with worker_beside(settings) if settings.run_jobs else nullcontext(settings) as alone:
            # It takes two seconds to load: by now nothing speaks against it, and the worker loads at the same time.
            from service.server import serve as run

            run(host, port, alone)
    except UnprotectedError as error:
        raise WrongUseError(f"{error}.") from None
    except SystemExit as end:
        # uvicorn has said why; its own codes mean something else here.
        return ExitCode.OUR_FAULT if end.code else ExitCode.OK
    return ExitCode.OK


def settings_for(database: str | None) -> Settings:
    """The settings of the environment; `database`, a file or a URL, wins. Raises WrongUseError."""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        raise WrongUseError(f"{error}.") from None
    if database is None:
        return settings
    return replace(settings, database_url=database if "://" in database else f"sqlite:///{database}")


def _settings(database: str | None, workers: int | None) -> Settings:
    settings = settings_for(database)
    if workers is not None:
        settings = replace(settings, max_concurrent_solves=workers)
    return settings


def _check_address(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise WrongUseError(f"Cannot listen on {host}:{port}: {error.strerror}.") from None


def _check_database(url: str) -> None:
    try:
        close_database(open_database(url))
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error)
        raise WrongUseError(f"Cannot open the database: {reason}.") from None
