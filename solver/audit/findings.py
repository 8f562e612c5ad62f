"""What an audit says: every rule and mistake with its evidence, clashes of recovery, and a score of balance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from solver.audit.followed import FollowedEntry
    from solver.domain.outcome import CertificateLine


@dataclass(frozen=True)
class Evidence:
    """An entry that counts for a rule: on which side, and how much. `amount` is exact, in `unit`."""

    rule: str
    slot: str
    entry: FollowedEntry
    side: str
    amount: Fraction
    unit: str


@dataclass(frozen=True)
class RuleFinding:
    """A rule measured on the week. `certain`: no reading of the unread lines would change whether it holds.

    `not_judged` says why the rule was left out, where what it asks about was not told.
    """

    line: CertificateLine
    certain: bool
    not_judged: str | None = None

    @property
    def broken(self) -> bool:
        return self.not_judged is None and not self.line.holds


@dataclass(frozen=True)
class MistakeFinding:
    """One of the guide's six mistakes. `certain` as for rules."""

    mistake: int
    made: bool
    certain: bool
    rules: tuple[RuleFinding, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Clash:
    """Two sessions that load a muscle too soon after one another; hours from start to start."""

    muscle: str
    slots: tuple[str, str]
    hours: Fraction
    needed_hours: int
    sets: tuple[Fraction, Fraction]
    """Hard sets of the muscle in the two sessions."""
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Crowding:
    """A muscle with more hard sets inside its recovery time than one session may hold; several sessions together."""

    muscle: str
    slots: tuple[str, ...]
    window_hours: int
    sets: Fraction
    max_sets: int
    sources: tuple[int, ...]


@dataclass(frozen=True)
class ScorePart:
    """One mistake's share of the score; both in points of 100."""

    mistake: int
    points: Fraction
    of: Fraction


@dataclass(frozen=True)
class BalanceScore:
    """0 to 100; 100 exactly when none of the six mistakes is made."""

    value: Fraction
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True)
class Audit:
    """The whole answer. `rules` has one finding per rule of the rulebook, in its order."""

    mistakes: tuple[MistakeFinding, ...]
    rules: tuple[RuleFinding, ...]
    clashes: tuple[Clash, ...]
    crowding: tuple[Crowding, ...]
    score: BalanceScore
