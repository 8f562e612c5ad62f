"""Variants of golden requests on small budgets: verified, far enough apart, good enough, repeatable."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from solver.domain.contrast import contrast
from solver.variants import Variants, VariantsProgress, Wanted, variants
from solver.verifier import verify
from tests.golden.asking import budget, problem_of

if TYPE_CHECKING:
    from solver.domain.problem import Problem

REQUESTS = Path(__file__).parents[2] / "golden" / "requests"
WANTED = Wanted(weeks=3, contrast=Fraction(2, 5), loss=Fraction(1, 10))


def _problem(name: str) -> Problem:
    body: dict[str, Any] = json.loads((REQUESTS / f"{name}.json").read_text("utf-8"))
    return problem_of(body)


def _variants(problem: Problem, seconds: float, **how: Any) -> Variants:
    outcome = variants(problem, WANTED, budget(seconds), **how)
    assert isinstance(outcome, Variants), outcome
    return outcome


@pytest.mark.parametrize("name", ["bodyweight_only", "two_half_hours_in_a_gym"])
def test_variants_differ_and_lose_little(name: str) -> None:
    problem = _problem(name)
    told: list[VariantsProgress] = []
    found = _variants(problem, 1.2, on_progress=told.append)
    assert len(found.weeks) == len(found.differences) > 1
    plans = [week.solved.plan for week in found.weeks]
    best = found.weeks[0].solved.score.value
    for number, week in enumerate(found.weeks):
        assert verify(problem, plans[number]) == ()
        assert week.solved.score.value >= 0.9 * best - 1e-3
        assert all(contrast(problem, plans[number], other) >= WANTED.contrast for other in plans[:number])
    assert [len(one.scores) for one in told if one.next is None] == [*range(1, len(plans) + 1)]


def test_the_same_budget_gives_the_same_weeks() -> None:
    problem = _problem("bodyweight_only")
    one, other = (_variants(problem, 0.3) for _ in range(2))
    assert [(w.solved.plan, w.sentence) for w in one.weeks] == [(w.solved.plan, w.sentence) for w in other.weeks]


def test_stopped_work_keeps_the_weeks_so_far() -> None:
    there: list[int] = []
    stopped = _variants(
        _problem("bodyweight_only"),
        1.5,
        on_progress=lambda progress: there.append(len(progress.scores)),
        is_cancelled=lambda: len(there) > 0 and max(there) >= 1,
    )
    assert 1 <= len(stopped.weeks) < 3
    assert stopped.ending == "out_of_time"
