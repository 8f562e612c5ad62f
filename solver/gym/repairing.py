"""Rounds of repair: who finds no time is asked for a week that fits beside the others, until all have their times."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.domain.outcome import NoneWithin, Solved
from solver.gym.asking import Question
from solver.gym.conditions import Unused
from solver.gym.roster import LAST_PATIENCE
from solver.gym.sharing import conditions_of
from solver.variants.conditions import LosingAtMost, shortfall_within

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from solver.conditions import Condition
    from solver.domain.plan import Plan
    from solver.gym.book import Book
    from solver.gym.outcome import PinnedClash
    from solver.gym.roster import Roster
    from solver.gym.sharing import Caps, Sharing

HURRY = 0.5
"""From this share of the time on, members are asked for all that found no time at once."""
PATIENCE = 2
"""Weeks not found within the loss allowed, before any week will do."""
ASKED_AT_LEAST = 6
"""Of those who found no time half are asked at once, and no fewer: what one finds, the next should know of."""


@dataclass
class Repairs:
    """A roster whose weeks are brought to find their times in a book. `rounds`: of asking members for less."""

    roster: Roster
    book: Book
    sharing: Sharing
    rounds: int = 0
    _caps: dict[str, Caps] = field(default_factory=dict)
    _never: dict[str, set[frozenset[Condition]]] = field(default_factory=lambda: defaultdict(set))
    """Member -> conditions under which he is proven to have no week, whatever else is asked."""

    def run(self) -> PinnedClash | None:
        """A time for every block, of all who are not left out."""
        roster = self.roster
        while True:
            hurry = roster.seconds >= HURRY * roster.budget.time_limit_seconds
            asked = self.sharing.asked(hurry=hurry)
            if not asked:
                return None
            if roster.over:
                self._end(asked)
                continue
            changed: list[str] = []
            if self.rounds >= roster.budget.rounds:
                self._leave_out(max(asked, key=lambda member: (roster.kept(member), member)))
            else:
                solves = roster.solves
                first = sorted(asked, key=lambda member: (roster.failures[member], member))
                changed = self._ask_for_less({m: asked[m] for m in first[: max(ASKED_AT_LEAST, len(first) // 2)]})
                self.rounds += roster.solves > solves
            clash = self.book.book(roster.weeks_of(changed))
            if clash is not None:
                return clash

    def take(self, member: str, plan: Plan, score: float) -> None:
        """Another week for a member; sessions that are in it as they were keep their times."""
        had = self.book.forget(member)
        same = set(plan.sessions)
        self.book.restore({slot: one for slot, one in had.items() if one.seat.session in same})
        self.roster.take(member, plan, score)

    def give_way(self, asked: Mapping[str, Caps], loss: Fraction) -> list[str]:
        """Search these members weeks that need less and lose no more than a share; gives who found one."""
        attempts: dict[str, tuple[tuple[Condition, ...], ...]] = {}
        for member, caps in asked.items():
            attempts[member] = ((*conditions_of(caps), *self.sharing.room_for(member), self._losing(member, loss)),)
        return self._searched(attempts)

    def _ask_for_less(self, asked: Mapping[str, Caps]) -> list[str]:
        """Search these members weeks that need less; gives whose week is another one now."""
        trial = {member: _tighter(self._caps.get(member, {}), caps) for member, caps in asked.items()}
        changed = self._searched({member: self._attempts(member, caps) for member, caps in trial.items()})
        for member, caps in asked.items():
            if member in changed:
                self._caps[member] = trial[member]
                self.sharing.given(member, caps)
            else:
                # What was asked of him before may have been given by others since.
                self.roster.failures[member] += 1
                self._caps.pop(member, None)
        stuck = [member for member in asked if self.roster.failures[member] > LAST_PATIENCE]
        lost = [member for member, caps in asked.items() if self._has_no_slot(member, caps)]
        if stuck:
            # One at a time: there may be room for the others then.
            self._leave_out(stuck[0])
            self.roster.failures.clear()
        elif lost:
            self._leave_out(lost[0])
            del self.roster.failures[lost[0]]
        return changed

    def _has_no_slot(self, member: str, caps: Caps) -> bool:
        """Whether a member is proven to have no week without the slots that are full, and so is whoever is in them."""
        if not _of_places(caps) or self.roster.failures[member] < PATIENCE:
            return False
        full = self.book.full_slots()
        elsewhere = (tuple(Unused(slot) for slot in full),)
        return not any(self._open(one, elsewhere) for one in {member}.union(*full.values()))

    def _searched(self, attempts: Mapping[str, tuple[tuple[Condition, ...], ...]]) -> list[str]:
        """Search weeks under conditions, and take them; gives whose was found."""
        roster, changed = self.roster, []
        open_still = {member: self._open(member, tried) for member, tried in attempts.items()}
        asked = {member: tried for member, tried in open_still.items() if tried}
        questions = [
            Question(roster.gym.problems[member], roster.budget.again, roster.plans[member], tried)
            for member, tried in asked.items()
        ]
        for (member, tried), found in zip(asked.items(), roster.ask(questions), strict=True):
            if isinstance(found, Solved):
                self.take(member, found.plan, found.score.value)
                changed.append(member)
            elif isinstance(found, NoneWithin):
                self._never[member].add(frozenset(tried[-1]))
        return changed

    def _open(self, member: str, attempts: tuple[tuple[Condition, ...], ...]) -> tuple[tuple[Condition, ...], ...]:
        """The attempts of which it is not proven that they are in vain."""
        return tuple(tried for tried in attempts if not any(never <= set(tried) for never in self._never[member]))

    def _attempts(self, member: str, caps: Caps) -> tuple[tuple[Condition, ...], ...]:
        """What is asked of a week, the most first: to keep out of full stations, not to lose much, to need less."""
        hard = conditions_of(caps)
        fair = self._losing(member, self.roster.gym.most_lost)
        clear = (*hard, *self.sharing.room_for(member))
        attempts: list[tuple[Condition, ...]] = [(*clear, fair), (*hard, fair)]
        if self.roster.failures[member] >= (1 if _of_places(caps) else PATIENCE):
            attempts += [clear, hard]
        return tuple(attempts)

    def _losing(self, member: str, share: Fraction) -> LosingAtMost:
        alone, problem = self.roster.alone[member], self.roster.gym.problems[member]
        return LosingAtMost(shortfall_within(problem, alone.shortfall, share))

    def _end(self, asked: Mapping[str, Caps]) -> None:
        """Leave out all of them but those who find times at once, who kept most first: the clock allows no more."""
        plans = self.roster.weeks_of(asked)
        for member in plans:
            self._leave_out(member)
        for member in sorted(plans, key=lambda member: (-self.roster.kept(member), member)):
            if self.book.add_week(member, plans[member]):
                self.roster.plans[member] = plans[member]
                del self.roster.unplaced[member]

    def _leave_out(self, member: str) -> None:
        self.book.forget(member)
        del self.roster.plans[member]
        self.roster.unplaced[member] = "no_room"


def _of_places(caps: Caps) -> bool:
    """Whether what is asked is nothing but to leave slots to others."""
    return all(exercises is None and not seconds for (_, exercises), seconds in caps.items())


def _tighter(caps: Caps, other: Caps) -> Caps:
    """Both together."""
    return {key: min(c[key] for c in (caps, other) if key in c) for key in {**caps, **other}}
