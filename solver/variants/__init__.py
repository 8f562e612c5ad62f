"""Variants: a few weeks that are clearly different from each other and nearly as good as the best."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.contrast import contrast
from solver.domain.outcome import NoneWithin, Solved, SolveStats, TimedOut
from solver.pipeline import optimise, optimise_within
from solver.variants.conditions import Contrasting, LosingAtMost, shortfall_within
from solver.variants.outcome import (
    FEWEST_WEEKS,
    MOST_WEEKS,
    Ending,
    Variant,
    Variants,
    VariantsOutcome,
    VariantsProgress,
    Wanted,
)
from solver.variants.ranking import FoundWeek, best_of, near_enough, ranked, shortfall
from solver.variants.wording import best_sentence, sentence
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.conditions import Condition
    from solver.domain.outcome import Progress
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget

BEST_WEIGHT = 2.0
"""The best week, which the others are measured by, gets so many times the budget of each of them."""


def variants(
    problem: Problem,
    wanted: Wanted,
    budget: SolveBudget,
    *,
    on_progress: Callable[[VariantsProgress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> VariantsOutcome:
    """The best week, and again and again the best one that is far enough from all before it; every week verified.

    Where a later search meets a better week than the first, that one comes first and the others are measured by it;
    those that then lose too much are left out, and others are looked for in their place.

    That there is no further week is an answer, and proven. Where not even a first week is found, its outcome is the
    answer. `on_progress` is called from solver threads; when `is_cancelled` turns true, the search stops within half a
    second and the weeks so far are the answer. Raises InvalidPlanError when the verifier rejects what the model made:
    a fault of ours, never an answer.
    """
    search = _Search(problem, wanted, budget, on_progress, is_cancelled)
    first = optimise(problem, search.share(), on_progress=search.tell, is_cancelled=is_cancelled)
    search.watch.book(first.stats)
    if not isinstance(first, Solved):
        return first
    return search.answer(first)


class _Search:
    """One search for variants."""

    def __init__(
        self,
        problem: Problem,
        wanted: Wanted,
        budget: SolveBudget,
        on_progress: Callable[[VariantsProgress], None] | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> None:
        self.watch = Watch(budget, is_cancelled)
        self._problem, self._wanted, self._budget = problem, wanted, budget
        self._on_progress, self._is_cancelled = on_progress, is_cancelled or (lambda: False)
        self._weeks: list[FoundWeek] = []

    def share(self) -> SolveBudget:
        """The budget of the next week: its part of what is left."""
        to_come = self._wanted.weeks - len(self._weeks)
        part = 1 / to_come if self._weeks else BEST_WEIGHT / (BEST_WEIGHT + to_come - 1)
        return replace(
            self._budget,
            deterministic_seconds=max(0.0, part * self.watch.left_deterministic),
            time_limit_seconds=max(0.0, part * self.watch.left_seconds),
        )

    def tell(self, progress: Progress | None = None) -> None:
        """Say how far it is."""
        if self._on_progress is not None:
            scores = tuple(week.solved.score.value for week in self._weeks)
            self._on_progress(VariantsProgress(self.watch.seconds, scores, progress))

    def answer(self, first: Solved) -> Variants:
        """All weeks. The first is the answer to the search for the best one."""
        self._weeks.append(FoundWeek(first))
        self.tell()
        ending = self._further()
        weeks = ranked(self._problem, self._weeks, first.tiers)
        best, *others = weeks
        said = [best_sentence(best, others), *(sentence(self._problem, best, week) for week in others)]
        return Variants(
            weeks=tuple(Variant(week, words) for week, words in zip(weeks, said, strict=True)),
            ending=ending,
            differences=tuple(tuple(contrast(self._problem, a.plan, b.plan) for b in weeks) for a in weeks),
            stats=self._stats(first.stats),
        )

    def _further(self) -> Ending:
        while len(self._weeks) < self._wanted.weeks:
            apart = tuple(week.solved.plan for week in self._weeks)
            found = self._next(apart)
            if not isinstance(found, Solved):
                return "no_other" if isinstance(found, NoneWithin) else "out_of_time"
            self._weeks = near_enough(self._problem, [*self._weeks, FoundWeek(found, apart)], self._wanted.loss)
            self.tell()
        return "enough"

    def _next(self, there: Sequence[Plan]) -> Solved | NoneWithin | TimedOut:
        """The best week that is far enough from all there are, if it loses little enough.

        What it may lose is not asked for at first: the search for the best has its own way to little loss, and finds a
        first week sooner without. The best of all that are far enough is also the best of those that lose little; only
        where it loses too much may there be another, with less shortfall in all but more of it below the minima.
        """
        apart: list[Condition] = [Contrasting(week, self._wanted.contrast) for week in there]
        found = self._within(apart, self._weeks[-1].solved)
        most = shortfall_within(self._problem, shortfall(best_of(self._weeks)), self._wanted.loss)
        if isinstance(found, Solved) and shortfall(found) > most:
            return self._within([*apart, LosingAtMost(most)], found)
        return found

    def _within(self, conditions: Sequence[Condition], start: Solved) -> Solved | NoneWithin | TimedOut:
        found = optimise_within(
            self._problem,
            self.share(),
            start=start.plan,
            conditions=conditions,
            on_progress=self.tell,
            is_cancelled=self._is_cancelled,
        )
        self.watch.book(found.stats)
        return found

    def _stats(self, first: SolveStats) -> SolveStats:
        return replace(
            first,
            seconds=round(self.watch.seconds, 3),
            deterministic_seconds=round(self.watch.deterministic_seconds, 3),
            workers=self._budget.workers,
            stopped_by_clock=self.watch.stopped_by_clock,
        )


__all__ = [
    "FEWEST_WEEKS",
    "MOST_WEEKS",
    "Ending",
    "Variant",
    "Variants",
    "VariantsOutcome",
    "VariantsProgress",
    "Wanted",
    "variants",
]
