"""Hands every improving solution of a running solver to the incumbent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.search.incumbent import Incumbent


class Listener(cp_model.CpSolverSolutionCallback):
    """`on_better` gets the solver's current bound whenever a better plan was taken."""

    def __init__(self, incumbent: Incumbent, on_better: Callable[[float], None]) -> None:
        super().__init__()
        self._incumbent = incumbent
        self._on_better = on_better

    def on_solution_callback(self) -> None:
        if self._incumbent.offer(self.response_proto.solution):
            self._on_better(self.best_objective_bound)
