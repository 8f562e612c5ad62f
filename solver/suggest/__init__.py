"""What would help: the cheapest changes of what was asked that give a plan, each tried, solved and verified.

The caller says what may be changed and what it costs; here it is only found out what does. When no single change does,
changes are combined: what resolves one conflict is tried together with what resolves the next.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.explain import explain
from solver.guard import Name
from solver.suggest.offers import Findings, Offer, Proven, S, Step
from solver.suggest.search import Candidate, Search
from solver.suggest.trial import good_plan
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.outcome import Conflict
    from solver.domain.problem import SolveBudget

MOST_SUGGESTIONS = 5
MOST_TOGETHER = 3
"""So many changes may be combined."""
MOST_BASES = 4
"""So many changes that resolve one conflict are combined with what resolves the next."""
SCORE_DETERMINISTIC_SECONDS = 0.2
"""Enough for most of a score."""
FINDING_SHARE = 0.5
"""What finding out which changes help may take of the budget; the rest is for their scores."""
FIRST_SHARE = 0.9
"""What it may take until one is found: one with the score of its first plan beats none."""
NEXT_CONFLICT_SHARE = 0.1
"""What telling the conflict that a change leaves may take of what is left: to build on, a rough one will do."""


def suggest(
    conflict: Conflict,
    offers_for: Callable[[S | None, Conflict], Sequence[Offer[S]]],
    budget: SolveBudget,
    *,
    score_seconds: float = SCORE_DETERMINISTIC_SECONDS,
    is_cancelled: Callable[[], bool] | None = None,
) -> Findings[S]:
    """Up to five changes that are proven to give a plan, of different families, the cheapest first.

    `offers_for(step, conflict)` offers changes against a conflict that is left after `step`, that step included; None
    is the request as it stands. `score_seconds` are the deterministic seconds for the search of a good plan for each;
    without any, the score is that of the first plan found. Everything together keeps to `budget`. Raises
    InvalidPlanError when a plan fails its verification: a fault of ours.
    """
    watch = Watch(budget, is_cancelled)
    spent, late = watch.allowance(FINDING_SHARE), watch.allowance(FIRST_SHARE)
    found: Search[S] = Search(watch, spent, late, MOST_SUGGESTIONS)
    found.run(offers_for(None, conflict), _names(conflict))
    undecided = found.undecided
    for _ in range(1, MOST_TOGETHER):
        if found.accepted or late():
            break
        found = _combined(found, offers_for)
        undecided += found.undecided
    share = replace(budget, deterministic_seconds=score_seconds)
    proven = _scored(found.accepted, watch, share, is_cancelled)
    return Findings(
        tuple(sorted(proven, key=lambda one: (one.step.cost, -one.score))),
        undecided,
        watch.deterministic_seconds,
        watch.seconds,
        watch.stopped_by_clock,
    )


def _names(conflict: Conflict) -> frozenset[Name]:
    return frozenset(Name(element.rule, element.subject) for element in conflict.elements)


def _combined(before: Search[S], offers_for: Callable[[S | None, Conflict], Sequence[Offer[S]]]) -> Search[S]:
    """Further changes on top of those that resolved one conflict and met another."""
    together: Search[S] = Search(before.watch, before.spent, before.late, before.most)
    for family, step in _bases(before.halfway):
        problem = step.problem()
        left = None
        if problem is not None and not before.late():
            left = explain(problem, before.watch, share=NEXT_CONFLICT_SHARE)
        if left is None:
            together.undecided += 1
            continue
        offers = offers_for(step, left)
        together.add([Offer(_family(family, one.family), one.steps) for one in offers], _names(left))
    together.run((), frozenset())
    return together


def _bases(halfway: Sequence[Candidate[S]]) -> list[tuple[str, S]]:
    """The cheapest changes to build on: of each family the smallest that resolved its conflict, and the largest."""
    bases: dict[tuple[str, bool], S] = {}
    for candidate in sorted(halfway, key=lambda candidate: candidate.step.cost):
        bases.setdefault((candidate.offer.family, False), candidate.step)
        if candidate.step is not candidate.offer.steps[-1]:
            bases.setdefault((candidate.offer.family, True), candidate.offer.steps[-1])
    cheapest = sorted(bases.items(), key=lambda base: base[1].cost)
    return [(family, step) for (family, _), step in cheapest[:MOST_BASES]]


def _family(*families: str) -> str:
    """The same two changes are one alternative, whichever comes first."""
    return ", ".join(sorted({kind for family in families for kind in family.split(", ")}))


def _scored(
    accepted: Sequence[Candidate[S]], watch: Watch, budget: SolveBudget, is_cancelled: Callable[[], bool] | None
) -> list[Proven[S]]:
    """Every accepted change with a good plan, each with an equal part of what is left."""
    proven: list[Proven[S]] = []
    for number, candidate in enumerate(accepted):
        problem = candidate.step.problem()
        assert problem is not None
        assert candidate.plan is not None
        waiting = len(accepted) - number
        share = replace(
            budget,
            time_limit_seconds=max(0.0, watch.left_seconds / waiting),
            deterministic_seconds=min(
                budget.deterministic_seconds or 0.0, max(0.0, watch.left_deterministic) / waiting
            ),
        )
        plan, score = good_plan(problem, candidate.plan, watch, share, is_cancelled)
        proven.append(Proven(candidate.step, plan, score))
    return proven


__all__ = ["Findings", "Offer", "Proven", "Step", "suggest"]
