"""One question of a front: the least of a goal under limits on the others, on a copy of one model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.outcome import SolveStats
from solver.explain.proving import lone_solver
from solver.pareto.front import BEYOND, Bound, Week
from solver.search.least import Least, LeastSearch, NoWeek
from solver.version import solver_version
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.plan import Plan
    from solver.domain.problem import SolveBudget
    from solver.model import BuiltModel
    from solver.pareto.boxes import Limits
    from solver.pareto.goals import Goal
    from solver.variables import Expression

FIRST_SHARE = 0.7
"""What the first goal may spend of a question; the rest is for having less of the others at no cost to it."""


@dataclass(frozen=True)
class Found:
    """What came of a question: a week or none, and everything that is proven."""

    week: Week | None
    bounds: tuple[Bound, ...]
    impossible: bool
    stats: SolveStats


@dataclass(frozen=True)
class Asker:
    """Asks questions of one model on which every goal is stated. Questions do not touch it, so many can run at once."""

    built: BuiltModel
    goals: tuple[Goal, ...]
    expressions: tuple[Expression, ...]
    is_cancelled: Callable[[], bool]

    @classmethod
    def of(cls, built: BuiltModel, goals: Sequence[Goal], is_cancelled: Callable[[], bool]) -> Asker:
        """State the goals on a model."""
        objective = built.objective
        return cls(built, tuple(goals), tuple(g.express(built.plan, objective) for g in goals), is_cancelled)

    def values(self, plan: Plan) -> tuple[int, ...]:
        """The goals of a finished plan."""
        return tuple(goal.measure(self.built.problem, plan) for goal in self.goals)

    def least_of(self, goal: int, budget: SolveBudget) -> tuple[Found, int]:
        """The least of any goal, without limits: a week that has little of it, and what no week is below."""
        watch = Watch(budget, self.is_cancelled)
        found = self._least(self.built.model.clone(), goal, watch, 1.0, None, 0)
        if not isinstance(found, Least):
            return Found(None, (), found.verdict == "impossible", _stats(watch, budget)), 0
        return Found(self._week(found), (), False, _stats(watch, budget)), found.bound

    def ask(self, limits: Limits, start: Week | None, at_least: int, budget: SolveBudget) -> Found:
        """The least of the first goal under limits, and then the least of the others together.

        `start`: a week that keeps the limits; `at_least`: what is proven of the first goal under them by now.
        """
        watch = Watch(budget, self.is_cancelled)
        model = self.built.model.clone()
        for expression, limit in zip(self.expressions[1:], limits, strict=True):
            if limit < BEYOND:
                model.add(expression <= limit)
        found = self._least(model, 0, watch, FIRST_SHARE, start, at_least)
        if not isinstance(found, Least):
            impossible = found.verdict == "impossible" and self._impossible_again(model, watch)
            return Found(None, (Bound(limits, None),) if impossible else (), impossible, _stats(watch, budget))
        week, further = self._thriftier(model, found, limits, watch)
        return Found(week, (Bound(limits, found.bound), *further), False, _stats(watch, budget))

    def _least(
        self, model: cp_model.CpModel, goal: int, watch: Watch, share: float, start: Week | None, at_least: int
    ) -> Least | NoWeek:
        problem = self.built.problem
        return LeastSearch(
            replace(self.built, model=model),
            self.expressions[goal],
            lambda plan: self.goals[goal].measure(problem, plan),
            _pairs(start),
            watch,
            0.0,
            _in_silence,
            share=share,
            start=() if start is None else start.assignment,
            at_least=at_least,
        ).run()

    def _thriftier(
        self, model: cp_model.CpModel, found: Least, limits: Limits, watch: Watch
    ) -> tuple[Week, tuple[Bound, ...]]:
        """The week with the least of the other goals together that has no more of the first, and what that proves."""
        week = self._week(found)
        if watch.over:
            return week, ()
        held = model.clone()
        held.add(self.expressions[0] <= week.first)
        rest = LeastSearch(
            replace(self.built, model=held),
            cp_model.LinearExpr.sum(list(self.expressions[1:])),
            lambda plan: sum(self.values(plan)[1:]),
            _pairs(week),
            watch,
            0.0,
            _in_silence,
            share=1.0,
            start=week.assignment,
        ).run()
        if not isinstance(rest, Least):
            return week, ()
        better = self._week(rest)
        bounds = []
        for axis in range(len(limits)):
            # With the others no higher than here, what the sum cannot go below is this goal's own.
            own = rest.bound - sum(better.rest) + better.rest[axis]
            narrower = (*better.rest[:axis], own - 1, *better.rest[axis + 1 :])
            bounds.append(Bound(narrower, week.first + 1))
        return better, tuple(bounds)

    def _impossible_again(self, model: cp_model.CpModel, watch: Watch) -> bool:
        """Whether a second proof, without presolve, comes to the same: presolve has known faults."""
        if watch.over:
            return False
        bare = model.clone()
        bare.clear_objective()  # type: ignore[no-untyped-call]
        return watch.solve(lone_solver(watch, watch.left_deterministic), bare) == "impossible"

    def _week(self, found: Least) -> Week:
        return Week(self.values(found.plan), found.plan, found.assignment)


def _in_silence(_value: int | None, _bound: int | None) -> None:
    """Single questions do not tell how far they are."""


def _pairs(week: Week | None) -> frozenset[tuple[str, str]]:
    if week is None:
        return frozenset()
    return frozenset((s.slot, e.exercise) for s in week.plan.sessions for e in s.entries)


def _stats(watch: Watch, budget: SolveBudget) -> SolveStats:
    return SolveStats(
        solver_version(),
        watch.seconds,
        watch.deterministic_seconds,
        budget.seed,
        budget.workers,
        stopped_by_clock=watch.stopped_by_clock,
    )
