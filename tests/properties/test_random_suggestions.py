"""Whatever cannot be met: what is said to help is a valid patch, and gives the week it promises."""

from __future__ import annotations

import json
import os
from typing import Any

import jsonpatch
from hypothesis import HealthCheck, Phase, assume, given, note, settings

from catalog.catalog import default_catalog
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.plans.suggestions.advice import offers_of
from service.validation.parsing import parse
from solver.explain import explain
from solver.suggest import suggest
from solver.verifier import verify
from solver.watch import Watch
from tests.golden.asking import budget, problem_of
from tests.properties.random_conflicts import demanding_bodies

EXAMPLES = max(1, int(os.environ.get("COUNTERPULL_EXAMPLES", "15")) // 5)
DETERMINISTIC_SECONDS = 1.5


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    # An example takes seconds: the first one that fails is told as it is.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    print_blob=True,
)
@given(body=demanding_bodies())
def test_what_is_suggested_helps(body: dict[str, Any]) -> None:
    conflict = explain(problem_of(body), Watch(budget(DETERMINISTIC_SECONDS)))
    assume(conflict is not None)
    assert conflict is not None
    question = ask(parse(PlanRequest, json.dumps(body).encode()), default_catalog())
    found = suggest(conflict, offers_of(question), budget(DETERMINISTIC_SECONDS), score_seconds=0.0)
    note(f"{body} -> {[[change.statement for change in one.step.changes] for one in found.proven]}")
    for proven in found.proven:
        operations = [operation for change in proven.step.changes for operation in change.operations]
        changed = jsonpatch.apply_patch(body, json.loads(json.dumps(operations)))
        assert verify(problem_of(changed), proven.plan) == ()
        assert proven.step.cost > 0
