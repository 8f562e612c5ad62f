"""Tier after tier: find a good week fast, then prove each tier and hold it while the next is pursued."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Literal

from solver.domain.outcome import Progress, Score, TermValue, TierResult
from solver.model import MINIMA, QUALITY, TARGETS, BuiltModel, TierSpec, measured
from solver.objective.score import relative_gap, score_of, scored, untrained
from solver.search.incumbent import Incumbent
from solver.search.kernel import BRISK, STEADY, KernelSearch
from solver.search.listener import LastSolution
from solver.search.proof import Proof, Proven
from solver.search.relaxation import relax
from solver.search.weekly import Totals, add_totals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ortools.sat.python import cp_model

    from solver.domain.plan import Plan
    from solver.variables import Expression
    from solver.watch import Watch

OPENING, SHORT_OPENING = 2.0, 0.3
"""Deterministic seconds of the first trades: where the relaxation sees a way to all targets, and where it sees none, so
that it takes bounds to tell when a week is good."""
RELAXATION_SHARE = 0.1
"""What the linear relaxation of a tier may take of the time left."""
FIRST_SLICE = 1.0
"""Deterministic seconds that every open tier gets in the first turn; in each further one it gets twice as many."""
LIKED_WEEKS = 3
"""So many of the best weeks without days say which exercises to bring in."""
MINIMA_WEIGHT, TARGETS_WEIGHT = 1_000_000, 1_000
"""Tiers in one number, to find plans by; what is proven is proven tier by tier."""
BOUND_MARGIN = 1e-3
"""What a floating-point bound may be wrong by before it proves a whole number."""


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
    scale: int
    """What a value can come to: the shortfall of an untrained week, the points of a week that had everything."""
    bound: int = field(init=False)
    told: int = field(init=False)
    """The tightest bound told so far: a running proof may know better than `bound`, which waits for its end."""
    held: tuple[int, ...] = field(default=(), init=False)
    dayless: bool = field(default=True, init=False)
    """Whether the week without its days still has something to say of this tier."""
    relaxed: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.bound = self.told = self.loosest

    def gap(self, value: int) -> float:
        """How far a value is from the bound, as a share of the tier's scale: 0 when they meet, 1 at most."""
        apart = abs(value - self.bound)
        return min(1.0, round(apart / self.scale, 6)) if apart and self.scale else float(apart > 0)


