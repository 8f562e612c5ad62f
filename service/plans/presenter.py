"""From an outcome to the answer: everything the caller needs to read, check and repeat it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from service.plans.booking import present_booking
from service.plans.clock import rfc3339
from service.plans.conflicts import request_pointers
from service.plans.in_force import resolved_pointers
from service.plans.mapping import resolve, to_budget
from service.plans.schemas.response import (
    ASKED,
    CertificateLineResponse,
    ConflictResponse,
    EffortResponse,
    PlanResponse,
    ScoreResponse,
    SolverResponse,
    TermResponse,
    TierResponse,
    WaiverResponse,
)
from service.plans.sessions import present_volume, present_week
from service.plans.suggestions.costs import of_items
from service.plans.wording import missing, statement
from solver.domain.outcome import Infeasible, Solved, SolveStats, TimedOut
from solver.rulebook import RULE_BY_ID
from solver.version import solver_version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest
    from service.plans.schemas.response import OriginResponse
    from service.plans.suggestions import Advice
    from solver.domain.outcome import CertificateLine, ConflictElement, Outcome, Score, TierResult
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


@dataclass(frozen=True)
class Question:
    """What was asked, in both forms, and under which name it is kept."""

    id: str
    created_at: datetime
    request: PlanRequest
    problem: Problem
    catalog: Catalog
    origin: OriginResponse | None = ASKED
    """How it came to be asked; None where nobody wrote it down."""


def present(
    question: Question, outcome: Outcome, *, interrupted: bool = False, advice: Advice | None = None
) -> PlanResponse:
    """The answer to a question, whatever its outcome.

    `interrupted` when the search was told to stop before its end; `advice` is what would help where there is no plan.
    """
    match outcome:
        case Solved():
            status: Any = "cancelled" if interrupted and outcome.status == "feasible" else outcome.status
            found = _solved(question, outcome)
        case Infeasible():
            status, found = "infeasible", _infeasible(question, outcome)
        case TimedOut():
            status, found = "cancelled" if interrupted else "timed_out", {}
        case _:
            assert_never(outcome)
    plan = outcome.plan if isinstance(outcome, Solved) else None
    return _response(question, status, outcome.stats if advice is None else advice.stats, found, advice, plan)


def present_unanswered(question: Question) -> PlanResponse:
    """What can be told of a question before anybody looked for its answer: status `queued`."""
    return _response(question, "queued", without_search(question.request), {})


def without_search(request: PlanRequest) -> SolveStats:
    """What there is to say of a search where there was none."""
    budget = to_budget(request)
    return SolveStats(solver_version(), 0.0, 0.0, budget.seed, budget.workers, stopped_by_clock=False)


def _response(
    question: Question,
    status: Any,
    stats: SolveStats,
    found: Mapping[str, Any],
    advice: Advice | None = None,
    plan: Plan | None = None,
) -> PlanResponse:
    blank: dict[str, Any] = {
        "score": None,
        "tiers": [],
        "week": None,
        "certificate": [],
        "volume": [],
        "conflict": None,
        "conflict_minimal": None,
    }
    return PlanResponse(
        id=question.id,
        status=status,
        created_at=rfc3339(question.created_at),
        origin=question.origin,
        request=question.request.model_dump(mode="json", exclude_unset=True),
        resolved=resolve(question.request, question.problem, question.catalog),
        booking=present_booking(question.request, question.problem, plan),
        suggestions=[] if advice is None else list(advice.suggestions),
        suggestions_untried=None if advice is None else advice.untried,
        catalog=question.catalog.content_hash,
        solver=present_stats(stats),
        **{**blank, **found},
    )


def _solved(question: Question, outcome: Solved) -> dict[str, Any]:
    return {
        "score": _score(outcome.score, outcome.tiers),
        "tiers": [_tier(tier) for tier in outcome.tiers],
        "week": present_week(question.request, question.problem, outcome.plan),
        "certificate": [present_line(line) for line in outcome.certificate],
        "volume": present_volume(question.problem, outcome.plan),
    }


def _infeasible(question: Question, outcome: Infeasible) -> dict[str, Any]:
    elements = [
        ConflictResponse(
            rule=element.rule,
            subject=str(element.subject),
            about=element.subject.kind,
            statement=_statement(question, element),
            request=request_pointers(question.request, element.rule, element.subject),
            resolved=resolved_pointers(question.request, question.problem, element.rule, element.subject),
        )
        for element in outcome.conflict.elements
    ]
    return {"conflict": elements, "conflict_minimal": outcome.conflict.minimal}


def _statement(question: Question, element: ConflictElement) -> str:
    if element.lacking:
        by_cost = sorted(element.lacking, key=lambda items: (of_items(question.catalog, items), items))
        return missing(element.subject.id, by_cost)
    return statement(question.problem, element.rule, element.subject) or element.statement


def _terms(tier: TierResult) -> list[TermResponse]:
    return [TermResponse(term=term.term, tier=tier.tier, points=term.points) for term in tier.terms]


def _score(score: Score, tiers: tuple[TierResult, ...]) -> ScoreResponse:
    terms = [term for tier in tiers for term in _terms(tier)]
    return ScoreResponse(value=score.value, bound=score.bound, gap=score.gap, terms=terms)


def _tier(tier: TierResult) -> TierResponse:
    return TierResponse(
        tier=tier.tier,
        name=tier.name,
        sense=tier.sense,
        unit=tier.unit,
        value=tier.value,
        bound=tier.bound,
        gap=tier.gap,
        proven=tier.proven or tier.value == tier.bound,
        terms=_terms(tier),
    )


def present_line(line: CertificateLine) -> CertificateLineResponse:
    """A rule as it was measured."""
    spec = RULE_BY_ID[line.rule]
    waived = line.waived
    return CertificateLineResponse(
        rule=line.rule,
        title=spec.title,
        mistake=spec.mistake,
        holds=line.holds,
        statement=line.statement,
        measured=dict(line.measured),
        limit=dict(line.limit),
        slack=line.slack,
        waived=None if waived is None else WaiverResponse(reason=waived.reason, restored_by=waived.restored_by),
        notes=list(line.notes),
    )


def present_effort(stats: SolveStats) -> EffortResponse:
    """How an answer to whatever question was found."""
    return EffortResponse(
        version=stats.solver_version,
        seconds=stats.seconds,
        deterministic_seconds=stats.deterministic_seconds,
        stopped_by_clock=stats.stopped_by_clock,
        seed=stats.seed,
        workers=stats.workers,
    )


def present_stats(stats: SolveStats) -> SolverResponse:
    """How an answer was found."""
    return SolverResponse(
        **present_effort(stats).model_dump(),
        build_seconds=stats.build_seconds,
        first_plan_seconds=None if stats.first_plan_seconds is None else round(stats.first_plan_seconds, 3),
        variables=stats.variables,
        constraints=stats.constraints,
    )
