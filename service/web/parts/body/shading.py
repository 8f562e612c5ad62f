"""The figure shaded by a week: the more of its target a muscle gets, the darker it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from service.terminal.words import number
from service.web.parts.body.figure import Side, sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHADES = (
    "nothing yet",
    "less than a third of its target",
    "less than two thirds",
    "close to its target",
    "target reached",
    "half as much again",
)
"""What the shades of the figure mean, the palest first."""
_STEPS = 3
"""Shades between nothing and the target."""
_REACHED = _STEPS + 1
_WELL_BEYOND = 1.5


def shade_of(sets: float, target: float) -> int:
    """Place in `SHADES`: how dark a muscle is, by the share of its target that counts."""
    if sets <= 0:
        return 0
    if sets >= target:
        return _REACHED + (0 < _WELL_BEYOND * target <= sets)
    return 1 + int(_STEPS * sets / target)


@dataclass(frozen=True)
class ShadedMuscle:
    """A muscle of the figure."""

    id: str
    name: str
    sets: float
    target: float
    shade: int
    """Place in `SHADES`."""
    keys: str = ""
    """Its entries for `data-entries`; none where the page does not list them."""

    @property
    def words(self) -> str:
        """What is told of it."""
        return f"{self.name}: {number(self.sets)} sets, target {number(self.target)}"


@dataclass(frozen=True)
class ShadedFigure:
    """The figure of a week."""

    muscles: Mapping[str, ShadedMuscle]
    """By id; what is not among them is not drawn."""
    sides: tuple[Side, Side]

    @cached_property
    def words(self) -> str:
        """What the figure shows, in a sentence or two."""
        reached = sum(muscle.shade >= _REACHED for muscle in self.muscles.values())
        least = sorted(muscle.name for muscle in self.muscles.values() if muscle.shade < 2 and muscle.target)
        said = f"{reached} of {len(self.muscles)} muscles reach their weekly target."
        if not least:
            return said
        return f"{said} Least trained for their target: {', '.join(name.lower() for name in least)}."


def shaded(muscles: Iterable[ShadedMuscle]) -> ShadedFigure:
    """The figure with these muscles."""
    return ShadedFigure({muscle.id: muscle for muscle in muscles}, sides())