@dataclass
class Search:
    """One search on one model."""

    built: BuiltModel
    watch: Watch
    gap: float
    seed: int
    on_progress: Callable[[Progress], None] | None = None
    start: Plan | None = None
    """A week to begin from, whether or not it is one of this model's."""
    _tiers: tuple[_Tier, ...] = field(default=(), init=False)
    _telling: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self._incumbent = Incumbent(self.built, self.watch)
        objective, shortfall = self.built.objective, untrained(self.built.problem)
        self._tiers = (
            _Tier(MINIMA, objective.minima, 0, scale=shortfall),
            _Tier(TARGETS, objective.targets, 0, scale=shortfall),
            _Tier(QUALITY, objective.quality, objective.most_points, scale=objective.most_points),
        )

    def run(self) -> Found | NoPlan:
        """Search until every tier is proven within the gap or the budget is spent.

        No step asks how large the budget is: more of it goes on where less of it ended, and never ends worse.
        """
        if self._open() == "impossible":
            return NoPlan("impossible")
        if self._incumbent.plan is None:
            return NoPlan("unknown")
        for turn in count():
            if self.watch.over or all(map(self._closed, self._tiers)):
                return self._found(self._incumbent.plan)
            for tier in self._tiers:
                self._pursue(tier, FIRST_SLICE * 2**turn)
        raise AssertionError("unreachable")

    def _open(self) -> Literal["done", "impossible"]:
        """A first plan, and better ones by all tiers in one number until the first two are as good as can be."""
        minima, targets, quality = (tier.expression for tier in self._tiers)
        model = self.built.model
        model.minimize(MINIMA_WEIGHT * minima + TARGETS_WEIGHT * targets - quality)
        with ThreadPoolExecutor(1) as beside:
            ranking = beside.submit(self._kernel.rank, model)
            if self.watch.workers == 1:
                ranking.result()
            verdict = self._kernel.open(model, self.start)
            ideal = ranking.result()
        if verdict == "unknown" and not self.watch.over:
            verdict = self._any_plan()
        if verdict == "found":
            model.minimize(MINIMA_WEIGHT * minima + targets)
            in_reach = ideal is None or ideal < TARGETS_WEIGHT - self._tiers[-1].scale
            most = OPENING if in_reach else SHORT_OPENING
            self._kernel.trade(model, self.watch.workers, BRISK, most, self._opened)
        return "impossible" if verdict == "impossible" else "done"

    def _opened(self) -> bool:
        return all(map(self._closed, self._tiers[:2]))

    def _any_plan(self) -> Literal["found", "impossible", "unknown"]:
        """Where no kernel held a plan in its time: the whole model, without an objective."""
        model = self.built.model.clone()
        model.clear_objective()  # type: ignore[no-untyped-call]
        last = LastSolution(self.built.variables)
        verdict = self.watch.solve(self.watch.lone_solver(self.watch.left_deterministic, linearization=1), model, last)
        if last.assignment is None:
            return "impossible" if verdict == "impossible" else "unknown"
        self._incumbent.offer(last.assignment)
        self._report(self._tiers[0])
        return "found"

    def _pursue(self, tier: _Tier, most: float) -> None:
        """Bring value and bound of a tier together, earlier tiers held, for so many deterministic seconds.

        The proof is of the week without its days until that is solved, of the whole week from then on.
        """
        if self._closed(tier) or self.watch.over:
            return
        if not tier.relaxed:
            tier.relaxed = True
            self._relax(tier)
        if not self._closed(tier) and not self.watch.over:
            proven = self._slice(tier, min(most, self.watch.left_deterministic))
            tier.dayless = tier.dayless and proven is not None and proven.verdict != "optimal"

    def _relax(self, tier: _Tier) -> None:
        """Bound a tier by its linear relaxation, at once; `bound` stays as it is when there is none in time."""
        held = self._held(tier)
        relaxation = relax(
            self._model_for(tier, self.built.model), RELAXATION_SHARE * self.watch.left_seconds, self.watch
        )
        if relaxation is not None:
            self._bound(tier, relaxation.objective, held)
            self._report(tier)

    def _slice(self, tier: _Tier, most: float) -> Proven | None:
        """One slice of a proof and the rounds beside it; None when the rounds closed the tier before its end."""
        held, started = self._held(tier), self.watch.deterministic_seconds
        model, index_of = self._model_for(tier), None
        if tier.dayless:
            model, index_of = self._totals.alone(model)

        def rounds() -> None:
            model = self._model_for(tier, self.built.model)
            team, pace = max(1, self.watch.workers - 1), STEADY if tier.spec is QUALITY else BRISK
            self._kernel.trade(model, team, pace, most, lambda: self._closed(tier))

        with Proof(self.watch, model, most, lambda bound: self._report(tier, bound)) as proof:
            alone = self.watch.workers == 1
            if not alone:
                rounds()
                if self._closed(tier):
                    return None
            proven = proof.end()
        beside = self.watch.deterministic_seconds - started
        self.watch.spend(max(0.0, proven.spent - beside))
        self._learn(tier, proven, held, index_of)
        if alone:
            rounds()
        return proven

    def _learn(self, tier: _Tier, proven: Proven, held: tuple[int, ...], index_of: Mapping[int, int] | None) -> None:
        """Take over what a slice found; `index_of`: where it keeps the variables, if it knew no days."""
        if proven.verdict == "impossible":
            raise AssertionError("a model that has a plan was called impossible")
        if proven.bound is not None:
            self._bound(tier, proven.bound, held)
        if index_of is not None and proven.solutions:
            self._kernel.like(self._exercises(proven.solutions[-LIKED_WEEKS:], index_of))
        elif index_of is None and proven.solutions:
            self._incumbent.offer(proven.solutions[-1][: self.built.variables])
        self._report(tier)

    def _exercises(self, weeks: Sequence[tuple[int, ...]], index_of: Mapping[int, int]) -> frozenset[str]:
        """What weeks without days hold."""
        total_of = self._totals.total_of
        return frozenset(
            choice.exercise.id
            for choice in self.built.plan.choices
            for values in weeks
            if values[index_of[total_of.get(choice.present.index, choice.present.index)]]
        )

    @cached_property
    def _kernel(self) -> KernelSearch:
        return KernelSearch(self.built, self._incumbent, self.watch, self.seed, lambda: self._report(self._running))

    @cached_property
    def _linked(self) -> tuple[cp_model.CpModel, Totals]:
        """The model with totals over its slots, and which they are."""
        model = self.built.model.clone()
        return model, add_totals(model, self.built.problem)

    @property
    def _totals(self) -> Totals:
        return self._linked[1]

    @property
    def _running(self) -> _Tier:
        """The first tier that is still open."""
        return next((tier for tier in self._tiers if not self._closed(tier)), self._tiers[-1])

    def _held(self, tier: _Tier) -> tuple[int, ...]:
        """What the plan at hand reaches in the tiers before this one."""
        if self._incumbent.plan is None:
            return ()
        return tuple(self._incumbent.value(earlier.spec) for earlier in self._tiers[: tier.spec.tier - 1])

    def _bound(self, tier: _Tier, proven: float, held: tuple[int, ...]) -> None:
        """Tighten what is proven of a tier while earlier tiers stay at `held` or better."""
        self._forget_outdated(tier)
        tier.bound, tier.held = self._tighter(tier, proven, tier.bound), held

    @staticmethod
    def _tighter(tier: _Tier, proven: float, known: int) -> int:
        """The better of two bounds. Values are whole numbers, so a fraction rounds towards the plan."""
        if tier.spec.sense == "min":
            return max(math.ceil(proven - BOUND_MARGIN), known)
        return min(math.floor(proven + BOUND_MARGIN), known)

    def _forget_outdated(self, tier: _Tier) -> None:
        """A better plan may give up some of a later tier; what was proven under the old values then says nothing."""
        if any(now > before for now, before in zip(self._held(tier), tier.held, strict=False)):
            tier.bound, tier.told, tier.held = tier.loosest, tier.loosest, ()

    def _closed(self, tier: _Tier) -> bool:
        """Within the gap asked for."""
        return self._incumbent.plan is not None and tier.gap(self._incumbent.value(tier.spec)) <= self.gap

    def _model_for(self, tier: _Tier, base: cp_model.CpModel | None = None) -> cp_model.CpModel:
        """A copy of `base`, or of the model with totals: this tier the objective, earlier ones held, all known told."""
        model = (base or self._linked[0]).clone()
        for earlier in self._tiers[: tier.spec.tier - 1]:
            model.add(earlier.expression <= self._incumbent.value(earlier.spec))
        if tier.spec.sense == "min":
            model.add(tier.expression >= tier.bound)
            model.minimize(tier.expression)
        else:
            model.add(tier.expression <= tier.bound)
            model.maximize(tier.expression)
        self._incumbent.hint(model)
        return model

    def _report(self, running: _Tier, bound: float | None = None) -> None:
        """Tell the caller how far the search is; `bound` is what a solver says of the running tier by now."""
        if self.on_progress is None or self._incumbent.plan is None:
            return
        with self._telling:
            for tier in self._tiers:
                tier.told = self._tighter(tier, tier.bound, tier.told)
            if bound is not None:
                running.told = self._tighter(running, bound, running.told)
            self.on_progress(self._progress(running))

    def _progress(self, running: _Tier) -> Progress:
        proven = [tier.told for tier in self._tiers]
        values = [self._incumbent.value(tier.spec) for tier in self._tiers]
        score, best = score_of(self.built.problem, *values[:2]), score_of(self.built.problem, *proven[:2])
        return Progress(
            seconds=self.watch.seconds,
            tier=running.spec.tier,
            score=score,
            bound=best,
            gap=relative_gap(score, best),
            tier_value=values[running.spec.tier - 1],
            tier_bound=proven[running.spec.tier - 1],
            tiers=tuple(zip(values, proven, strict=True)),
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
            gap=tier.gap(value),
            proven=value == bound,
            terms=tuple(TermValue(term, points) for term, points in terms.items() if points),
        )
