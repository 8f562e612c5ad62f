"""From a problem to its outcome: build, search, check by the second opinion, or explain why nothing fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from solver.domain.outcome import InvalidPlanError, Outcome, Progress, Solved, TimedOut
from solver.model import build_model
from solver.run import Run
from solver.search import Found, NoPlan, search
from solver.verifier import certify
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.domain.problem import Problem, SolveBudget


def optimise(
    problem: Problem,
    budget: SolveBudget,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """The best week for a problem, verified; or the proof and the reason that there is none; or neither in time.

    `on_progress` is called from solver threads with every improvement. When `is_cancelled` turns true, the search stops
    within half a second and the best plan so far is the answer. Raises InvalidPlanError when the verifier
    rejects what the model made: a fault of ours, never an answer.
    """
    watch = Watch(budget, is_cancelled)
    run = Run(build_model(problem), budget, watch)
    found = search(run.built, budget, watch, on_progress)
    match found:
        case Found():
            return _solved(problem, found, run)
        case NoPlan(verdict="impossible"):
            return run.impossible()
        case NoPlan():
            return TimedOut(run.stats())
        case _:
            assert_never(found)


def _solved(problem: Problem, found: Found, run: Run) -> Solved:
    certificate = certify(problem, found.plan)
    violations = tuple(v for line in certificate for v in line.violations)
    if violations:
        raise InvalidPlanError(violations)
    gap = run.budget.gap
    quality = found.tiers[-1].gap
    done = found.score.gap <= gap and quality is not None and quality <= gap
    return Solved(
        status="optimal" if done else "feasible",
        plan=found.plan,
        score=found.score,
        tiers=found.tiers,
        certificate=certificate,
        stats=run.stats(found.first_plan_seconds),
    )
