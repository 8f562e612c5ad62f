"""How this installation runs; everything has a default and comes from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read COUNTERPULL_DATABASE_URL, _MAX_CONCURRENT_SOLVES, _QUEUE_LENGTH, _QUEUE_SECONDS, _MAX_BODY_BYTES and
        _LOG_LEVEL.

        Raises ValueError naming the variable that cannot be used.
        """
        default = cls()
        return cls(
            database_url=environment.get("COUNTERPULL_DATABASE_URL", default.database_url),
            max_concurrent_solves=int(
                _number(environment, "COUNTERPULL_MAX_CONCURRENT_SOLVES", default.max_concurrent_solves, at_least=1)
            ),
            queue_length=int(_number(environment, "COUNTERPULL_QUEUE_LENGTH", default.queue_length, at_least=0)),
            queue_seconds=_number(environment, "COUNTERPULL_QUEUE_SECONDS", default.queue_seconds, at_least=0),
            max_body_bytes=int(_number(environment, "COUNTERPULL_MAX_BODY_BYTES", default.max_body_bytes, at_least=2)),
            log_level=_level(environment.get("COUNTERPULL_LOG_LEVEL", default.log_level)),
        )


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


def _level(text: str) -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
    if text.upper() not in levels:
        raise ValueError(f"COUNTERPULL_LOG_LEVEL is one of {', '.join(levels)}, not {text!r}")
    return text.upper()
