"""What replanning answers: the week, what changes in it, how near it is proven to be, and what could not be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from solver.domain.change import DROP, SESSION
from solver.domain.outcome import Infeasible, Solved, TimedOut
from solver.objective.score import relative_gap

if TYPE_CHECKING:
    from solver.domain.outcome import CertificateLine, Violation
    from solver.repair.outcome import ReasonedChange

Prefer = Literal["fewest_changes", "best_week"]
"""`fewest_changes`: the distance before every tier of the objective. `best_week`: minima and targets, then distance,
then quality, which tells almost any two weeks apart and would leave the distance nothing to decide."""


@dataclass(frozen=True)
class Replanned:
    """The week with its changes; verified.

    `solved` is the week as any other; `optimal` when every tier is proven, which only `best_week` tries. Lines of its
    certificate that do not hold are those of `broken` and `unkept`.
    """

    solved: Solved
    prefer: Prefer
    distance: int
    """The weights of all changes together (`solver.domain.change`)."""
    bound: int
    """Proven: no week that keeps as much is nearer; among weeks as good in minima and targets, for `best_week`."""
    changes: tuple[ReasonedChange, ...]
    given: int
    """The part of the distance that the events themselves are: sessions and entries that were not done."""
    broken: tuple[Violation, ...]
    """Limits that what was done had exceeded already."""
    unkept: tuple[Violation, ...]
    """What rules ask for and what was done leaves no room for."""
    unkept_least: bool
    """Proven: no week that keeps all limits breaks fewer parts of rules, or as few by less."""
    certificate_before: tuple[CertificateLine, ...]
    """The rules on the week as it stands: what was done, and the rest as it was planned."""
    score_before: float
    """The score of the week as it stands."""

    @property
    def proven(self) -> bool:
        """Whether no week is nearer."""
        return self.distance == self.bound

    @property
    def gap(self) -> float:
        """|bound - distance| / distance: 0 when proven, 1 at most."""
        return relative_gap(self.distance, self.bound)


ReplanOutcome = Replanned | Infeasible | TimedOut


def weight_given(entries_gone: int, sessions_gone: int) -> int:
    """What entries and whole sessions that were not done come to in the distance."""
    return DROP * entries_gone + SESSION * sessions_gone
