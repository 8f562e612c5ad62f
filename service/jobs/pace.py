"""How a worker works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """How a worker works. Durations are seconds."""

    seats: int
    """Usual jobs at a time."""
    yields: int = 0
    """How much its work yields to other processes, of 19 steps."""
    poll_seconds: float = 0.03
    """How often it looks for new messages."""
    heartbeat_seconds: float = 5.0
    """How often a running job shows a sign of life."""
    stale_seconds: float = 20.0
    """A job without one for so long has lost its worker; longer than the longest pause of the database."""
    stop_seconds: int = 10
    """How long running work may take to come to an end when the process goes down."""
    retention_days: float | None = None
    """Ended jobs and their results are deleted after so long; None keeps them."""
