"""What may be tried: offers of ever larger changes, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


class Step(Protocol):
    """One change of what was asked."""

    @property
    def cost(self) -> int:
        """How far it moves the request; comparable between all changes."""

    def problem(self) -> Problem | None:
        """The changed problem; None when the changed request is none."""


S = TypeVar("S", bound=Step)


@dataclass(frozen=True)
class Offer(Generic[S]):
    """Ever larger changes of one kind, the cheapest first: whatever a smaller one allows, a larger one allows too.

    Of several offers of one family at most one is proposed: they are no real alternatives.
    """

    family: str
    steps: tuple[S, ...]


@dataclass(frozen=True)
class Proven(Generic[S]):
    """A change with a verified plan that it allows; `score` is that plan's, a longer search may find a better one."""

    step: S
    plan: Plan
    score: float


@dataclass(frozen=True)
class Findings(Generic[S]):
    """Changes proven to help, the cheapest first. `untried`: offers that time left undecided."""

    proven: tuple[Proven[S], ...]
    untried: int
    deterministic_seconds: float
    seconds: float
    stopped_by_clock: bool
