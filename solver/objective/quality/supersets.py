"""Supersets are harder than the same work with its rests: none for a point or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.variables import Expression, PlanVars

PAIR_POINTS = -3
"""As much as an entry more in the session; exertion is higher than with whole rests (SUP-RCT)."""


class Supersets:
    """Every pair that is planned."""

    name = "supersets"

    def express(self, plan: PlanVars) -> Expression:
        pairings = [pairing for slot in plan.problem.slots if (pairing := plan.pairing(slot)) is not None]
        return PAIR_POINTS * cp_model.LinearExpr.sum([pair for pairing in pairings for pair in pairing.pairs])

    def measure(self, problem: Problem, plan: Plan) -> int:
        planned = (session for session in plan.sessions if session.slot not in problem.done)
        labels = ({e.superset for e in session.entries if e.superset is not None} for session in planned)
        return PAIR_POINTS * sum(len(of_session) for of_session in labels)


SUPERSETS = Supersets()
