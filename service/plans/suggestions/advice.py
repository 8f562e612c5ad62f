"""From a conflict to suggestions, inside what the request's time limit has left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.plans.schemas.response import RemoveOperation, SetOperation, SuggestionResponse
from service.plans.suggestions.against import offers_against
from service.plans.suggestions.asked import Asked, Trial
from solver.suggest import suggest
from solver.watch import granted

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.plans.presenter import Question
    from service.plans.schemas.response import PatchOperation
    from service.plans.suggestions.asked import Offers
    from service.plans.suggestions.patching import Operation
    from solver.domain.outcome import Conflict, Infeasible, SolveStats
    from solver.domain.problem import SolveBudget
    from solver.suggest import Findings, Proven


@dataclass(frozen=True)
class Advice:
    """Suggestions, how many offers time left untried, and what search and suggestions together have spent."""

    suggestions: tuple[SuggestionResponse, ...]
    untried: int
    stats: SolveStats


def advise(
    question: Question, outcome: Infeasible, budget: SolveBudget, *, is_cancelled: Callable[[], bool] | None = None
) -> Advice:
    """What would help, found in what `budget`, the search's own, has left after its outcome.

    Raises InvalidPlanError when a plan fails its verification: a fault of ours.
    """
    left = _left(budget, outcome.stats)
    findings = suggest(outcome.conflict, offers_of(question), left, is_cancelled=is_cancelled)
    return Advice(
        tuple(_suggestion(proven) for proven in findings.proven), findings.untried, _together(outcome.stats, findings)
    )


def offers_of(question: Question) -> Callable[[Trial | None, Conflict], Offers]:
    """What may be changed of a question's request, as it was sent or after a change of it."""
    asked = Asked.of(question.request, question.problem, question.catalog)

    def offers_for(step: Trial | None, conflict: Conflict) -> Offers:
        base = asked if step is None else step.changed
        return [] if base is None else offers_against(base, conflict)

    return offers_for


def _left(budget: SolveBudget, spent: SolveStats) -> SolveBudget:
    return replace(
        budget,
        time_limit_seconds=max(0.0, budget.time_limit_seconds - spent.seconds),
        deterministic_seconds=max(0.0, granted(budget) - spent.deterministic_seconds),
    )


def _together(search: SolveStats, findings: Findings[Trial]) -> SolveStats:
    return replace(
        search,
        seconds=round(search.seconds + findings.seconds, 3),
        deterministic_seconds=round(search.deterministic_seconds + findings.deterministic_seconds, 3),
        stopped_by_clock=search.stopped_by_clock or findings.stopped_by_clock,
    )


def _suggestion(proven: Proven[Trial]) -> SuggestionResponse:
    changes = proven.step.changes
    return SuggestionResponse(
        change=[presented(operation) for change in changes for operation in change.operations],
        statement=", and ".join(change.statement for change in changes),
        cost=proven.step.cost,
        score=proven.score,
    )


def presented(operation: Operation) -> PatchOperation:
    """An operation as it goes into an answer."""
    return RemoveOperation(**operation) if operation["op"] == "remove" else SetOperation(**operation)
