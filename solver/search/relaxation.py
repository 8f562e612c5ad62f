"""The linear relaxation of a model: a bound at once, and which decisions it would like to take.

The model is exported row by row; what CP-SAT states as clauses becomes inequalities. Enforced linear constraints do not
occur in a model that plans (see `solver.guard`).
"""

from __future__ import annotations

import math
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ortools.sat.python import cp_model

    from solver.watch import Watch

Row = tuple[float, float, dict[int, int]]
"""Lower bound, upper bound, coefficient by variable index."""
INFINITE = 2**60
"""CP-SAT writes an open end of a domain as a number beyond this."""


@dataclass(frozen=True)
class Relaxation:
    """An optimum of the relaxation. `reduced_costs` are signed so that a positive one speaks against the variable."""

    objective: float
    values: Mapping[int, float]
    reduced_costs: Mapping[int, float]


def relax(model: cp_model.CpModel, seconds: float, watch: Watch | None = None) -> Relaxation | None:
    """Solve the relaxation of a model with its objective; None when it has no solution, or none within `seconds`.

    `watch`: stops it when the caller cancels.
    """
    exported = mathopt.Model.from_model_proto(export(model, integers=False))
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


def export(model: cp_model.CpModel, *, integers: bool) -> model_pb2.ModelProto:
    """The model in the terms of mixed integer programming; `integers`: False leaves integrality out."""
    source = model.proto
    target = model_pb2.ModelProto()
    target.variables.ids.extend(range(len(source.variables)))
    for variable in source.variables:
        target.variables.lower_bounds.append(variable.domain[0])
        target.variables.upper_bounds.append(variable.domain[len(variable.domain) - 1])
        target.variables.integers.append(integers)
    _export_objective(source, target)
    for number, (low, high, coefficients) in enumerate(rows_of(model)):
        target.linear_constraints.ids.append(number)
        target.linear_constraints.lower_bounds.append(low)
        target.linear_constraints.upper_bounds.append(high)
        for index in sorted(coefficients):
            target.linear_constraint_matrix.row_ids.append(number)
            target.linear_constraint_matrix.column_ids.append(index)
            target.linear_constraint_matrix.coefficients.append(coefficients[index])
    return target


def _export_objective(source: cp_model.CpModelProto, target: model_pb2.ModelProto) -> None:
    objective = source.objective
    sign = objective.scaling_factor or 1.0
    target.objective.maximize = sign < 0
    target.objective.offset = sign * objective.offset
    merged = _merged(zip(objective.vars, objective.coeffs, strict=True))
    for index in sorted(merged):
        target.objective.linear_coefficients.ids.append(index)
        target.objective.linear_coefficients.values.append(sign * merged[index])


def rows_of(model: cp_model.CpModel) -> Iterator[Row]:
    """Every constraint of a model as linear rows; clauses become inequalities."""
    for constraint in model.proto.constraints:
        if constraint.has_linear():
            linear = constraint.linear
            low, high = linear.domain[0], linear.domain[len(linear.domain) - 1]
            yield (
                -math.inf if low < -INFINITE else low,
                math.inf if high > INFINITE else high,
                _merged(zip(linear.vars, linear.coeffs, strict=True)),
            )
        elif constraint.has_bool_or():
            yield _clause([*constraint.bool_or.literals, *(-e - 1 for e in constraint.enforcement_literal)])
        elif constraint.has_bool_and():
            premises = [-e - 1 for e in constraint.enforcement_literal]
            for literal in constraint.bool_and.literals:
                yield _clause([literal, *premises])
        elif constraint.has_at_most_one():
            negated, coefficients = _literals(constraint.at_most_one.literals)
            yield -math.inf, 1 - negated, coefficients
        else:
            raise NotImplementedError(f"a constraint without a linear form: {constraint}")


def _clause(literals: Iterable[int]) -> Row:
    """At least one of the literals."""
    negated, coefficients = _literals(literals)
    return 1 - negated, math.inf, coefficients


def _literals(literals: Iterable[int]) -> tuple[int, dict[int, int]]:
    """Literals as a linear sum: how many are negated, and the coefficients."""
    chosen = list(literals)
    pairs = ((index, 1) if index >= 0 else (-index - 1, -1) for index in chosen)
    return sum(index < 0 for index in chosen), _merged(pairs)


def _merged(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Coefficients by variable; a variable that occurs twice is added up."""
    merged: dict[int, int] = {}
    for index, coefficient in pairs:
        merged[index] = merged.get(index, 0) + coefficient
    return merged
