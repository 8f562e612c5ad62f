"""`counterpull feeds`: which feeds of booking systems a tenant's slots come from, and reading them."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from service.db.models import DEFAULT_TENANT
from service.terminal.console import ExitCode
from service.terminal.ending import WrongUseError, ends_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.booking.fetching import Fetcher
    from service.db.session import SessionFactory

feeds_app = typer.Typer(no_args_is_help=True, help="Feeds of booking systems (OpenActive).", rich_markup_mode=None)

_MOST_LETTERS = 64

Database = Annotated[str | None, typer.Option(help="SQLite file or database URL, as for serve.")]
Tenant = Annotated[str, typer.Option(help="Whose slots they are.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Your name for the feed.")]


@feeds_app.command()
@ends_plainly
def add(
    name: Name,
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of its first page.")],
    tenant: Tenant = DEFAULT_TENANT,
    every: Annotated[int, typer.Option(min=1, help="Workers read it again after so many seconds.")] = 60,
    database: Database = None,
) -> ExitCode:
    """Have a feed read from its beginning by the workers; one of this name is given up for it."""
    from service.booking.repository import FeedRepository
    from service.booking.work import FeedRules
    from service.outbound.targets import TargetError
    from service.tenants.keys import require_tenant_name
    from service.terminal.serving import settings_for

    if not 1 <= len(name) <= _MOST_LETTERS:
        raise WrongUseError(f"The name of a feed has 1 to {_MOST_LETTERS} characters.")
    try:
        FeedRules.of(settings_for(database)).targets.target_of(url)
    except TargetError as error:
        raise WrongUseError(f"{url!r:.80} is not read: {error}.") from None
    try:
        require_tenant_name(tenant)
    except ValueError as error:
        raise WrongUseError(f"{error}.") from None
    with _database(database) as sessions, sessions.begin() as session:
        FeedRepository(session).add(tenant, name, url, datetime.now(UTC), every_seconds=every)
    typer.echo(f"{tenant} {name}: to be read by the workers, or by counterpull feeds follow.")
    return ExitCode.OK


@feeds_app.command()
@ends_plainly
def remove(name: Name, tenant: Tenant = DEFAULT_TENANT, database: Database = None) -> ExitCode:
    """Forget a feed with its slots."""
    from service.booking.repository import FeedRepository

    with _database(database) as sessions, sessions.begin() as session:
        if not FeedRepository(session).remove(tenant, name):
            raise WrongUseError(f"{tenant} has no feed {name!r}; counterpull feeds list shows all.")
    typer.echo(f"{tenant} {name}: forgotten.")
    return ExitCode.OK


@feeds_app.command("list")
@ends_plainly
def list_feeds(database: Database = None) -> ExitCode:
    """Every feed, when it was read to its end, and what is wrong with it if anything is."""
    from service.booking.repository import FeedRepository

    with _database(database) as sessions, sessions() as session:
        for feed in FeedRepository(session).listed():
            when = "not yet" if feed.current_at is None else feed.current_at.isoformat(timespec="seconds")
            said = f"{feed.tenant} {feed.name}: {feed.url}, read to its end: {when}"
            wrong = [why for why in (feed.paused_reason and f"paused: {feed.paused_reason}", feed.failure) if why]
            typer.echo("; ".join([said, *wrong]))
    return ExitCode.OK


@feeds_app.command()
@ends_plainly
def follow(
    every: Annotated[
        float | None, typer.Option(min=1, help="Read again after so many seconds, until stopped. Default: once.")
    ] = None,
    database: Database = None,
) -> ExitCode:
    """Read every feed at once, from where it was left to its last page, beside the workers or without any.

    It may be broken off, and run twice, at any moment.
    """
    from service.booking.fetching import Fetcher
    from service.booking.work import FeedRules
    from service.terminal.serving import settings_for

    fetch = Fetcher(FeedRules.of(settings_for(database)).targets)
    with _database(database) as sessions:
        while True:
            right = _read_all(sessions, fetch)
            if every is None:
                return ExitCode.OK if right else ExitCode.OUR_FAULT
            time.sleep(every)


def _read_all(sessions: SessionFactory, fetch: Fetcher) -> bool:
    """Whether every feed could be read; one that cannot does not hold up the others."""
    from service.booking.following import follow as read
    from service.booking.openactive.page import FeedError
    from service.booking.repository import FeedRepository
    from service.db.engine import DATABASE_AWAY
    from service.terminal.db_commands import reason

    try:
        with sessions() as session:
            feeds = FeedRepository(session).listed()
    except DATABASE_AWAY as error:
        typer.echo(f"The database cannot be used: {reason(error)}", err=True)
        return False
    right = True
    for feed in feeds:
        try:
            done = read(feed, sessions, fetch)
        except FeedError as error:
            typer.echo(f"{feed.tenant} {feed.name}: {error}.", err=True)
            right = False
        except DATABASE_AWAY as error:
            typer.echo(f"{feed.tenant} {feed.name}: the database cannot be used: {reason(error)}", err=True)
            right = False
        else:
            typer.echo(f"{feed.tenant} {feed.name}: pages read {done.pages}, items changed {done.changed}.")
    return right


@contextmanager
def _database(url: str | None) -> Iterator[SessionFactory]:
    """The database of the settings. Raises WrongUseError."""
    from sqlalchemy.exc import SQLAlchemyError

    from service.db.session import close_database, open_database
    from service.terminal.db_commands import reason
    from service.terminal.serving import settings_for

    try:
        sessions = open_database(settings_for(url).database_url)
    except (SQLAlchemyError, ImportError) as error:
        raise WrongUseError(f"Cannot open the database: {reason(error)}") from None
    try:
        yield sessions
    finally:
        close_database(sessions)
