"""What changes from one week to another, entry by entry, even where the two were asked for in different slots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.compare.pairing import paired_slots
from solver.domain.change import WeekEntry, difference, distance, entries_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.change import Change
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


@dataclass(frozen=True)
class ComparedWeek:
    """A week and the problem that it answers."""

    problem: Problem
    plan: Plan


@dataclass(frozen=True)
class Difference:
    """The cheapest changes from one week to another and their weight together.

    `problem` knows every slot and exercise of both weeks, for looking them up.

    `slots` says for which slot of the first week those of the second were taken, where the names differ; changes speak
    of slots of the first week, and of those of the second that answer to none.
    """

    changes: tuple[Change, ...]
    distance: int
    slots: Mapping[str, str]
    problem: Problem


def difference_between(before: ComparedWeek, after: ComparedWeek) -> Difference:
    """What makes the week `after` out of the week `before`.

    Raises KeyError when a week names a slot or an exercise that its problem does not have.
    """
    taken = paired_slots(before.problem.slot_by_id, after.problem.slot_by_id, before.plan.sessions, after.plan.sessions)
    moved = [WeekEntry(taken.get(e.slot, e.slot), e.exercise, e.sets) for e in entries_of(after.plan)]
    both = _both(before, after)
    changes = difference(both, entries_of(before.plan), moved)
    return Difference(changes, distance(changes), {slot: of for slot, of in taken.items() if slot != of}, both)


def _both(before: ComparedWeek, after: ComparedWeek) -> Problem:
    """The first problem with the slots and exercises of the second that it lacks, for looking them up."""
    one, other = before.problem, after.problem
    slots = {**other.slot_by_id, **one.slot_by_id}
    exercises = {**other.exercise_by_id, **one.exercise_by_id}
    ordered = tuple(sorted(slots.values(), key=lambda slot: slot.start_minute))
    return replace(one, slots=ordered, exercises=tuple(exercises[id_] for id_ in sorted(exercises)))
