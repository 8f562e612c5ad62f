"""A model row by row, in the terms of linear programming: what CP-SAT states as clauses becomes inequalities.

Enforced linear constraints do not occur in a model that plans (see `solver.guard`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ortools.sat.python import cp_model

Row = tuple[float, float, dict[int, int]]
"""Lower bound, upper bound, coefficient by variable index."""
INFINITE = 2**60
"""CP-SAT writes an open end of a domain as a number beyond this."""


class Rows:
    """The rows of a model, read once; of copies of it with more constraints behind its own, only those are read."""

    def __init__(self, model: cp_model.CpModel, known: Rows | None = None) -> None:
        self._rows = list(rows_of(model)) if known is None else known.of(model)
        self._constraints = len(model.proto.constraints)

    def of(self, model: cp_model.CpModel) -> list[Row]:
        """All rows of a model that begins with this one's constraints."""
        return [*self._rows, *rows_of(model, self._constraints)]


def rows_of(model: cp_model.CpModel, first: int = 0) -> Iterator[Row]:
    """Every constraint of a model from the `first` on as linear rows."""
    constraints = model.proto.constraints
    for number in range(first, len(constraints)):
        constraint = constraints[number]
        if constraint.has_linear():
            linear = constraint.linear
            low, high = linear.domain[0], linear.domain[len(linear.domain) - 1]
            yield (
                -math.inf if low < -INFINITE else low,
                math.inf if high > INFINITE else high,
                merged_terms(zip(linear.vars, linear.coeffs, strict=True)),
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
    return sum(index < 0 for index in chosen), merged_terms(pairs)


def merged_terms(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Coefficients by variable; a variable that occurs twice is added up."""
    merged: dict[int, int] = {}
    for index, coefficient in pairs:
        merged[index] = merged.get(index, 0) + coefficient
    return merged
