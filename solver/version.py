"""Which solver library makes the plans."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version


@cache
def solver_version() -> str:
    """Name and version, as answers tell them."""
    return f"or-tools {version('ortools')}"
