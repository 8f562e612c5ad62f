"""Settings come from the environment and say which variable is wrong."""

from __future__ import annotations

import os

import pytest

from service import machine
from service.settings import Settings


def test_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings == Settings()
    assert settings.database_url == "sqlite:///counterpull.db"
    assert settings.max_concurrent_solves == machine.default_concurrent_solves()
    assert settings.queue_length == 16
    assert settings.max_body_bytes == 1024 * 1024


def test_every_variable_is_read() -> None:
    environment = {
        "COUNTERPULL_DATABASE_URL": "sqlite:///other.db",
        "COUNTERPULL_MAX_CONCURRENT_SOLVES": "3",
        "COUNTERPULL_QUEUE_LENGTH": "0",
        "COUNTERPULL_QUEUE_SECONDS": "0.5",
        "COUNTERPULL_MAX_BODY_BYTES": "1000",
        "COUNTERPULL_LOG_LEVEL": "debug",
    }
    assert Settings.from_environment(environment) == Settings("sqlite:///other.db", 3, 0, 0.5, 1000, "DEBUG")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COUNTERPULL_MAX_CONCURRENT_SOLVES", "0"),
        ("COUNTERPULL_MAX_CONCURRENT_SOLVES", "two"),
        ("COUNTERPULL_MAX_CONCURRENT_SOLVES", "nan"),
        ("COUNTERPULL_QUEUE_LENGTH", "-1"),
        ("COUNTERPULL_QUEUE_SECONDS", "-1"),
        ("COUNTERPULL_QUEUE_SECONDS", "inf"),
        ("COUNTERPULL_MAX_BODY_BYTES", ""),
        ("COUNTERPULL_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        Settings.from_environment({name: value})


@pytest.mark.parametrize(
    ("cores", "workers", "solves"), [(1, 1, 2), (2, 2, 2), (3, 3, 2), (4, 4, 2), (6, 4, 3), (64, 4, 32)]
)
def test_searches_share_the_cores(monkeypatch: pytest.MonkeyPatch, cores: int, workers: int, solves: int) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert machine.default_workers() == workers
    assert machine.default_concurrent_solves() == solves
    assert workers * solves <= 2 * cores
