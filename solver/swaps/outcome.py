"""What a question for swaps answers: alternatives to one entry, each with everything it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.domain.change import WeekEntry
    from solver.domain.likeness import Likeness
    from solver.domain.outcome import CertificateLine, SolveStats
    from solver.measured import MeasuredWeek
    from solver.repair import RepairOutcome


@dataclass(frozen=True)
class RuleEffect:
    """A rule that a swap measures otherwise than the standing week."""

    before: CertificateLine
    after: CertificateLine


@dataclass(frozen=True)
class Swap:
    """The entry replaced by `sets` sets of another exercise, all else as it stands.

    The sets are those with which it keeps every rule and is best by the objective; where it keeps them with none, those
    with which it breaks the fewest rules.
    """

    exercise: str
    likeness: Likeness | None
    """What it shares with the entry's exercise; None when it is no stand-in for it."""
    sets: int
    week: MeasuredWeek
    effects: tuple[RuleEffect, ...]
    """Every rule whose measure changes, in the rulebook's order."""
    repair: RepairOutcome | None = None
    """Of a swap that breaks rules: the nearest week with this swap that keeps them all, if it was looked for."""

    @property
    def broken(self) -> tuple[CertificateLine, ...]:
        """The rules that the week with the swap breaks."""
        return self.week.broken


@dataclass(frozen=True)
class Swaps:
    """The alternatives to one entry: first those that keep every rule, then the others. In both parts the most alike
    come first; of those that are equally alike, those that break the fewest rules, and then the best."""

    entry: WeekEntry
    before: MeasuredWeek
    swaps: tuple[Swap, ...]
    left_out: int
    """So many exercises that are possible too have too little in common with the entry's, and were not asked for."""
    complete: bool
    """False when the search was stopped before every repair that was asked for had had its turn."""
    stats: SolveStats
    """Where the clock had a hand in it, a rerun may find more repairs, or fewer."""


class NoSuchEntryError(ValueError):
    """The week has no such entry to swap."""
