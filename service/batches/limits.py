"""How large a batch may be, and how much of it waits in the queue."""

from __future__ import annotations

MAX_LINES = 2_000
MAX_BYTES = 16 * 1024 * 1024
MAX_UNFED = 20
"""Batches of a tenant that may have lines without a plan at a time."""
AT_ONCE = 20
"""Lines that are dealt with before the worker's pulse looks after its jobs again."""
