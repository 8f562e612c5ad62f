"""Ours against the best peer of each instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench import names
from tests.bench.curves import NEVER, geometric_mean
from tests.bench.figures import Figures, figures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.results import Results


@dataclass(frozen=True)
class Ratio:
    """A figure of ours divided by the best peer's; below 1 ours is better.

    Who did not get there within the limit is counted with the limit. Then the true ratio is smaller (`bound` is "<=",
    the peer did not) or larger (">=", ours did not).
    """

    instance: str
    value: float
    peer: str
    bound: str = ""

    def __str__(self) -> str:
        return f"{self.bound}{self.value:.3g}"


def ratios(results: Results, figure: Callable[[Figures], float]) -> list[Ratio]:
    """One ratio an instance, where ours and a peer were measured and either of them got there."""
    found = []
    for instance in results.instances:
        own = results.find(instance, names.OURS)
        peers = [run for run in results.of(instance) if run.solver != names.OURS]
        if own is None or not peers:
            continue
        mine = figure(figures(own, results.limit))
        best, peer = min((figure(figures(run, results.limit)), run.solver) for run in peers)
        if mine == best == NEVER:
            continue
        bound = "<=" if best == NEVER else ">=" if mine == NEVER else ""
        found.append(Ratio(instance, min(mine, results.limit) / min(best, results.limit), peer, bound))
    return found


def mean(found: Sequence[Ratio]) -> float | None:
    """The geometric mean; None without ratios."""
    return geometric_mean([ratio.value for ratio in found]) if found else None


def worst(found: Sequence[Ratio]) -> Ratio | None:
    return max(found, key=lambda ratio: ratio.value, default=None)
