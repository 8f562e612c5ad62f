"""Ensures that what is done or locked stands as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.subject import at_slot, entry
from solver.rules.rule import Rule
from solver.variables import PlanVars, weighted

if TYPE_CHECKING:
    from solver.guard import Guard


def _post(plan: PlanVars, guard: Guard) -> None:
    for pin in (*plan.problem.pinned_entries, *(e for s in plan.problem.pinned_sessions for e in s.entries)):
        choice = plan.choice(pin.exercise, pin.slot)
        pinned = weighted([choice] if choice else [], lambda _: 1)
        guard.require(RULE.id, entry(pin.slot, pin.exercise), pinned == pin.sets)
    for session in plan.problem.pinned_sessions:
        named = {pin.exercise for pin in session.entries}
        for choice in plan.in_slot(plan.problem.slot_by_id[session.slot]):
            if choice.exercise.id not in named:
                guard.require(RULE.id, at_slot(session.slot), choice.present <= 0)


RULE = Rule("plan.pinned", _post)
