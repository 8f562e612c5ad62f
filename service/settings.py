"""How this installation runs; everything has a default and comes from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from service.jobs.pace import Pace
from service.machine import default_concurrent_solves

if TYPE_CHECKING:
    from collections.abc import Mapping

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """Settings of the service. Durations are seconds."""

    database_url: str = "sqlite:///counterpull.db"
    max_concurrent_solves: int = field(default_factory=default_concurrent_solves)
    """Plans that are made at the same time; the next ones wait."""
    queue_length: int = 16
    """How many requests wait for their turn; the next ones are sent away."""
    queue_seconds: float = 15.0
    """How long a request waits for its turn before it is sent away."""
    max_body_bytes: int = MEBIBYTE
    log_level: str = "INFO"
    run_jobs: bool = True
    """Whether the HTTP service does the jobs as well; with workers beside it, it need not."""
    worker_id: str | None = None
    """Name of this process among those that do jobs: the same after a restart, and nobody else's. None takes a free
    one of this machine's own."""
    queue_poll_seconds: float = 0.03
    """How often a worker looks for new jobs."""
    heartbeat_seconds: float = 5.0
    """How often a running job shows a sign of life."""
    stale_seconds: float = 20.0
    """A job without one for so long is done anew by another worker."""
    stop_seconds: int = 10
    """How long running work may take to end when the process is told to stop."""
    retention_days: float | None = None
    """Plans are deleted so long after they were finished; None keeps them for ever."""
    require_keys: bool = False
    """Ask for API keys even where none was made yet; always so beyond the loopback address."""
    host_names: tuple[str, ...] = ()
    """Names beside those of the loopback address under which it answers while it asks for no keys."""
    requests_per_minute: int = 1200
    """Requests of one tenant; 0 for any number."""
    plans_per_minute: int = 60
    """Searches that one tenant may ask for; 0 for any number."""
    open_requests: int = 64
    """Requests of one tenant that may be open at a time; 0 for any number."""
    calendar_reads_per_minute: int = 60
    """Reads of one calendar's address, or of one shared plan's, which need no key; 0 for any number."""
    webhook_retry_seconds: float = 5.0
    """Until an event is told for the second time to an address that has not taken it; then longer and longer."""
    webhook_loopback: bool = False
    """Whether events may be told to this machine itself, and without TLS: for development and tests."""
    feed_loopback: bool = False
    """Whether feeds of booking systems may be on this machine itself, and without TLS: for development and tests."""
    tenant_jobs: int = 100
    """Searches of one tenant that may be unfinished at a time; 0 for any number."""
    queued_jobs: int = 1000
    """Searches of all tenants that may wait at a time; 0 for any number."""
    metrics_address: str | None = None
    """`host:port` where a worker process shows its numbers, without a key; None shows them nowhere."""
    metrics_file: Path | None = None
    """A worker process writes its numbers to it after every search; `serve` shows those of the worker beside it."""

    def __post_init__(self) -> None:
        """Raises ValueError when the heartbeat is too slow to be heard."""
        if self.stale_seconds < 2 * self.heartbeat_seconds:
            raise ValueError(
                f"COUNTERPULL_STALE_SECONDS is at least twice COUNTERPULL_HEARTBEAT_SECONDS, not {self.stale_seconds:g}"
            )

    @property
    def pace(self) -> Pace:
        """How this process does jobs."""
        return Pace(
            seats=self.max_concurrent_solves,
            poll_seconds=self.queue_poll_seconds,
            heartbeat_seconds=self.heartbeat_seconds,
            stale_seconds=self.stale_seconds,
            stop_seconds=self.stop_seconds,
            retention_days=self.retention_days,
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read every setting from the variable with its name in capitals after COUNTERPULL_.

        The database URL may hold a password, so COUNTERPULL_DATABASE_URL_FILE may name a file that holds it instead.
        Raises ValueError naming the variable that cannot be used.
        """
        default = cls()
        return cls(
            database_url=_secret(environment, "COUNTERPULL_DATABASE_URL", default.database_url),
            max_concurrent_solves=int(
                _number(environment, "COUNTERPULL_MAX_CONCURRENT_SOLVES", default.max_concurrent_solves, at_least=1)
            ),
            queue_length=int(_number(environment, "COUNTERPULL_QUEUE_LENGTH", default.queue_length, at_least=0)),
            queue_seconds=_number(environment, "COUNTERPULL_QUEUE_SECONDS", default.queue_seconds, at_least=0),
            max_body_bytes=int(_number(environment, "COUNTERPULL_MAX_BODY_BYTES", default.max_body_bytes, at_least=2)),
            log_level=_level(environment.get("COUNTERPULL_LOG_LEVEL", default.log_level)),
            run_jobs=_switch(environment, "COUNTERPULL_RUN_JOBS", default.run_jobs),
            worker_id=environment.get("COUNTERPULL_WORKER_ID") or None,
            queue_poll_seconds=_number(
                environment, "COUNTERPULL_QUEUE_POLL_SECONDS", default.queue_poll_seconds, at_least=0.001
            ),
            heartbeat_seconds=_number(
                environment, "COUNTERPULL_HEARTBEAT_SECONDS", default.heartbeat_seconds, at_least=0.1
            ),
            stale_seconds=_number(environment, "COUNTERPULL_STALE_SECONDS", default.stale_seconds, at_least=0.2),
            stop_seconds=_whole(environment, "COUNTERPULL_STOP_SECONDS", default.stop_seconds),
            retention_days=_retention(environment.get("COUNTERPULL_RETENTION_DAYS")),
            require_keys=_switch(environment, "COUNTERPULL_REQUIRE_KEYS", default.require_keys),
            host_names=_names(environment.get("COUNTERPULL_HOST_NAMES", "")),
            requests_per_minute=_whole(environment, "COUNTERPULL_REQUESTS_PER_MINUTE", default.requests_per_minute),
            plans_per_minute=_whole(environment, "COUNTERPULL_PLANS_PER_MINUTE", default.plans_per_minute),
            open_requests=_whole(environment, "COUNTERPULL_OPEN_REQUESTS", default.open_requests),
            calendar_reads_per_minute=_whole(
                environment, "COUNTERPULL_CALENDAR_READS_PER_MINUTE", default.calendar_reads_per_minute
            ),
            webhook_retry_seconds=_number(
                environment, "COUNTERPULL_WEBHOOK_RETRY_SECONDS", default.webhook_retry_seconds, at_least=0.01
            ),
            webhook_loopback=_switch(environment, "COUNTERPULL_WEBHOOK_LOOPBACK", default.webhook_loopback),
            feed_loopback=_switch(environment, "COUNTERPULL_FEED_LOOPBACK", default.feed_loopback),
            tenant_jobs=_whole(environment, "COUNTERPULL_TENANT_JOBS", default.tenant_jobs),
            queued_jobs=_whole(environment, "COUNTERPULL_QUEUED_JOBS", default.queued_jobs),
            metrics_address=_address(environment, "COUNTERPULL_METRICS_ADDRESS"),
            metrics_file=Path(file) if (file := environment.get("COUNTERPULL_METRICS_FILE")) else None,
        )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in text.split(",") if name.strip())


def _retention(text: str | None) -> float | None:
    name = "COUNTERPULL_RETENTION_DAYS"
    return None if text is None else _number({name: text}, name, 0, at_least=0)


def _number(environment: Mapping[str, str], name: str, default: float, *, at_least: float) -> float:
    text = environment.get(name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} is a number, not {text!r}") from None
    if not at_least <= value < 10**12:
        raise ValueError(f"{name} is at least {at_least:g}, not {text}")
    return value


def _whole(environment: Mapping[str, str], name: str, default: int) -> int:
    return int(_number(environment, name, default, at_least=0))


def _address(environment: Mapping[str, str], name: str) -> str | None:
    text = environment.get(name)
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"{name} is host:port, not {text!r}")
    return text


def _switch(environment: Mapping[str, str], name: str, default: bool) -> bool:
    text = environment.get(name)
    if text is None:
        return default
    if text.lower() not in ("true", "false"):
        raise ValueError(f"{name} is true or false, not {text!r}")
    return text.lower() == "true"


def _secret(environment: Mapping[str, str], name: str, default: str) -> str:
    """A value from the environment, or from the file that its `_FILE` variable names."""
    path = environment.get(f"{name}_FILE")
    if path is None:
        return environment.get(name, default)
    if name in environment:
        raise ValueError(f"{name} and {name}_FILE are both set; one of them is enough")
    try:
        text = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{name}_FILE cannot be read: {error}") from None
    if not text:
        raise ValueError(f"{name}_FILE names an empty file")
    return text


def _level(text: str) -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
    if text.upper() not in levels:
        raise ValueError(f"COUNTERPULL_LOG_LEVEL is one of {', '.join(levels)}, not {text!r}")
    return text.upper()
