"""The exercises that the coaching guide names, and the pair of drills it prefers together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.objective.quality.term import Distinct

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.variables import Expression, PlanVars

NAMED_POINTS = 3
PAIR_POINTS = 4
PAIR = ("thoracic_bridge", "prone_cobra")

NAMED = Distinct("named by the guide", lambda _, e, __: e.id if e.guide_mistakes else None, lambda _: NAMED_POINTS)


class DrillPair:
    """Thoracic bridge and prone cobra in one session, once a week."""

    name = "drill pair"

    def express(self, plan: PlanVars) -> Expression:
        together = []
        for slot in plan.problem.slots:
            drills = [plan.choice(drill, slot.id) for drill in PAIR]
            if all(drills):
                both = plan.model.new_bool_var(f"drill pair@{slot.id}")
                for drill in drills:
                    if drill is not None:
                        plan.model.add_implication(both, drill.present)
                together.append(both)
        once = plan.model.new_bool_var("drill pair")
        plan.model.add(once <= cp_model.LinearExpr.sum(together))
        return PAIR_POINTS * once

    def measure(self, problem: Problem, plan: Plan) -> int:  # noqa: ARG002 - the shape of a term
        sessions = ({entry.exercise for entry in session.entries} for session in plan.sessions)
        return PAIR_POINTS if any(done.issuperset(PAIR) for done in sessions) else 0


DRILL_PAIR = DrillPair()
