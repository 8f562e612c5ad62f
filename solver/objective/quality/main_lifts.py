"""Main lifts: who can squat, bench and hinge with load does."""

from __future__ import annotations

from solver.objective.quality.term import Distinct

MAIN_SLOT = 4
POINTS_BY_PATTERN = {
    "squat": 24,
    "horizontal_push": 24,
    "hip_hinge": 24,
    "vertical_pull": 16,
    "vertical_push": 8,
    "hip_extension": 4,
}

MAIN_LIFTS = Distinct(
    "main lifts",
    lambda _, e, __: e.pattern if e.session_slot == MAIN_SLOT and e.pattern in POINTS_BY_PATTERN else None,
    lambda pattern: POINTS_BY_PATTERN[str(pattern)],
)
