"""How like one exercise is to another: what makes a replacement a small or a large change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from catalog.schema import Exercise

Likeness = Literal["family", "pattern", "muscle", "unlike"]
"""The closest thing two exercises share: a movement family, a pattern, a primary muscle, or none of these."""


def part_of_session(exercise: Exercise) -> tuple[bool, str]:
    """The share of a session an exercise belongs to: drills or work, for one region of the body."""
    return exercise.is_drill, exercise.region


def likeness(old: Exercise, new: Exercise) -> Likeness | None:
    """What the two have in common, the closest first; None when the one is no stand-in for the other.

    A drill never stands in for work, nor work for a drill; what has nothing in common does so only within a region.
    """
    if old.is_drill != new.is_drill:
        return None
    if old.movement_family == new.movement_family:
        return "family"
    if old.pattern == new.pattern:
        return "pattern"
    if old.primary_muscles.keys() & new.primary_muscles.keys():
        return "muscle"
    return "unlike" if part_of_session(old) == part_of_session(new) else None
