"""The service's own search, asked as the service asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.outcome import Infeasible, InvalidPlanError, Solved, TimedOut
from solver.domain.problem import SolveBudget
from solver.pipeline import optimise
from tests.bench.solvers.hindsight import check
from tests.bench.solvers.recording import Recording
from tests.bench.trajectory import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.domain.outcome import Number, Progress
    from solver.domain.problem import Problem

SEED = 1


@dataclass(frozen=True)
class OwnRun:
    """States as the search told them, the last one as its answer has them."""

    recording: Recording
    states: list[State]
    seconds: float


def run_ours(problem: Problem, limit: float, workers: int) -> OwnRun:
    """One run within `limit` seconds, the build included."""
    recording, states = Recording(), list[State]()

    def hear(progress: Progress) -> None:
        if progress.tiers:
            _append(states, recording.seconds, progress.tiers)

    try:
        outcome = optimise(problem, SolveBudget(limit, gap=0.0, workers=workers, seed=SEED), on_progress=hear)
    except InvalidPlanError as error:
        recording.faults.append(f"the verifier rejects a plan: {error}")
        return OwnRun(recording, states, recording.seconds)
    seconds = recording.seconds
    recording.build_seconds = outcome.stats.build_seconds
    recording.variables, recording.constraints = outcome.stats.variables, outcome.stats.constraints
    match outcome:
        case Solved():
            check(problem, outcome.plan, recording)
            _append(states, seconds, [(tier.value, tier.bound) for tier in outcome.tiers])
        case Infeasible():
            recording.faults.append("the instance is said to have no plan")
        case TimedOut():
            pass
    return OwnRun(recording, states, seconds)


def _append(states: list[State], seconds: float, tiers: Sequence[tuple[Number, Number | None]]) -> None:
    """Values and bounds are whole numbers; what says nothing new is left out."""
    known = tuple((int(value), None if bound is None else int(bound)) for value, bound in tiers)
    if not states or states[-1].tiers != known:
        states.append(State(seconds, known))
