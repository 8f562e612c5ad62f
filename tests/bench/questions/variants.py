"""Five variants of a week, against solving from scratch for each of them.

Both look for weeks under the same conditions: far enough from all before, and little enough lost. From scratch means
one search after the other with all conditions stated and nothing to begin from, each with the same share of the budget.
As both use up their time, what is compared is the mean score.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from solver.domain.outcome import Solved
from solver.domain.problem import SolveBudget
from solver.pipeline import optimise, optimise_within
from solver.variants import Variants, Wanted, variants
from solver.variants.conditions import Contrasting, LosingAtMost, shortfall_within
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.domain.problem import Problem

GOLDEN = Path(__file__).parents[2] / "golden" / "requests"
WEEKS = ("default_three_hours", "home_dumbbells")
WANTED = Wanted(weeks=5, contrast=Fraction(2, 5), loss=Fraction(1, 20))
GOAL_SECONDS = 30.0
"""What five variants of the default week may take on two cores."""
BUDGET = SolveBudget(time_limit_seconds=GOAL_SECONDS, workers=2)


def report() -> Iterator[str]:
    """A line for every request; the first is the one with a goal."""
    yield "| week | seconds | weeks | scores | from scratch: seconds | weeks | scores | mean score ratio |"
    yield "|---|---|---|---|---|---|---|---|"
    met = "MISSED"
    for name in WEEKS:
        problem = problem_of(json.loads((GOLDEN / f"{name}.json").read_text("utf-8")))
        started = time.perf_counter()
        found = variants(problem, WANTED, BUDGET)
        taken = time.perf_counter() - started
        weeks = [variant.solved for variant in found.weeks] if isinstance(found, Variants) else []
        started = time.perf_counter()
        afresh = _from_scratch(problem)
        afresh_taken = time.perf_counter() - started
        if name == WEEKS[0] and taken <= GOAL_SECONDS + 1 and len(weeks) == WANTED.weeks:
            met = "met"
        cells = [name, f"{taken:.1f}", str(len(weeks)), _scores(weeks)]
        cells += [
            f"{afresh_taken:.1f}",
            str(len(afresh)),
            _scores(afresh),
            f"{_mean(weeks) / max(1.0, _mean(afresh)):.3f}",
        ]
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield f"The default week: {WANTED.weeks} variants within {GOAL_SECONDS:g} s: {met}."


def _from_scratch(problem: Problem) -> list[Solved]:
    """As many weeks as come of one search after the other, each with an equal share of the budget."""
    budget = replace(BUDGET, time_limit_seconds=GOAL_SECONDS / WANTED.weeks)
    best = optimise(problem, budget)
    if not isinstance(best, Solved):
        return []
    weeks = [best]
    most = shortfall_within(problem, sum(int(tier.value) for tier in best.tiers[:2]), WANTED.loss)
    while len(weeks) < WANTED.weeks:
        apart = [Contrasting(week.plan, WANTED.contrast) for week in weeks]
        found = optimise_within(problem, budget, conditions=[LosingAtMost(most), *apart])
        if not isinstance(found, Solved):
            break
        weeks.append(found)
    return weeks


def _mean(weeks: Sequence[Solved]) -> float:
    """Mean score of all weeks asked for; one that is missing scores nothing."""
    return sum(week.score.value for week in weeks) / WANTED.weeks


def _scores(weeks: Sequence[Solved]) -> str:
    return ", ".join(f"{week.score.value:.1f}" for week in weeks)
