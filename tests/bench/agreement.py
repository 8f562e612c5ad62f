"""Solvers of one model cannot contradict each other: equal optima, and no plan beyond another's proof."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from solver.model import TIERS
from tests.bench.trajectory import closed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.model import TierSpec
    from tests.bench.results import Run
    from tests.bench.trajectory import Tiers, TierState


def contradictions(runs: Sequence[Run]) -> list[str]:
    """Every pair of runs of one instance that cannot both be right, with both numbers."""
    ended = [(run.solver, run.states[-1].tiers) for run in runs if run.states and not run.error]
    found = []
    for (name, tiers), (other_name, other_tiers) in combinations(ended, 2):
        words = _contradiction(tiers, other_tiers)
        if words:
            found.append(f"{runs[0].instance}: {name} and {other_name}: {words}")
    return found


def equal_optima(runs: Sequence[Run]) -> int:
    """How many optima of tiers, pair by pair, were proven by two solvers (and so compared)."""
    ended = [run.states[-1].tiers for run in runs if run.states and not run.error]
    return sum(_both_closed(tiers, other) for tiers, other in combinations(ended, 2))


def _both_closed(tiers: Tiers, other: Tiers) -> int:
    count = 0
    for mine, theirs in zip(tiers, other, strict=True):
        if not (closed(mine) and closed(theirs)):
            break
        count += 1
    return count


def _contradiction(tiers: Tiers, other: Tiers) -> str:
    """Tiers are compared for as long as both have closed all before them: a bound holds under equal earlier tiers."""
    for spec, mine, theirs in zip(TIERS, tiers, other, strict=True):
        if closed(mine) and closed(theirs):
            if mine != theirs:
                return f"tier {spec.tier} is proven to be {mine[0]} and {theirs[0]}"
            continue
        for value, bound in ((mine[0], theirs[1]), (theirs[0], mine[1])):
            if _beyond(spec, (value, bound)):
                return f"a plan has {value} in tier {spec.tier}, where {bound} is proven to be the best possible"
        break
    return ""


def _beyond(spec: TierSpec, pair: TierState) -> bool:
    value, bound = pair
    if value is None or bound is None:
        return False
    return value < bound if spec.sense == "min" else value > bound
