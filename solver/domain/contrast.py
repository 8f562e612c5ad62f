"""How different two weeks are, as a share from 0 (the same exercises on the same days) to 1 (nothing in common).

Every working exercise of a week gives it EXERCISE marks for being there and one more for every slot it stands in.
The contrast of two weeks is the part of all their marks, taken together, that only one of them has. An exercise
that one week does without so counts in full, the same exercise on another day for a good quarter. Sets, order and
drills count for nothing: they do not make it another week.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from solver.domain.kinds import working

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

EXERCISE = 3
"""Marks for an exercise that stands in the week, beside one for each of its slots."""


@dataclass(frozen=True)
class Marks:
    """What a week is told apart by."""

    exercises: frozenset[str]
    placements: frozenset[tuple[str, str]]
    """Exercise and slot."""

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> Marks:
        """The marks of a week. Every exercise must be known (KeyError)."""
        placements = frozenset(
            (entry.exercise, session.slot)
            for session in plan.sessions
            for entry in session.entries
            if working(problem.exercise_by_id[entry.exercise])
        )
        return cls(frozenset(exercise for exercise, _ in placements), placements)

    @property
    def number(self) -> int:
        """All marks."""
        return EXERCISE * len(self.exercises) + len(self.placements)

    def shared(self, other: Marks) -> int:
        """Marks that both weeks have."""
        return EXERCISE * len(self.exercises & other.exercises) + len(self.placements & other.placements)


def contrast(problem: Problem, one: Plan, other: Plan) -> Fraction:
    """How different two weeks of a problem are; 0 for two weeks without working exercises."""
    first, second = Marks.of(problem, one), Marks.of(problem, other)
    together = first.number + second.number
    return Fraction(together - 2 * first.shared(second), together) if together else Fraction(0)
