"""Ensures that the spine is not loaded heavily too often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.clock import pairs_within
from solver.domain.kinds import spine_loading
from solver.domain.past import sessions_done
from solver.domain.subject import at_slot, part
from solver.rules.rule import Rule
from solver.variables import PlanVars, counted

if TYPE_CHECKING:
    from solver.guard import Guard

PER_SESSION = 2
HOURS_APART = 48
SESSIONS_A_WEEK = 3


def _post(plan: PlanVars, guard: Guard) -> None:
    slots = plan.problem.slots
    heavy = {s.id: plan.forced_by(f"axial@{s.id}", plan.of(spine_loading, s)) for s in slots}
    for slot in plan.problem.open_slots:
        guard.require(RULE.id, at_slot(slot.id), counted(plan.of(spine_loading, slot)) <= PER_SESSION)
    for early, late in pairs_within(plan.problem, HOURS_APART):
        if {early.id, late.id} <= plan.problem.done.keys():
            continue
        guard.require(RULE.id, part("hours apart"), heavy[early.id] + heavy[late.id] <= 1)
    for past in plan.problem.preceding:
        if any(spine_loading(plan.problem.exercise_by_id[exercise]) for exercise, _ in past.entries):
            for slot in plan.problem.open_slots:
                if slot.start_minute - past.start_minute < HOURS_APART * 60:
                    guard.require(RULE.id, part("hours apart"), heavy[slot.id] <= 0)
    most = max(SESSIONS_A_WEEK, sessions_done(plan.problem, spine_loading))
    guard.require(RULE.id, part("week"), cp_model.LinearExpr.sum(list(heavy.values())) <= most)


RULE = Rule("recovery.axial", _post)
