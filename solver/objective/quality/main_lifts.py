"""Main lifts: who can squat, bench and hinge with load does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.kinds import compound
from solver.objective.quality.term import Distinct

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.domain.problem import Problem

MAIN_SLOT = 4
MAIN_POINTS = {
    "squat": 24,
    "horizontal_push": 24,
    "hip_hinge": 24,
    "vertical_pull": 16,
    "vertical_push": 8,
    "hip_extension": 4,
}
LOADED_POINTS = {"squat": 32, "horizontal_push": 32, "hip_hinge": 32}
"""Where the minutes do not allow the barbell's ramp-up, dumbbells and machines still beat body weight."""


def _main_lift(_: Problem, e: Exercise, __: str) -> str | None:
    return e.pattern if e.session_slot == MAIN_SLOT and e.pattern in MAIN_POINTS else None


def _loaded_basic(_: Problem, e: Exercise, __: str) -> str | None:
    return e.pattern if compound(e) and e.loading == "loaded" and e.pattern in LOADED_POINTS else None


MAIN_LIFTS = Distinct("main lifts", _main_lift, lambda pattern: MAIN_POINTS[str(pattern)])
LOADED_BASICS = Distinct("loaded basics", _loaded_basic, lambda pattern: LOADED_POINTS[str(pattern)])
