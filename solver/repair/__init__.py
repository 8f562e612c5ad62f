"""Repair: the nearest week that keeps every rule to one that someone already follows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, assert_never

from solver.domain.outcome import TimedOut
from solver.model import build_model
from solver.objective.distance import Distance
from solver.repair.outcome import Reason, ReasonedChange, Repaired, RepairOutcome, RepairProgress
from solver.repair.standing import StandingWeek, without_needless
from solver.repair.ties import best_as_near
from solver.repair.weeks import keeping_order
from solver.repair.wording import sentence
from solver.run import Run
from solver.search.least import Least, LeastSearch, NoWeek
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from solver.domain.change import WeekEntry
    from solver.domain.problem import Problem, SolveBudget


def repair(
    problem: Problem,
    followed: Iterable[WeekEntry],
    budget: SolveBudget,
    *,
    on_progress: Callable[[RepairProgress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> RepairOutcome:
    """The nearest week that keeps every rule, verified; or the proof that these slots hold none; or neither in time.

    `followed` may break any rule and hold any number of sets; two entries of one exercise in one slot count as one.
    Entries of exercises that the problem does not know are set aside. Sessions keep their slots. Among equally near
    weeks the ordinary objective chooses, as far as the budget goes. `on_progress` is called from solver threads; when
    `is_cancelled` turns true, the search stops within half a second and the nearest week so far is the answer.

    Raises ValueError for a slot that is not offered or for sets below 1, InvalidPlanError when the verifier rejects
    what the model made: a fault of ours, never an answer.
    """
    standing = StandingWeek.of(problem, followed)
    run = Run(build_model(problem), budget, Watch(budget, is_cancelled))
    as_it_is = standing.compliant()
    if as_it_is is not None:
        return standing.repaired(as_it_is, 0, run.stats(0.0))
    tell = _teller(run.watch, on_progress)
    goal = Distance(standing.entries)
    away = goal.express(run.built.plan)
    around = {(entry.slot, entry.exercise) for entry in standing.entries}
    found = LeastSearch(run.built, away, partial(goal.measure, problem), around, run.watch, budget.gap, tell).run()
    match found:
        case Least():
            chosen = best_as_near(run, away, found)
            plan = keeping_order(problem, without_needless(standing, chosen), standing.entries)
            return standing.repaired(plan, found.bound, run.stats(found.seconds))
        case NoWeek(verdict="impossible"):
            return run.impossible()
        case NoWeek():
            return TimedOut(run.stats())
        case _:
            assert_never(found)


def _teller(
    watch: Watch, on_progress: Callable[[RepairProgress], None] | None
) -> Callable[[int | None, int | None], None]:
    def tell(distance: int | None, bound: int | None) -> None:
        if on_progress is not None:
            on_progress(RepairProgress(watch.seconds, distance, bound))

    return tell


__all__ = ["Reason", "ReasonedChange", "RepairOutcome", "RepairProgress", "Repaired", "repair", "sentence"]
