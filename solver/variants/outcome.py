"""What a search for variants answers: weeks that differ, how much, and what each costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from solver.domain.outcome import Infeasible, TimedOut

if TYPE_CHECKING:
    from fractions import Fraction

    from solver.domain.outcome import Progress, Solved, SolveStats

FEWEST_WEEKS, MOST_WEEKS = 2, 8


@dataclass(frozen=True)
class Wanted:
    """`weeks` (2 to 8) of which any two are at least `contrast` apart, none of which scores much below the best.

    `contrast` is a share as `solver.domain.contrast` counts; `loss` the share of the best week's score that a variant
    may do without.
    """

    weeks: int
    contrast: Fraction
    loss: Fraction

    def __post_init__(self) -> None:
        """Raises ValueError for numbers out of range."""
        if not FEWEST_WEEKS <= self.weeks <= MOST_WEEKS:
            raise ValueError(f"{FEWEST_WEEKS} to {MOST_WEEKS} weeks can be asked for, not {self.weeks}")
        if not 0 < self.contrast <= 1:
            raise ValueError(f"weeks can be more than 0 and at most 1 apart, not {self.contrast}")
        if not 0 <= self.loss < 1:
            raise ValueError(f"a variant may lose 0 or more and less than 1 of the score, not {self.loss}")


@dataclass(frozen=True)
class Variant:
    """One of the weeks, verified. The bounds of `solved` are of the weeks that are as far from all before it."""

    solved: Solved
    sentence: str
    """How it differs from the best week and what it costs."""


Ending = Literal["enough", "no_other", "out_of_time"]
"""Why there are no more weeks: all that were asked for; proven that no further one exists; or the budget ended."""


@dataclass(frozen=True)
class Variants:
    """The best week found, and others that are far enough from it and from each other, the better ones first."""

    weeks: tuple[Variant, ...]
    ending: Ending
    differences: tuple[tuple[Fraction, ...], ...]
    """Contrast of every week to every other, in their order."""
    stats: SolveStats


VariantsOutcome = Variants | Infeasible | TimedOut


@dataclass(frozen=True)
class VariantsProgress:
    """How far a running search has come: the scores of the weeks there are, and the search for the next."""

    seconds: float
    scores: tuple[float, ...]
    next: Progress | None
