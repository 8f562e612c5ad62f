"""What a front answers: weeks of which none is as good as another in every goal, and what is proven of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.outcome import Infeasible, TimedOut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.outcome import Solved, SolveStats
    from solver.pareto.goals import GoalName


@dataclass(frozen=True)
class GoalValue:
    """One goal of one week, in the goal's own steps (`solver.pareto.goals`); less is better.

    `bound`: proven that no week which is as good in the other goals has less.
    """

    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True)
class FrontPoint:
    """A week of the front, verified. Among weeks with these values it is the best found by the ordinary objective.

    The bounds of `solved` are of the weeks that are as good in every goal.
    """

    solved: Solved
    goals: Mapping[GoalName, GoalValue]

    @property
    def proven(self) -> bool:
        """Whether it is proven that no week dominates this one."""
        return all(goal.proven for goal in self.goals.values())


@dataclass(frozen=True)
class Unexplored:
    """Weeks about which nothing is known: from the first to the second value in these goals, any other as it likes.

    The first is proven to be the least, or lies beyond a week of the front; None as the second: no limit.
    """

    goals: Mapping[GoalName, tuple[int, int | None]]


@dataclass(frozen=True)
class ParetoFront:
    """The front over some goals, as far as it was found. No point of it dominates another."""

    goals: tuple[GoalName, ...]
    points: tuple[FrontPoint, ...]
    complete: bool
    """Whether it is proven that the front has these points and no other."""
    unexplored: tuple[Unexplored, ...]
    stats: SolveStats


ParetoOutcome = ParetoFront | Infeasible | TimedOut


@dataclass(frozen=True)
class FrontProgress:
    """How far a running front has come: values of its points by now, and how many questions are left at most."""

    seconds: float
    points: tuple[Mapping[GoalName, int], ...]
    questions_left: int | None
