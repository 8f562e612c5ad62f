"""Why there is no plan: rules, in the request's own terms, that cannot hold together.

Assumption cores are useless while an objective is set, so the model is built anew without one. The core is shrunk by
leaving out one element after another. Every "impossible" is proven again without presolve and without assumptions,
because the solver has known faults in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from solver.domain.outcome import Conflict, ConflictElement
from solver.model import BuiltModel, build_model
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ortools.sat.python import cp_model

    from solver.domain.problem import Problem
    from solver.guard import Name
    from solver.watch import Watch

SHARE_PER_STEP = 0.25
"""No single step of the shrinking may spend more than this share of what is left."""


@dataclass(frozen=True)
class _Answer:
    """Whether the named rules can hold together; when not, those of them that already cannot."""

    verdict: Literal["possible", "impossible", "unknown"]
    core: tuple[Name, ...] = ()


def explain(problem: Problem, watch: Watch) -> Conflict | None:
    """A conflict of an infeasible problem, minimal when the budget allowed to prove it.

    None when a plan exists after all, or the impossibility could not be proven a second time within the budget.
    """
    built = build_model(problem, explaining=True)
    answer = _ask(built, watch, tuple(built.guard.literals))
    if answer.verdict != "impossible":
        return None
    core, minimal = answer.core, True
    for name in core:
        if name not in core:
            continue
        without = _ask(built, watch, tuple(n for n in core if n != name))
        if without.verdict == "impossible":
            core = without.core
        minimal = minimal and without.verdict != "unknown"
    elements = (ConflictElement(n.rule, n.subject, RULE_BY_ID[n.rule].sentence) for n in sorted(core))
    return Conflict(tuple(elements), minimal)


def _ask(built: BuiltModel, watch: Watch, names: Sequence[Name]) -> _Answer:
    """Can these rules hold together? An impossibility counts once it is proven twice."""
    if watch.over:
        return _Answer("unknown")
    literals = built.guard.literals
    assumed = built.model.clone()
    assumed.add_assumptions([_own(assumed, literals[n]) for n in names])
    solver = _single(watch)
    verdict = watch.solve(solver, assumed)
    if verdict == "impossible":
        indices = set(solver.sufficient_assumptions_for_infeasibility())
        core = tuple(n for n in names if literals[n].index in indices) or tuple(names)
        for candidate in dict.fromkeys((core, tuple(names))):
            if _impossible_without_presolve(built, watch, candidate):
                return _Answer("impossible", candidate)
        return _Answer("unknown")
    return _Answer("unknown" if verdict == "unknown" else "possible")


def _impossible_without_presolve(built: BuiltModel, watch: Watch, names: Sequence[Name]) -> bool:
    if watch.over:
        return False
    fixed = built.model.clone()
    for name in names:
        fixed.add_bool_and([_own(fixed, built.guard.literals[name])])
    solver = _single(watch)
    solver.parameters.cp_model_presolve = False
    return watch.solve(solver, fixed) == "impossible"


def _single(watch: Watch) -> cp_model.CpSolver:
    """A lone worker: cores of several are neither small nor reproducible."""
    solver = watch.solver(SHARE_PER_STEP)
    solver.parameters.num_workers = 1
    solver.parameters.interleave_search = False
    return solver


def _own(model: cp_model.CpModel, literal: cp_model.IntVar) -> cp_model.IntVar:
    """The clone's variable of the same index."""
    return model.get_bool_var_from_proto_index(literal.index)
