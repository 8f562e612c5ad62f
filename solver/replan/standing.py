"""The week that is being followed, with what was done in the place of what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.change import WeekEntry, entries_of
from solver.domain.plan import Plan
from solver.repair.weeks import as_written
from solver.replan.outcome import weight_given
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.problem import Problem


def standing_entries(problem: Problem, followed: Plan) -> tuple[WeekEntry, ...]:
    """What was done, what was planned there and not done, and the rest as it was planned."""
    return tuple(_entries(problem, followed))


def _entries(problem: Problem, followed: Plan) -> Iterator[WeekEntry]:
    for slot, session in problem.done.items():
        yield from (WeekEntry(slot, entry.exercise, entry.sets) for entry in session.entries if entry.sets)
    done = {(slot, e.exercise) for slot, session in problem.done.items() for e in session.entries if e.sets}
    yield from (entry for entry in entries_of(followed) if (entry.slot, entry.exercise) not in done)


def given(problem: Problem, entries: tuple[WeekEntry, ...]) -> int:
    """The part of every distance from these entries that history has decided."""
    done = {(slot, e.exercise) for slot, session in problem.done.items() for e in session.entries if e.sets}
    gone = [entry for entry in entries if entry.slot in problem.done and (entry.slot, entry.exercise) not in done]
    closed = {entry.slot for entry in gone} - {slot for slot, _ in done}
    return weight_given(len(gone), len(closed))


def unchanged(problem: Problem, followed: Plan) -> Plan | None:
    """The week with its rest just as it was planned, supersets and all; None when that breaks a rule."""
    history = {session.slot: session for session in as_written(problem, ()).sessions}
    planned = {session.slot: session for session in followed.sessions}
    week = [(history if slot.id in problem.done else planned).get(slot.id) for slot in problem.slots]
    plan = Plan(tuple(session for session in week if session is not None))
    return None if verify(problem, plan) else plan
