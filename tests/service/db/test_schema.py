"""The tables: made and renewed by migrations, equal to the models, on both databases."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from service.db import schema
from service.db.engine import BUSY_MILLISECONDS, open_engine
from service.db.models import DEFAULT_TENANT
from service.db.session import close_database, open_database
from service.db.tables import METADATA
from service.plans.repository import PlanRepository
from tests.service.cli.commands import at_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import Server

FIRST_TABLES = """CREATE TABLE plans (
    id VARCHAR(36) NOT NULL, created_at DATETIME NOT NULL, status VARCHAR(16) NOT NULL,
    request_json TEXT NOT NULL, response_json TEXT NOT NULL, PRIMARY KEY (id))"""
"""What the service made before it had migrations."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


def test_an_empty_database_gets_exactly_the_tables_of_the_models(empty_url: str) -> None:
    with pytest.raises(schema.SchemaError, match="counterpull db upgrade"):
        schema.check(empty_url)
    schema.upgrade(empty_url)
    schema.check(empty_url)
    engine = open_engine(empty_url)
    with engine.connect() as connection:
        ours = {
            "compare_type": True,
            "compare_server_default": True,
            "include_name": lambda name, kind, _: kind != "table" or name in METADATA.tables,
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), METADATA) == []
        assert set(METADATA.tables) <= set(inspect(connection).get_table_names())
    engine.dispose()


def test_upgrading_again_changes_nothing_and_several_at_once_get_along(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(schema.upgrade, [empty_url] * 4))
    schema.upgrade(empty_url)
    schema.check(empty_url)


def test_a_newer_database_is_left_alone(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for step in (schema.upgrade, schema.check, open_database):
        with pytest.raises(schema.SchemaError, match="newer"):
            step(database_url)


def test_missing_tables_of_the_engine_are_noticed(database_url: str) -> None:
    engine = open_engine(database_url)
    table = "dbos.workflow_status" if engine.dialect.name == "postgresql" else "workflow_status"
    with engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO gone"))
    engine.dispose()
    with pytest.raises(schema.SchemaError, match="job engine"):
        schema.check(database_url)


def test_plans_from_before_there_were_migrations_stay(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(FIRST_TABLES)
        row = ("0199-old", "2026-11-20 09:15:00.000000", "optimal", '{"a": 1}', '{"id": "0199-old"}')
        connection.execute("INSERT INTO plans VALUES (?, ?, ?, ?, ?)", row)
        connection.commit()
    sessions = open_database(f"sqlite:///{file}")
    with sessions() as session:
        plan = PlanRepository(session).find("0199-old", DEFAULT_TENANT)
        assert plan is not None
        assert (plan.status, plan.answer_json) == ("optimal", '{"id": "0199-old"}')
        assert plan.created_at == datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
        assert PlanRepository(session).find("0199-old", "other") is None
        assert PlanRepository(session).question("0199-old")[0] == '{"a": 1}'
    close_database(sessions)


def test_a_migration_that_breaks_off_leaves_the_old_database(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(FIRST_TABLES)
        connection.execute("CREATE TABLE jobs (mine TEXT)")
        connection.commit()
    with pytest.raises(Exception, match="jobs"):
        schema.upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [column[1] for column in connection.execute("PRAGMA table_info(plans)")]
    assert sorted(names) == ["jobs", "plans"]
    assert columns == ["id", "created_at", "status", "request_json", "response_json"]


def test_sqlite_is_prepared_for_several_threads(tmp_path: Path) -> None:
    sessions = open_database(f"sqlite:///{tmp_path / 'plans.db'}")
    with sessions() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert session.execute(text("PRAGMA busy_timeout")).scalar() == BUSY_MILLISECONDS
    close_database(sessions)


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(schema.SchemaError, match="name a file"):
        open_database("sqlite://")


def test_a_server_is_renewed_by_hand_alone(postgres: Server) -> None:
    name = postgres.create()
    url = postgres.url(name)
    with pytest.raises(schema.SchemaError, match="counterpull db upgrade"):
        open_database(url)
    assert at_once("db", "check", "--database", url).exit_code == 2
    done = at_once("db", "upgrade", "--database", url)
    assert (done.exit_code, done.stdout) == (0, f"The database is at {schema.head()}.\n"), done.stderr
    assert at_once("db", "check", "--database", url).exit_code == 0
    postgres.drop(name)


def test_a_server_that_is_away_is_said_in_a_line(tmp_path: Path) -> None:
    done = at_once("db", "check", "--database", f"postgresql://me:secret@/plans?host={tmp_path}")
    assert done.exit_code == 2
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_the_migrations_are_in_the_package() -> None:
    """Found by their package, wherever that is installed, and not by a path of this repository."""
    code = "from service.db import schema; print(schema.head())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.strip() == schema.head()
