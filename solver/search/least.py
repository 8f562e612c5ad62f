"""The search for the week with the least of something: a kernel around a week, then the proof on the whole model."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from ortools.sat.python import cp_model

from solver.extract import extract_plan
from solver.objective.score import relative_gap
from solver.search.relaxation import relax

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from solver.domain.plan import Plan
    from solver.model import BuiltModel
    from solver.search.relaxation import Relaxation
    from solver.variables import Choice, Expression
    from solver.watch import Verdict, Watch

RELAXATION_SHARE = 0.25
"""What the relaxation may take of the time left."""
NEWCOMERS_PER_SLOT = 6
"""Pairs a slot, the most useful by the relaxation, that join the week's own in the first kernel."""
KERNEL_DETERMINISTIC_SECONDS = 1.0
PROOF_SHARE = 0.85
"""What kernels and proof may spend of the budget where a choice among weeks with equally little follows."""
MOST_LINEAR = 2
"""Linearisation level: with many cuts, a lone worker closed every programme tried in a half to a tenth of the time."""
PROBING = 0
"""Probing level: trying out single decisions before the search took half of all time, and saved nothing after it."""
BOUND_MARGIN = 1e-3
"""What a floating-point bound may be wrong by before it proves a whole number."""


@dataclass(frozen=True)
class Least:
    """The plan with the least value found, and the value below which there is proven to be none."""

    plan: Plan
    value: int
    bound: int
    assignment: tuple[int, ...]
    """A value for every variable of the model, by index."""
    seconds: float
    """When the first plan was found, since the start."""


@dataclass(frozen=True)
class NoWeek:
    """`impossible`: proven that the model holds no week at all. `unknown`: none was found in the budget."""

    verdict: Literal["impossible", "unknown"]


