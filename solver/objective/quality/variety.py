"""Variety: many patterns in the week, each spread over its days, accessories not repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.kinds import working
from solver.objective.quality.main_lifts import MAIN_SLOT
from solver.objective.quality.term import Distinct, PerEntry

if TYPE_CHECKING:
    from collections.abc import Hashable

    from catalog.schema import Exercise
    from solver.domain.problem import Problem

PATTERN_POINTS = 4
REPEAT_POINTS = 2
"""What the second entry of an accessory in the week costs; main lifts are practised, not repeated."""
SAME_DAY_POINTS = 1


def _pattern(_: Problem, e: Exercise, __: str) -> Hashable | None:
    return e.pattern if working(e) else None


def _is_accessory(e: Exercise) -> bool:
    return working(e) and e.session_slot > MAIN_SLOT


PATTERNS = Distinct("patterns", _pattern, lambda _: PATTERN_POINTS)

# What is said once costs nothing: each entry pays, each different one is paid back.
ACCESSORY_ENTRIES = PerEntry("repeated accessories", lambda _, e: -REPEAT_POINTS if _is_accessory(e) else 0)
DIFFERENT_ACCESSORIES = Distinct(
    "different accessories", lambda _, e, __: e.id if _is_accessory(e) else None, lambda _: REPEAT_POINTS
)
PATTERN_ENTRIES = PerEntry("patterns repeated in a day", lambda _, e: -SAME_DAY_POINTS if working(e) else 0)
PATTERN_DAYS = Distinct(
    "pattern days", lambda _, e, slot: (e.pattern, slot) if working(e) else None, lambda _: SAME_DAY_POINTS
)
