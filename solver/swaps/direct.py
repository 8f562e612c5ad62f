"""Replacing one entry of a week by another exercise, and measuring what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.eligibility import Eligibility, usable_alternatives
from solver.domain.plan import Entry, Plan, Session
from solver.extract import laid_out
from solver.measured import MeasuredWeek
from solver.swaps.outcome import NoSuchEntryError, RuleEffect, Swap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.domain.outcome import CertificateLine
    from solver.domain.problem import Problem


def candidates(problem: Problem, plan: Plan, slot: str) -> Iterator[Exercise]:
    """Every exercise that this athlete could do in the slot and that is not in its session yet, in id order."""
    eligible, here = Eligibility.of(problem), problem.slot_by_id[slot]
    taken = {entry.exercise for entry in session_in(plan, slot).entries}
    return (e for e in problem.exercises if e.id not in taken and eligible.possible(e, here))


def session_in(plan: Plan, slot: str) -> Session:
    """The session in a slot. Raises NoSuchEntryError without one."""
    for session in plan.sessions:
        if session.slot == slot:
            return session
    raise NoSuchEntryError(f"there is no session in '{slot}'; there are {', '.join(s.slot for s in plan.sessions)}")


def best_swap(before: MeasuredWeek, slot: str, old: str, new: Exercise) -> Swap:
    """The swap with its best number of sets."""
    swaps = (swapped(before, slot, old, new, sets) for sets in range(new.sets.min, new.sets.max + 1))
    return max(swaps, key=lambda s: (-len(s.broken), s.week.worth, -s.sets))


def swapped(before: MeasuredWeek, slot: str, old: str, new: Exercise, sets: int) -> Swap:
    """The swap with this number of sets. Raises NoSuchEntryError when `old` is not in the session."""
    week = MeasuredWeek(before.problem, replaced(before.problem, before.plan, slot, old, new, sets))
    return Swap(new.id, sets, week, _effects(before.certificate, week.certificate))


def _effects(before: tuple[CertificateLine, ...], after: tuple[CertificateLine, ...]) -> tuple[RuleEffect, ...]:
    return tuple(RuleEffect(b, a) for b, a in zip(before, after, strict=True) if _differs(b, a))


def _differs(before: CertificateLine, after: CertificateLine) -> bool:
    return (before.holds, before.slack, before.measured) != (after.holds, after.slack, after.measured)


def replaced(problem: Problem, plan: Plan, slot: str, old: str, new: Exercise, sets: int) -> Plan:
    """The week with the entry replaced.

    A session as it would be planned is laid out anew; in any other the new exercise takes the old one's place.
    """
    session = session_in(plan, slot)
    if old not in {entry.exercise for entry in session.entries}:
        known = ", ".join(entry.exercise for entry in session.entries)
        raise NoSuchEntryError(f"there is no {old} in '{slot}'; there are {known}")
    usable = usable_alternatives(problem, new, problem.slot_by_id[slot].place)
    items = (*usable, *new.equipment)[0]
    entries = tuple(Entry(new.id, sets, items, e.superset) if e.exercise == old else e for e in session.entries)
    as_planned = laid_out(problem, slot, session.entries) == session
    changed = laid_out(problem, slot, entries) if as_planned else replace(session, entries=entries)
    return Plan(tuple(changed if s.slot == slot else s for s in plan.sessions))
