"""Rules that may fall short: each constraint with what is missing of it, to be kept as small as can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.guard import Name
    from solver.variables import Expression

_OPEN = 2**62
"""An end of a range beyond this is open."""


@dataclass
class Debts:
    """Constraints of the names in question, each with a number of what is missing, in the constraint's own unit."""

    may_fall_short: Callable[[Name], bool]
    _missing: list[tuple[cp_model.IntVar, cp_model.IntVar]] = field(default_factory=list, init=False)
    _most: int = field(default=0, init=False)
    """What all that can be missing adds up to."""

    def post(self, model: cp_model.CpModel, name: Name, constraint: cp_model.BoundedLinearExpression) -> None:
        """State a constraint that is open on one side at least as one that may be missed."""
        low, high = constraint.bounds.min() - constraint.offset, constraint.bounds.max() - constraint.offset
        expression = cp_model.LinearExpr.weighted_sum(constraint.vars, constraint.coeffs)
        least, most = _reach(constraint)
        if low > -_OPEN and least < low:
            model.add(expression + self._owed(model, name, low - least) >= low)
        if high < _OPEN and most > high:
            model.add(expression - self._owed(model, name, most - high) <= high)

    def expression(self) -> Expression:
        """What is owed in all. How many parts of rules are broken counts before by how much: one of them weighs more
        than all that can be missing."""
        a_part_broken = self._most + 1
        return cp_model.LinearExpr.sum([missing + a_part_broken * broken for missing, broken in self._missing])

    def _owed(self, model: cp_model.CpModel, name: Name, most: int) -> cp_model.IntVar:
        missing = model.new_int_var(0, most, f"missing of {name.rule}[{name.subject}]")
        broken = model.new_bool_var(f"broken {name.rule}[{name.subject}]")
        model.add(missing <= most * broken)
        self._missing.append((missing, broken))
        self._most += most
        return missing


def _reach(constraint: cp_model.BoundedLinearExpression) -> tuple[int, int]:
    """The least and the most that the terms can come to."""
    least = most = 0
    for variable, factor in zip(constraint.vars, constraint.coeffs, strict=True):
        bounds = variable.proto.domain
        ends = (factor * bounds[0], factor * bounds[len(bounds) - 1])
        least, most = least + min(ends), most + max(ends)
    return least, most
