"""A week as it is, without a search: every tier by the objective's own arithmetic, every rule by the verifier."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from solver.domain.outcome import InvalidPlanError, Solved, TermValue, TierResult
from solver.domain.pricing import PricedEntry, session_seconds
from solver.model import TIERS, Objective, build_model, measured
from solver.objective.score import score_of, scored, untrained
from solver.verifier import certify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.domain.outcome import CertificateLine, Number, SolveStats
    from solver.domain.plan import Plan, Session
    from solver.domain.problem import Problem
    from solver.model import TierSpec


@dataclass(frozen=True)
class MeasuredWeek:
    """A plan of any quality with what it comes to. Its exercises must be in the problem, its slots offered."""

    problem: Problem
    plan: Plan

    @cached_property
    def tiers(self) -> tuple[int, int, int]:
        """Shortfall of the minima, shortfall of the targets, points of quality."""
        minima, targets, quality = (sum(measured(self.problem, self.plan, spec).values()) for spec in TIERS)
        return minima, targets, quality

    @property
    def worth(self) -> tuple[int, int, int]:
        """Sorts weeks from the worst to the best, tier after tier."""
        minima, targets, quality = self.tiers
        return -minima, -targets, quality

    @property
    def score(self) -> float:
        """Tiers 1 and 2 for people; 100 when every target is met."""
        return score_of(self.problem, *self.tiers[:2])

    @cached_property
    def certificate(self) -> tuple[CertificateLine, ...]:
        """Every rule, measured."""
        return certify(self.problem, self.plan)

    @property
    def broken(self) -> tuple[CertificateLine, ...]:
        """The rules that it violates; what history alone has exceeded is no violation."""
        return tuple(line for line in self.certificate if line.violations)

    @cached_property
    def seconds(self) -> Mapping[str, int]:
        """Length of every session by slot."""
        return {session.slot: self._length(session) for session in self.plan.sessions}

    def _length(self, session: Session) -> int:
        priced = [PricedEntry(self.problem.exercise_by_id[e.exercise], e.sets, e.superset) for e in session.entries]
        rules = self.problem.rules
        return session_seconds(priced, warmup_seconds=rules.warmup_seconds, changeover_seconds=rules.changeover_seconds)


def as_solved(week: MeasuredWeek, known: Sequence[TierResult], stats: SolveStats) -> Solved:
    """A valid week that no search has found, as an outcome: with what is proven of the same problem all the same.

    `known` are the tiers of a searched week of this problem. A tier's bound holds for all weeks that are as good in
    every tier before, so it is kept as long as this week is; after that nothing is known. Raises InvalidPlanError when
    the week breaks a rule.
    """
    violations = tuple(v for line in week.certificate for v in line.violations)
    if violations:
        raise InvalidPlanError(violations)
    tiers, as_good = [], True
    for spec, reference in zip(TIERS, known, strict=True):
        tier = _tier(week, spec, reference.bound if as_good else None)
        better = tier.value <= reference.value if spec.sense == "min" else tier.value >= reference.value
        as_good = as_good and better
        tiers.append(tier)
    minima, targets = (0 if tier.bound is None else int(tier.bound) for tier in tiers[:2])
    return Solved(
        status="optimal" if all(tier.proven for tier in tiers) else "feasible",
        plan=week.plan,
        score=scored(week.problem, week.tiers[:2], (minima, targets)),
        tiers=tuple(tiers),
        certificate=week.certificate,
        stats=stats,
    )


def _tier(week: MeasuredWeek, spec: TierSpec, bound: Number | None) -> TierResult:
    terms = measured(week.problem, week.plan, spec)
    value = sum(terms.values())
    apart = None if bound is None else abs(bound - value)
    return TierResult(
        tier=spec.tier,
        name=spec.name,
        sense=spec.sense,
        unit=spec.unit,
        value=value,
        bound=bound,
        gap=None if apart is None else _share(week.problem, spec, apart),
        proven=apart == 0,
        terms=tuple(TermValue(term, points) for term, points in terms.items() if points),
    )


def _share(problem: Problem, spec: TierSpec, apart: Number) -> float:
    """A distance in a tier as a share of all that the tier can come to; only quality needs the model for that."""
    if not apart:
        return 0.0
    scale = untrained(problem) if spec.sense == "min" else Objective(build_model(problem).plan).most_points
    return min(1.0, round(apart / scale, 6)) if scale else 1.0
