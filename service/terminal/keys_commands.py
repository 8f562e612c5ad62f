"""`counterpull keys`: make, list, revoke and rotate API keys. A key is printed once, alone on standard output."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.table import Table

from service.db.models import DEFAULT_TENANT
from service.tenants.keys import Scope
from service.terminal.console import ExitCode, errors, output, print_json
from service.terminal.ending import WrongUseError, ends_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from service.tenants.keys import ApiKey, Token

keys_app = typer.Typer(no_args_is_help=True, help="API keys: who may ask, and for what.", rich_markup_mode=None)

_MOST_DAYS = 3650

Database = Annotated[str | None, typer.Option(help="SQLite file or database URL, as for serve.")]
KeyId = Annotated[str, typer.Argument(metavar="ID", help="Id of the key, as keys list shows it.")]


@keys_app.command()
@ends_plainly
def create(
    tenant: Annotated[str, typer.Option(help="Whose key it is; tenants see only their own plans.")] = DEFAULT_TENANT,
    scope: Annotated[
        list[Scope] | None, typer.Option(help="What it may do; plan includes read, admin both. May be repeated.")
    ] = None,
    name: Annotated[str, typer.Option(help="What it is for, to recognise it in the list.")] = "",
    expires_days: Annotated[int | None, typer.Option(min=1, max=_MOST_DAYS, help="Days until it ends.")] = None,
    database: Database = None,
) -> ExitCode:
    """Make a key and print it. It cannot be shown again."""
    from service.tenants.service import create as make

    expires_at = None if expires_days is None else datetime.now(UTC) + timedelta(days=expires_days)
    with _writing(database) as session:
        key, token = make(session, tenant=tenant, scopes=scope or [Scope.PLAN], name=name, expires_at=expires_at)
    return _show_once(key, token)


@keys_app.command("list")
@ends_plainly
def list_keys(
    tenant: Annotated[str | None, typer.Option(help="Only the keys of this tenant.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    database: Database = None,
) -> ExitCode:
    """Show all keys, without their secrets."""
    from service.tenants.repository import KeyRepository

    with _writing(database) as session:
        keys = KeyRepository(session).list(tenant)
    if as_json:
        print_json([_as_json(key) for key in keys])
    elif keys:
        output().print(_table(keys))
    else:
        errors().print("There are no keys; counterpull keys create makes one.")
    return ExitCode.OK


@keys_app.command()
@ends_plainly
def revoke(key_id: KeyId, database: Database = None) -> ExitCode:
    """End a key at once."""
    from service.tenants.service import revoke as end

    with _writing(database) as session:
        end(session, key_id)
    errors().print(f"{key_id} is revoked.")
    return ExitCode.OK


@keys_app.command()
@ends_plainly
def rotate(
    key_id: KeyId,
    overlap_hours: Annotated[float, typer.Option(min=0, max=720, help="Hours until the old key ends.")] = 24.0,
    database: Database = None,
) -> ExitCode:
    """Make the successor of a key, with the same tenant, scopes and length of life, and print it."""
    from service.tenants.service import rotate as succeed

    with _writing(database) as session:
        key, token = succeed(session, key_id, overlap=timedelta(hours=overlap_hours))
    return _show_once(key, token)


@contextmanager
def _writing(database: str | None) -> Iterator[Session]:
    """A transaction on the database of the settings. Raises WrongUseError for what cannot be done."""
    from sqlalchemy.exc import SQLAlchemyError

    from service.db.session import close_database, open_database
    from service.tenants.service import KeyFaultError
    from service.terminal.serving import settings_for

    url = settings_for(database).database_url
    try:
        sessions = open_database(url)
    except (SQLAlchemyError, ImportError) as error:
        raise WrongUseError(f"Cannot open the database: {getattr(error, 'orig', None) or error}.") from None
    try:
        with sessions.begin() as session:
            yield session
    except KeyFaultError as error:
        message = str(error)
        raise WrongUseError(f"{message[0].upper()}{message[1:]}.") from None
    except SQLAlchemyError as error:
        raise WrongUseError(f"Cannot use the database: {getattr(error, 'orig', None) or error}.") from None
    finally:
        close_database(sessions)


def _show_once(key: ApiKey, token: Token) -> ExitCode:
    typer.echo(token.shown())
    until = "" if key.expires_at is None else f", until {_moment(key.expires_at)}"
    errors().print(f"Key {key.id} of {key.tenant} ({', '.join(key.scopes)}{until}). Keep it: it is not shown again.")
    return ExitCode.OK


def _state(key: ApiKey) -> str:
    if key.revoked_at is not None:
        return "revoked"
    return "usable" if key.usable(datetime.now(UTC)) else "expired"


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="seconds")


def _table(keys: list[ApiKey]) -> Table:
    table = Table(box=box.SIMPLE)
    for heading in ("Id", "Tenant", "Scopes", "State", "Expires", "Name"):
        table.add_column(heading, overflow="fold")
    for key in keys:
        row = (key.id, key.tenant, " ".join(key.scopes), _state(key), _moment(key.expires_at), key.name)
        table.add_row(*row)
    return table


def _as_json(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "tenant": key.tenant,
        "name": key.name,
        "scopes": list(key.scopes),
        "state": _state(key),
        "created_at": _moment(key.created_at),
        "expires_at": _moment(key.expires_at) or None,
        "revoked_at": _moment(key.revoked_at) or None,
    }
