"""A finished week as an outcome, measured without a search: what it is worth, and no bound on what others are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import InvalidPlanError, Score, Solved, TermValue, TierResult
from solver.model import MINIMA, TARGETS, TIERS, measured
from solver.objective.score import relative_gap, score_of
from solver.verifier import certify

if TYPE_CHECKING:
    from solver.domain.outcome import SolveStats
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.model import TierSpec

HIGHEST_SCORE = 100.0


def measured_week(problem: Problem, plan: Plan, stats: SolveStats) -> Solved:
    """A verified week with the value of every tier and of its score; the bounds are those that need no proof.

    Raises InvalidPlanError when the verifier rejects the week.
    """
    certificate = certify(problem, plan)
    violations = tuple(violation for line in certificate for violation in line.violations)
    if violations:
        raise InvalidPlanError(violations)
    shortfalls = [sum(measured(problem, plan, spec).values()) for spec in (MINIMA, TARGETS)]
    score = score_of(problem, *shortfalls)
    return Solved(
        status="feasible",
        plan=plan,
        score=Score(score, HIGHEST_SCORE, relative_gap(score, HIGHEST_SCORE)),
        tiers=tuple(_tier(problem, plan, spec) for spec in TIERS),
        certificate=certificate,
        stats=stats,
    )


def _tier(problem: Problem, plan: Plan, spec: TierSpec) -> TierResult:
    terms = measured(problem, plan, spec)
    value = sum(terms.values())
    # A shortfall is never below 0; nobody has looked at how many points there might be.
    bound = 0 if spec.sense == "min" else None
    return TierResult(
        tier=spec.tier,
        name=spec.name,
        sense=spec.sense,
        unit=spec.unit,
        value=value,
        bound=bound,
        gap=None if bound is None else relative_gap(value, bound),
        proven=value == bound,
        terms=tuple(TermValue(term, points) for term, points in terms.items() if points),
    )
