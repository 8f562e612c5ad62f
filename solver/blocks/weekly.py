"""One week of a block: the best there is, then the nearest to known weeks among those that score nearly as well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.blocks.ladders import sessions_on
from solver.blocks.stability import Stability
from solver.conditions import tier_at_least_as_good
from solver.domain.change import difference, entries_of, undone
from solver.domain.kinds import deadlift_stage, loaded_deadlift
from solver.domain.outcome import InvalidPlanError, Solved, TermValue
from solver.model import MINIMA, QUALITY, TARGETS, TIERS, build_model, measured
from solver.objective.score import scored, untrained
from solver.repair.ties import best_as_near
from solver.repair.weeks import in_training_order, keeping_order
from solver.run import Run
from solver.search.least import Least, LeastSearch
from solver.variables import weighted
from solver.verifier import certify, verify
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from solver.conditions import Condition
    from solver.domain.outcome import SolveStats, TierResult
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget
    from solver.model import Objective, TierSpec
    from solver.variables import PlanVars


@dataclass(frozen=True)
class Limits:
    """What a week of a block keeps beside the rules."""

    lowest_loaded_stage: int = 0
    """The highest loaded deadlift stage trained so far: nothing below it any more."""
    most_hard_sets: int | None = None
    stage_sessions: tuple[tuple[str, int], ...] = ()
    """Ladder, and how many sessions train its stage at least."""
    fewest_proven: bool = False
    """Whether no week is proven to have fewer hard sets than `most_hard_sets`."""

    def no_more_than(self, problem: Problem, plan: Plan) -> Limits:
        """The same with the hard sets of a week as the most, where no number is said."""
        return self if self.most_hard_sets is not None else replace(self, most_hard_sets=hard_sets(problem, plan))

    def conditions(self) -> tuple[Condition, ...]:
        """The same on a model."""
        return (self._state,)

    def _state(self, plan: PlanVars, _: Objective) -> Iterable[cp_model.BoundedLinearExpression | bool]:
        for choice in plan.of(lambda e: loaded_deadlift(e) and deadlift_stage(e) < self.lowest_loaded_stage):
            yield choice.present <= 0
        if self.most_hard_sets is not None:
            yield weighted(plan.of(lambda e: e.counts_as_hard_set), lambda _: 1) <= self.most_hard_sets
        for ladder, sessions in self.stage_sessions:
            stage = plan.problem.athlete.stages[ladder]
            trained = [
                plan.any_present(f"trains {ladder}@{slot.id}", plan.of(lambda e: e.stage_on(ladder) == stage, slot))  # noqa: B023
                for slot in plan.problem.slots
            ]
            yield cp_model.LinearExpr.sum(trained) >= sessions

    def kept_by(self, problem: Problem, plan: Plan) -> bool:
        """The same on a finished plan."""
        exercises = [problem.exercise_by_id[e.exercise] for s in plan.sessions for e in s.entries]
        below = any(loaded_deadlift(e) and deadlift_stage(e) < self.lowest_loaded_stage for e in exercises)
        enough = all(
            sessions_on(problem, plan, ladder, problem.athlete.stages[ladder]) >= sessions
            for ladder, sessions in self.stage_sessions
        )
        few = self.most_hard_sets is None or hard_sets(problem, plan) <= self.most_hard_sets
        return few and enough and not below


def hard_sets(problem: Problem, plan: Plan) -> int:
    """All hard sets of a week."""
    by_id = problem.exercise_by_id
    entries = (entry for session in plan.sessions for entry in session.entries)
    return sum(entry.sets for entry in entries if by_id[entry.exercise].counts_as_hard_set)


def fewest_hard_sets(
    problem: Problem,
    known: Plan | None,
    limits: Limits,
    budget: SolveBudget,
    is_cancelled: Callable[[], bool] | None = None,
) -> tuple[Limits | None, SolveStats]:
    """The limits with the fewest hard sets that a week within them has; None where none is found in the budget."""
    run = Run(build_model(problem), budget, Watch(budget, is_cancelled))
    for condition in limits.conditions():
        for constraint in condition(run.built.plan, run.built.objective):
            run.built.model.add(constraint)
    sets = weighted(run.built.plan.of(lambda e: e.counts_as_hard_set), lambda _: 1)
    around = () if known is None else Stability((known,)).around()
    measure = partial(hard_sets, problem)
    found = LeastSearch(run.built, sets, measure, around, run.watch, 0.0, lambda *_: None, share=1.0).run()
    if not isinstance(found, Least):
        return None, run.stats()
    fewest = replace(limits, most_hard_sets=found.value, fewest_proven=found.value == found.bound)
    return fewest, run.stats()


def tier_value(problem: Problem, plan: Plan, spec: TierSpec) -> int:
    """A tier of a finished week."""
    return sum(measured(problem, plan, spec).values())


@dataclass(frozen=True)
class Near:
    """A week near to a known one, with its distance and what is proven of it."""

    solved: Solved
    distance: int
    bound: int
    stats: SolveStats


def nearest(
    problem: Problem,
    best: Solved,
    known: tuple[Plan, ...],
    tolerance: float,
    limits: Limits,
    budget: SolveBudget,
    is_cancelled: Callable[[], bool] | None = None,
) -> Near:
    """The week nearest to the `known` ones, as good as `best` in the minima and at most `tolerance` points worse.

    `best` itself where no nearer one is found in the budget; among equally near weeks the ordinary objective chooses.
    """
    least_good = tier_value(problem, best.plan, TARGETS) + int(tolerance * untrained(problem) / 100)
    floor = (
        tier_at_least_as_good(MINIMA, tier_value(problem, best.plan, MINIMA)),
        tier_at_least_as_good(TARGETS, least_good),
    )
    run = Run(build_model(problem), budget, Watch(budget, is_cancelled))
    for condition in (*limits.conditions(), *floor):
        for constraint in condition(run.built.plan, run.built.objective):
            run.built.model.add(constraint)
    goal = Stability(known)
    away = goal.express(run.built.plan)
    search = LeastSearch(run.built, away, goal.measure, goal.around(), run.watch, budget.gap, lambda *_: None)
    found = search.run()
    if not isinstance(found, Least):
        return Near(best, goal.measure(best.plan), 0, run.stats())
    chosen = _without_needless(problem, best_as_near(run, away, found), goal, least_good, limits)
    plan = min(best.plan, keeping_order(problem, chosen, entries_of(known[-1])), key=goal.measure)
    return Near(_as_solved(problem, best, plan), goal.measure(plan), found.bound, run.stats())


def _without_needless(problem: Problem, plan: Plan, goal: Stability, least_good: int, limits: Limits) -> Plan:
    """The plan without single changes from a known week that nothing needs; a nearest plan has none."""
    minima, away = tier_value(problem, plan, MINIMA), goal.measure
    for known in goal.known:
        changes = difference(problem, entries_of(known), entries_of(plan))
        for change in changes:
            nearer = in_training_order(problem, undone(change, entries_of(plan), changes))
            good = tier_value(problem, nearer, MINIMA) <= minima and tier_value(problem, nearer, TARGETS) <= least_good
            if away(nearer) < away(plan) and good and limits.kept_by(problem, nearer) and not verify(problem, nearer):
                return _without_needless(problem, nearer, goal, least_good, limits)
    return plan


def _as_solved(problem: Problem, best: Solved, plan: Plan) -> Solved:
    """The answer with this week instead: its own values, and the bounds that were proven of the best one.

    Raises InvalidPlanError when the verifier rejects the plan: a fault of ours, never an answer.
    """
    if plan == best.plan:
        return best
    certificate = certify(problem, plan)
    violations = tuple(v for line in certificate for v in line.violations)
    if violations:
        raise InvalidPlanError(violations)
    values = [tier_value(problem, plan, spec) for spec in TIERS]
    held = all(now <= then.value for now, then in zip(values[:2], best.tiers[:2], strict=True))
    tiers = tuple(
        _tier(problem, plan, spec, tier, bounded=spec is not QUALITY or held)
        for spec, tier in zip(TIERS, best.tiers, strict=True)
    )
    bounds = int(tiers[0].bound or 0), int(tiers[1].bound or 0)
    return Solved(
        status="optimal" if all(tier.proven for tier in tiers) else "feasible",
        plan=plan,
        score=scored(problem, (values[0], values[1]), bounds),
        tiers=tiers,
        certificate=certificate,
        stats=best.stats,
    )


def unlimited(problem: Problem, solved: Solved) -> Solved:
    """The week as an answer to its own question: without the bounds that hold only within the limits of a block.

    What is left is what needs no proof: no shortfall is below 0.
    """
    minima, targets, quality = solved.tiers
    shortfalls = [
        replace(tier, bound=0, gap=min(1.0, round(tier.value / max(untrained(problem), 1), 6)), proven=tier.value == 0)
        for tier in (minima, targets)
    ]
    return replace(
        solved,
        status="feasible",
        score=scored(problem, (int(minima.value), int(targets.value)), (0, 0)),
        tiers=(*shortfalls, replace(quality, bound=None, gap=None, proven=False)),
    )


def _tier(problem: Problem, plan: Plan, spec: TierSpec, best: TierResult, *, bounded: bool) -> TierResult:
    """A tier of another week than the one it was proven with.

    The bound of quality holds for weeks as good in the tiers before it; elsewhere there is none.
    """
    terms = measured(problem, plan, spec)
    value, bound = sum(terms.values()), best.bound if bounded else None
    scale = untrained(problem) if spec is not QUALITY else max(abs(value), abs(int(bound or 0)), 1)
    gap = None if bound is None else min(1.0, round(abs(value - bound) / max(scale, 1), 6))
    return replace(
        best,
        value=value,
        bound=bound,
        gap=gap,
        proven=value == bound,
        terms=tuple(TermValue(term, points) for term, points in terms.items()),
    )
