"""Weeks that are booked already: as they are told, and as the solver knows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from service.errors import Fault, pointer
from service.gyms.schemas import BookedEntryRequest, BookedSessionRequest
from service.plans.phrases import counted
from service.validation.walk import unknown_fault
from solver.domain.eligibility import preferred_alternative
from solver.domain.plan import Entry, Plan, Session
from solver.gym import ToldEntry, ToldSession

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.gyms.answers import ScheduledSessionResponse
    from service.gyms.schemas import MemberRequest, ScheduleRequest
    from service.plans.schemas.request import PinnedSetsRequest
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
        yield from _time_faults(index, session)


def _time_faults(index: int, session: BookedSessionRequest) -> Iterator[Fault]:
    """Times that were told of a part of a session, and places without a time."""
    timed = [entry.start_second is not None for entry in session.entries]
    for number, entry in enumerate(session.entries):
        at = pointer("booked", index, "entries", number, "start_second")
        if entry.start_second is None and (any(timed) or entry.stations is not None):
            yield Fault(at, "required", "say when it begins, as of every entry of a session whose times were told")


def overbooked_faults(request: ScheduleRequest) -> Iterator[Fault]:
    """Bookings in slots that take no more members than those named before who have booked them."""
    capacity = {slot.id: slot.capacity for slot in request.gym.week.slots if slot.capacity is not None}
    booked: Counter[str] = Counter()
    for index, member in enumerate(request.members):
        for slot in dict.fromkeys(session.slot for session in member.booked or []):
            booked[slot] += 1
            if slot in capacity and booked[slot] > capacity[slot]:
                before = counted(booked[slot] - 1, "member")
                message = (
                    f"'{slot[:64]}' has capacity {capacity[slot]} and is booked by {before} named before: "
                    "raise its capacity or leave this booking out"
                )
                yield Fault(pointer("members", index, "booked"), "contradiction", message)


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


def told_times(member: MemberRequest) -> tuple[ToldSession, ...]:
    """The times that a member without faults was told of booked sessions."""
    return tuple(
        ToldSession(session.slot, tuple(_told(entry) for entry in session.entries))
        for session in member.booked or []
        if session.entries[0].start_second is not None
    )


def _told(entry: BookedEntryRequest) -> ToldEntry:
    assert entry.start_second is not None
    return ToldEntry(entry.exercise, entry.start_second, None if entry.stations is None else frozenset(entry.stations))


def as_booked(sessions: Sequence[ScheduledSessionResponse]) -> list[BookedSessionRequest]:
    """A week of a schedule in the form in which it is told to be booked, with its times."""
    told = set(BookedEntryRequest.model_fields)
    return [
        BookedSessionRequest(
            slot=session.slot,
            entries=[BookedEntryRequest.model_validate(e.model_dump(include=told)) for e in session.entries],
        )
        for session in sessions
    ]
