"""What there is room for after all: weeks given back, the one who lost most first, and better ones for all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from solver.domain.outcome import Solved
from solver.gym.asking import Question
from solver.gym.repairing import ASKED_AT_LEAST
from solver.gym.roster import longer

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.gym.book import Book
    from solver.gym.repairing import Repairs
    from solver.gym.roster import Roster
    from solver.gym.sharing import Sharing

IN_VAIN = 3
"""So many of those who lost most may try in vain to get their own week at the cost of others."""
NEGLIGIBLE = 0.005
"""A loss that nobody else moves for."""
IMPROVED_AT_ONCE = 6
"""Weeks that are searched for again side by side, each in the room that all others leave."""


@dataclass
class Returns:
    """A roster whose weeks all have their times. A week that was told before and could stay is left as it is."""

    roster: Roster
    book: Book
    sharing: Sharing
    repairs: Repairs

    def run(self) -> None:
        """Make up for losses first, then come nearer to the bounds."""
        for _ in range(self.roster.budget.repaying):
            self._repay()
            self._relieve()
        for turn in range(self.roster.budget.improving):
            self._improve(2**turn)

    def _repay(self) -> None:
        """Everybody who lost something, the one who lost most first, gets his own week back if it finds its times."""
        roster = self.roster
        losers = [m for m in roster.open_to_change() if roster.scores[m] < roster.alone[m].score]
        for member in sorted(losers, key=roster.kept):
            if roster.over:
                return
            self._exchange(member, roster.alone[member].plan, roster.alone[member].score)

    def _exchange(self, member: str, plan: Plan, score: float) -> None:
        """Give a member another week, if it finds its times beside the others'."""
        had = self.book.forget(member)
        if self.book.add_week(member, plan):
            self.roster.take(member, plan, score)
        else:
            self.book.restore(had)

    def _relieve(self) -> None:
        """The one who lost most gets his own week back at the cost of others, as long as they lose less than he did."""
        roster, in_vain = self.roster, set[str]()
        while not roster.over and len(in_vain) < IN_VAIN:
            losers = [m for m in roster.open_to_change() if roster.kept(m) < 1 - NEGLIGIBLE and m not in in_vain]
            if not losers:
                return
            worst = min(losers, key=lambda m: (roster.kept(m), m))
            if not self._relieved(worst):
                in_vain.add(worst)

    def _relieved(self, member: str) -> bool:
        roster = self.roster
        book, plans, scores, kept = self.book.copy(), dict(roster.plans), dict(roster.scores), roster.kept(member)
        self.book.forget(member)
        roster.take(member, roster.alone[member].plan, roster.alone[member].score)
        roster.having_way = member
        clash = self.book.book(roster.weeks_of([member]))
        asked = {} if clash is not None else self.sharing.asked()
        if asked and len(asked) <= ASKED_AT_LEAST and not asked.keys() & roster.standing.keys():
            clash = self.book.book(roster.weeks_of(self.repairs.give_way(asked, 1 - Fraction(kept))))
        roster.having_way = None
        if clash is None and self.book.is_settled and all(roster.kept(m) > kept for m in (member, *asked)):
            return True
        self.book.go_back(book)
        roster.plans, roster.scores = plans, scores
        return False

    def _improve(self, patience: int) -> None:
        """Better weeks in the room there is, the one who lost most first, then who is furthest from his bound."""
        roster = self.roster
        budget = longer(roster.budget.again, patience)
        short = [m for m in roster.open_to_change() if roster.scores[m] < roster.alone[m].bound]
        short.sort(key=lambda m: (min(1.0, roster.kept(m)), roster.scores[m] - roster.alone[m].bound, m))
        while short and not roster.over and roster.gap() > roster.budget.gap:
            now, short = short[:IMPROVED_AT_ONCE], short[IMPROVED_AT_ONCE:]
            questions = [
                Question(roster.gym.problems[m], budget, roster.plans[m], (self.sharing.room_for(m),)) for m in now
            ]
            for member, found in zip(now, roster.ask(questions), strict=True):
                if isinstance(found, Solved) and found.score.value > roster.scores[member]:
                    self._exchange(member, found.plan, found.score.value)
