"""Tiny catalogs of which every week is listed: each variant is the best of those that differ and lose little enough."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from solver.domain.contrast import contrast
from solver.domain.outcome import Infeasible
from solver.measured import MeasuredWeek, as_solved
from solver.objective.score import score_of
from solver.variants import Variants, Wanted, _Search, variants
from solver.verifier import verify
from tests.golden.asking import budget
from tests.solver.hungry import hungry_problem, listed

if TYPE_CHECKING:
    from solver.domain.plan import Plan

SEEDS = (0, 6, 12, 16, 17, 18, 27, 29, 31, 34)
"""Instances of few weeks, most with several valid ones and one with none."""
ASKED = (
    Wanted(weeks=3, contrast=Fraction(1, 5), loss=Fraction(1, 4)),
    Wanted(weeks=4, contrast=Fraction(1, 10), loss=Fraction(1, 2)),
    Wanted(weeks=2, contrast=Fraction(1, 20), loss=Fraction(0)),
)


def _next(seed: int, wanted: Wanted, there: list[Plan]) -> tuple[int, int, int] | None:
    """The tiers of the best listed week that is far enough from those there are and loses little enough."""
    problem, weeks = hungry_problem(seed), listed(seed)
    lowest = (1 - wanted.loss) * Fraction(str(score_of(problem, *weeks[0][0][:2])))
    for tiers, week in weeks:
        apart = all(contrast(problem, week, other) >= wanted.contrast for other in there)
        # Scores are rounded to four places.
        if apart and score_of(problem, *tiers[:2]) >= float(lowest) - 1e-3:
            return tiers
    return None


@pytest.mark.parametrize("wanted", ASKED, ids=lambda wanted: f"{wanted.weeks}-{wanted.contrast}-{wanted.loss}")
@pytest.mark.parametrize("seed", SEEDS)
def test_every_variant_is_the_best_of_the_list(seed: int, wanted: Wanted) -> None:
    problem = hungry_problem(seed)
    outcome = variants(problem, wanted, budget(10))
    if not listed(seed):
        assert isinstance(outcome, Infeasible)
        return
    assert isinstance(outcome, Variants)
    plans = [variant.solved.plan for variant in outcome.weeks]
    for number, variant in enumerate(outcome.weeks):
        assert verify(problem, variant.solved.plan) == ()
        reached = tuple(tier.value for tier in variant.solved.tiers)
        assert reached == _next(seed, wanted, plans[:number])
        assert all(tier.proven for tier in variant.solved.tiers)
        assert outcome.differences[number] == tuple(contrast(problem, plans[number], other) for other in plans)
    if len(plans) < wanted.weeks:
        assert outcome.ending == "no_other"
        assert _next(seed, wanted, plans) is None
    else:
        assert outcome.ending == "enough"


def test_the_instances_end_in_both_ways() -> None:
    solved = [variants(hungry_problem(seed), ASKED[1], budget(10)) for seed in (16, 18)]
    assert [outcome.ending for outcome in solved if isinstance(outcome, Variants)] == ["enough", "no_other"]


@pytest.mark.parametrize("seed", [16, 18])
def test_a_better_week_that_is_found_later_becomes_the_first(seed: int) -> None:
    problem, wanted = hungry_problem(seed), ASKED[1]
    first = variants(problem, wanted, budget(10))
    assert isinstance(first, Variants)
    best = first.weeks[0].solved
    known = [replace(tier, bound=tier.value if tier.sense == "min" else None, proven=False) for tier in best.tiers]
    for tiers, week in listed(seed)[1:4]:
        poor = as_solved(MeasuredWeek(problem, week), known, best.stats)
        outcome = _Search(problem, wanted, budget(10), None, None).answer(poor)
        plans = [one.solved.plan for one in outcome.weeks]
        reached = [tuple(tier.value for tier in one.solved.tiers) for one in outcome.weeks]
        assert [(m, t, -q) for m, t, q in reached] == sorted((m, t, -q) for m, t, q in reached)
        far = all(contrast(problem, week, other) >= wanted.contrast for other in plans if other != week)
        if week in plans:
            assert far
            assert tiers in reached
        lowest = float(1 - wanted.loss) * outcome.weeks[0].solved.score.value - 1e-3
        assert all(one.solved.score.value >= lowest for one in outcome.weeks)
        for number, one in enumerate(outcome.weeks):
            # No listed week in its place has less shortfall than what is told as proven.
            possible = [
                other_tiers
                for other_tiers, other in listed(seed)
                if all(contrast(problem, other, plan) >= wanted.contrast for plan in plans[:number])
            ]
            assert min(possible)[0] >= (one.solved.tiers[0].bound or 0)
            assert outcome.differences[0][number] == contrast(problem, plans[0], plans[number])
            assert number == 0 or one.sentence.endswith(".")
        if contrast(problem, week, best.plan) >= wanted.contrast:
            assert reached[0] == listed(seed)[0][0]
            assert week not in plans[:1]
