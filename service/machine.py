"""What this machine can carry: cores, search threads of a solve, solves at a time."""

from __future__ import annotations

import os

MOST_DEFAULT_WORKERS = 4
"""More search threads hardly find better weeks, and others wait meanwhile."""
THREADS_PER_CORE = 2
"""All searches together run on so many threads a core at most, unless the settings say otherwise."""


def cores() -> int:
    """Cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def default_workers() -> int:
    """Search threads of a solve when the request names none: one per core, four at most."""
    return min(cores(), MOST_DEFAULT_WORKERS)


def default_concurrent_solves() -> int:
    """Solves at a time, so that their threads share the cores by two at most."""
    return max(1, THREADS_PER_CORE * cores() // default_workers())
