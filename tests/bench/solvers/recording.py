"""What is written down while a solver runs: events with their times, nothing worked out."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.model import TIERS, TierSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN_FROM = 1e19
"""Solvers write an unknown number as an infinity or as something near 1e20."""


@dataclass(frozen=True)
class Event:
    """News of one tier. `assignment`: a value per variable of the model, where the solver handed a plan over."""

    seconds: float
    tier: int
    value: float | None
    bound: float | None
    assignment: tuple[int, ...] = ()


@dataclass
class Recording:
    """The clock of one run, started with it, and everything that happened."""

    events: list[Event] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    build_seconds: float = 0.0
    """To the first model the solver can read: of a peer with objective and export, of ours as its answer says."""
    verify_seconds: float = 0.0
    """What the verifier took for one plan, at most."""
    variables: int = 0
    constraints: int = 0

    def __post_init__(self) -> None:
        self._started = time.perf_counter()

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._started

    def note(
        self, spec: TierSpec, value: float | None, bound: float | None, assignment: Sequence[int | float] = ()
    ) -> None:
        """Called from solver threads; infinities stand for nothing known."""
        values = tuple(round(v) for v in assignment)
        self.events.append(Event(self.seconds, TIERS.index(spec), _finite(value), _finite(bound), values))


def _finite(number: float | None) -> float | None:
    return None if number is None or abs(number) >= UNKNOWN_FROM else number
