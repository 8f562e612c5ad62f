"""Members who train at the same hours with few stations: seconds, and the summed score against the bound of all alone.

The weeks are searched side by side, two at a time, each by one thread. The members are those
of the golden requests for a full gym, their three sessions on the same days within half an hour of each other.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from solver.domain.problem import SolveBudget
from solver.gym import GymBudget, GymProblem, Member, Scheduled, Station, schedule
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.problem import Problem

GOLDEN = Path(__file__).parents[2] / "golden" / "requests"
WEEKS = ("default_three_hours", "glutes_and_back_first", "conservative_recovery", "sore_shoulder")
SIZES = (2, 5, 10)
THREADS = 2
GOAL_PERCENT = 97.0
"""Of the bound, what the summed score should reach."""
BUDGET = GymBudget(
    time_limit_seconds=120,
    alone=SolveBudget(30, workers=1, deterministic_seconds=0.6),
    again=SolveBudget(15, workers=1, deterministic_seconds=0.3),
)
STARTS = (0, 15, 30, 0, 15)
"""Minutes after the first that members begin."""


def stations(members: int) -> tuple[Station, ...]:
    """One rack for five members, and the usual rest of a gym."""
    return (
        Station("rack", frozenset({"rack", "barbell"}), -(-members // 5)),
        Station("bench", frozenset({"flat_bench", "adjustable_bench"}), -(-members // 3)),
        Station("cables", frozenset({"cable_machine"}), -(-members // 5)),
        Station("bars", frozenset({"pull_up_bar", "dip_bars"}), -(-members // 4)),
        *(
            Station(machine, frozenset({machine}), 1)
            for machine in ("smith_machine", "lat_pulldown_machine", "seated_row_machine", "leg_press_machine")
        ),
    )


@cache
def _problem(name: str) -> Problem:
    body = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    return problem_of({what: asked for what, asked in body.items() if what != "week"})


def gym(members: int) -> GymProblem:
    """So many members, each with a day's start of his own."""
    people = []
    for number in range(members):
        problem = _problem(WEEKS[number % len(WEEKS)])
        later = STARTS[number % len(STARTS)]
        slots = tuple(
            replace(s, start_minute=s.start_minute + later, place=replace(s.place, id="club")) for s in problem.slots
        )
        people.append(Member(f"member {number + 1}", replace(problem, slots=slots)))
    return GymProblem({"club": stations(members)}, tuple(people))


def report() -> Iterator[str]:
    """A line for every size, and one for a member more and for a rack less of the largest."""
    yield "| members | seconds | of them alone | rounds | weeks searched | score | bound | % | most lost | unplaced |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    least = 100.0
    with ThreadPoolExecutor(THREADS) as pool:
        for members in SIZES:
            started = time.perf_counter()
            found = schedule(gym(members), BUDGET, each=pool.map)
            assert isinstance(found, Scheduled)
            least = min(least, 100 * found.score / found.bound)
            yield _line(str(members), found, time.perf_counter() - started)
        more = replace(found.gym, members=gym(SIZES[-1] + 1).members)
        for name, changed in {"one more": more, "a rack less": _rack_less(found.gym)}.items():
            started = time.perf_counter()
            again = schedule(changed, BUDGET, before=found, each=pool.map)
            assert isinstance(again, Scheduled)
            seconds = time.perf_counter() - started
            same = sum(_content(found).get(member) == done for member, done in _content(again).items())
            yield _line(f"{SIZES[-1]}, {name}: {same} weeks as before", again, seconds)
    met = "met" if least >= GOAL_PERCENT else "MISSED"
    yield ""
    yield f"The least of the bound reached: {least:.1f} %; at least {GOAL_PERCENT:g} %: {met}."


def _rack_less(full: GymProblem) -> GymProblem:
    left = tuple(replace(s, count=s.count - 1) if s.id == "rack" else s for s in full.stations["club"])
    return replace(full, stations={"club": left})


def _content(found: Scheduled) -> dict[str, set[tuple[str, str, int]]]:
    """What everybody does where, whatever the order."""
    return {w.member: {(s.slot, e.exercise, e.sets) for s in w.plan.sessions for e in s.entries} for w in found.weeks}


def _line(name: str, found: Scheduled, seconds: float) -> str:
    stats = found.stats
    cells = [
        name,
        f"{seconds:.1f}",
        f"{stats.alone_seconds:.1f}",
        str(stats.rounds),
        str(stats.solves),
        f"{found.score:.1f}",
        f"{found.bound:.1f}",
        f"{100 * found.score / found.bound:.2f}",
        f"{100 * found.most_lost:.1f} %",
        str(len(found.unplaced)),
    ]
    return f"| {' | '.join(cells)} |"
