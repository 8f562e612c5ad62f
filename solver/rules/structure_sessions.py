"""Ensures that the week has as many sessions as asked for, each with hard work in it, and no day too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.kinds import working
from solver.domain.past import sessions_done
from solver.domain.subject import at_slot, part
from solver.rules.rule import Rule
from solver.variables import counted

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    rules, slots = plan.problem.rules, plan.problem.slots
    if guard.explaining and rules.sessions_min and _free_slots(plan):
        # Whoever asks for a week means one with a session: an empty one answers no question.
        plan.define("a session", plan.sessions >= 1)
    guard.require(RULE.id, part("min"), plan.sessions >= rules.sessions_min)
    guard.require(RULE.id, part("max"), plan.sessions <= max(rules.sessions_max, sessions_done(plan.problem)))
    pinned = {session.slot for session in plan.problem.pinned_sessions}
    for slot in slots:
        if slot.id in pinned:
            continue  # what was done was done, however light
        hard = counted(plan.of(lambda e: working(e) and e.counts_as_hard_set, slot))
        guard.require(RULE.id, at_slot(slot.id), hard >= plan.used(slot))
    for day in sorted({slot.day for slot in slots}):
        here = [slot for slot in slots if slot.day == day]
        if len(here) > rules.sessions_per_day:
            most = max(rules.sessions_per_day, sessions_done(plan.problem, slots=here))
            guard.require(RULE.id, part("per_day"), cp_model.LinearExpr.sum([plan.used(s) for s in here]) <= most)


def _free_slots(plan: PlanVars) -> bool:
    """Whether any slot is not pinned empty."""
    unused = {session.slot for session in plan.problem.pinned_sessions if not session.entries}
    return any(slot.id not in unused for slot in plan.problem.slots)


RULE = Rule("structure.sessions", _post)
