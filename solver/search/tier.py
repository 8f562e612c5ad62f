"""A tier of the objective while it is being searched."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from solver.domain.outcome import TermValue, TierResult

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from solver.model import TierSpec
    from solver.variables import Expression

BOUND_MARGIN = 1e-3
"""What a floating-point bound may be wrong by before it proves a whole number."""


def given_up(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    """Whether a shortfall has grown since: a bound that was proven while it was held then holds no more."""
    return any(later > earlier for later, earlier in zip(now, before, strict=False))


@dataclass
class Tier:
    """What is known of a tier by now.

    `bound` is what is proven so far, given that earlier tiers stay at `held` or better; `loosest` needs no proof.
    """

    spec: TierSpec
    expression: Expression
    loosest: int
    scale: int
    """What a value can come to: the shortfall of an untrained week, the points of a week that had everything."""
    bound: int = field(init=False)
    told: int = field(init=False)
    """The tightest bound told so far: a running proof may know better than `bound`, which waits for its end."""
    held: tuple[int, ...] = field(default=(), init=False)
    told_under: tuple[int, ...] = field(default=(), init=False)
    """As `held`, of what was told: a running proof may have held more than what `bound` was proven under."""
    dayless: bool = field(default=True, init=False)
    """Whether the week without its days has more to say of this tier: it is open, or more can be excluded."""
    week: tuple[int, ...] = field(default=(), init=False)
    """The best week without its days so far: where the next look at it begins."""
    exhausted: list[frozenset[str]] = field(default_factory=list, init=False)
    """Sets of exercises of which no week is better than the plan at hand while earlier tiers are at `exhausted_at`."""
    exhausted_at: tuple[int, ...] = field(default=(), init=False)
    searched: tuple[int, ...] | None = field(default=None, init=False)
    """What was held when the whole week was searched to its end: with the same there is nothing left to find."""
    relaxed: bool = field(default=False, init=False)
    """Whether its linear relaxation has been asked."""

    def __post_init__(self) -> None:
        self.bound = self.told = self.loosest

    def gap(self, value: int) -> float:
        """How far a value is from the bound, as a share of the tier's scale: 0 when they meet, 1 at most."""
        apart = abs(value - self.bound)
        return min(1.0, round(apart / self.scale, 6)) if apart and self.scale else float(apart > 0)

    def prove(self, proven: float, held: tuple[int, ...]) -> None:
        """Tighten the bound by one that is proven while earlier tiers stay at `held` or better."""
        self.bound = self._tighter(proven, self.bound)
        self.held = self._under(self.held, held)

    def exhaust(self, exercises: frozenset[str], held: tuple[int, ...]) -> None:
        """Note that no week of these exercises alone is better than the plan at hand."""
        self.exhausted, self.exhausted_at = [*self.exhausted_under(held), exercises], held

    def exhausted_under(self, held: tuple[int, ...]) -> Sequence[frozenset[str]]:
        """What is exhausted with earlier tiers just there: with others the plan at hand is another one."""
        return self.exhausted if self.exhausted_at == held else ()

    def sound(self, held: tuple[int, ...], value: int) -> Callable[[float], float]:
        """What a bound of the weeks beyond the exhausted ones says of all weeks: those are no better than `value`."""
        if not self.exhausted_under(held):
            return float
        return partial(min, value) if self.spec.sense == "min" else partial(max, value)

    def forget_outdated(self, held: tuple[int, ...]) -> None:
        """A better plan may give up some of a later tier; what was proven under the old values then says nothing."""
        if given_up(self.held, held):
            self.bound, self.held = self.loosest, ()
        if given_up(self.told_under, held):
            self.told, self.told_under = self.bound, self.held

    def tell(self, running: float | None, held: tuple[int, ...] = ()) -> int:
        """The tightest bound told so far, this one of a running proof included; `held`: what that proof holds."""
        if self._tighter(self.bound, self.told) != self.told:
            self.told, self.told_under = self.bound, self._under(self.told_under, self.held)
        if running is not None and self._tighter(running, self.told) != self.told:
            self.told, self.told_under = self._tighter(running, self.told), self._under(self.told_under, held)
        return self.told

    @staticmethod
    def _under(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
        """What two bounds together are proven under."""
        return tuple(map(min, one, other)) if one and other else one or other

    def _tighter(self, proven: float, known: int) -> int:
        """The better of two bounds. Values are whole numbers, so a fraction rounds towards the plan."""
        if self.spec.sense == "min":
            return max(math.ceil(proven - BOUND_MARGIN), known)
        return min(math.floor(proven + BOUND_MARGIN), known)

    def result(self, terms: Mapping[str, int]) -> TierResult:
        """How the tier ends, its value being what the terms of the best plan come to."""
        value = sum(terms.values())
        return TierResult(
            tier=self.spec.tier,
            name=self.spec.name,
            sense=self.spec.sense,
            unit=self.spec.unit,
            value=value,
            bound=self.bound,
            gap=self.gap(value),
            proven=value == self.bound,
            terms=tuple(TermValue(term, points) for term, points in terms.items() if points),
        )
