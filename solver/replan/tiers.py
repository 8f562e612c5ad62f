"""The tiers of the objective on a replanned week, with what is proven of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import Score, Solved, TermValue, TierResult
from solver.model import MINIMA, QUALITY, TARGETS, TIERS, measured
from solver.objective.score import relative_gap, score_of

if TYPE_CHECKING:
    from solver.domain.outcome import CertificateLine, SolveStats
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.model import TierSpec
    from solver.search import Found


def as_solved(
    problem: Problem,
    plan: Plan,
    certificate: tuple[CertificateLine, ...],
    stats: SolveStats,
    best: Found | None,
    gap: float,
) -> Solved:
    """The week as the answer to an ordinary question, `best` being a search for the best week that found one as good.

    Without it nothing is proven of the tiers, and no score but the highest is out of reach. Quality comes after the
    distance, so nothing is ever proven of it.
    """
    tiers = tuple(_tier(problem, plan, spec, best) for spec in TIERS)
    value = score_of(problem, *(int(tier.value) for tier in tiers if tier.tier in (MINIMA.tier, TARGETS.tier)))
    bound = score_of(problem, 0, 0) if best is None else best.score.bound
    score = Score(value, max(value, bound), relative_gap(value, max(value, bound)))
    return Solved(
        "optimal" if best is not None and score.gap <= gap else "feasible", plan, score, tiers, certificate, stats
    )


def _tier(problem: Problem, plan: Plan, spec: TierSpec, best: Found | None) -> TierResult:
    terms = measured(problem, plan, spec)
    value = sum(terms.values())
    known = None if best is None or spec is QUALITY else next(t for t in best.tiers if t.tier == spec.tier)
    told = tuple(TermValue(term, points) for term, points in terms.items() if points)
    if known is None or known.bound is None or known.bound > value:
        return TierResult(spec.tier, spec.name, spec.sense, spec.unit, value, None, None, proven=False, terms=told)
    same = known.value == value
    return TierResult(
        spec.tier,
        spec.name,
        spec.sense,
        spec.unit,
        value,
        known.bound,
        known.gap if same else relative_gap(value, known.bound),
        proven=known.proven and same,
        terms=told,
    )
