"""The linear relaxation of a model: a bound at once, and which decisions it would like to take."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from solver.search.rows import merged_terms, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ortools.sat.python import cp_model

    from solver.search.rows import Rows
    from solver.watch import Watch


@dataclass(frozen=True)
class Relaxation:
    """An optimum of the relaxation. `reduced_costs` are signed so that a positive one speaks against the variable."""

    objective: float
    values: Mapping[int, float]
    reduced_costs: Mapping[int, float]


def relax(
    model: cp_model.CpModel, seconds: float, watch: Watch | None = None, rows: Rows | None = None
) -> Relaxation | None:
    """Solve the relaxation of a model with its objective; None when it has no solution, or none within `seconds`.

    `watch`: stops it when the caller cancels. `rows`: those of a model that this one is a copy of.
    """
    exported = mathopt.Model.from_model_proto(export(model, integers=False, rows=rows))
    limit = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.01, seconds)))
    interrupter = SolveInterrupter()
    with watch.stopping(interrupter.interrupt) if watch is not None else nullcontext():
        result = mathopt.solve(exported, mathopt.SolverType.GLOP, params=limit, interrupter=interrupter)
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
        return None
    sign = -1 if exported.objective.is_maximize else 1
    return Relaxation(
        objective=result.objective_value(),
        values={variable.id: value for variable, value in result.variable_values().items()},
        reduced_costs={variable.id: sign * cost for variable, cost in result.reduced_costs().items()},
    )


def export(model: cp_model.CpModel, *, integers: bool, rows: Rows | None = None) -> model_pb2.ModelProto:
    """The model in the terms of mixed integer programming; `integers`: False leaves integrality out."""
    source = model.proto
    target = model_pb2.ModelProto()
    target.variables.ids.extend(range(len(source.variables)))
    for variable in source.variables:
        target.variables.lower_bounds.append(variable.domain[0])
        target.variables.upper_bounds.append(variable.domain[len(variable.domain) - 1])
        target.variables.integers.append(integers)
    _export_objective(source, target)
    for number, (low, high, coefficients) in enumerate(rows_of(model) if rows is None else rows.of(model)):
        target.linear_constraints.ids.append(number)
        target.linear_constraints.lower_bounds.append(low)
        target.linear_constraints.upper_bounds.append(high)
        matrix, columns = target.linear_constraint_matrix, sorted(coefficients)
        matrix.row_ids.extend([number] * len(columns))
        matrix.column_ids.extend(columns)
        matrix.coefficients.extend([coefficients[index] for index in columns])
    return target


def _export_objective(source: cp_model.CpModelProto, target: model_pb2.ModelProto) -> None:
    objective = source.objective
    sign = objective.scaling_factor or 1.0
    target.objective.maximize = sign < 0
    target.objective.offset = sign * objective.offset
    merged = merged_terms(zip(objective.vars, objective.coeffs, strict=True))
    for index in sorted(merged):
        target.objective.linear_coefficients.ids.append(index)
        target.objective.linear_coefficients.values.append(sign * merged[index])
