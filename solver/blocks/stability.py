"""How far a week is from one that the athlete knows: what counts is which exercises, then where, then how many sets.

Other weights than for a week that must change for once (`solver.domain.change`): in a block the sets are meant to rise
and fall from week to week, while an exercise is to stay long enough to get better at it. The weights: judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.change import entries_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.change import WeekEntry
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
    """The distance from `standing`, as an expression to minimise and as a measure of a finished week."""

    standing: tuple[WeekEntry, ...]

    @cached_property
    def _sets(self) -> Mapping[tuple[str, str], int]:
        return {(entry.exercise, entry.slot): entry.sets for entry in self.standing}

    def measure(self, plan: Plan) -> int:
        """The distance of a week."""
        before, after = self._sets, {(entry.exercise, entry.slot): entry.sets for entry in entries_of(plan)}
        exercises = {exercise for exercise, _ in before} ^ {exercise for exercise, _ in after}
        places = before.keys() ^ after.keys()
        sets = sum(abs(after[pair] - before[pair]) for pair in before.keys() & after.keys())
        return EXERCISE * len(exercises) + PLACE * len(places) + SET * sets

    def express(self, plan: PlanVars) -> Expression:
        """The distance of the week that the variables stand for; at least that where it is not minimised."""
        known = {exercise for exercise, _ in self._sets}
        parts: list[Expression | int] = []
        for exercise in plan.problem.exercises:
            choices = [choice.present for choice in plan.of_exercise(exercise.id)]
            if exercise.id in known:
                gone = plan.model.new_bool_var(f"gone {exercise.id}")
                plan.model.add_bool_or([*choices, gone])
                parts.append(EXERCISE * gone)
            elif choices:
                new = plan.model.new_bool_var(f"new {exercise.id}")
                for present in choices:
                    plan.model.add_implication(present, new)
                parts.append(EXERCISE * new)
        for choice in plan.choices:
            stood = self._sets.get((choice.exercise.id, choice.slot.id), 0)
            if not stood:
                parts.append(PLACE * choice.present)
                continue
            # Sets are unary, so any function of them is linear in the flags of the single sets.
            counts = range(choice.smallest, choice.smallest + len(choice.further) + 1)
            cost = [SET * abs(n - stood) for n in counts]
            steps = [cost[0], *(cost[k] - cost[k - 1] for k in range(1, len(cost)))]
            parts.append(cp_model.LinearExpr.weighted_sum([choice.present, *choice.further], steps))
            parts.append(PLACE * (1 - choice.present))
        impossible = sum(plan.choice(exercise, slot) is None for exercise, slot in self._sets)
        return cp_model.LinearExpr.sum(parts) + PLACE * impossible


def known_by(plan: Plan) -> Stability:
    """The distance from a week."""
    return Stability(entries_of(plan))
