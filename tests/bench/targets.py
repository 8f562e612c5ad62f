"""What the search is to reach, what it reached, and by how much it misses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.catalog import default_catalog
from tests.bench import names
from tests.bench.curves import NEVER, exponent, percentile
from tests.bench.figures import Figures, figures
from tests.bench.ratios import mean, ratios, worst

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.results import Build, Results, Run

INTEGRAL_RATIO = 1 / 3
SECONDS_RATIO = 1 / 2
WORST_RATIO = 1.5
MEDIAN_SECONDS, LATE_SECONDS, FIRST_PLAN_SECONDS = 2.0, 10.0, 1.0
LATE_SHARE = 0.95
PROOF_SECONDS = 60.0
FEW_SESSIONS = 4
PROVEN_SHARE = 0.8
BUILD_SECONDS = 0.1
LINEAR = 1.0

Measure = tuple[str, "Callable[[Figures], float]"]
INTEGRALS: tuple[Measure, ...] = (
    ("primal-dual integral, all tiers", lambda f: f.integral),
    ("primal-dual integral, score", lambda f: f.score_integral),
)
TO_ONE_PERCENT: tuple[Measure, ...] = (
    ("seconds to 1 %, score", lambda f: f.score.one_percent),
    ("seconds to 1 %, all tiers", lambda f: f.all_tiers.one_percent),
)


@dataclass(frozen=True)
class Target:
    """`wanted` is the most allowed, or with `at_least` the least; `measured` None where nothing was measured."""

    name: str
    wanted: float
    measured: float | None
    unit: str = ""
    at_least: bool = False
    note: str = ""

    @property
    def met(self) -> bool:
        if self.measured is None:
            return False
        return self.measured >= self.wanted if self.at_least else self.measured <= self.wanted

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        if self.met:
            return "met"
        if self.measured == NEVER:
            return "missed: not reached"
        if self.at_least:
            return f"missed by {self.wanted - self.measured:.3g}{self.unit}"
        return f"missed: {self.measured / self.wanted:.2f} times as much"


def targets(results: Results) -> list[Target]:
    """Every target, in the order in which the tables show them."""
    own = [run for run in results.runs if run.solver == names.OURS]
    return [*_against_peers(results), *_seconds(own, results.limit), *_proofs(own), *_growth(own, results.builds)]


def _against_peers(results: Results) -> list[Target]:
    found = []
    wanted_of = {**dict.fromkeys(INTEGRALS, INTEGRAL_RATIO), **dict.fromkeys(TO_ONE_PERCENT, SECONDS_RATIO)}
    for (name, figure), wanted in wanted_of.items():
        all_ratios = ratios(results, figure)
        count = f"{len(all_ratios)} instances"
        found.append(Target(f"{name}: ours / best peer, geometric mean", wanted, mean(all_ratios), note=count))
        last = worst(all_ratios)
        where = f"{last.instance}, {last.peer}" if last else ""
        found.append(Target(f"{name}: worst ratio", WORST_RATIO, last.value if last else None, note=where))
    return found


def _seconds(own: Sequence[Run], limit: float) -> list[Target]:
    """Medians and 95th percentiles of ours."""
    all_figures = [figures(run, limit) for run in own]

    def at(share: float, figure: Callable[[Figures], float]) -> float | None:
        return percentile([figure(f) for f in all_figures], share) if all_figures else None

    found = []
    for name, figure in TO_ONE_PERCENT:
        found.append(Target(f"{name}: median", MEDIAN_SECONDS, at(0.5, figure), " s"))
        found.append(Target(f"{name}: 95th percentile", LATE_SECONDS, at(LATE_SHARE, figure), " s"))
    first = at(LATE_SHARE, lambda f: f.first_plan)
    return [*found, Target("first verified plan: 95th percentile", FIRST_PLAN_SECONDS, first, " s")]


def _proofs(own: Sequence[Run]) -> list[Target]:
    """How many are proven optimal in all tiers; beside it, how many in the score."""
    few = [run for run in own if run.facts is not None and run.facts.sessions <= FEW_SESSIONS]
    late = f"proven within {PROOF_SECONDS:g} s"
    return [
        _proof(f"{late}, up to {FEW_SESSIONS} sessions", few, 1.0),
        _proof(f"{late}, all instances", own, PROVEN_SHARE),
    ]


def _proof(name: str, runs: Sequence[Run], wanted: float) -> Target:
    proofs = [figures(run, PROOF_SECONDS) for run in runs]
    if not proofs:
        return Target(name, 100 * wanted, None, " %", at_least=True)
    count, score = sum(f.all_tiers.proven < NEVER for f in proofs), sum(f.score.proven < NEVER for f in proofs)
    note = f"{count} of {len(proofs)}; the score of {score}"
    shortest = min(run.limit for run in runs)
    note += f"; limit {shortest:g} s" if shortest < PROOF_SECONDS else ""
    return Target(name, 100 * wanted, 100 * count / len(proofs), " %", at_least=True, note=note)


def _growth(own: Sequence[Run], builds: Sequence[Build]) -> list[Target]:
    real = len(default_catalog().exercises)
    built = [run.build_seconds for run in own if run.facts is not None and run.facts.exercises == real]
    built += [build.build_seconds for build in builds if build.facts.exercises == real]
    found = [Target("model build on the real catalog: slowest", BUILD_SECONDS, max(built, default=None), " s")]
    for name, figure in GROWTH_FIGURES:
        exponents = [growth(builds, request, figure) for request in dict.fromkeys(b.request for b in builds)]
        found.append(Target(f"growth of {name}: exponent", LINEAR, max(exponents, default=None)))
    return found


def growth(builds: Sequence[Build], request: str, figure: Callable[[Build], float]) -> float:
    """The exponent with which a figure grows from the smallest catalog to the largest."""
    sizes = sorted((b for b in builds if b.request == request), key=lambda b: b.facts.exercises)
    small, large = sizes[0], sizes[-1]
    return exponent((small.facts.exercises, figure(small)), (large.facts.exercises, figure(large)))


GROWTH_FIGURES: tuple[tuple[str, Callable[[Build], float]], ...] = (
    ("build time", lambda b: b.build_seconds),
    ("memory", lambda b: b.peak_mebibytes - b.base_mebibytes),
)
