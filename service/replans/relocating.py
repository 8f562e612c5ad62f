"""Sessions whose slots are lost: each goes as it stands to the slot that takes it best, and changes count from there.

To do the same at another time is the least that can change for a member, however many entries that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans.booking import moved_to, unused_slots
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


def relocated(problem: Problem, plan: Plan, lost: Collection[str]) -> tuple[Plan, Mapping[str, str]]:
    """The plan with the sessions of lost slots in others, and where each has gone.

    Of the free slots the one is taken in which the week breaks the fewest rules, the nearest in time among equal ones.
    A session stays where it was when no slot is free.
    """
    closed = {session.slot for session in problem.pinned_sessions}
    goes: dict[str, str] = {}
    for session in plan.sessions:
        if session.slot not in lost or not session.entries:
            continue
        weeks = [
            (slot, moved_to(problem, plan, session, slot))
            for slot in unused_slots(problem, plan, session)
            if slot not in closed
        ]
        if weeks:
            goes[session.slot], plan = min(weeks, key=lambda week: len(verify(problem, week[1])))
    return plan, goes
