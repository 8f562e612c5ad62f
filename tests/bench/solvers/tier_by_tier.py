"""What the peers have in common: the plain model tier by tier, each proven tier held while the next is sought."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from solver.model import TIERS, BuiltModel, Objective, build_model
from tests.bench.solvers.hindsight import whole_bound
from tests.bench.solvers.recording import Recording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ortools.sat.python import cp_model

    from solver.domain.problem import Problem

    Note = Callable[[float | None, float | None, Sequence[int | float]], None]
    """Told of (value, bound, assignment or nothing) whenever either number changes."""


@dataclass(frozen=True)
class Ending:
    """How the search of one tier ended. `assignment` is empty without a plan."""

    value: float | None
    bound: float | None
    assignment: Sequence[int | float]
    impossible: bool = False


class TierSolver(Protocol):
    """Solves a model with its objective within so many seconds, on so many threads. No hints."""

    def __call__(
        self, model: cp_model.CpModel, seconds: Callable[[], float], workers: int, note: Note, ready: Callable[[], None]
    ) -> Ending:
        """`seconds` says what is left, `ready` is to be called when the solver has a model it can read."""
        ...


def run_peer(problem: Problem, solve: TierSolver, limit: float, workers: int) -> tuple[BuiltModel, Recording]:
    """One run with all tiers within `limit` seconds, the build included. A tier that stays open ends it."""
    recording = Recording()
    built = build_model(problem)
    objective = Objective(built.plan)

    def ready() -> None:
        if not recording.build_seconds:
            recording.build_seconds = recording.seconds
            recording.variables, recording.constraints = built.variables, built.constraints

    for spec in TIERS:
        if recording.seconds >= limit:
            break
        expression = getattr(objective, spec.name)
        state = built.model.minimize if spec.sense == "min" else built.model.maximize
        state(expression)
        ending = solve(
            built.model,
            lambda: max(0.01, limit - recording.seconds),
            workers,
            partial(recording.note, spec),
            ready,
        )
        recording.note(spec, ending.value, ending.bound, ending.assignment)
        if ending.impossible:
            recording.faults.append(f"tier {spec.tier} is said to have no plan")
        if ending.value is None or ending.bound is None:
            break
        value = round(ending.value)
        if whole_bound(spec, ending.bound) != value:
            break
        built.model.add(expression <= value if spec.sense == "min" else expression >= value)
    return built, recording
