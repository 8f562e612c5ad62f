"""How like one exercise is to another: what makes a replacement a small or a large change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from catalog.schema import Exercise

Likeness = Literal["family", "pattern", "muscle", "unlike"]
"""The closest thing two exercises share: a movement family, a pattern, a primary muscle, or none of these."""


def replaceable(old: Exercise, new: Exercise) -> bool:
    """True when one may stand in for the other at all: a drill never takes the place of work, nor work of a drill."""
    return old.is_drill == new.is_drill


def likeness(old: Exercise, new: Exercise) -> Likeness:
    """What the two have in common, the closest first."""
    if old.movement_family == new.movement_family:
        return "family"
    if old.pattern == new.pattern:
        return "pattern"
    if old.primary_muscles.keys() & new.primary_muscles.keys():
        return "muscle"
    return "unlike"
