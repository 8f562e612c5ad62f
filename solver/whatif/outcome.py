"""What a what-if answers: what each change would buy, as far as it is proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from solver.domain.outcome import Solved, SolveStats
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

Direction = Literal["looser", "tighter", "either"]
"""What a change does to the weeks that are allowed: `looser` takes none away, `tighter` adds none."""
Verdict = Literal["gain", "loss", "none", "unproven", "impossible", "unknown", "unanswered"]
"""`gain`, `loss` and `none` are proven; `unproven`: the difference lies inside the gap; `impossible`: proven that no
week is left; `unknown`: no week was found in time; `unanswered`: stopped before its turn."""


@dataclass(frozen=True)
class Option:
    """A changed problem. `direction` is what the caller knows of the rules it changes; the rest is found out."""

    problem: Problem
    direction: Direction = "either"


@dataclass(frozen=True)
class Known:
    """What is known of the best weeks of a problem: (value, proven bound) of the shortfalls of tiers 1 and 2.

    As everywhere, the bound of tier 2 is for weeks that are as good as `minima` in tier 1.
    """

    minima: tuple[int, int]
    targets: tuple[int, int]

    @property
    def minima_proven(self) -> bool:
        """Whether tier 1 is as good as it can be: only then can scores of best weeks be compared."""
        return self.minima[0] == self.minima[1]

    @property
    def proven(self) -> bool:
        """Whether the score cannot be better."""
        return self.minima_proven and self.targets[0] == self.targets[1]


@dataclass(frozen=True)
class Finding:
    """What one change buys.

    `gain` is the score of the best week found with it, less that of the best found without. What the best possible
    weeks differ by lies between `low` and `high`; both are None where nothing is proven.
    """

    option: int
    """Its place among the options."""
    verdict: Verdict
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    solved: Solved | None = None
    """The week found with it; None without a search, and where a week without the change is better."""
    pruned: bool = False
    """Proven to buy nothing without a search."""


@dataclass(frozen=True)
class WhatIf:
    """The changes, those that buy most first."""

    before: Known
    score: float
    """Of the best week found without any change."""
    bound: float
    """No week without a change scores more (among those as good in tier 1)."""
    better: Plan | None
    """A better week without any change than the one that stood, if one was met on the way."""
    findings: tuple[Finding, ...]
    stats: SolveStats

    @property
    def complete(self) -> bool:
        """Whether every change had its turn."""
        return all(finding.verdict != "unanswered" for finding in self.findings)
