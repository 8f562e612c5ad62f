"""What a repair answers: the nearest compliant week, what changes and why, and how near is proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.outcome import Infeasible, TimedOut
from solver.objective.score import relative_gap

if TYPE_CHECKING:
    from solver.domain.change import Change, WeekEntry
    from solver.domain.outcome import CertificateLine, SolveStats
    from solver.domain.plan import Plan


@dataclass(frozen=True)
class Reason:
    """A rule that the repaired week would break without the change.

    `mended`: the week that stood broke it too, and `statement` says what was measured there. Otherwise the rule was
    kept and the change keeps it so: `statement` says what would be broken.
    """

    rule: str
    mended: bool
    statement: str


@dataclass(frozen=True)
class ReasonedChange:
    """A change with every reason it has. None: nothing needs it, a nearer week was merely not found in time."""

    change: Change
    reasons: tuple[Reason, ...]

    @property
    def needed(self) -> bool:
        """Whether undoing this change alone breaks a rule. Always true once the week is proven nearest."""
        return bool(self.reasons)


@dataclass(frozen=True)
class Repaired:
    """The nearest week found that keeps every rule; verified."""

    plan: Plan
    distance: int
    """The weights of all changes together (`solver.domain.change`); 0 when the week was compliant as it stood."""
    bound: int
    """Proven: no compliant week is nearer than this."""
    changes: tuple[ReasonedChange, ...]
    set_aside: tuple[WeekEntry, ...]
    """Entries of exercises that the problem does not know: they count for nothing and are not in the plan."""
    score_before: float
    """The ordinary score (`solver.objective.score`) of the week that stood."""
    score_after: float
    certificate: tuple[CertificateLine, ...]
    certificate_before: tuple[CertificateLine, ...]
    """The rules on the week that stood."""
    stats: SolveStats

    @property
    def proven(self) -> bool:
        """Whether no compliant week is nearer."""
        return self.distance == self.bound

    @property
    def gap(self) -> float:
        """|bound - distance| / distance: 0 when proven, 1 at most."""
        return relative_gap(self.distance, self.bound)


RepairOutcome = Repaired | Infeasible | TimedOut


@dataclass(frozen=True)
class RepairProgress:
    """How far a running repair has come. Both are None until there is a compliant week or a bound."""

    seconds: float
    distance: int | None
    bound: int | None
