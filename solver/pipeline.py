"""From a problem to its outcome: build, search, check by the second opinion, or explain why nothing fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from solver.domain.outcome import InvalidPlanError, NoneWithin, Outcome, Progress, Solved, TimedOut
from solver.explain.proving import lone_solver
from solver.model import build_model
from solver.run import Run
from solver.search import Found, NoPlan, search
from solver.verifier import certify
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.conditions import Condition
    from solver.domain.plan import Plan
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
    run, found = _searched(problem, budget, None, (), on_progress, is_cancelled)
    match found:
        case Found():
            return _solved(problem, found, run)
        case NoPlan(verdict="impossible"):
            return run.impossible()
        case NoPlan():
            return TimedOut(run.stats())
        case _:
            assert_never(found)


def optimise_within(
    problem: Problem,
    budget: SolveBudget,
    *,
    start: Plan | None = None,
    conditions: Sequence[Condition] = (),
    on_progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Solved | NoneWithin | TimedOut:
    """As `optimise`, for questions about a week that is there already: begun from it, and under conditions.

    `start` is a week near to what is wanted; it may break rules and conditions, or hold what the problem does not
    know. `conditions` hold beside the rules; that no week meets them is a proof and needs no reason. What is proven of
    the tiers is proven of the weeks that meet them.
    """
    run, found = _searched(problem, budget, start, conditions, on_progress, is_cancelled)
    match found:
        case Found():
            return _solved(problem, found, run)
        case NoPlan(verdict="impossible") if _impossible_again(run):
            return NoneWithin(run.stats())
        case NoPlan():
            return TimedOut(run.stats())
        case _:
            assert_never(found)


def _searched(
    problem: Problem,
    budget: SolveBudget,
    start: Plan | None,
    conditions: Sequence[Condition],
    on_progress: Callable[[Progress], None] | None,
    is_cancelled: Callable[[], bool] | None,
) -> tuple[Run, Found | NoPlan]:
    watch = Watch(budget, is_cancelled)
    built = build_model(problem)
    for condition in conditions:
        for constraint in condition(built.plan, built.objective):
            built.model.add(constraint)
    return Run(built, budget, watch), search(built, budget, watch, on_progress, start)


def _impossible_again(run: Run) -> bool:
    """Whether a second proof, without presolve, comes to the same: presolve has known faults."""
    if run.watch.over:
        return False
    model = run.built.model.clone()
    model.clear_objective()  # type: ignore[no-untyped-call]
    return run.watch.solve(lone_solver(run.watch, run.watch.left_deterministic), model) == "impossible"


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
