"""One solve: its model, its budget and its watch, and the statistics that its outcome carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.outcome import Infeasible, SolveStats, TimedOut
from solver.explain import explain
from solver.version import solver_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.domain.problem import SolveBudget
    from solver.model import BuiltModel
    from solver.watch import Watch


def summed(parts: Iterable[SolveStats], budget: SolveBudget, seconds: float) -> SolveStats:
    """The statistics of a question that took so many seconds and these searches."""
    parts = list(parts)
    return SolveStats(
        solver_version=solver_version(),
        seconds=round(seconds, 3),
        deterministic_seconds=round(sum(part.deterministic_seconds for part in parts), 3),
        seed=budget.seed,
        workers=budget.workers,
        stopped_by_clock=any(part.stopped_by_clock for part in parts),
    )


@dataclass(frozen=True)
class Run:
    """What the statistics of an outcome are read from."""

    built: BuiltModel
    budget: SolveBudget
    watch: Watch

    def stats(self, first_plan_seconds: float | None = None) -> SolveStats:
        """The statistics by now."""
        return SolveStats(
            solver_version=solver_version(),
            seconds=round(self.watch.seconds, 3),
            deterministic_seconds=round(self.watch.deterministic_seconds, 3),
            seed=self.budget.seed,
            workers=self.budget.workers,
            stopped_by_clock=self.watch.stopped_by_clock,
            first_plan_seconds=first_plan_seconds,
            variables=self.built.variables,
            constraints=self.built.constraints,
            build_seconds=round(self.built.build_seconds, 4),
        )

    def impossible(self) -> Infeasible | TimedOut:
        """The outcome once the search says that there is no plan: why, or `TimedOut` when it is not proven twice."""
        conflict = explain(self.built.problem, self.watch)
        return TimedOut(self.stats()) if conflict is None else Infeasible(conflict, self.stats())
