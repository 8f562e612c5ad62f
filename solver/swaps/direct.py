"""Replacing one entry of a week by another exercise, and measuring what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.eligibility import Eligibility, preferred_alternative
from solver.domain.likeness import likeness
from solver.domain.plan import Entry, Plan, Session
from solver.extract import laid_out
from solver.measured import MeasuredWeek
from solver.rules.structure_order import place_in_session
from solver.swaps.outcome import NoSuchEntryError, RuleEffect, Swap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.domain.likeness import Likeness
    from solver.domain.outcome import CertificateLine
    from solver.domain.problem import Problem


def candidates(problem: Problem, plan: Plan, slot: str) -> Iterator[Exercise]:
    """Every exercise that this athlete could do in the slot and that is not in its session yet, in id order."""
    eligible, here = Eligibility.of(problem), problem.slot_by_id[slot]
    taken = {entry.exercise for entry in session_in(plan, slot).entries}
    return (e for e in problem.exercises if e.id not in taken and eligible.possible(e, here))


LIKE: tuple[Likeness | None, ...] = ("family", "pattern", "muscle")
"""What makes an exercise a sensible stand-in for another, the most alike first."""
LIKENESSES: tuple[Likeness | None, ...] = (*LIKE, "unlike", None)
"""All that there are, the most alike first."""


def session_in(plan: Plan, slot: str) -> Session:
    """The session in a slot. Raises NoSuchEntryError without one."""
    for session in plan.sessions:
        if session.slot == slot:
            return session
    raise NoSuchEntryError(f"there is no session in '{slot}'; there are {', '.join(s.slot for s in plan.sessions)}")


def best_swap(before: MeasuredWeek, slot: str, old: str, new: Exercise) -> Swap:
    """The swap with its best number of sets."""
    counts = range(new.sets.min, new.sets.max + 1)
    weeks = {sets: _week(before, slot, old, new, sets) for sets in counts}
    best: Swap | None = None
    # What a week is worth is told sooner than what it breaks: the first that breaks nothing is the best of those.
    for sets in sorted(counts, key=lambda sets: (*(-value for value in weeks[sets].worth), sets)):
        swap = _measured(before, old, new, sets, weeks[sets])
        if not swap.broken:
            return swap
        if best is None or len(swap.broken) < len(best.broken):
            best = swap
    assert best is not None
    return best


def swapped(before: MeasuredWeek, slot: str, old: str, new: Exercise, sets: int) -> Swap:
    """The swap with this number of sets. Raises NoSuchEntryError when `old` is not in the session."""
    return _measured(before, old, new, sets, _week(before, slot, old, new, sets))


def _week(before: MeasuredWeek, slot: str, old: str, new: Exercise, sets: int) -> MeasuredWeek:
    return MeasuredWeek(before.problem, replaced(before.problem, before.plan, slot, old, new, sets))


def _measured(before: MeasuredWeek, old: str, new: Exercise, sets: int, week: MeasuredWeek) -> Swap:
    like = likeness(before.problem.exercise_by_id[old], new)
    return Swap(new.id, like, sets, week, _effects(before.certificate, week.certificate))


def _effects(before: tuple[CertificateLine, ...], after: tuple[CertificateLine, ...]) -> tuple[RuleEffect, ...]:
    return tuple(RuleEffect(b, a) for b, a in zip(before, after, strict=True) if _differs(b, a))


def _differs(before: CertificateLine, after: CertificateLine) -> bool:
    return (before.holds, before.slack, before.measured) != (after.holds, after.slack, after.measured)


def replaced(problem: Problem, plan: Plan, slot: str, old: str, new: Exercise, sets: int) -> Plan:
    """The week with the entry replaced.

    A session that stands in training order is put in it again, with the supersets that it needs then; in any other the
    new exercise takes the old one's place, and a superset of the old one ends.
    """
    session = session_in(plan, slot)
    gone = next((entry for entry in session.entries if entry.exercise == old), None)
    if gone is None:
        known = ", ".join(entry.exercise for entry in session.entries)
        raise NoSuchEntryError(f"there is no {old} in '{slot}'; there are {known}")
    entry = Entry(new.id, sets, preferred_alternative(problem, new, problem.slot_by_id[slot]))
    entries = tuple(entry if e.exercise == old else e for e in session.entries)
    if _in_training_order(problem, session):
        changed = laid_out(problem, slot, entries)
    else:
        alone = (replace(e, superset=None) if e.superset == gone.superset else e for e in entries)
        changed = replace(session, entries=tuple(alone))
    return Plan(tuple(changed if s.slot == slot else s for s in plan.sessions))


def _in_training_order(problem: Problem, session: Session) -> bool:
    """Whether it is as we lay sessions out."""
    if any(entry.superset is not None for entry in session.entries):
        return problem.supersets
    places = [place_in_session(problem.exercise_by_id[entry.exercise]) for entry in session.entries]
    return places == sorted(places)
