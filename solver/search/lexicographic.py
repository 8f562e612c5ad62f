"""Tier after tier: find a good week fast, then prove each tier and hold it while the next is pursued."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, assert_never

from solver.domain.outcome import Progress, Score, TermValue, TierResult
from solver.model import MINIMA, QUALITY, TARGETS, BuiltModel, Objective, TierSpec, measured
from solver.objective.score import relative_gap, score_of, scored, untrained
from solver.search.incumbent import Incumbent
from solver.search.kernel import FULL_SUBSOLVER, KernelSearch
from solver.search.listener import Listener
from solver.search.relaxation import relax

if TYPE_CHECKING:
    from collections.abc import Callable

    from ortools.sat.python import cp_model

    from solver.domain.plan import Plan
    from solver.variables import Expression
    from solver.watch import Watch

FIRST_SHARE = 0.4
"""What the first kernel search, all tiers at once, may spend of the budget."""
PROOF_SHARE = 0.5
"""What the proof of tier 1 or 2 may spend of what is left by then."""
DOUBTFUL_SHARE = 0.2
"""The same where the relaxation allows a tier without any shortfall: a better plan is likelier than a proof."""
SECOND_SHARE = 0.7
"""What the second kernel search, from what is proven by then, may spend of what is left."""
MINIMA_WEIGHT, TARGETS_WEIGHT = 1_000_000, 1_000
"""Tiers in one number, to find plans by; what is proven is proven tier by tier."""
BOUND_MARGIN = 1e-3
"""What a floating-point bound may be wrong by before it proves a whole number."""
FULL_RELAXATION = "max_lp"


@dataclass(frozen=True)
class Found:
    """The best plan and what is proven of each tier."""

    plan: Plan
    tiers: tuple[TierResult, ...]
    score: Score
    first_plan_seconds: float


@dataclass(frozen=True)
class NoPlan:
    """`impossible`: proven that there is none. `unknown`: none was found in the budget."""

    verdict: Literal["impossible", "unknown"]


@dataclass
class _Tier:
    """A tier while it is being searched.

    `bound` is what is proven so far, given that earlier tiers stay at `held` or better; `loosest` needs no proof.
    """

    spec: TierSpec
    expression: Expression
    loosest: int
    bound: int = field(init=False)
    held: tuple[int, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        self.bound = self.loosest


@dataclass
class Search:
    """One search on one model."""

    built: BuiltModel
    watch: Watch
    gap: float
    seed: int
    on_progress: Callable[[Progress], None] | None = None
    _tiers: tuple[_Tier, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        self._incumbent = Incumbent(self.built, self.watch)
        objective = Objective(self.built.plan)
        self._tiers = (
            _Tier(MINIMA, objective.minima, 0),
            _Tier(TARGETS, objective.targets, 0),
            _Tier(QUALITY, objective.quality, self._most(objective.quality)),
        )

    def _most(self, expression: Expression) -> int:
        """The expression with every variable at its better end."""
        self.built.model.maximize(expression)
        proto = self.built.model.proto
        best = 0
        for index, coefficient in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
            domain = proto.variables[index].domain
            # A maximised objective is stored negated.
            best += max(-coefficient * domain[0], -coefficient * domain[len(domain) - 1])
        return best + round(-proto.objective.offset)

    def run(self) -> Found | NoPlan:
        """Search until every tier is proven within the gap or the budget is spent."""
        minima, targets, quality = self._tiers
        if self._seek(FIRST_SHARE, shown=minima) == "impossible":
            return NoPlan("impossible")
        for tier in self._tiers:
            if not self.watch.over:
                self._relax(tier)
        for tier in (minima, targets):
            if not self.watch.over and self._prove(tier) == "impossible":
                return NoPlan("impossible")
        if self._incumbent.plan is None:
            return NoPlan("unknown")
        if not self.watch.over:
            self._seek(SECOND_SHARE, shown=quality)
            self._prove(quality)
        return self._found(self._incumbent.plan)

    def _seek(self, share: float, *, shown: _Tier) -> Literal["done", "impossible"]:
        """Kernel search for all tiers in one number; `shown` is the tier that progress speaks of meanwhile."""
        minima, targets, quality = (tier.expression for tier in self._tiers)
        self.built.model.minimize(MINIMA_WEIGHT * minima + TARGETS_WEIGHT * targets - quality)
        plan = self.built.plan
        kernel = KernelSearch(
            self.built.model,
            plan.choices,
            plan.problem,
            self._incumbent,
            self.watch,
            self.seed,
            lambda: self._report(shown, shown.bound),
        )
        return kernel.run(share)

    def _prove(self, tier: _Tier) -> Literal["done", "impossible"]:
        """Close a tier that its relaxation has left open, by a search of the whole model."""
        if self._closed(tier):
            return "done"
        model, held = self._model_for(tier), self._held(tier)
        solver = self._solver(tier)
        listener = Listener(self._incumbent, lambda bound: self._report(tier, bound))
        solver.best_bound_callback = lambda bound: self._report(tier, bound)
        verdict = self.watch.solve(solver, model, listener)
        match verdict:
            case "optimal" | "found":
                self._bound(tier, solver.best_objective_bound, held)
            case "unknown":
                pass
            case "impossible":
                if self._incumbent.plan is not None:
                    raise AssertionError("a model that has a plan was called impossible")
                return "impossible"
            case _:
                assert_never(verdict)
        self._report(tier, tier.bound)
        return "done"

    def _relax(self, tier: _Tier) -> None:
        """Bound a tier by its relaxation, at once; `bound` stays as it is when there is none in time."""
        held = self._held(tier)
        relaxation = relax(self._model_for(tier), self.watch.left_seconds)
        if relaxation is not None:
            self._bound(tier, relaxation.objective, held)
            self._report(tier, tier.bound)

    def _held(self, tier: _Tier) -> tuple[int, ...]:
        """What the plan at hand reaches in the tiers before this one."""
        if self._incumbent.plan is None:
            return ()
        return tuple(self._incumbent.value(earlier.spec) for earlier in self._tiers[: tier.spec.tier - 1])

    def _bound(self, tier: _Tier, proven: float, held: tuple[int, ...]) -> None:
        """Tighten what is proven of a tier while earlier tiers stay at `held` or better."""
        self._forget_outdated(tier)
        tier.bound, tier.held = self._tighter(tier, proven), held

    @staticmethod
    def _tighter(tier: _Tier, proven: float) -> int:
        """The better of two bounds. Values are whole numbers, so a fraction rounds towards the plan."""
        if tier.spec.sense == "min":
            return max(math.ceil(proven - BOUND_MARGIN), tier.bound)
        return min(math.floor(proven + BOUND_MARGIN), tier.bound)

    def _forget_outdated(self, tier: _Tier) -> None:
        """A better plan may give up some of a later tier; what was proven under the old values then says nothing."""
        if any(now > before for now, before in zip(self._held(tier), tier.held, strict=False)):
            tier.bound, tier.held = tier.loosest, ()

    def _closed(self, tier: _Tier) -> bool:
        return self._incumbent.plan is not None and self._incumbent.value(tier.spec) == tier.bound

    def _solver(self, tier: _Tier) -> cp_model.CpSolver:
        share = PROOF_SHARE if tier.bound else DOUBTFUL_SHARE
        solver = self.watch.solver(1.0 if tier.spec is QUALITY else share)
        if tier.spec is QUALITY:
            solver.parameters.relative_gap_limit = self.gap
        else:
            # The gap asked for speaks of the score, on whose scale an untrained week is 100 away.
            solver.parameters.absolute_gap_limit = self.gap * untrained(self.built.problem)
        full = [FULL_RELAXATION] if tier.spec is QUALITY else [FULL_SUBSOLVER]
        solver.parameters.subsolvers.extend(full)
        return solver

    def _model_for(self, tier: _Tier) -> cp_model.CpModel:
        """A copy of the model with this tier as its objective, earlier ones held, and the best plan as its hint."""
        model = self.built.model.clone()
        for earlier in self._tiers[: tier.spec.tier - 1]:
            if self._incumbent.plan is not None:
                model.add(earlier.expression <= self._incumbent.value(earlier.spec))
        if tier.spec.sense == "min":
            model.minimize(tier.expression)
        else:
            model.maximize(tier.expression)
        model.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(self._incumbent.assignment):
            model.add_hint(model.get_int_var_from_proto_index(index), value)
        return model

    def _report(self, running: _Tier, bound: float) -> None:
        """Tell the caller how far the search is; `bound` is what a solver says of the running tier by now."""
        if self.on_progress is None or self._incumbent.plan is None:
            return
        reached = (self._incumbent.value(MINIMA), self._incumbent.value(TARGETS))
        proven = [self._tighter(tier, bound) if tier is running else tier.bound for tier in self._tiers]
        score = score_of(self.built.problem, *reached)
        best_score = score_of(self.built.problem, proven[0], proven[1])
        self.on_progress(
            Progress(
                seconds=self.watch.seconds,
                tier=running.spec.tier,
                score=score,
                bound=best_score,
                gap=relative_gap(score, best_score),
                tier_value=self._incumbent.value(running.spec),
                tier_bound=self._tighter(running, bound),
                tiers=tuple((self._incumbent.value(t.spec), best) for t, best in zip(self._tiers, proven, strict=True)),
            )
        )

    def _found(self, plan: Plan) -> Found:
        for tier in self._tiers:
            self._forget_outdated(tier)
        bounds = (self._tiers[0].bound, self._tiers[1].bound)
        reached = (self._incumbent.value(MINIMA), self._incumbent.value(TARGETS))
        return Found(
            plan=plan,
            tiers=tuple(self._result(tier, plan) for tier in self._tiers),
            score=scored(self.built.problem, reached, bounds),
            first_plan_seconds=round(self._incumbent.first_plan_seconds, 3),
        )

    def _result(self, tier: _Tier, plan: Plan) -> TierResult:
        terms = measured(self.built.problem, plan, tier.spec)
        value, bound = sum(terms.values()), tier.bound
        return TierResult(
            tier=tier.spec.tier,
            name=tier.spec.name,
            sense=tier.spec.sense,
            unit=tier.spec.unit,
            value=value,
            bound=bound,
            gap=relative_gap(value, bound),
            proven=value == bound,
            terms=tuple(TermValue(term, points) for term, points in terms.items() if points),
        )
