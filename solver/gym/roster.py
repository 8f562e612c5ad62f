"""Where everybody stands while a gym is scheduled: the week alone, the week by now, and what it weighs to change it."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from solver.domain.problem import SolveBudget
from solver.gym.asking import answer
from solver.gym.timing import Effort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from solver.domain.plan import Plan
    from solver.gym.asking import Answer, Each, Question
    from solver.gym.domain import GymProblem
    from solver.gym.outcome import Alone, Reason

LOSS_WEIGHT = 20
"""How much more a member's time weighs who has lost all that anybody may lose."""
INSISTING = 8
"""So many times more it weighs with every week that could not be found without them."""
STANDING_WEIGHT = 20
"""And so many times more where the week was told to its member before."""
LAST_PATIENCE = 5
"""Weeks not found at all, before the member is left out."""


@dataclass(frozen=True)
class GymBudget:
    """How long to look. `alone` and `again` bound one search of one week; what is timed takes `timing` deterministic
    seconds at most. After `time_limit_seconds` no more weeks are searched again: who has no times by then is left out.
    """

    time_limit_seconds: float = 60.0
    alone: SolveBudget = field(default_factory=lambda: SolveBudget(60.0, deterministic_seconds=0.4, workers=1))
    again: SolveBudget = field(default_factory=lambda: SolveBudget(60.0, deterministic_seconds=0.3, workers=1))
    timing: float = 0.5
    rounds: int = 100
    repaying: int = 1
    """Times that everybody who lost something is asked whether there is room for more by now."""
    gap: float = 0.01
    """How close to the bound is close enough, for all together: weeks are improved until then."""
    improving: int = 2
    """Times that everybody who is short of his bound is searched a better week for while that gap is open, each time
    twice as long."""


@dataclass
class Roster:
    """Everybody by member: `plans` and `scores` by now, of those who are not `unplaced`."""

    gym: GymProblem
    budget: GymBudget
    each: Each
    is_cancelled: Callable[[], bool]
    alone: dict[str, Alone] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    unplaced: dict[str, Reason] = field(default_factory=dict)
    standing: dict[str, Plan] = field(default_factory=dict)
    """Weeks that were told to their members before."""
    failures: Counter[str] = field(default_factory=Counter)
    """Weeks that could not be found with less of the stations."""
    having_way: str | None = None
    """A member for whom others move, as if he were pinned."""
    solves: int = 0
    _started: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        self.pinned = self.gym.pinned

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._started

    @property
    def over(self) -> bool:
        return self.seconds >= self.budget.time_limit_seconds or self.is_cancelled()

    def ask(self, questions: Sequence[Question]) -> list[Answer]:
        """Weeks searched side by side."""
        self.solves += len(questions)
        return list(self.each(answer, questions))

    def effort(self) -> Effort:
        """For one timing of a few sessions."""
        again = self.budget.again
        return Effort(self.budget.timing, max(5.0, self.budget.time_limit_seconds), again.workers, again.seed)

    def take(self, member: str, plan: Plan, score: float) -> None:
        self.plans[member], self.scores[member] = plan, score

    def weeks_of(self, members: Iterable[str]) -> dict[str, Plan]:
        return {member: self.plans[member] for member in members if member in self.plans}

    def kept(self, member: str) -> float:
        """The share of the score alone that the member has."""
        alone = self.alone[member].score
        return self.scores[member] / alone if alone else 1.0

    def gap(self) -> float:
        """How far all together are from their bounds."""
        bound = sum(self.alone[member].bound for member in self.plans)
        return 1 - sum(self.scores[member] for member in self.plans) / bound if bound else 0.0

    def open_to_change(self) -> list[str]:
        """Who is neither pinned nor has the week that was told before."""
        return [m for m, plan in self.plans.items() if m not in self.pinned and plan is not self.standing.get(m)]

    def weigh(self, member: str) -> int | None:
        """What giving up a second costs its member: the more, the more he has lost. None where nothing may change."""
        if member in self.pinned or member == self.having_way:
            return None
        lost, allowed = 1 - self.kept(member), float(self.gym.most_lost)
        share = min(1.0, lost / allowed) if allowed else float(lost > 0)
        weight = 1 + round(LOSS_WEIGHT * max(0.0, share))
        weight *= STANDING_WEIGHT if member in self.standing else 1
        return weight * INSISTING ** min(self.failures[member], LAST_PATIENCE)  # type: ignore[no-any-return]


def longer(budget: SolveBudget, times: int) -> SolveBudget:
    """So many times the budget."""
    granted = budget.deterministic_seconds
    return replace(
        budget,
        time_limit_seconds=times * budget.time_limit_seconds,
        deterministic_seconds=None if granted is None else times * granted,
    )
