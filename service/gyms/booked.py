"""Weeks that are booked already: as they are told, and as the solver knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import Fault, pointer
from service.gyms.schemas import BookedSessionRequest
from service.plans.schemas.request import PinnedSetsRequest
from service.validation.walk import unknown_fault
from solver.domain.eligibility import preferred_alternative
from solver.domain.plan import Entry, Plan, Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.gyms.schemas import MemberRequest
    from solver.domain.problem import Problem, Slot


def booked_faults(member: MemberRequest, problem: Problem) -> Iterator[Fault]:
    """What in a booked week does not exist or is said twice; whether it keeps the rules is another question."""
    slots: list[str] = []
    for index, session in enumerate(member.booked or []):
        at = pointer("booked", index, "slot")
        if session.slot not in problem.slot_by_id:
            yield unknown_fault(at, session.slot, "slot", list(problem.slot_by_id))
        elif session.slot in slots:
            yield Fault(at, "duplicate", f"{session.slot[:64]} is booked already")
        slots.append(session.slot)
        exercises: list[str] = []
        for number, entry in enumerate(session.entries):
            if not entry.sets:
                at = pointer("booked", index, "entries", number, "sets")
                yield Fault(at, "out_of_range", "a booked entry has at least one set")
            if entry.exercise in exercises:
                at = pointer("booked", index, "entries", number, "exercise")
                yield Fault(at, "duplicate", f"{entry.exercise} is in this session already")
            exercises.append(entry.exercise)


def booked_plan(member: MemberRequest, problem: Problem) -> Plan:
    """The booked week of a member without faults."""
    sessions = [
        Session(session.slot, tuple(_entry(problem, problem.slot_by_id[session.slot], e) for e in session.entries))
        for session in member.booked or []
    ]
    return Plan(tuple(sorted(sessions, key=lambda session: problem.slot_by_id[session.slot].start_minute)))


def _entry(problem: Problem, slot: Slot, entry: PinnedSetsRequest) -> Entry:
    exercise = problem.exercise_by_id[entry.exercise]
    preferred = preferred_alternative(problem, exercise, slot)
    return Entry(
        entry.exercise,
        entry.sets,
        preferred if entry.equipment is None else tuple(entry.equipment),
        entry.superset,
    )


def as_booked(plan: Plan) -> list[BookedSessionRequest]:
    """A week in the form in which it is told to be booked."""
    return [
        BookedSessionRequest(
            slot=session.slot,
            entries=[
                PinnedSetsRequest(exercise=e.exercise, sets=e.sets, equipment=list(e.equipment), superset=e.superset)
                for e in session.entries
            ],
        )
        for session in plan.sessions
    ]
