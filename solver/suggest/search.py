"""The cheapest offers that help, best first: an offer is looked at closely only when no cheaper one is left to look at.

A change that leaves the rules of the conflict collided cannot help, which a model of those rules alone shows at once.
Whatever passes is tried with every rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Generic

from solver.domain.plan import Plan
from solver.suggest.offers import S
from solver.suggest.trial import first_plan, still_collide

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from solver.guard import Name
    from solver.suggest.offers import Offer
    from solver.watch import Watch


@dataclass
class Candidate(Generic[S]):
    """An offer under examination: steps below `index` are known not to do."""

    offer: Offer[S]
    names: Collection[Name]
    index: int = 0
    screened: bool = False
    plan: Plan | None = None

    @property
    def step(self) -> S:
        """The smallest step that may still do."""
        return self.offer.steps[self.index]


@dataclass
class Search(Generic[S]):
    """One round over a pool of offers."""

    watch: Watch
    spent: Callable[[], bool]
    """Whether to look no further, once something is accepted."""
    late: Callable[[], bool]
    """Whether to look no further, accepted or not."""
    most: int
    accepted: list[Candidate[S]] = field(default_factory=list, init=False)
    halfway: list[Candidate[S]] = field(default_factory=list, init=False)
    """What resolves the conflict it was offered for and leaves another."""
    undecided: int = field(default=0, init=False)
    _heap: list[tuple[int, int, Candidate[S]]] = field(default_factory=list, init=False)
    _pushed: int = field(default=0, init=False)
    _cheapest: dict[str, int] = field(default_factory=dict, init=False)
    """Of each family the least cost that is known to do: what costs as much need not be looked at."""

    def run(self, offers: Sequence[Offer[S]], names: Collection[Name]) -> None:
        """Accept up to `most` offers of different families, the cheapest first, while there is time."""
        self.add(offers, names)
        while self._heap and len(self.accepted) < self.most:
            if self.late() or (self.accepted and self.spent()):
                taken = {candidate.offer.family for candidate in self.accepted}
                self.undecided += len({c.offer.family for _, _, c in self._heap} - taken)
                return
            _, _, candidate = heappop(self._heap)
            if any(candidate.offer.family == accepted.offer.family for accepted in self.accepted):
                continue
            self._advance(candidate)

    def add(self, offers: Sequence[Offer[S]], names: Collection[Name]) -> None:
        """Put offers against the collision of `names` into the pool, each once."""
        for number, offer in enumerate(offers):
            if offer not in offers[:number]:
                self._push(Candidate(offer, names))

    def _push(self, candidate: Candidate[S]) -> None:
        self._pushed += 1
        heappush(self._heap, (candidate.step.cost, self._pushed, candidate))

    def _advance(self, candidate: Candidate[S]) -> None:
        """One more thing is found out about the cheapest candidate."""
        if candidate.plan is not None:
            self.accepted.append(candidate)
        elif not candidate.screened:
            if self._resolves(candidate) or self._find(candidate, 1, self._resolves):
                candidate.screened = True
                self._push(candidate)
        else:
            self._try(candidate)

    def _try(self, candidate: Candidate[S]) -> None:
        """Look for a plan at the step that passed the screen; if there is none, at the larger ones."""
        verdict = self._plan(candidate)
        if verdict == "plan":
            self.accepted.append(candidate)
        elif self._find(candidate, candidate.index + 1, lambda tried: self._plan(tried) == "plan"):
            self._cheapest[candidate.offer.family] = candidate.step.cost
            self._push(candidate)
        elif verdict == "impossible":
            self.halfway.append(candidate)
        else:
            self.undecided += 1

    def _find(self, candidate: Candidate[S], low: int, does: Callable[[Candidate[S]], bool]) -> bool:
        """Move the candidate to its smallest step from `low` on that does; leave it, and say False, when none does."""
        before, cheapest = candidate.index, self._cheapest.get(candidate.offer.family)
        steps = [s for s in candidate.offer.steps if cheapest is None or s.cost < cheapest]
        high = len(steps) - 1
        candidate.index = high
        if low > high or not does(candidate):
            candidate.index = before
            return False
        found = candidate.plan
        while low < high:
            candidate.index = (low + high) // 2
            if does(candidate):
                high, found = candidate.index, candidate.plan
            else:
                low = candidate.index + 1
        candidate.index, candidate.plan = high, found
        return True

    def _resolves(self, candidate: Candidate[S]) -> bool:
        """Whether the rules of the conflict might hold together after the change."""
        problem = candidate.step.problem()
        return problem is not None and not still_collide(problem, candidate.names, self.watch)

    def _plan(self, candidate: Candidate[S]) -> str:
        """`plan` when the change gives one, which the candidate then keeps."""
        problem = candidate.step.problem()
        found = "impossible" if problem is None else first_plan(problem, self.watch)
        if isinstance(found, Plan):
            candidate.plan = found
            return "plan"
        return found
