"""Fixtures of all tests: databases of both kinds."""

from __future__ import annotations

import gc
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from service.db import schema
from tests.leaving_out import Missing, hand_over, leave_out, take_over, tell
from tests.longest_first import longest_first
from tests.postgres import HOW_TO_GET_IT, Cluster, Server, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = ("sqlite", "postgresql")
_POSTGRESQL = Missing("PostgreSQL server", "The tests on PostgreSQL", HOW_TO_GET_IT)


@pytest.fixture(scope="session")
def _server() -> Iterator[Server | None]:
    yield from running_server()


@pytest.fixture
def postgres(_server: Server | None, request: pytest.FixtureRequest) -> Server:
    """A PostgreSQL server; a test without one is left out, and the end of the run says so."""
    if _server is None:
        leave_out(request.config, _POSTGRESQL, request.node.nodeid)
    return _server


@pytest.fixture(scope="session")
def _template(_server: Server | None) -> str | None:
    """A database with all tables, to be copied: quicker than making them each time."""
    if _server is None:
        return None
    name = _server.create()
    schema.upgrade(_server.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, to be copied: quicker than making them each time."""
    file = tmp_path_factory.mktemp("template") / "counterpull.db"
    schema.upgrade(f"sqlite:///{file}")
    assert list(file.parent.iterdir()) == [file], "all of it is in one file"
    return file


@pytest.fixture
def postgres_url(postgres: Server, _template: str | None) -> Iterator[str]:
    """A database of its own for one test, with all tables."""
    name = postgres.create(_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def cluster(postgres: Server) -> Cluster:
    """The server, where it is our own to stop and start."""
    if not isinstance(postgres, Cluster):
        pytest.skip("the PostgreSQL server is not ours to stop")
    return postgres


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> str:
    """A database of each kind, with all tables."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}"


@pytest.fixture(scope="module", params=KINDS)
def shared_database_url(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    _server: Server | None,
    _template: str | None,
) -> Iterator[str]:
    """A database of each kind, with all tables, for all tests of a module."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(sqlite_template, tmp_path_factory.mktemp('database'))}"
        return
    if _server is None:
        leave_out(request.config, _POSTGRESQL, request.node.nodeid)
    else:
        name = _server.create(_template)
        yield _server.url(name)
        _server.drop(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files are begun first."""
    longest_first(items)


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: nobody need look again and again whether it is garbage."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What was left out here is told where the tests are told of."""
    hand_over(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A process that shared the tests has ended; one that died has nothing to hand over."""
    take_over(node.config, getattr(node, "workeroutput", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say plainly what was left out."""
    tell(terminalreporter, config)
