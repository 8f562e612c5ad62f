"""What is suggested for the requests of the conflict suite: valid patches, each with a week the verifier accepts."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonpatch
import pytest

from catalog.catalog import default_catalog
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.plans.suggestions.advice import offers_of
from service.validation.parsing import parse
from solver.domain.plan import Plan
from solver.explain import explain
from solver.model import MINIMA, TARGETS, measured
from solver.objective.score import score_of
from solver.suggest import suggest
from solver.suggest.trial import first_plan
from solver.verifier import verify
from solver.watch import Watch
from tests.golden.asking import budget, problem_of
from tests.solver.explain import suite
from tests.solver.explain.suite import case, explained

if TYPE_CHECKING:
    from service.plans.presenter import Question
    from service.plans.suggestions.asked import Trial
    from solver.suggest import Findings

DETERMINISTIC_SECONDS = 8.0
DEFAULT_DETERMINISTIC_SECONDS = 4.0
"""What ten seconds grant, less what it takes to find out that there is no plan."""
WIDE = "COUNTERPULL_EXAMPLES" in os.environ
NAMES = [name for name in suite.NAMES if WIDE or not case(name).long]
WAYS = (
    "minutes instead",
    "minutes more each",
    "add a session",
    "move '",
    "equip '",
    "raise the",
    "lower the",
    "no longer avoid",
    "reach stage",
    "do without",
    "release the pin",
    "but let more be added",
    "no longer require",
    "do not insist on",
    "ask for at least",
)


def _question(body: dict[str, Any]) -> Question:
    return ask(parse(PlanRequest, json.dumps(body).encode()), default_catalog())


@cache
def _found(name: str) -> Findings[Trial]:
    """What helps, with the score of the first week that shows it."""
    question, (_, conflict) = _question(case(name).body), explained(name)
    return suggest(conflict, offers_of(question), budget(DETERMINISTIC_SECONDS), score_seconds=0.0)


def _patched(body: dict[str, Any], step: Trial) -> dict[str, Any]:
    """What a caller gets who applies the patch with a library."""
    operations = [operation for change in step.changes for operation in change.operations]
    changed: dict[str, Any] = jsonpatch.JsonPatch(json.loads(json.dumps(operations))).apply(body)
    return changed


@pytest.mark.parametrize("name", NAMES)
def test_every_suggestion_gives_a_week_of_the_score_it_states(name: str) -> None:
    body = case(name).body
    for proven in _found(name).proven:
        problem = problem_of(_patched(body, proven.step))
        assert verify(problem, proven.plan) == ()
        minima, targets = (sum(measured(problem, proven.plan, spec).values()) for spec in (MINIMA, TARGETS))
        assert proven.score == score_of(problem, minima, targets)


@pytest.mark.parametrize("name", NAMES)
def test_there_are_suggestions_the_cheapest_first_and_no_two_of_a_kind(name: str) -> None:
    found = _found(name)
    assert 1 <= len(found.proven) <= 5
    costs = [proven.step.cost for proven in found.proven]
    assert costs == sorted(costs)
    assert min(costs) > 0
    statements = [tuple(sorted(change.statement for change in proven.step.changes)) for proven in found.proven]
    assert len(set(statements)) == len(statements)
    assert not found.stopped_by_clock


@pytest.mark.parametrize("name", [name for name in NAMES if case(name).helps])
def test_what_a_person_would_think_of_is_among_them(name: str) -> None:
    statements = {", and ".join(change.statement for change in p.step.changes) for p in _found(name).proven}
    assert case(name).helps <= statements


@pytest.mark.parametrize("name", NAMES)
def test_nothing_smaller_of_the_same_kind_was_shown_to_do(name: str) -> None:
    question, (_, conflict) = _question(case(name).body), explained(name)
    offers = offers_of(question)(None, conflict)
    for proven in _found(name).proven:
        steps = next((o.steps for o in offers if proven.step.change in [s.change for s in o.steps]), ())
        smaller = [step for step in steps if step.cost < proven.step.cost]
        problem = smaller[-1].problem() if smaller else None
        if problem is not None:
            assert not isinstance(first_plan(problem, Watch(budget(DETERMINISTIC_SECONDS))), Plan), smaller[-1].change


def test_the_suite_is_helped_in_many_ways() -> None:
    """Minutes, sessions, days, equipment, numbers, exclusions, stages, wishes and pins all have their turn."""
    said = " / ".join(change.statement for name in NAMES for p in _found(name).proven for change in p.step.changes)
    for words in WAYS:
        assert words in said, words
    assert any(len(proven.step.changes) == 2 for name in NAMES for proven in _found(name).proven)


@pytest.mark.parametrize("name", ["biceps_on_a_bare_floor", "three_presses_in_one_session"])
def test_the_same_request_gets_the_same_suggestions(name: str) -> None:
    question, (_, conflict) = _question(case(name).body), explained(name)
    again = suggest(conflict, offers_of(question), budget(DETERMINISTIC_SECONDS), score_seconds=0.0)
    first = _found(name)
    assert [(p.step.changes, p.plan, p.score) for p in again.proven] == [
        (p.step.changes, p.plan, p.score) for p in first.proven
    ]
    assert again.deterministic_seconds == first.deterministic_seconds


def test_two_collisions_at_once_are_mended_within_the_default_budget() -> None:
    """A flat without equipment for the lats, and sessions too short for the rest: no single change does."""
    slots = [{"id": day, "day": day, "minutes": 20, "place": "flat"} for day in ("tuesday", "saturday")]
    body: dict[str, Any] = {
        "athlete": {
            "experience": "beginner",
            "avoid": {"stress": ["overhead", "hanging"]},
            "required_muscles": ["latissimus_dorsi", "trapezius_lower"],
        },
        "places": [{"id": "flat", "equipment": "bodyweight"}],
        "week": {"slots": slots, "sessions": {"min": 2, "max": 2}},
    }
    conflict = explain(problem_of(body), Watch(budget(DEFAULT_DETERMINISTIC_SECONDS)))
    assert conflict is not None
    found = suggest(conflict, offers_of(_question(body)), budget(DEFAULT_DETERMINISTIC_SECONDS), score_seconds=0.0)
    assert found.proven
    for proven in found.proven:
        assert len(proven.step.changes) > 1
        assert verify(problem_of(_patched(body, proven.step)), proven.plan) == ()
