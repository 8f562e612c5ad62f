"""Times and areas of one trajectory, and the statistics of many."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.gaps import Gap, Scales
    from tests.bench.trajectory import State, Tiers

NEVER = math.inf


def since(states: Sequence[State], holds: Callable[[Tiers], bool]) -> float:
    """Seconds from which on something holds to the end; NEVER when it does not hold at the end.

    "To the end", because a score may fall while its first tier still improves: a gap that opens again was not reached.
    """
    reached = NEVER
    for state in states:
        if not holds(state.tiers):
            reached = NEVER
        elif reached == NEVER:
            reached = state.seconds
    return reached


def integral(states: Sequence[State], gap: Gap, scales: Scales, seconds: float) -> float:
    """The area under a gap's curve from 0 to `seconds`, in seconds: a step function that starts at 1."""
    area, current, at = 0.0, 1.0, 0.0
    for state in states:
        until = min(state.seconds, seconds)
        area += current * (until - at)
        current, at = gap(state.tiers, scales), until
    return area + current * (seconds - at)


def rises(states: Sequence[State], gap: Gap, scales: Scales) -> list[State]:
    """The states at which a gap is wider than it was before: something that was claimed was taken back."""
    gaps = [1.0, *(gap(state.tiers, scales) for state in states)]
    return [state for state, before, now in zip(states, gaps, gaps[1:], strict=False) if now > before + 1e-9]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least a share of all do not exceed; NEVER counts as the largest.

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("there is no percentile of nothing")
    return sorted(values)[max(0, math.ceil(share * len(values) - 1e-9) - 1)]


def geometric_mean(values: Sequence[float]) -> float:
    """Raises ValueError without values."""
    if not values:
        raise ValueError("there is no mean of nothing")
    return math.exp(sum(map(math.log, values)) / len(values))


def exponent(small: tuple[float, float], large: tuple[float, float]) -> float:
    """How `y` grows with `x` between two points (x, y), as the power of x: 1 is linear."""
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])
