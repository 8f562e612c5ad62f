"""CP-SAT as it comes: default parameters, our number of threads and the time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from tests.bench.solvers.tier_by_tier import Ending

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.solvers.tier_by_tier import Note


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(self, note: Note) -> None:
        super().__init__()
        self._note = note

    def on_solution_callback(self) -> None:
        self._note(self.objective_value, self.best_objective_bound, list(self.response_proto.solution))


def solve_with_cpsat(
    model: cp_model.CpModel, seconds: Callable[[], float], workers: int, note: Note, ready: Callable[[], None]
) -> Ending:
    """A `TierSolver`. Raises ValueError when the solver cannot read the model."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.best_bound_callback = lambda bound: note(None, bound, ())
    ready()
    solver.parameters.max_time_in_seconds = seconds()
    status = solver.solve(model, _Listener(note))
    if status == cp_model.MODEL_INVALID:
        raise ValueError(model.validate())
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Ending(
        value=solver.objective_value if found else None,
        bound=solver.best_objective_bound if found else None,
        assignment=tuple(solver.response_proto.solution) if found else (),
        impossible=status == cp_model.INFEASIBLE,
    )
