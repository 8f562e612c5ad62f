"""Ensures that a session ends within its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.subject import at_slot
from solver.rules.rule import Rule
from solver.timing import session_seconds

if TYPE_CHECKING:
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    for slot in plan.problem.open_slots:
        guard.require(RULE.id, at_slot(slot.id), session_seconds(plan, slot) <= slot.limit_seconds)


RULE = Rule("time.session", _post)
