"""Keeps what a running solve has found so far."""

from __future__ import annotations

from itertools import islice

from ortools.sat.python import cp_model


class LastSolution(cp_model.CpSolverSolutionCallback):
    """The last solution of a solve, which is its best: the values of the model's first `variables` variables."""

    def __init__(self, variables: int) -> None:
        super().__init__()
        self._variables = variables
        self.assignment: tuple[int, ...] | None = None

    def on_solution_callback(self) -> None:
        self.assignment = tuple(islice(self.response_proto.solution, self._variables))


class EverySolution(cp_model.CpSolverSolutionCallback):
    """All solutions of a solve, each better than the one before it."""

    def __init__(self) -> None:
        super().__init__()
        self.assignments: list[tuple[int, ...]] = []

    def on_solution_callback(self) -> None:
        self.assignments.append(tuple(self.response_proto.solution))
