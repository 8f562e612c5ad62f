"""How far a week is from those that the athlete knows: what counts is which exercises, then where, then how many sets.

Other weights than for a week that must change for once (`solver.domain.change`): in a block the sets are meant to rise
and fall from week to week, while an exercise is to stay long enough to get better at it. The weights: judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from solver.domain.plan import Plan
    from solver.variables import Expression, PlanVars

EXERCISE = 20
"""For an exercise that leaves the week or is new in it."""
PLACE = 6
"""For an exercise that leaves a session or comes into it."""
SET = 1
"""For a set more or less of what stays in its session."""


@dataclass(frozen=True)
class Stability:
    """The distance from weeks that the athlete knows, added up: to be minimised, and measured of a finished week."""

    known: tuple[Plan, ...]

    @cached_property
    def _sets(self) -> tuple[Mapping[tuple[str, str], int], ...]:
        return tuple(_by_place(week) for week in self.known)

    def around(self) -> frozenset[tuple[str, str]]:
        """Slot and exercise of all that stands in a known week."""
        return frozenset((slot, exercise) for week in self._sets for exercise, slot in week)

    def measure(self, plan: Plan) -> int:
        """The distance of a week."""
        after = _by_place(plan)
        return sum(_apart(before, after) for before in self._sets)

    def express(self, plan: PlanVars) -> Expression:
        """The distance of the week that the variables stand for; at least that where it is not minimised."""
        return cp_model.LinearExpr.sum([part for week in self._sets for part in _stated(plan, week)])


def _by_place(plan: Plan) -> dict[tuple[str, str], int]:
    return {(entry.exercise, session.slot): entry.sets for session in plan.sessions for entry in session.entries}


def _apart(before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]) -> int:
    exercises = {exercise for exercise, _ in before} ^ {exercise for exercise, _ in after}
    places = before.keys() ^ after.keys()
    sets = sum(abs(after[pair] - before[pair]) for pair in before.keys() & after.keys())
    return EXERCISE * len(exercises) + PLACE * len(places) + SET * sets


def _stated(plan: PlanVars, before: Mapping[tuple[str, str], int]) -> Iterator[Expression | int]:
    """The parts of the distance from one week."""
    known = {exercise for exercise, _ in before}
    for exercise in plan.problem.exercises:
        choices = [choice.present for choice in plan.of_exercise(exercise.id)]
        changed = plan.model.new_bool_var(f"changed {exercise.id}")
        if exercise.id in known:
            plan.model.add_bool_or([*choices, changed])
        for present in () if exercise.id in known else choices:
            plan.model.add_implication(present, changed)
        yield EXERCISE * changed
    for choice in plan.choices:
        stood = before.get((choice.exercise.id, choice.slot.id), 0)
        if not stood:
            yield PLACE * choice.present
            continue
        # Sets are unary, so any function of them is linear in the flags of the single sets.
        counts = range(choice.smallest, choice.smallest + len(choice.further) + 1)
        cost = [SET * abs(n - stood) for n in counts]
        steps = [cost[0], *(cost[k] - cost[k - 1] for k in range(1, len(cost)))]
        yield cp_model.LinearExpr.weighted_sum([choice.present, *choice.further], steps)
        yield PLACE * (1 - choice.present)
    yield PLACE * sum(plan.choice(exercise, slot) is None for exercise, slot in before)
