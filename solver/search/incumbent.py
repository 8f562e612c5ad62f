"""The best plan found so far, and what the tiers say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.extract import extract_plan
from solver.model import TIERS, BuiltModel, TierSpec, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from solver.domain.plan import Plan
    from solver.watch import Watch


@dataclass
class Incumbent:
    """Keeps the better of two plans: tier after tier, by the terms' own arithmetic and not by the model's."""

    built: BuiltModel
    watch: Watch
    plan: Plan | None = field(default=None, init=False)
    assignment: tuple[int, ...] = field(default=(), init=False)
    """A value for every variable of the model, by index: the hint for whatever is solved next."""
    first_plan_seconds: float = field(default=0.0, init=False)
    _values: tuple[int, ...] = field(default=(), init=False)

    def offer(self, assignment: Sequence[int]) -> bool:
        """Take a solution of the model when it is better than the plan at hand; says whether it was."""
        plan = extract_plan(self.built.plan, lambda variable: assignment[variable.index])
        values = tuple(self._value(plan, spec) for spec in TIERS)
        if self.plan is not None and self._rank(values) >= self._rank(self._values):
            return False
        if self.plan is None:
            self.first_plan_seconds = self.watch.seconds
        self.plan, self._values = plan, values
        self.assignment = tuple(assignment)
        return True

    def hint(self, model: cp_model.CpModel) -> None:
        """Tell a model that begins with this one's variables of the plan at hand; without one it keeps its hints."""
        if not self.assignment:
            return
        hint = model.proto.solution_hint
        hint.vars.clear()
        hint.values.clear()
        hint.vars.extend(range(len(self.assignment)))
        hint.values.extend(self.assignment)

    def value(self, spec: TierSpec) -> int:
        """A tier's value of the plan at hand."""
        return self._values[TIERS.index(spec)]

    def uses(self, index: int) -> bool:
        """True when the plan at hand sets the variable of this index."""
        return bool(self.assignment) and self.assignment[index] != 0

    def _value(self, plan: Plan, spec: TierSpec) -> int:
        return sum(measured(self.built.problem, plan, spec).values())

    @staticmethod
    def _rank(values: tuple[int, ...]) -> tuple[int, ...]:
        """Smaller is better in every place."""
        return tuple(value if spec.sense == "min" else -value for value, spec in zip(values, TIERS, strict=True))
