"""Distances between session starts, in minutes, around a week that repeats."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solver.domain.problem import MINUTES_PER_WEEK

if TYPE_CHECKING:
    from solver.domain.problem import Slot
    from solver.verifier.facts import Facts, SessionFacts

MINUTES_PER_HOUR = 60


def in_hours(minutes: int) -> Fraction:
    """Minutes as exact hours."""
    return Fraction(minutes, MINUTES_PER_HOUR)


def apart_minutes(a: Slot, b: Slot, *, week_repeats: bool) -> int:
    """Time between two starts; the shorter way round when the week repeats."""
    direct = abs(a.start_minute - b.start_minute)
    return min(direct, MINUTES_PER_WEEK - direct) if week_repeats else direct


def window_from(facts: Facts, first: SessionFacts, minutes: int) -> tuple[SessionFacts, ...]:
    """The sessions that start less than `minutes` after `first` starts, itself included; each at most once."""

    def after(session: SessionFacts) -> int:
        wait = session.slot.start_minute - first.slot.start_minute
        return wait % MINUTES_PER_WEEK if facts.problem.week_repeats else wait

    return tuple(session for session in facts.sessions if 0 <= after(session) < minutes)


def window_from_before(facts: Facts, first: SessionFacts, minutes: int) -> tuple[SessionFacts, ...]:
    """The same from a session before the week: the sessions that follow it there, and those of the week."""
    sessions = (*facts.preceding, *facts.sessions)
    return tuple(s for s in sessions if 0 <= s.slot.start_minute - first.slot.start_minute < minutes)
