"""What a solver knows of the three tiers, and how that changed over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TierState = tuple[int | None, int | None]
"""Value of the plan at hand and proven bound of one tier; None where there is none yet."""
Tiers = tuple[TierState, ...]
"""All tiers, the first one first."""


@dataclass(frozen=True)
class State:
    """What was known from `seconds` on, counted from the start of the model's build."""

    seconds: float
    tiers: Tiers

    def to_json(self) -> list[Any]:
        return [round(self.seconds, 4), [list(tier) for tier in self.tiers]]

    @classmethod
    def from_json(cls, content: list[Any]) -> State:
        seconds, tiers = content
        return cls(seconds, tuple((value, bound) for value, bound in tiers))


def closed(tier: TierState) -> bool:
    """Proven: the value is as good as the bound."""
    value, bound = tier
    return value is not None and value == bound


def cut(states: list[State], seconds: float) -> list[State]:
    """What was known by then."""
    return [state for state in states if state.seconds <= seconds]
