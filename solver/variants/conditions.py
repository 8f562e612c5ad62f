"""What a variant must meet beside the rules: far enough from the weeks there are, and not much worse than the best."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.contrast import EXERCISE, Marks
from solver.domain.kinds import working
from solver.objective.score import untrained
from solver.variables import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.model import Objective
    from solver.variables import Expression, PlanVars


@dataclass(frozen=True)
class Contrasting:
    """At least `share` of contrast (`solver.domain.contrast`) to a week."""

    week: Plan
    share: Fraction

    def __call__(self, plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        """`together - 2 x shared >= share x together`, in whole numbers."""
        standing = Marks.of(plan.problem, self.week)
        shared, together = self._shared(plan, standing), standing.number + self._own(plan, standing)
        part, whole = self.share.numerator, self.share.denominator
        return [(whole - part) * together >= 2 * whole * shared]

    @staticmethod
    def _shared(plan: PlanVars, standing: Marks) -> Expression:
        """The marks that the week to be found shares with the one that stands."""
        stays = [plan.choice(exercise, slot) for exercise, slot in sorted(standing.placements)]
        placed = counted(choice for choice in stays if choice is not None)
        return EXERCISE * cp_model.LinearExpr.sum(list(_there(plan, standing.exercises))) + placed

    @staticmethod
    def _own(plan: PlanVars, standing: Marks) -> Expression:
        """The marks of the week to be found.

        Every flag is tied where more of it would help: an exercise that stands already is counted at least when it is
        present, any other one only then.
        """
        others = {e.id for e in plan.problem.exercises if working(e)} - standing.exercises
        fresh = [
            plan.any_present(f"only if {exercise}", choices)
            for exercise in sorted(others)
            if (choices := plan.of_exercise(exercise))
        ]
        kinds = cp_model.LinearExpr.sum([*fresh, *_there(plan, standing.exercises)])
        return EXERCISE * kinds + counted(plan.of(working))


def _there(plan: PlanVars, exercises: Iterable[str]) -> Iterator[cp_model.IntVar]:
    """A flag for each of these exercises that must be 1 as soon as it is present."""
    for exercise in sorted(exercises):
        choices = plan.of_exercise(exercise)
        if choices:
            yield plan.forced_by(f"there {exercise}", choices)


@dataclass(frozen=True)
class LosingAtMost:
    """No more shortfall below minima and targets together than `shortfall`."""

    shortfall: int

    def __call__(self, _: PlanVars, objective: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        return [objective.minima + objective.targets <= self.shortfall]


def shortfall_within(problem: Problem, best: int, loss: Fraction) -> int:
    """The largest shortfall whose score is at most a share `loss` below the score of the shortfall `best`.

    The score falls evenly with the shortfall, from 100 at none to 0 at that of an untrained week.
    """
    return best + floor(loss * (untrained(problem) - best))
