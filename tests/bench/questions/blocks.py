"""An eight-week block, against planning its eight weeks one by one.

The weeks planned alone get the same stages and targets, and ten seconds each, as a plan does. They know nothing of each
other: how much of a week is left in the next, whether a week of unloading is one, and which rules of recovery break
over the borders is what the block is for.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from solver.blocks import plan_block
from solver.blocks.domain import BlockPlanned, BlockProblem
from solver.blocks.weekly import hard_sets
from solver.domain.outcome import Solved
from solver.domain.problem import MINUTES_PER_WEEK, PastSession, SolveBudget
from solver.pipeline import optimise
from solver.verifier import verify
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

GOLDEN = Path(__file__).parents[2] / "golden" / "requests"
WEEKS = 8
GOAL_SECONDS = 60.0
"""What eight weeks may take on two cores."""
BUDGET = SolveBudget(time_limit_seconds=GOAL_SECONDS, workers=2)
ALONE = SolveBudget(time_limit_seconds=10, workers=2)

Week = tuple["Problem", "Plan"]


def report() -> Iterator[str]:
    """A line for every block; the first one is that of an eight-week block from the first deadlift stage."""
    yield (
        "| block | seconds | weeks proven nearest | entries kept | score | sets while unloading | deadlift "
        "| one by one: seconds | entries kept | score | sets while unloading | breaks over borders | times as fast |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    first = None
    for name, body in _requests():
        line, seconds = _block(name, body)
        first = seconds if first is None else first
        yield line
    assert first is not None
    met = "met" if first <= GOAL_SECONDS else "MISSED"
    yield ""
    yield f"Eight weeks from the first deadlift stage: {first:.1f} s; at most {GOAL_SECONDS:g} s: {met}."


def _requests() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "from the first stage", {"athlete": {"ladder_stages": {"deadlift": 1}}}
    for name in ("home_dumbbells", "sunday_then_monday"):
        yield name, json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def _block(name: str, body: dict[str, Any]) -> tuple[str, float]:
    block = BlockProblem(problem_of(body), tuple(default_catalog().ladders.values()), WEEKS)
    started = time.perf_counter()
    planned = plan_block(block, BUDGET)
    seconds = time.perf_counter() - started
    if not isinstance(planned, BlockPlanned):
        return f"| {name} | {seconds:.1f} | {type(planned).__name__} {planned.number} |" + " |" * 10, seconds
    weeks = [(week.problem, week.solved.plan) for week in planned.weeks]
    unloading = [week.number - 1 for week in planned.weeks if week.deload]
    started = time.perf_counter()
    alone = [(problem, optimise(replace(problem, preceding=()), ALONE)) for problem, _ in weeks]
    alone_seconds = time.perf_counter() - started
    found = [(problem, outcome.plan) for problem, outcome in alone if isinstance(outcome, Solved)]
    scores = [outcome.score.value for _, outcome in alone if isinstance(outcome, Solved)]
    cells = [
        name,
        f"{seconds:.1f}",
        f"{sum(week.nearness.proven for week in planned.weeks)} of {WEEKS}",
        _kept(weeks),
        f"{mean(week.solved.score.value for week in planned.weeks):.1f}",
        _unloaded(weeks, unloading),
        " ".join(str(week.stages["deadlift"]) for week in planned.weeks),
        f"{alone_seconds:.1f}",
    ]
    if len(found) == WEEKS:
        cells += [_kept(found), f"{mean(scores):.1f}", _unloaded(found, unloading), str(_broken_over_borders(found))]
    else:
        cells += [f"only {len(found)} weeks", "", "", ""]
    return f"| {' | '.join([*cells, f'{alone_seconds / seconds:.1f}'])} |", seconds


def _kept(weeks: Sequence[Week]) -> str:
    """Of the entries of a week, the share that stands in the same session of the week before."""
    shares = []
    for (_, before), (_, after) in pairwise(weeks):
        old, new = ({(s.slot, e.exercise) for s in plan.sessions for e in s.entries} for plan in (before, after))
        shares.append(len(old & new) / len(new))
    return f"{mean(shares):.0%}"


def _unloaded(weeks: Sequence[Week], unloading: Sequence[int]) -> str:
    """Hard sets of the weeks of unloading, of those of the weeks before."""
    return f"{mean(hard_sets(*weeks[n]) / hard_sets(*weeks[n - 1]) for n in unloading):.0%}"


def _broken_over_borders(weeks: Sequence[Week]) -> int:
    """Rules of the weeks that break once each knows what was trained before it."""
    broken = 0
    for (before, last), (problem, plan) in pairwise(weeks):
        past = tuple(
            PastSession(
                session.slot,
                before.slot_by_id[session.slot].start_minute - MINUTES_PER_WEEK,
                tuple((entry.exercise, entry.sets) for entry in session.entries),
            )
            for session in last.sessions
        )
        broken += len(verify(replace(problem, preceding=past), plan))
    return broken
