"""From a request without a week to one: the answer's own patch, sent back, gives what the answer promised."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonpatch

from catalog.catalog import default_catalog
from service.plans.schemas import PlanRequest
from service.plans.service import answer, ask
from service.plans.suggestions.advice import offers_of
from service.validation.parsing import parse
from solver.suggest import suggest
from tests.golden.asking import budget
from tests.solver.explain.suite import case, explained

if TYPE_CHECKING:
    from service.plans.presenter import Question
    from service.plans.schemas import PlanResponse

SECONDS = 8


def _question(body: dict[str, Any]) -> Question:
    return ask(parse(PlanRequest, json.dumps(body).encode()), default_catalog())


def _answer(body: dict[str, Any]) -> PlanResponse:
    return answer(_question(body))


@cache
def _refused() -> PlanResponse:
    return _answer({**case("pulldown_at_home").body, "solve": {"time_limit_seconds": SECONDS, "workers": 2}})


def test_an_answer_without_a_week_says_what_would_help() -> None:
    refused = _refused()
    assert (refused.status, refused.week, refused.suggestions_untried) == ("infeasible", None, 0)
    statements = [suggestion.statement for suggestion in refused.suggestions]
    assert statements == ["do without lat pulldown", "equip 'home' with a cable machine"]


def test_a_patch_of_the_answer_gives_a_week_at_least_as_good() -> None:
    refused = _refused()
    suggestion = refused.suggestions[-1]
    changed = jsonpatch.apply_patch(refused.request, [operation.model_dump() for operation in suggestion.change])
    week = _answer(changed)
    assert week.request == changed
    assert week.week is not None
    assert week.score is not None
    # Every minimum is met, so that the two scores compare.
    assert week.tiers[0].value == 0
    assert week.score.value >= suggestion.score > 0


def test_removals_carry_no_value() -> None:
    told = json.loads(_refused().model_dump_json())
    removals = [op for one in told["suggestions"] for op in one["change"] if op["op"] == "remove"]
    assert removals
    assert all(set(operation) == {"op", "path"} for operation in removals)


def test_a_plan_comes_without_suggestions() -> None:
    week = _answer({"solve": {"time_limit_seconds": 20, "gap": 0.5, "workers": 2}})
    assert week.week is not None
    assert (week.suggestions, week.suggestions_untried, week.conflict) == ([], None, None)


def test_time_spent_on_suggestions_is_told_and_stays_inside_the_limit() -> None:
    body = {**case("long_warm_up").body, "solve": {"time_limit_seconds": 2, "workers": 2}}
    refused = _answer(body)
    assert refused.solver.seconds < 3
    assert refused.status == "timed_out" or refused.suggestions_untried is not None
    assert refused.solver.stopped_by_clock


def test_the_same_request_gets_the_same_scores() -> None:
    question, (_, conflict) = _question(case("no_mobility").body), explained("no_mobility")
    first, second = (suggest(conflict, offers_of(question), budget(2.0)) for _ in range(2))
    assert first.proven
    assert [(p.step.changes, p.plan, p.score) for p in first.proven] == [
        (p.step.changes, p.plan, p.score) for p in second.proven
    ]
