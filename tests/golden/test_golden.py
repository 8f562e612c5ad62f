"""Golden requests: bounds, tiers and rules of realistic weeks, never one lucky assignment.

Beside each request stands what is expected of it. `value` is the least score that the budget has to reach and the
best that any week can have, `bound` the score of the best week known (a proven bound below it would be wrong) and the
loosest bound accepted. `optimum` holds the tiers whose best value is known and proven, `closed` those that this budget
has to prove again. The figures come from searches of fifteen times this budget; a change of rules, objective or catalog
moves them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from solver.model import TIERS, measured
from solver.objective.score import score_of
from solver.rulebook import RULES
from solver.verifier import verify
from tests.golden.asking import entries, problem_of, solved
from tests.plurals import slips_in

if TYPE_CHECKING:
    from solver.domain.outcome import Solved
    from solver.domain.problem import Problem

HERE = Path(__file__).parent
DETERMINISTIC_SECONDS = 2.0
NAMES = sorted(path.stem for path in (HERE / "requests").glob("*.json"))


def _read(folder: str, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((HERE / folder / f"{name}.json").read_text(encoding="utf-8"))
    return content


@cache
def _solved(name: str) -> tuple[Problem, Solved]:
    problem = problem_of(_read("requests", name))
    return problem, solved(problem, DETERMINISTIC_SECONDS)


def test_every_request_has_an_expectation_with_its_reason() -> None:
    assert len(NAMES) >= 12
    assert sorted(path.stem for path in (HERE / "expected").glob("*.json")) == NAMES
    for name in NAMES:
        assert len(_read("expected", name)["reason"]) > 20


def test_the_requests_span_what_people_ask_for() -> None:
    problems = [problem_of(_read("requests", name)) for name in NAMES]
    lengths = {slot.limit_seconds // 60 for problem in problems for slot in problem.slots}
    assert {problem.rules.sessions_max for problem in problems} >= {2, 3, 4, 6}
    assert min(lengths) <= 30
    assert max(lengths) >= 90
    assert {problem.athlete.stages["deadlift"] for problem in problems} >= {1, 3, 4, 6}
    assert {problem.athlete.experience for problem in problems} == {"beginner", "intermediate", "advanced"}
    assert len({problem.slots[0].place.equipment for problem in problems}) >= 5
    assert any(len({slot.place.id for slot in problem.slots}) > 1 for problem in problems)
    assert any(problem.rules.sessions_min < problem.rules.sessions_max for problem in problems)
    assert any({slot.day for slot in problem.slots} >= {0, 6} for problem in problems)
    assert any(problem.pinned_entries and problem.pinned_sessions for problem in problems)
    assert any(problem.athlete.avoid.stress for problem in problems)
    assert any(goal.priority == 3 for problem in problems for goal in problem.muscles)
    assert any(not problem.week_repeats for problem in problems)


@pytest.mark.parametrize("name", NAMES)
def test_the_week_is_solved_within_its_band(name: str) -> None:
    expected, (problem, outcome) = _read("expected", name), _solved(name)
    assert not outcome.stats.stopped_by_clock
    assert verify(problem, outcome.plan) == ()
    assert slips_in([line.statement for line in outcome.certificate]) == []

    score = outcome.score
    least, most = expected["value"]
    tightest, loosest = expected["bound"]
    assert least <= score.value <= most
    assert tightest <= score.bound <= loosest
    assert score.value <= score.bound

    for tier in outcome.tiers:
        if tier.name in expected["closed"]:
            assert tier.value == tier.bound == expected["optimum"][tier.name]
            assert tier.proven


@pytest.mark.parametrize("name", NAMES)
def test_no_tier_claims_more_than_its_known_optimum(name: str) -> None:
    """A value better than a proven optimum, or a bound beyond it, is wrong whatever the budget was."""
    optimum, (_, outcome) = _read("expected", name)["optimum"], _solved(name)
    minima, targets = outcome.tiers[0], outcome.tiers[1]
    assert minima.bound is not None
    assert targets.bound is not None
    assert minima.bound <= optimum["minima"] <= minima.value
    if "targets" in optimum:
        assert targets.bound <= optimum["targets"]
        assert minima.value > optimum["minima"] or optimum["targets"] <= targets.value


@pytest.mark.parametrize("name", NAMES)
def test_value_bound_and_terms_agree_with_the_plan(name: str) -> None:
    problem, outcome = _solved(name)
    assert [tier.name for tier in outcome.tiers] == [spec.name for spec in TIERS]
    for tier, spec in zip(outcome.tiers, TIERS, strict=True):
        assert tier.bound is not None
        assert tier.bound <= tier.value if tier.sense == "min" else tier.value <= tier.bound
        assert tier.proven == (tier.value == tier.bound)
        assert (tier.gap == 0) == tier.proven
        terms = measured(problem, outcome.plan, spec)
        assert tier.value == sum(terms.values())
        assert {term.term: term.points for term in tier.terms} == {t: points for t, points in terms.items() if points}
    minima, targets = outcome.tiers[0], outcome.tiers[1]
    assert minima.bound is not None
    assert targets.bound is not None
    assert outcome.score.value == score_of(problem, int(minima.value), int(targets.value))
    assert outcome.score.bound == score_of(problem, int(minima.bound), int(targets.bound))
    assert (outcome.status == "optimal") == all(tier.proven for tier in outcome.tiers)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_line_that_holds(name: str) -> None:
    _, outcome = _solved(name)
    assert [line.rule for line in outcome.certificate] == [rule.id for rule in RULES]
    for line in outcome.certificate:
        assert line.holds, line.statement
        assert line.violations == ()
        assert line.statement
        # What is measured beyond a limit would show as a negative distance to it.
        assert line.slack is None or line.slack >= 0


@pytest.mark.parametrize("name", NAMES)
def test_wishes_and_pins_stand_in_the_week(name: str) -> None:
    request, (_, outcome) = _read("requests", name), _solved(name)
    week = entries(outcome.plan)
    wishes = request.get("athlete", {})
    for wanted in wishes.get("must_include", []):
        assert sum(e.sets for _, e in week if e.exercise == wanted["exercise"]) >= wanted["min_sets"]
    for avoided in wishes.get("avoid", {}).get("exercises", []):
        assert avoided not in {entry.exercise for _, entry in week}
    for pin in request.get("pins", []):
        found = {entry.exercise: entry.sets for slot, entry in week if slot == pin["slot"]}
        if "entries" in pin:
            assert found == {entry["exercise"]: entry["sets"] for entry in pin["entries"]}
        else:
            assert found.get(pin["exercise"], 0) == pin["sets"]
