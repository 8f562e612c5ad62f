"""The search for a front: questions about the least of one goal under limits on the others, several at a time.

Every limit is answered once before any answer is bettered, so that what there is spans the whole front at any time.
Questions are asked in rounds, each with a budget of its own, and taken in order, so the same search gives the same
front.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from solver.pareto.front import BEYOND, Front

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.problem import SolveBudget
    from solver.pareto.asking import Asker, Found
    from solver.pareto.boxes import Limits
    from solver.watch import Watch

OPENING_SHARE = 0.2
"""What finding the ends of the front may spend."""
SLICE_SHARE = 0.6
"""The part of what is left that is dealt out evenly to the questions that are left."""
EXPECTED_QUESTIONS = 30
"""Most fronts have no more points; where there may be more questions than that, nobody waits for them all."""
LEAST_SLICE = 0.25
"""Deterministic seconds below which a question is not worth asking."""
CLOCK_GRACE = 1.5
"""How much more of the clock than of the deterministic budget a question may take."""


@dataclass
class FrontSearch:
    """One search with one model."""

    asker: Asker
    budget: SolveBudget
    watch: Watch
    on_better: Callable[[Front], None]
    front: Front = field(init=False)
    _longer: float = field(default=1.0, init=False)

    def run(self, share: float) -> Front | None:
        """Search until the front is proven or the share of the budget is spent; None when there is no week at all."""
        spent = self.watch.allowance(share)
        last = self.watch.left_deterministic * (1 - share)
        if not self._open():
            return None
        while not spent():
            limits = self.front.next(self._team)
            slice_ = self._slice(last)
            if not limits:
                limits = list(self.front.unsettled()[: self._team])
                if not limits and not self.front.resume():
                    break
                if not limits:
                    continue
                self._longer *= 2
            self._ask(limits, slice_)
        return self.front

    @property
    def _team(self) -> int:
        return self.watch.workers

    def _open(self) -> bool:
        """The ends of the front: the least of every goal, each on its own. False when there is no week."""
        goals = len(self.asker.goals)
        rounds = -(-goals // self._team)
        budget = self._budget(OPENING_SHARE * self.watch.left_deterministic / rounds)
        with ThreadPoolExecutor(self._team) as pool:
            ends = list(pool.map(lambda goal: self.asker.least_of(goal, budget), range(goals)))
        self._spend([found for found, _ in ends])
        if any(found.impossible for found, _ in ends):
            return False
        self.front = Front([least for _, least in ends])
        for found, _ in ends:
            if found.week is not None:
                self.front.take(found.week)
        beyond = tuple(BEYOND for _ in range(goals - 1))
        corners: list[Limits] = [beyond]
        for axis, (found, _) in enumerate(ends[1:]):
            if found.week is not None:
                corners.append((*beyond[:axis], found.week.rest[axis], *beyond[axis + 1 :]))
        for number in range(0, len(corners), self._team):
            if not self.watch.over:
                self._ask(corners[number : number + self._team], self._slice(0.0))
        return True

    def _slice(self, last: float) -> float:
        """Deterministic seconds for a question, `last` of what is left kept back."""
        left = max(0.0, self.watch.left_deterministic - last)
        questions = max(1, min(EXPECTED_QUESTIONS, self.front.questions_left()))
        share = SLICE_SHARE * left * self._team / questions
        return min(left, self._longer * max(LEAST_SLICE, share))

    def _ask(self, questions: Sequence[Limits], seconds: float) -> None:
        budget = self._budget(seconds)
        starts = [self.front.best_under(limits) for limits in questions]
        bounds = [self.front.bound_under(limits) or 0 for limits in questions]
        with ThreadPoolExecutor(self._team) as pool:
            answers = list(pool.map(self.asker.ask, questions, starts, bounds, [budget] * len(questions)))
        self._spend(answers)
        for limits, answer in zip(questions, answers, strict=True):
            if answer.week is not None:
                self.front.take(answer.week)
            for bound in answer.bounds:
                self.front.prove(bound)
            self.front.ask(limits)
        self.on_better(self.front)

    def _budget(self, seconds: float) -> SolveBudget:
        """A budget for one thread: so many deterministic seconds, and a fair share of the clock."""
        share = CLOCK_GRACE * seconds / max(seconds, self.watch.left_deterministic)
        return replace(
            self.budget,
            workers=1,
            deterministic_seconds=seconds,
            time_limit_seconds=max(0.1, min(1.0, share) * self.watch.left_seconds),
        )

    def _spend(self, answers: Sequence[Found]) -> None:
        """Book what a round has spent: what ran at the same time counts by the longest."""
        for first in range(0, len(answers), self._team):
            together = answers[first : first + self._team]
            self.watch.spend(max(answer.stats.deterministic_seconds for answer in together))
        self.watch.stopped_by_clock |= any(answer.stats.stopped_by_clock for answer in answers)
        # Questions have watches of their own; without a solve this one would not notice.
        self.watch.cancelled |= self.asker.is_cancelled()
