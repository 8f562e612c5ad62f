"""Loaded variants before light ones: load is what can keep growing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.objective.quality.term import PerEntry

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.domain.problem import Problem

POINTS = {"loaded": 0, "light": -4, "unloaded": -6}


def _points(_: Problem, e: Exercise) -> int:
    """Only for work that the pull:push balances count: a lower-trapezius raise is not better for being heavy."""
    return POINTS[e.loading] if e.ratio_units else 0


LOADING = PerEntry("loading", _points)
