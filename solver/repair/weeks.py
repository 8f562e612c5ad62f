"""Weeks as lists of entries, and as plans: sessions in time order, entries in an order that keeps the rules."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from solver.domain.eligibility import preferred_alternative
from solver.domain.past import session_done
from solver.domain.plan import Entry, Plan, Session
from solver.extract import laid_out
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from solver.domain.change import WeekEntry
    from solver.domain.problem import Problem


def as_written(problem: Problem, entries: Iterable[WeekEntry]) -> Plan:
    """The entries as a plan, sessions in time order and their entries in the order given.

    Each entry uses the preferred of its usable equipment alternatives, or the preferred of all when none is usable.
    Slots that are history hold what was done there, whatever the entries say.
    """
    standing = list(entries)
    sessions = []
    for slot in problem.slots:
        if slot.id in problem.done:
            done = session_done(problem, slot, partial(preferred_alternative, problem))
            sessions += [] if done is None else [done]
            continue
        here = tuple(_entry(problem, e) for e in standing if e.slot == slot.id)
        if here:
            sessions.append(Session(slot.id, here))
    return Plan(tuple(sessions))


def in_training_order(problem: Problem, entries: Iterable[WeekEntry]) -> Plan:
    """The entries as a plan, each session from mobility to carries, with the supersets that it needs."""
    plan = as_written(problem, entries)
    laid = (s if s.slot in problem.done else laid_out(problem, s.slot, s.entries) for s in plan.sessions)
    return Plan(tuple(laid))


def _entry(problem: Problem, entry: WeekEntry) -> Entry:
    exercise, slot = problem.exercise_by_id[entry.exercise], problem.slot_by_id[entry.slot]
    return Entry(entry.exercise, entry.sets, preferred_alternative(problem, exercise, slot))


def keeping_order(problem: Problem, plan: Plan, standing: Sequence[WeekEntry]) -> Plan:
    """A valid plan with every session as near to the order that stands as the rules allow."""
    for number in range(len(plan.sessions)):
        if plan.sessions[number].slot in problem.done:
            continue
        for candidate in _orders(problem, plan.sessions[number], standing):
            sessions = (*plan.sessions[:number], candidate, *plan.sessions[number + 1 :])
            if not verify(problem, Plan(sessions)):
                plan = Plan(sessions)
                break
    return plan


def _orders(problem: Problem, session: Session, standing: Sequence[WeekEntry]) -> Iterator[Session]:
    """Orders to try: all kept entries as they stood, then only within each part of the session."""
    yield as_it_stood(session, standing)
    parts = [problem.exercise_by_id[entry.exercise].session_slot for entry in session.entries]
    blocks = [
        as_it_stood(
            replace(session, entries=tuple(e for e, p in zip(session.entries, parts, strict=True) if p == part)),
            standing,
        )
        for part in dict.fromkeys(parts)
    ]
    yield replace(session, entries=tuple(entry for block in blocks for entry in block.entries))


def as_it_stood(session: Session, standing: Sequence[WeekEntry]) -> Session:
    """The session with its kept entries among themselves in the order in which they stood; new ones do not move."""
    stood = {entry.exercise: number for number, entry in enumerate(standing) if entry.slot == session.slot}
    kept = iter(sorted((e for e in session.entries if e.exercise in stood), key=lambda e: stood[e.exercise]))
    return replace(session, entries=tuple(next(kept) if e.exercise in stood else e for e in session.entries))
