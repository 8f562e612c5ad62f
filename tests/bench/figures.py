"""The figures of one run: when it reached what, and the areas under its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.curves import NEVER, integral, rises, since
from tests.bench.gaps import lexicographic_gap, points_apart, proven, quality_gap, score_gap, score_proven
from tests.bench.trajectory import cut

if TYPE_CHECKING:
    from tests.bench.gaps import Gap
    from tests.bench.results import Run
    from tests.bench.trajectory import Tiers

ONE_PERCENT, ONE_PERMILLE = 0.01, 0.001


@dataclass(frozen=True)
class Reached:
    """Seconds to a gap of 1 %, of 0.1 % and to proof; NEVER where it was not reached."""

    one_percent: float
    one_permille: float
    proven: float


@dataclass(frozen=True)
class Figures:
    """One run within a number of seconds. `score` speaks of tiers 1 and 2, `all_tiers` of all three."""

    first_plan: float
    """Seconds to the first plan, and what the verifier takes for one."""
    score: Reached
    all_tiers: Reached
    integral: float
    """Seconds: the area under the lexicographic gap."""
    score_integral: float
    """The same of the score's gap."""
    score_gap: float
    """In the end, like the two that follow."""
    quality_gap: float
    points_apart: int | None


def figures(run: Run, seconds: float) -> Figures:
    """What a run reached within `seconds`; a run that is not sound reached nothing."""
    states = cut(list(run.states), seconds) if run.sound else []
    scales = run.scales

    def within(gap: Gap, most: float) -> float:
        return since(states, lambda tiers: gap(tiers, scales) <= most)

    first = since(states, _has_plan)
    last = states[-1].tiers if states else None
    return Figures(
        first_plan=first + run.verify_seconds if first != NEVER else NEVER,
        score=Reached(within(score_gap, ONE_PERCENT), within(score_gap, ONE_PERMILLE), since(states, score_proven)),
        all_tiers=Reached(within(quality_gap, ONE_PERCENT), within(quality_gap, ONE_PERMILLE), since(states, proven)),
        integral=integral(states, lexicographic_gap, scales, seconds),
        score_integral=integral(states, score_gap, scales, seconds),
        score_gap=score_gap(last, scales) if last else 1.0,
        quality_gap=quality_gap(last, scales) if last else 1.0,
        points_apart=points_apart(last) if last else None,
    )


def taken_back(run: Run) -> str:
    """When a run first claimed less than before; empty when it never did."""
    found = rises(run.states, lexicographic_gap, run.scales)
    return f"what was claimed is taken back after {found[0].seconds:.2f} s" if found else ""


def _has_plan(tiers: Tiers) -> bool:
    return tiers[0][0] is not None
