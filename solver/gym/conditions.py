"""What a member's week is to meet for the sake of the others: less time at a station, or a shorter session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.pricing import entry_price
from solver.timing import session_seconds
from solver.variables import counted, weighted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ortools.sat.python import cp_model

    from catalog.schema import Exercise
    from solver.model import Objective
    from solver.variables import PlanVars


def seconds_held(exercise: Exercise, sets: int) -> int:
    """What a condition counts for an entry: its price with a ramp-up of its own."""
    return entry_price(exercise).seconds(sets) + exercise.warmup_seconds


@dataclass(frozen=True)
class SecondsAtMost:
    """These exercises together take at most so many `seconds_held` in a slot."""

    slot: str
    exercises: frozenset[str]
    seconds: int

    def __call__(self, plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        slot = plan.problem.slot_by_id[self.slot]
        choices = [c for c in plan.in_slot(slot) if c.exercise.id in self.exercises]
        if not choices:
            return []
        if self.seconds == 0:
            return [counted(choices) == 0]
        once = counted(choices, lambda e: entry_price(e).fixed_seconds + e.warmup_seconds)
        return [once + weighted(choices, lambda e: entry_price(e).seconds_per_set) <= self.seconds]


@dataclass(frozen=True)
class SessionAtMost:
    """A slot's session is no longer than so many seconds: what is left of the slot is time to wait for a station."""

    slot: str
    seconds: int

    def __call__(self, plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        plan.seconds_count = True
        return [session_seconds(plan, plan.problem.slot_by_id[self.slot]) <= self.seconds]
