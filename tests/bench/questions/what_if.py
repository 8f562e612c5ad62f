"""What-if over ten items, against planning every changed request by itself, one after the other.

Planning by itself has ten seconds on two workers for each, which together is more than the minute of the what-if, and
knows nothing of the plan. Compared is what the differences are known by: how wide apart the least and the most are by
which the best weeks can differ in score.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from catalog.catalog import default_catalog
from service.whatif.schemas import TIME_LIMIT_SECONDS
from solver.domain.outcome import Solved
from solver.domain.problem import SolveBudget
from solver.pipeline import optimise
from solver.whatif import Known, Option, what_if
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.problem import Problem

GOLDEN = Path(__file__).parents[2] / "golden" / "requests"
WEEKS = ("bands_only", "home_dumbbells")
ITEMS = 10
PLANNING = SolveBudget(time_limit_seconds=10, workers=2)
ASKING = SolveBudget(time_limit_seconds=TIME_LIMIT_SECONDS, workers=2)
GOAL_SECONDS = 60.0


def report() -> Iterator[str]:
    """A line for every week; all of them have the goal."""
    yield (
        "| week | items | without a search | seconds | verdicts proven | width | each by itself: seconds "
        "| width | times as fast | times as narrow |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    worst = 0.0
    for name in WEEKS:
        line, seconds = _week(name)
        worst = max(worst, seconds)
        yield line
    met = "met" if worst <= GOAL_SECONDS else "MISSED"
    yield ""
    yield f"The slowest: {worst:.1f} s; at most {GOAL_SECONDS:g} s: {met}."


def _week(name: str) -> tuple[str, float]:
    problem = problem_of(json.loads((GOLDEN / f"{name}.json").read_text("utf-8")))
    planned = optimise(problem, PLANNING)
    assert isinstance(planned, Solved)
    minima, targets = planned.tiers[:2]
    known = Known((int(minima.value), int(minima.bound or 0)), (int(targets.value), int(targets.bound or 0)))
    options = [Option(_with(problem, item)) for item in _missing(problem)]
    started = time.perf_counter()
    found = what_if(problem, planned.plan, known, options, ASKING)
    taken = time.perf_counter() - started
    started = time.perf_counter()
    alone = [optimise(option.problem, PLANNING) for option in options]
    naively = time.perf_counter() - started
    pruned = sum(finding.pruned for finding in found.findings)
    proven = sum(finding.verdict not in ("unproven", "unknown", "unanswered") for finding in found.findings)
    width = mean(f.high - f.low for f in found.findings if f.low is not None and f.high is not None)
    apart = planned.score.bound - planned.score.value
    loose = mean(apart + one.score.bound - one.score.value for one in alone if isinstance(one, Solved))
    cells = [name, str(len(options)), str(pruned), f"{taken:.1f}", str(proven), f"{width:.2f}"]
    cells += [f"{naively:.0f}", f"{loose:.2f}", f"{naively / taken:.1f}", f"{loose / width:.1f}" if width else "-"]
    return f"| {' | '.join(cells)} |", taken


def _missing(problem: Problem) -> list[str]:
    """The first items that some place lacks."""
    there = frozenset.intersection(*(slot.place.equipment for slot in problem.slots))
    return [item for item in default_catalog().equipment if item not in there][:ITEMS]


def _with(problem: Problem, item: str) -> Problem:
    places = [replace(slot.place, equipment=slot.place.equipment | {item}) for slot in problem.slots]
    return replace(
        problem, slots=tuple(replace(slot, place=place) for slot, place in zip(problem.slots, places, strict=True))
    )
