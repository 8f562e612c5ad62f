"""What became of the slots that a booking system offers: those left out, and where each session could go instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.plans.mapping.offered import left_out
from service.plans.schemas.response import BookingResponse, FallbackResponse, LeftOutSlotResponse
from solver.domain.plan import Plan
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.plans.mapping.offered import LeftOut, Reason
    from service.plans.schemas import PlanRequest
    from solver.domain.plan import Session
    from solver.domain.problem import Problem

MOST_FALLBACKS = 3
"""Named for a session."""

_SAID: dict[Reason, str] = {
    "full": "is full",
    "cancelled": "is cancelled",
    "other_week": "is not in this week",
    "too_short": "is too short for a session",
    "ambiguous_time": "begins at a time of day that comes for the second time, as the clocks go back",
}


def present_booking(request: PlanRequest, problem: Problem, plan: Plan | None) -> BookingResponse | None:
    """What is told of offered slots; None where none were."""
    if request.week.offered is None:
        return None
    return BookingResponse(
        left_out=[
            LeftOutSlotResponse(slot=left.slot, reason=left.reason, statement=said(left))
            for left in left_out(request.week)
        ],
        fallbacks=[
            FallbackResponse(slot=session.slot, fallbacks=fallbacks_of(problem, plan, session))
            for session in plan.sessions
        ]
        if plan is not None
        else [],
    )


def said(left: LeftOut) -> str:
    """Why a slot is left out."""
    return f"{left.slot} {_SAID[left.reason]}."


def fallbacks_of(problem: Problem, plan: Plan, session: Session) -> list[str]:
    """Unused slots that could take a session as it stands, found by judging the whole week anew for each."""
    found = []
    for slot in unused_slots(problem, plan, session):
        if not verify(problem, moved_to(problem, plan, session, slot)):
            found.append(slot)
        if len(found) == MOST_FALLBACKS:
            break
    return found


def unused_slots(problem: Problem, plan: Plan, session: Session) -> Iterator[str]:
    """Ids of slots without a session, the nearest to the session's first."""
    used = {other.slot for other in plan.sessions}
    now = problem.slot_by_id[session.slot].start_minute
    for slot in sorted(problem.slots, key=lambda slot: (abs(slot.start_minute - now), slot.start_minute, slot.id)):
        if slot.id not in used:
            yield slot.id


def moved_to(problem: Problem, plan: Plan, session: Session, slot: str) -> Plan:
    """The week with a session as it stands in another slot."""
    sessions = [replace(other, slot=slot) if other is session else other for other in plan.sessions]
    return Plan(tuple(sorted(sessions, key=lambda other: problem.slot_by_id[other.slot].start_minute)))
