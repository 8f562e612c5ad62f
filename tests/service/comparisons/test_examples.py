"""The example comparison of the documentation is what the service would say today of two valid weeks."""

from __future__ import annotations

import json

import pytest

from catalog.catalog import default_catalog
from service.comparisons import examples
from service.comparisons.question import require_sound
from service.comparisons.schemas import ComparisonRequest
from service.plans.reading import plan_of, problem_of
from service.plans.schemas import PlanResponse
from service.validation.parsing import parse
from solver.verifier import verify

STALE = "the examples are out of date: run python -m service.comparisons.examples"


@pytest.mark.parametrize("name", examples.REQUESTS)
def test_an_example_request_is_understood(name: str) -> None:
    body = json.dumps(examples.REQUESTS[name]["value"]).encode()
    require_sound(parse(ComparisonRequest, body), default_catalog())


def test_the_example_answer_is_that_of_today() -> None:
    answer, formats = examples.told()
    assert answer == examples.answer_examples()["two plans"]["value"], STALE
    assert formats == examples.format_examples(), STALE


@pytest.mark.parametrize("plan_id", examples.ASKED)
def test_the_compared_weeks_keep_every_rule(plan_id: str) -> None:
    answer = PlanResponse.model_validate(examples.compared_answers()[plan_id])
    assert (answer.id, answer.request) == (plan_id, examples.ASKED[plan_id]), STALE
    assert answer.week is not None
    assert verify(problem_of(answer, default_catalog()), plan_of(answer.week)) == (), STALE
