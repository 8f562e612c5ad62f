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
class BegunBetween:
    """These exercises, all of one part of the session, begin no sooner and no later than so many seconds into it.

    What stands in earlier parts comes before them, all else after: so it is necessary for the latest time, and enough
    for the soonest one where nothing of their own part can be brought forward.
    """

    slot: str
    exercises: frozenset[str]
    part: int
    soonest: int
    latest: int

    def __call__(self, plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        slot, rules = plan.problem.slot_by_id[self.slot], plan.problem.rules
        choices = [c for c in plan.in_slot(slot) if c.exercise.id in self.exercises]
        if not choices:
            return
        begun = plan.model.new_bool_var(f"{min(self.exercises)} and others from {self.soonest} on in {self.slot}")
        for choice in choices:
            plan.model.add_implication(choice.present, begun)
        earlier = [c for c in plan.in_slot(slot) if c.exercise.session_slot < self.part]
        before = weighted(earlier, lambda e: entry_price(e).seconds_per_set) + counted(
            earlier, lambda e: entry_price(e).fixed_seconds + rules.changeover_seconds
        )
        limit = slot.limit_seconds
        if self.soonest > rules.warmup_seconds:
            later = session_seconds(plan, slot) - rules.warmup_seconds - before
            yield later + self.soonest * begun <= limit
        if self.latest < limit:
            yield before + rules.warmup_seconds + (limit - self.latest) * begun <= limit


@dataclass(frozen=True)
class Unused:
    """Nothing is done in a slot: others have its places."""

    slot: str

    def __call__(self, plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        return [plan.used(plan.problem.slot_by_id[self.slot]) == 0]


@dataclass(frozen=True)
class SessionAtMost:
    """A slot's session is no longer than so many seconds: what is left of the slot is time to wait for a station."""

    slot: str
    seconds: int

    def __call__(self, plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        plan.seconds_count = True
        return [session_seconds(plan, plan.problem.slot_by_id[self.slot]) <= self.seconds]