@dataclass
class LeastSearch:
    """One search on one model, whose objective becomes `expression`, which is never below 0.

    `expression` may exceed what `measure` says of a finished plan, never fall short of it, and where it is minimised
    the two are equal.
    """

    built: BuiltModel
    expression: Expression
    measure: Callable[[Plan], int]
    around: Collection[tuple[str, str]]
    """Slot and exercise of the entries of a week that the search begins at; it need not be one of the model's."""
    watch: Watch
    gap: float
    """How far value and bound may be apart, relatively, for the search to end."""
    on_better: Callable[[int | None, int | None], None]
    """Told of the least value so far, None before the first plan, and of the bound."""
    share: float = PROOF_SHARE
    """What it may spend of the watch's budget."""
    start: tuple[int, ...] = ()
    """A solution of the model to begin with, if one is known."""
    at_least: int = 0
    """What the value is known not to be below."""
    _plan: Plan | None = field(default=None, init=False)
    _value: int = field(default=0, init=False)
    _bound: int = field(default=0, init=False)
    _assignment: tuple[int, ...] = field(default=(), init=False)
    _first_seconds: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.built.model.minimize(self.expression)
        self._bound = self.at_least

    def run(self) -> Least | NoWeek:
        """Search until the value is proven or the share of the budget is spent."""
        spent = self.watch.allowance(self.share)
        if self.start:
            self._offer(self.start)
        verdict: Verdict = "unknown"
        if not self._closed:
            verdict = self._widen(self._newcomers(self._relax()), spent)
        if verdict != "impossible" and not self._closed and not spent():
            verdict = self._solve(self.built.model.clone(), self.watch.solver(self.share))
        if self._plan is None:
            return NoWeek("impossible" if verdict == "impossible" else "unknown")
        return Least(self._plan, self._value, self._bound, self._assignment, round(self._first_seconds, 3))

    def _relax(self) -> Relaxation | None:
        """The linear relaxation, and the bound that it proves."""
        deadline = self.watch.seconds + RELAXATION_SHARE * self.watch.left_seconds
        relaxation = relax(self.built.model, deadline - self.watch.seconds, self.watch)
        if relaxation is not None:
            self._prove(relaxation.objective)
        elif self.watch.seconds >= deadline:
            self.watch.stopped_by_clock = True
        return relaxation

    @property
    def _closed(self) -> bool:
        return self._plan is not None and relative_gap(self._value, self._bound) <= self.gap

    def _newcomers(self, relaxation: Relaxation | None) -> list[Choice]:
        """Choices that are neither the week's own nor taken by the relaxation, the most useful first."""
        others = [c for c in self.built.plan.choices if (c.slot.id, c.exercise.id) not in self.around]
        if relaxation is None:
            return others
        values, costs = relaxation.values, relaxation.reduced_costs
        others = [choice for choice in others if values[choice.present.index] <= 1e-6]
        return sorted(others, key=lambda choice: round(costs[choice.present.index], 6))

    def _widen(self, others: list[Choice], spent: Callable[[], bool]) -> Verdict:
        """Widen the kernel by newcomers until there is a week at all; `impossible` only of the whole model."""
        newcomers = NEWCOMERS_PER_SLOT * len(self.built.problem.slots)
        first = True
        while (first or self._plan is None) and not self._closed and not spent():
            model = self.built.model.clone()
            for choice in others[newcomers:]:
                model.add_bool_and([model.get_bool_var_from_proto_index(choice.present.index).negated()])
            whole = newcomers >= len(others)
            most = math.inf if whole else KERNEL_DETERMINISTIC_SECONDS
            verdict = self._solve(model, self.watch.solver(self.share, most=most), restricted=not whole)
            if whole:
                return verdict
            newcomers *= 2
            first = False
        return "unknown"

    def _solve(self, model: cp_model.CpModel, solver: cp_model.CpSolver, *, restricted: bool = False) -> Verdict:
        """Solve from the best week so far; what it finds is kept, what it proves too unless it is restricted."""
        for index, value in enumerate(self._assignment):
            model.add_hint(model.get_int_var_from_proto_index(index), value)
        if not self._assignment:
            self._hint_week(model)
        solver.parameters.num_workers = 1
        solver.parameters.interleave_search = False
        solver.parameters.linearization_level = MOST_LINEAR
        solver.parameters.cp_model_probing_level = PROBING
        solver.parameters.relative_gap_limit = self.gap
        if not restricted:
            solver.best_bound_callback = self._prove
        verdict = self.watch.solve(solver, model, _Listener(self._offer))
        if verdict in ("optimal", "found") and not restricted:
            self._prove(solver.best_objective_bound)
        return verdict

    def _hint_week(self, model: cp_model.CpModel) -> None:
        for choice in self.built.plan.choices:
            variable = model.get_bool_var_from_proto_index(choice.present.index)
            model.add_hint(variable, (choice.slot.id, choice.exercise.id) in self.around)

    def _offer(self, assignment: Sequence[int]) -> None:
        """Take a solution when its week has less, by `measure`."""
        plan = extract_plan(self.built.plan, lambda variable: assignment[variable.index])
        value = self.measure(plan)
        if self._plan is not None and value >= self._value:
            return
        if self._plan is None:
            self._first_seconds = self.watch.seconds
        self._plan, self._value, self._assignment = plan, value, tuple(assignment)
        self._tell()

    def _prove(self, bound: float) -> None:
        """Values are whole numbers, so a fraction rounds up."""
        proven = math.ceil(bound - BOUND_MARGIN)
        if proven > self._bound:
            self._bound = proven
            self._tell()

    def _tell(self) -> None:
        self.on_better(self._value if self._plan is not None else None, self._bound)


class _Listener(cp_model.CpSolverSolutionCallback):
    """Hands every solution of a running solver on."""

    def __init__(self, offer: Callable[[Sequence[int]], None]) -> None:
        super().__init__()
        self._offer = offer

    def on_solution_callback(self) -> None:
        self._offer(self.response_proto.solution)
