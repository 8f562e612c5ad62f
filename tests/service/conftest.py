"""Fixtures of the service's tests."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from catalog.catalog import default_catalog
from service.app import create_app
from service.settings import Settings
from tests.service.running import in_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from catalog.catalog import Catalog
    from tests.service.running import Service


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return default_catalog()


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Path:
    """A file of its own for one test, with all tables."""
    file = tmp_path / "plans.db"
    shutil.copy(sqlite_template, file)
    return file


@pytest.fixture
def settings(database: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{database}",
        max_concurrent_solves=1,
        queue_seconds=0.2,
        requests_per_minute=0,
        plans_per_minute=0,
    )


@pytest.fixture
def service(settings: Settings, database: Path) -> Iterator[Service]:
    """The application without a worker, which starts and ends quicker."""
    with in_process(create_app(replace(settings, run_jobs=False)), database) as running:
        yield running


@pytest.fixture(scope="session")
def document(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The OpenAPI document as a caller gets it, to be read only: it takes a second to make."""
    file = tmp_path_factory.mktemp("documented") / "plans.db"
    shutil.copy(sqlite_template, file)
    with in_process(create_app(Settings(database_url=f"sqlite:///{file}", run_jobs=False)), file) as running:
        found: dict[str, Any] = running.get("/openapi.json").json()
    return found


@pytest.fixture
def solving(settings: Settings, database: Path) -> Iterator[Service]:
    """The application with a worker in the same process."""
    with in_process(create_app(settings), database) as running:
        yield running
