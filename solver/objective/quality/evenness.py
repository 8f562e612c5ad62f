"""Even sessions: each fills about the same share of its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.pricing import entry_price
from solver.variables import Expression, PlanVars, weighted

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

STEPS = 20
"""Shares are compared in steps of a twentieth of the session's limit."""
POINTS_PER_STEP = -2
FREE_STEPS = 4
"""Sessions that far apart are even enough."""


class Evenness:
    """The spread between the fullest and the emptiest session, by the time of sets and rests."""

    name = "evenness"

    def express(self, plan: PlanVars) -> Expression:
        model = plan.model
        fullest = model.new_int_var(0, 2 * STEPS, "fullest session")
        emptiest = model.new_int_var(0, STEPS, "emptiest session")
        for slot in plan.problem.slots:
            seconds = weighted(plan.in_slot(slot), lambda e: entry_price(e).seconds_per_set)
            model.add(STEPS * seconds <= slot.limit_seconds * fullest)
            unused = slot.limit_seconds * STEPS * (1 - plan.used(slot))
            model.add(STEPS * seconds + unused >= slot.limit_seconds * emptiest)
        spread = model.new_int_var(0, 2 * STEPS, "spread of sessions")
        model.add(spread >= fullest - emptiest - FREE_STEPS)
        return POINTS_PER_STEP * spread

    def measure(self, problem: Problem, plan: Plan) -> int:
        fullest, emptiest = 0, STEPS
        for session in plan.sessions:
            limit = problem.slot_by_id[session.slot].limit_seconds
            seconds = sum(
                entry_price(problem.exercise_by_id[e.exercise]).seconds_per_set * e.sets for e in session.entries
            )
            fullest = max(fullest, -(-STEPS * seconds // limit))
            emptiest = min(emptiest, STEPS * seconds // limit)
        return POINTS_PER_STEP * max(0, fullest - emptiest - FREE_STEPS)


EVENNESS = Evenness()
