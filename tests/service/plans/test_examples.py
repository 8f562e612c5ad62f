"""The example answers of the documentation are what the service would say today of the same week, and it is valid."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from service.plans import examples
from service.plans.mapping import to_problem
from service.plans.presenter import Question, present
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.suggestions import Advice
from service.validation.parsing import parse
from solver.domain.outcome import (
    Conflict,
    ConflictElement,
    Infeasible,
    Outcome,
    Score,
    Solved,
    SolveStats,
    TermValue,
    TierResult,
)
from solver.domain.plan import Entry, Plan, Session
from solver.objective.score import score_of
from solver.objective.shortfall import minima_value, targets_value
from solver.rulebook import RULE_BY_ID
from solver.verifier import certify, verify
from tests.solver.subjects import shown_as

if TYPE_CHECKING:
    from pathlib import Path

    from catalog.catalog import Catalog
    from service.plans.schemas.response import SolverResponse, TierResponse, WeekResponse

STALE = "the examples are out of date: run python -m service.plans.examples"


def _stored(name: str) -> PlanResponse:
    return PlanResponse.model_validate_json(json.dumps(examples.answer_examples()[name]["value"]))


def _question(answer: PlanResponse, catalog: Catalog) -> Question:
    request = parse(PlanRequest, json.dumps(answer.request).encode())
    created_at = datetime.fromisoformat(answer.created_at)
    return Question(answer.id, created_at, request, to_problem(request, catalog), catalog)


def _plan(week: WeekResponse) -> Plan:
    return Plan(
        tuple(
            Session(s.slot, tuple(Entry(e.exercise, e.sets, tuple(e.equipment), e.superset) for e in s.entries))
            for s in week.sessions
        )
    )


def _stats(solver: SolverResponse) -> SolveStats:
    fields = solver.model_dump()
    return SolveStats(solver_version=fields.pop("version"), **fields)


def _tier(tier: TierResponse) -> TierResult:
    terms = tuple(TermValue(term.term, term.points) for term in tier.terms)
    return TierResult(tier.tier, tier.name, tier.sense, tier.unit, tier.value, tier.bound, tier.gap, tier.proven, terms)


def _advice(answer: PlanResponse) -> Advice | None:
    """What was found to help; `tests/service/plans/test_suggestions.py` holds that to what is true today."""
    if answer.suggestions_untried is None:
        return None
    return Advice(tuple(answer.suggestions), answer.suggestions_untried, _stats(answer.solver))


def _outcome(answer: PlanResponse, question: Question) -> Outcome:
    """What the search must have found, with every rule measured anew."""
    if answer.conflict is not None:
        elements = tuple(
            ConflictElement(c.rule, shown_as(c.about, c.subject), RULE_BY_ID[c.rule].sentence) for c in answer.conflict
        )
        return Infeasible(Conflict(elements, minimal=bool(answer.conflict_minimal)), _stats(answer.solver))
    assert answer.week is not None
    assert answer.score is not None
    assert answer.status in ("optimal", "feasible")
    plan = _plan(answer.week)
    score = Score(answer.score.value, answer.score.bound, answer.score.gap)
    tiers = tuple(map(_tier, answer.tiers))
    certificate = certify(question.problem, plan)
    return Solved(answer.status, plan, score, tiers, certificate, _stats(answer.solver))


def _comparable(answer: PlanResponse) -> dict[str, Any]:
    """Without the catalog's hash, which any word of the catalog changes, and the defaults of a machine."""
    found = answer.model_dump(mode="json")
    del found["catalog"], found["resolved"]["solve"]
    return found


@pytest.mark.parametrize("name", examples.ANSWERED)
def test_an_example_answers_its_request_in_the_words_of_today(catalog: Catalog, name: str) -> None:
    answer = _stored(name)
    assert answer.request == examples.ANSWERED[name][1], STALE
    question = _question(answer, catalog)
    assert _comparable(answer) == _comparable(present(question, _outcome(answer, question), advice=_advice(answer))), (
        STALE
    )


def test_the_example_week_keeps_every_rule_and_is_worth_its_score(catalog: Catalog) -> None:
    answer = _stored("week")
    problem = _question(answer, catalog).problem
    assert answer.week is not None
    assert answer.score is not None
    plan = _plan(answer.week)
    assert verify(problem, plan) == (), STALE
    minima, targets = minima_value(problem, plan), targets_value(problem, plan)
    assert answer.score.value == score_of(problem, sum(minima.values()), sum(targets.values())), STALE
    assert [tier.value for tier in answer.tiers][:2] == [sum(minima.values()), sum(targets.values())], STALE


def test_a_rotten_example_is_noticed(catalog: Catalog) -> None:
    """One set more of one entry: neither the certificate nor the times nor the volume fit any more."""
    answer = _stored("week")
    assert answer.week is not None
    first = answer.week.sessions[0]
    heavier = first.entries[-1].model_copy(update={"sets": first.entries[-1].sets + 1})
    session = first.model_copy(update={"entries": [*first.entries[:-1], heavier]})
    week = answer.week.model_copy(update={"sessions": [session, *answer.week.sessions[1:]]})
    rotten = answer.model_copy(update={"week": week})
    question = _question(rotten, catalog)
    assert _comparable(rotten) != _comparable(present(question, _outcome(rotten, question)))


def test_examples_are_renewed_by_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "_ANSWERS", tmp_path)
    monkeypatch.setattr(examples, "ANSWERED", {"conflict": examples.ANSWERED["conflict"]})
    examples.renew()
    renewed = PlanResponse.model_validate_json((tmp_path / "conflict.json").read_bytes())
    assert renewed.status == "infeasible"
    assert renewed.conflict == _stored("conflict").conflict
