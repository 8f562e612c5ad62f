"""HiGHS and SCIP through MathOpt, on the model exported from our own CP-SAT proto."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

from solver.search.relaxation import export
from tests.bench.solvers.logs import HighsLog, ScipLog
from tests.bench.solvers.tier_by_tier import Ending

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ortools.sat.python import cp_model

    from tests.bench.solvers.logs import LogReader
    from tests.bench.solvers.tier_by_tier import Note

LOG_SECONDS = 0.1
"""HiGHS tells of its bound this often, in place of every 5 s; better plans it tells of at once."""


@dataclass(frozen=True)
class MathOptSolver:
    """A `TierSolver`. The tolerances are those of a proof, all else is as it comes."""

    kind: mathopt.SolverType
    reader: Callable[[], LogReader]

    def __call__(
        self, model: cp_model.CpModel, seconds: Callable[[], float], workers: int, note: Note, ready: Callable[[], None]
    ) -> Ending:
        exported = mathopt.Model.from_model_proto(export(model, integers=True))
        ready()
        parameters = self._parameters(seconds(), workers)
        result = mathopt.solve(exported, self.kind, params=parameters, msg_cb=self._hear(note))
        reason, bound = result.termination.reason, result.termination.objective_bounds.dual_bound
        if not result.has_primal_feasible_solution():
            return Ending(None, bound, (), impossible=reason == mathopt.TerminationReason.INFEASIBLE)
        values = {variable.id: value for variable, value in result.variable_values().items()}
        assignment = [values[index] for index in range(len(model.proto.variables))]
        return Ending(result.objective_value(), bound, assignment)

    def _hear(self, note: Note) -> Callable[[Sequence[str]], None]:
        log = self.reader()

        def hear(lines: Sequence[str]) -> None:
            for line in lines:
                news = log.read(line)
                if news is not None:
                    note(*news, ())

        return hear

    def _parameters(self, seconds: float, workers: int) -> mathopt.SolveParameters:
        parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds), relative_gap_tolerance=0.0)
        if self.kind is mathopt.SolverType.HIGHS:
            parameters.highs = highs_pb2.HighsOptionsProto(
                int_options={"threads": workers},
                string_options={"parallel": "on" if workers > 1 else "off"},
                double_options={"mip_min_logging_interval": LOG_SECONDS},
            )
        elif workers > 1:
            # SCIP then runs its concurrent solver, which prints only when its threads exchange what they know.
            parameters.threads = workers
        return parameters


HIGHS = MathOptSolver(mathopt.SolverType.HIGHS, HighsLog)
SCIP = MathOptSolver(mathopt.SolverType.GSCIP, ScipLog)
