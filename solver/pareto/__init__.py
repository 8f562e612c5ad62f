"""The front over two or three goals: weeks that trade one goal against another, none of them beaten in every goal.

Exact by the epsilon-constraint method: the least of the first goal is asked for under every limit on the others that
could have another answer, each answer with its proof or its gap.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from solver.domain.outcome import Score, TimedOut
from solver.model import build_model
from solver.objective.score import relative_gap, score_of
from solver.pareto.asking import Asker
from solver.pareto.front import BEYOND
from solver.pareto.goals import GOAL_NAMES, GOALS, MINUTES_PER_STEP, GoalName
from solver.pareto.outcome import FrontPoint, FrontProgress, GoalValue, ParetoFront, ParetoOutcome, Unexplored
from solver.pareto.polish import polished, unproven
from solver.pareto.search import FrontSearch
from solver.run import Run
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.outcome import Solved
    from solver.domain.problem import Problem, SolveBudget
    from solver.pareto.front import Front

SEARCH_SHARE = 0.7
"""What the front may spend of the budget; the rest is for the best week at each of its points."""
FEWEST_GOALS, MOST_GOALS = 2, 3


def pareto_front(
    problem: Problem,
    goals: Sequence[GoalName],
    budget: SolveBudget,
    *,
    on_progress: Callable[[FrontProgress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> ParetoOutcome:
    """The front over two or three different goals, every week verified; or why there is no week; or none in time.

    `on_progress` is called with every round of questions. When `is_cancelled` turns true, the search stops within half
    a second and what is found by then is the answer. Raises ValueError for other numbers of goals or a goal named
    twice, InvalidPlanError when the verifier rejects what the model made: a fault of ours, never an answer.
    """
    if not FEWEST_GOALS <= len(goals) <= MOST_GOALS or len(set(goals)) < len(goals):
        raise ValueError(f"a front has {FEWEST_GOALS} or {MOST_GOALS} different goals, not {', '.join(goals)}")
    names = tuple(name for name in GOALS if name in goals)
    watch = Watch(budget, is_cancelled)
    run = Run(build_model(problem), budget, watch)
    asker = Asker.of(run.built, [GOALS[name] for name in names], is_cancelled or (lambda: False))
    search = FrontSearch(asker, budget, watch, partial(_tell, names, watch, on_progress))
    front = search.run(SEARCH_SHARE)
    if front is None:
        return run.impossible()
    if not front.weeks():
        return TimedOut(run.stats())
    points = polished(run, asker, front, is_cancelled)
    return ParetoFront(
        goals=names,
        points=tuple(_point(problem, names, front, values, solved) for values, solved in points),
        complete=not front.open() and not front.unsettled(),
        unexplored=_unexplored(names, front),
        stats=run.stats(),
    )


def _tell(
    names: Sequence[GoalName], watch: Watch, on_progress: Callable[[FrontProgress], None] | None, front: Front
) -> None:
    if on_progress is not None:
        points = tuple(dict(zip(names, week.values, strict=True)) for week in front.weeks())
        on_progress(FrontProgress(watch.seconds, points, front.questions_left()))


def _point(
    problem: Problem, names: Sequence[GoalName], front: Front, values: Sequence[int], solved: Solved
) -> FrontPoint:
    goals = {name: GoalValue(values[goal], front.bound_of(goal, values)) for goal, name in enumerate(names)}
    if "stimulus" in goals:
        best = min(solved.score.bound, score_of(problem, 0, goals["stimulus"].bound))
        solved = replace(solved, score=Score(solved.score.value, best, relative_gap(solved.score.value, best)))
    return FrontPoint(solved, goals)


def _unexplored(names: Sequence[GoalName], front: Front) -> tuple[Unexplored, ...]:
    found = []
    for box in front.open():
        ends = [(low, None if high >= BEYOND else high) for low, high in zip(box.low, box.high, strict=True)]
        found.append(Unexplored(dict(zip(names[1:], ends, strict=True))))
    return tuple(found)


__all__ = [
    "FEWEST_GOALS",
    "GOALS",
    "GOAL_NAMES",
    "MINUTES_PER_STEP",
    "MOST_GOALS",
    "FrontPoint",
    "FrontProgress",
    "GoalName",
    "GoalValue",
    "ParetoFront",
    "ParetoOutcome",
    "Unexplored",
    "pareto_front",
    "unproven",
]
