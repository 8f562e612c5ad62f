"""`counterpull db`: the form of the database."""

from pathlib import Path
from typing import Annotated

import typer

from service.terminal.console import ExitCode
from service.terminal.ending import WrongUseError, ends_plainly

db_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Make, renew or check the tables.")

Database = Annotated[str | None, typer.Option(help="SQLite file or a database URL, instead of the environment's.")]


@db_app.command("upgrade")
@ends_plainly
def upgrade(database: Database = None) -> ExitCode:
    """Bring the database to the form that this version needs; what is in it stays. Safe to repeat."""
    from sqlalchemy.exc import SQLAlchemyError

    from service.db import schema
    from service.terminal.serving import settings_for

    try:
        schema.upgrade(settings_for(database).database_url)
    except (SQLAlchemyError, ImportError) as error:
        raise WrongUseError(f"Cannot upgrade the database: {reason(error)}") from None
    typer.echo(f"The database is at {schema.head()}.")
    return ExitCode.OK


@db_app.command("check")
@ends_plainly
def check(database: Database = None) -> ExitCode:
    """Say whether the database has the form that this version needs; changes nothing."""
    from sqlalchemy.exc import SQLAlchemyError

    from service.db import schema
    from service.terminal.serving import settings_for

    try:
        schema.check(settings_for(database).database_url)
    except (SQLAlchemyError, ImportError) as error:
        raise WrongUseError(reason(error)) from None
    typer.echo(f"The database is at {schema.head()}, as it should be.")
    return ExitCode.OK


@db_app.command("backup")
@ends_plainly
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes; nothing may be there yet.")],
    database: Database = None,
) -> ExitCode:
    """Copy an SQLite database whole, also while the service runs. For PostgreSQL there is pg_dump."""
    from sqlalchemy.exc import SQLAlchemyError

    from service.db.backup import NotAFileError, copy_database
    from service.terminal.serving import settings_for

    try:
        copy_database(settings_for(database).database_url, target)
    except (SQLAlchemyError, NotAFileError, FileExistsError, FileNotFoundError) as error:
        raise WrongUseError(f"Cannot copy the database: {reason(error)}") from None
    typer.echo(f"The database is copied to {target}.")
    return ExitCode.OK


def reason(error: Exception) -> str:
    """What a database says is wrong, in one line."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
