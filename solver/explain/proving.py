"""Can these rules hold together? An impossibility counts once it is proven in two ways.

First on one model of everything, where every rule and subject has a literal that can be assumed: that gives a core.
Then on a model of the core alone, without literals and assumptions. Presolve stays off in both: the solver has
known faults there, and models this small are decided ten times as fast without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from solver.model import build_model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ortools.sat.python import cp_model

    from solver.domain.problem import Problem
    from solver.guard import Name
    from solver.watch import Watch

MOST_DETERMINISTIC_SECONDS = 0.5
"""No single question may spend more; what it leaves open is left open."""


@dataclass(frozen=True)
class Answer:
    """Whether the named rules can hold together; when not, those of them that already cannot."""

    verdict: Literal["possible", "impossible", "unknown"]
    core: tuple[Name, ...] = ()


class Prover:
    """Questions about one problem, asked within a watch's budget."""

    def __init__(self, problem: Problem, watch: Watch) -> None:
        self.problem = problem
        self.watch = watch
        self._built = build_model(problem, explaining=True, with_facts=True)
        self.names: tuple[Name, ...] = tuple(self._built.guard.literals)
        """Everything that can be left aside."""

    def ask(self, names: Collection[Name], *, most: float = MOST_DETERMINISTIC_SECONDS) -> Answer:
        """Can these hold together, all others left aside? At most so many deterministic seconds for each proof."""
        if self.watch.over:
            return Answer("unknown")
        literals, model = self._built.guard.literals, self._built.model.clone()
        wanted = [name for name in self.names if name in names]
        model.add_assumptions([_own(model, literals[name]) for name in wanted])
        solver = lone_solver(self.watch, most)
        verdict = self.watch.solve(solver, model)
        if verdict != "impossible":
            return Answer("unknown" if verdict == "unknown" else "possible")
        blamed = set(solver.sufficient_assumptions_for_infeasibility())
        core = tuple(name for name in wanted if literals[name].index in blamed)
        for candidate in dict.fromkeys((core, tuple(wanted))):
            if impossible(self.problem, candidate, self.watch, most=most):
                return Answer("impossible", candidate)
        return Answer("unknown")


def impossible(
    problem: Problem,
    names: Iterable[Name],
    watch: Watch,
    *,
    with_facts: bool = True,
    most: float = MOST_DETERMINISTIC_SECONDS,
) -> bool:
    """Proven, on a model of nothing else, that these rules cannot hold together. False also when that stays open.

    Without facts, impossible pairs of exercise and slot are left out, whether or not what makes them so is named.
    """
    if watch.over:
        return False
    built = build_model(problem, with_facts=with_facts, only=frozenset(names))
    return watch.solve(lone_solver(watch, most), built.model) == "impossible"


def lone_solver(watch: Watch, most: float) -> cp_model.CpSolver:
    """A lone worker: cores of several are neither small nor reproducible."""
    solver = watch.solver(most=most)
    solver.parameters.num_workers = 1
    solver.parameters.interleave_search = False
    solver.parameters.cp_model_presolve = False
    # Sums that cannot meet are seen by the linear relaxation at once, but only where it holds guarded rules as well.
    solver.parameters.linearization_level = 2
    return solver


def _own(model: cp_model.CpModel, literal: cp_model.IntVar) -> cp_model.IntVar:
    """The copy's variable of the same index."""
    return model.get_bool_var_from_proto_index(literal.index)
