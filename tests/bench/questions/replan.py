"""Replanning one missed session, against planning the rest of the week afresh.

Both answer the same question: the same history, the same slots left. Planning afresh is asked as a plan is, with ten
seconds, and takes no heed of what the athlete had before him: its distance says how much of the plan it throws over.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from solver.domain.outcome import Solved
from solver.domain.problem import PinnedEntry, PinnedSession, SolveBudget
from solver.objective.distance import Distance
from solver.pipeline import optimise
from solver.replan import Replanned, replan
from solver.replan.standing import standing_entries
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

GOLDEN = Path(__file__).parents[2] / "golden" / "requests"
PAIRED = ", in supersets"
WEEKS = (
    "default_three_hours",
    f"default_three_hours{PAIRED}",
    "home_dumbbells",
    "glutes_and_back_first",
    "six_short_sessions",
)
BUDGET = SolveBudget(time_limit_seconds=10, workers=2)
GOAL_SECONDS = 3.0
"""What one missed session of the default week may take on two cores."""
TURNS = 3


def report() -> Iterator[str]:
    """A line for every session that can be missed; the first week has the goal, without supersets and with."""
    yield (
        "| week | missed | seconds | distance | proven | score | best week first: seconds | distance | score "
        "| afresh: seconds | distance | score | times as fast |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    worst = 0.0
    for name in WEEKS:
        for line, seconds in _week(name):
            worst = max(worst, seconds) if name in WEEKS[:2] else worst
            yield line
    met = "met" if worst <= GOAL_SECONDS else "MISSED"
    yield ""
    yield f"The default week, its slowest: {worst:.1f} s; at most {GOAL_SECONDS:g} s: {met}."


def _week(name: str) -> Iterator[tuple[str, float]]:
    body = json.loads((GOLDEN / f"{name.removesuffix(PAIRED)}.json").read_text("utf-8"))
    problem = problem_of({**body, "supersets": name.endswith(PAIRED)})
    planned = optimise(problem, BUDGET)
    assert isinstance(planned, Solved)
    for session in planned.plan.sessions[:3]:
        yield _missed(name, problem, planned.plan, session.slot)


def _missed(name: str, problem: Problem, plan: Plan, slot: str) -> tuple[str, float]:
    now = _with_history(problem, plan, slot)
    away = Distance(standing_entries(now, plan))
    taken, near = _timed(lambda: replan(now, plan, BUDGET), TURNS)
    best_taken, best = _timed(lambda: replan(now, plan, BUDGET, prefer="best_week"))
    afresh_taken, afresh = _timed(lambda: optimise(now, BUDGET))
    cells = [name, slot, f"{taken:.2f}"]
    if isinstance(near, Replanned):
        score = f"{near.solved.score.value:.1f}" + (f", {len(near.unkept)} unkept" if near.unkept else "")
        cells += [str(near.distance), "yes" if near.proven else f">= {near.bound}", score]
    else:
        cells += [type(near).__name__, "", ""]
    if isinstance(best, Replanned):
        cells += [f"{best_taken:.2f}", str(best.distance), f"{best.solved.score.value:.1f}"]
    else:
        cells += [f"{best_taken:.2f}", type(best).__name__, ""]
    if isinstance(afresh, Solved):
        cells += [f"{afresh_taken:.2f}", str(away.measure(now, afresh.plan)), f"{afresh.score.value:.1f}"]
    else:
        cells += [f"{afresh_taken:.2f}", type(afresh).__name__, ""]
    return f"| {' | '.join([*cells, f'{afresh_taken / taken:.1f}'])} |", taken


def _with_history(problem: Problem, plan: Plan, missed: str) -> Problem:
    """The week when the session was due: everything before it was held as planned, it was not."""
    sessions = {session.slot: session for session in plan.sessions}
    past = [slot.id for slot in problem.slots]
    history = tuple(
        PinnedSession(
            slot,
            tuple(PinnedEntry(slot, e.exercise, e.sets, e.equipment, e.superset) for e in sessions[slot].entries)
            if slot != missed and slot in sessions
            else (),
            done=True,
        )
        for slot in past[: past.index(missed) + 1]
    )
    fewest = min(problem.rules.sessions_min, len(problem.slots) - sum(not s.entries for s in history))
    return replace(problem, pinned_sessions=history, rules=replace(problem.rules, sessions_min=fewest))


def _timed(answer: Callable[[], Any], turns: int = 1) -> tuple[float, Any]:
    """The median of so many turns, in seconds, and the last answer."""
    seconds, found = [], None
    for _ in range(turns):
        started = time.perf_counter()
        found = answer()
        seconds.append(time.perf_counter() - started)
    return median(seconds), found
