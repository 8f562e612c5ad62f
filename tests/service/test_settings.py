"""Settings come from the environment and say which variable is wrong."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from pathlib import Path

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


def test_every_setting_has_a_variable() -> None:
    """Each is read from the variable of its own name, and changes nothing else."""
    given: dict[str, tuple[str, object]] = {
        "run_jobs": ("false", False),
        "worker_id": ("rack-3", "rack-3"),
        "queue_poll_seconds": ("0.5", 0.5),
        "heartbeat_seconds": ("2", 2.0),
        "stale_seconds": ("30", 30.0),
        "stop_seconds": ("3", 3),
        "retention_days": ("90", 90.0),
        "require_keys": ("true", True),
        "requests_per_minute": ("10", 10),
        "plans_per_minute": ("11", 11),
        "open_requests": ("12", 12),
        "calendar_reads_per_minute": ("20", 20),
        "webhook_retry_seconds": ("2.5", 2.5),
        "webhook_loopback": ("true", True),
        "feed_loopback": ("true", True),
        "tenant_jobs": ("13", 13),
        "host_names": ("Training.example, plans.local", ("training.example", "plans.local")),
        "queued_jobs": ("14", 14),
        "metrics_address": ("127.0.0.1:9464", "127.0.0.1:9464"),
        "metrics_file": ("numbers.prom", Path("numbers.prom")),
    }
    first = {"database_url", "max_concurrent_solves", "queue_length", "queue_seconds", "max_body_bytes", "log_level"}
    assert {field.name for field in fields(Settings)} == first | set(given)
    for name, (text, value) in given.items():
        read = Settings.from_environment({f"COUNTERPULL_{name.upper()}": text})
        assert read == replace(Settings(), **{name: value}), name


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql://me:secret@host/plans\n")
    environment = {"COUNTERPULL_DATABASE_URL_FILE": str(file)}
    assert Settings.from_environment(environment).database_url == "postgresql://me:secret@host/plans"
    with pytest.raises(ValueError, match="both set"):
        Settings.from_environment({**environment, "COUNTERPULL_DATABASE_URL": "sqlite:///x.db"})
    file.write_text("")
    with pytest.raises(ValueError, match="empty"):
        Settings.from_environment(environment)
    with pytest.raises(ValueError, match="cannot be read"):
        Settings.from_environment({"COUNTERPULL_DATABASE_URL_FILE": str(tmp_path / "none")})


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
        ("COUNTERPULL_REQUIRE_KEYS", "yes"),
        ("COUNTERPULL_REQUESTS_PER_MINUTE", "-1"),
        ("COUNTERPULL_TENANT_JOBS", "many"),
        ("COUNTERPULL_METRICS_ADDRESS", "9464"),
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
