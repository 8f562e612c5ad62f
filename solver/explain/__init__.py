"""Why there is no plan: rules, in the request's own terms, that cannot hold together.

Assumption cores are useless while an objective is set, so the model is built anew without one. It holds every pair of
exercise and slot; what makes pairs impossible (a place without a bar, an exclusion, a stage) is stated as a rule like
all others, so that it can be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import Conflict, ConflictElement
from solver.explain.additions import additions
from solver.explain.preference import rank_of
from solver.explain.proving import Prover
from solver.explain.shrinking import shrink
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from solver.domain.problem import Problem
    from solver.guard import Name
    from solver.watch import Watch

SHARE = 0.4
"""What the explanation may take of what the search has left; the rest is for what would help."""


def explain(problem: Problem, watch: Watch, *, share: float = SHARE) -> Conflict | None:
    """A conflict of an infeasible problem, the request's own words first; minimal when the budget allowed to prove it.

    `share` is what shrinking may take of what the watch has left; the proof itself may take all of it.

    None when a plan exists after all, or the impossibility could not be proven a second time within the budget.
    """
    spent = watch.allowance(share)
    prover = Prover(problem, watch)
    shrunk = shrink(prover, spent, most=watch.left_deterministic)
    if shrunk is None:
        return None
    core = sorted(shrunk.core, key=lambda name: (rank_of(problem, name), name))
    return Conflict(tuple(_element(problem, name, core, watch) for name in core), minimal=shrunk.minimal)


def _element(problem: Problem, name: Name, core: list[Name], watch: Watch) -> ConflictElement:
    lacking = additions(problem, core, name, watch) if name.rule == "equipment.available" else ()
    return ConflictElement(name.rule, name.subject, RULE_BY_ID[name.rule].sentence, lacking)


__all__ = ["explain"]
