"""Why there is no plan: rules, in the request's own terms, that cannot hold together.

Assumption cores are useless while an objective is set, so the model is built anew without one. First the rules are
shrunk, with impossible pairs left out of the model, which is quick. Then the facts that make pairs impossible (a place
without a bar, an exclusion, a stage) are stated as well and shrunk beside what is left of the rules. Every
"impossible" is proven again without presolve and without assumptions, because the solver has known faults in both.
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
"""No step of the shrinking may spend more than this share of what is left; the first proof may spend all of it."""
FACT_RULES = frozenset({"equipment.available", "athlete.skill", "athlete.prerequisite", "athlete.exclusions"})
"""Rules that say which pairs of exercise and slot are possible at all."""


@dataclass(frozen=True)
class _Answer:
    """Whether the named rules can hold together; when not, those of them that already cannot."""

    verdict: Literal["possible", "impossible", "unknown"]
    core: tuple[Name, ...] = ()


@dataclass(frozen=True)
class _Shrunk:
    """Names that cannot hold together; `minimal` when leaving out any one that was tried is proven possible."""

    core: tuple[Name, ...]
    minimal: bool


def explain(problem: Problem, watch: Watch) -> Conflict | None:
    """A conflict of an infeasible problem, minimal when the budget allowed to prove it.

    None when a plan exists after all, or the impossibility could not be proven a second time within the budget.
    """
    rules = build_model(problem, explaining=True)
    shrunk = _shrink(rules, watch, tuple(rules.guard.literals), ())
    if shrunk is None:
        return None
    facts = build_model(problem, explaining=True, with_facts=True)
    fact_names = tuple(name for name in facts.guard.literals if name.rule in FACT_RULES)
    whole = _shrink(facts, watch, fact_names, shrunk.core)
    if whole is None:
        whole = _Shrunk(tuple(name for name in fact_names if name not in shrunk.core), minimal=False)
    elements = sorted({*shrunk.core, *whole.core})
    return Conflict(
        tuple(ConflictElement(n.rule, n.subject, RULE_BY_ID[n.rule].sentence) for n in elements),
        minimal=shrunk.minimal and whole.minimal,
    )


def _shrink(built: BuiltModel, watch: Watch, names: tuple[Name, ...], always: tuple[Name, ...]) -> _Shrunk | None:
    """Leave out one name after another, as long as the others, with those that always hold, stay impossible."""
    answer = _ask(built, watch, names, always, share=1.0)
    if answer.verdict != "impossible":
        return None
    core, minimal = answer.core, True
    for name in core:
        if name not in core:
            continue
        without = _ask(built, watch, tuple(n for n in core if n != name), always)
        if without.verdict == "impossible":
            core = without.core
        minimal = minimal and without.verdict != "unknown"
    return _Shrunk(core, minimal)


def _ask(
    built: BuiltModel,
    watch: Watch,
    names: tuple[Name, ...],
    always: tuple[Name, ...],
    share: float = SHARE_PER_STEP,
) -> _Answer:
    """Can these rules hold together? An impossibility counts once it is proven twice."""
    if watch.over:
        return _Answer("unknown")
    literals = built.guard.literals
    assumed = _holding(built, always)
    assumed.add_assumptions([_own(assumed, literals[n]) for n in names])
    solver = _single(watch, share)
    verdict = watch.solve(solver, assumed)
    if verdict == "impossible":
        indices = set(solver.sufficient_assumptions_for_infeasibility())
        core = tuple(n for n in names if literals[n].index in indices)
        for candidate in dict.fromkeys((core, names)):
            if _impossible_without_presolve(built, watch, (*candidate, *always), share):
                return _Answer("impossible", candidate)
        return _Answer("unknown")
    return _Answer("unknown" if verdict == "unknown" else "possible")


def _impossible_without_presolve(built: BuiltModel, watch: Watch, names: Sequence[Name], share: float) -> bool:
    if watch.over:
        return False
    solver = _single(watch, share)
    solver.parameters.cp_model_presolve = False
    return watch.solve(solver, _holding(built, names)) == "impossible"


def _holding(built: BuiltModel, names: Sequence[Name]) -> cp_model.CpModel:
    """A copy of the model in which the named rules hold."""
    copy = built.model.clone()
    for name in names:
        copy.add_bool_and([_own(copy, built.guard.literals[name])])
    return copy


def _single(watch: Watch, share: float) -> cp_model.CpSolver:
    """A lone worker: cores of several are neither small nor reproducible."""
    solver = watch.solver(share)
    solver.parameters.num_workers = 1
    solver.parameters.interleave_search = False
    return solver


def _own(model: cp_model.CpModel, literal: cp_model.IntVar) -> cp_model.IntVar:
    """The copy's variable of the same index."""
    return model.get_bool_var_from_proto_index(literal.index)
