"""Swaps for one entry, against planning a week with each alternative in its place.

Both find out what an alternative does to the rest. Planning is asked as a plan is, with the alternative pinned and ten
seconds each; it is timed on a few alternatives only, and its seconds for all of them are those times as many.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from service.swaps.schemas import TIME_LIMIT_SECONDS
from solver.domain.outcome import Solved
from solver.domain.problem import PinnedEntry, SolveBudget
from solver.pipeline import optimise
from solver.repair import Repaired
from solver.swaps import swaps
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

GOLDEN = Path(__file__).parents[2] / "golden" / "requests"
WEEKS = ("default_three_hours", "home_dumbbells", "six_short_sessions")
PLANNING = SolveBudget(time_limit_seconds=10, workers=2)
ASKING = SolveBudget(time_limit_seconds=TIME_LIMIT_SECONDS, workers=2)
REPAIRS = 2
GOAL_SECONDS = 3.0
"""What the alternatives to one entry of the default week may take on two cores, repairs included."""
PLANNED = 2
"""So many alternatives of each entry are planned."""


def report() -> Iterator[str]:
    """A line for every entry of the first session; the first week is the one with a goal."""
    yield (
        "| week | entry | alternatives | keep every rule | seconds | repaired | planning each: seconds "
        "| times as fast |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    worst = 0.0
    for name in WEEKS:
        problem = problem_of(json.loads((GOLDEN / f"{name}.json").read_text("utf-8")))
        planned = optimise(problem, PLANNING)
        assert isinstance(planned, Solved)
        for entry in planned.plan.sessions[0].entries[::3]:
            line, seconds = _entry(name, problem, planned.plan, entry.exercise)
            worst = max(worst, seconds) if name == WEEKS[0] else worst
            yield line
    met = "met" if worst <= GOAL_SECONDS else "MISSED"
    yield ""
    yield f"The default week, its slowest: {worst:.1f} s; at most {GOAL_SECONDS:g} s: {met}."


def _entry(name: str, problem: Problem, plan: Plan, exercise: str) -> tuple[str, float]:
    slot = plan.sessions[0].slot
    started = time.perf_counter()
    found = swaps(problem, plan, slot, exercise, ASKING, repairs=REPAIRS)
    taken = time.perf_counter() - started
    each = []
    for swap in found.swaps[:PLANNED]:
        pins = (PinnedEntry(slot, swap.exercise, swap.sets), PinnedEntry(slot, exercise, 0))
        started = time.perf_counter()
        optimise(replace(problem, pinned_entries=(*problem.pinned_entries, *pins)), PLANNING)
        each.append(time.perf_counter() - started)
    naively = mean(each) * len(found.swaps)
    repaired = sum(isinstance(swap.repair, Repaired) for swap in found.swaps)
    keeping = sum(not swap.broken for swap in found.swaps)
    cells = [name, exercise, str(len(found.swaps)), str(keeping), f"{taken:.2f}", f"{repaired} of {REPAIRS}"]
    return f"| {' | '.join([*cells, f'{naively:.0f}', f'{naively / taken:.0f}'])} |", taken
