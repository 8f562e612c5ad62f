"""Tier after tier: find a good week fast, then prove each tier and hold it while the next is pursued."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Literal

from solver.domain.outcome import Progress, Score, TierResult
from solver.model import MINIMA, QUALITY, TARGETS, BuiltModel, measured
from solver.objective.score import relative_gap, score_of, scored, untrained
from solver.search.forms import Dayless, Forms
from solver.search.incumbent import Incumbent
from solver.search.kernel import BRISK, STEADY, KernelSearch
from solver.search.listener import LastSolution
from solver.search.proof import Proven, prove_beside
from solver.search.relaxation import relax
from solver.search.tier import Tier, given_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ortools.sat.python import cp_model

    from solver.domain.plan import Plan
    from solver.watch import Verdict, Watch

OPENING, SHORT_OPENING = 2.0, 0.3
"""Deterministic seconds of the first trades: where the relaxation sees a way to all targets, and where it sees none, so
that it takes bounds to tell when a week is good."""
RELAXATION_SHARE = 0.1
"""What the linear relaxation of a tier may take of the time left."""
AIMING = 0.1
"""Deterministic seconds of the look at a week without its days that comes before those trades: where targets are easily
met it takes a part of them, and saves most of the trades."""
FIRST_SLICE = 1.0
"""Deterministic seconds that every open tier gets in the first turn; in each further one it gets twice as many."""
LIKED_WEEKS = 3
"""So many of the best weeks without days are laid into days, and say which exercises to bring in."""
LAYING = 0.25
"""Deterministic seconds for laying one of them into days; most take a hundredth of a second, one way or the other."""
LAYING_LOOSELY = 0.5
"""Deterministic seconds for laying the exercises of the best of them and of the plan in any way, in the first turn;
twice as many in each further one."""
DAYLESS_SHARE = 4
"""So many times a slice is what a shortfall of the week without its days gets: its optimum is most often the whole
week's, and what a search that is broken off has learned is lost."""
MINIMA_WEIGHT, TARGETS_WEIGHT = 1_000_000, 1_000
"""Tiers in one number, to find plans by; what is proven is proven tier by tier."""


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
class Search:
    """One search on one model."""

    built: BuiltModel
    watch: Watch
    gap: float
    seed: int
    on_progress: Callable[[Progress], None] | None = None
    start: Plan | None = None
    """A week to begin from, whether or not it is one of this model's."""
    _tiers: tuple[Tier, ...] = field(default=(), init=False)
    _turn: int = field(default=0, init=False)
    _telling: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self._incumbent, self._forms = Incumbent(self.built, self.watch), Forms(self.built)
        objective, shortfall = self.built.objective, untrained(self.built.problem)
        self._tiers = (
            Tier(MINIMA, objective.minima, 0, scale=shortfall),
            Tier(TARGETS, objective.targets, 0, scale=shortfall),
            Tier(QUALITY, objective.quality, objective.most_points, scale=objective.most_points),
        )

    def run(self) -> Found | NoPlan:
        """Search until every tier is proven within the gap or the budget is spent.

        No step asks how large the budget is: more of it goes on where less of it ended, and never ends worse.
        """
        if self._open() == "impossible":
            return NoPlan("impossible")
        if self._incumbent.plan is None:
            return NoPlan("unknown")
        for self._turn in count():
            if self.watch.over or all(map(self._done, self._tiers)):
                return self._found(self._incumbent.plan)
            for tier in self._tiers:
                self._pursue(tier, FIRST_SLICE * 2**self._turn)
        raise AssertionError("unreachable")

    def _open(self) -> Literal["done", "impossible"]:
        """A first plan, and better ones by all tiers in one number until the first two are as good as can be."""
        minima, targets, quality = (tier.expression for tier in self._tiers)
        model = self.built.model
        model.minimize(MINIMA_WEIGHT * minima + TARGETS_WEIGHT * targets - quality)
        kernel = self._kernel  # made here, not by whichever thread asks first: there must be one
        with ThreadPoolExecutor(1) as beside:
            ranking = beside.submit(self._prepare, model)
            if self.watch.workers == 1:
                ranking.result()
            verdict = kernel.open(model, self.start)
            ideal = ranking.result()
        if verdict == "unknown" and not self.watch.over:
            verdict = self._any_plan()
        if verdict == "found":
            model.minimize(MINIMA_WEIGHT * minima + targets)
            if ideal is None or ideal < TARGETS_WEIGHT - self._tiers[-1].scale:
                self._aim()
                self._kernel.trade(model, self.watch.workers, BRISK, OPENING, self._opened)
            else:
                self._kernel.trade(model, self.watch.workers, BRISK, SHORT_OPENING, self._opened)
        return "impossible" if verdict == "impossible" else "done"

    def _prepare(self, model: cp_model.CpModel) -> float | None:
        """What is needed beside a first plan: the totals, and the relaxation's ranking, whose optimum is given."""
        ideal = self._kernel.rank(model)
        if not self.watch.over:
            _ = self._forms.linked
        return ideal

    def _aim(self) -> None:
        """Look for exercises that reach all targets as if the week had no days; what they are is liked from then on."""
        minima, targets, _ = (tier.expression for tier in self._tiers)
        model = self._forms.linked.clone()
        model.minimize(MINIMA_WEIGHT * minima + targets)
        dayless = self._forms.dayless(model)

        def rounds() -> None:
            self._kernel.trade(self.built.model, max(1, self.watch.workers - 1), BRISK, AIMING, self._opened)

        proven = prove_beside(self.watch, dayless.model, AIMING, lambda _: None, rounds, self._opened)
        if proven is not None and proven.verdict == "optimal":
            self._take_up(model, proven.solutions[-1:], dayless, self._opened)

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

    def _pursue(self, tier: Tier, most: float) -> None:
        """Bring value and bound of a tier together, earlier tiers held, for so many deterministic seconds.

        The proof is of the week without its days until that is solved and nothing more can be excluded from it, of the
        whole week from then on.
        """
        if self._done(tier) or self.watch.over:
            return
        if not tier.relaxed:
            tier.relaxed = True
            self._relax(tier)
        if not self._closed(tier) and not self.watch.over:
            if tier.dayless:
                self._exclude(tier, most if tier.spec is QUALITY else DAYLESS_SHARE * most)
            else:
                held, proven = self._held(tier), self._slice(tier, min(most, self.watch.left_deterministic))
                if proven is not None and proven.verdict == "optimal":
                    tier.searched = held

    def _exclude(self, tier: Tier, most: float) -> None:
        """Slices of the week without its days, each beyond the sets of exercises that the ones before it exhausted.

        This is logic-based Benders decomposition: which exercises is asked of the week without its days, whether they
        can be laid into days of the whole one, and where they cannot, the week must have another exercise.
        """
        begun, left = self.watch.deterministic_seconds, most
        while left > 0 and not self._done(tier) and not self.watch.over:
            before = self._held(tier), tier.exhausted
            proven = self._slice(tier, min(left, self.watch.left_deterministic))
            if proven is None or proven.verdict in ("found", "unknown"):
                return
            if (self._held(tier), tier.exhausted) == before:
                tier.dayless = False
                return
            left = most - (self.watch.deterministic_seconds - begun)

    def _relax(self, tier: Tier) -> None:
        """Bound a tier by its linear relaxation, at once; `bound` stays as it is when there is none in time."""
        held = self._held(tier)
        deadline = self.watch.seconds + RELAXATION_SHARE * self.watch.left_seconds
        model = self._model_for(tier, self.built.model)
        relaxation = relax(model, deadline - self.watch.seconds, self.watch, self._forms.rows)
        if relaxation is not None:
            tier.prove(relaxation.objective, held)
            self._report(tier)
        else:
            self.watch.stopped_by_clock |= self.watch.seconds >= deadline

    def _slice(self, tier: Tier, most: float) -> Proven | None:
        """One slice of a proof and the rounds beside it; None when the rounds closed the tier before its end."""
        held = self._held(tier)
        model = self._model_for(tier)
        dayless = self._forms.dayless(model, tier.week) if tier.dayless else None
        sound = tier.sound(held, self._incumbent.value(tier.spec)) if dayless is not None else float
        if dayless is not None:
            self._forms.beyond(dayless, tier.exhausted_under(held))

        def rounds() -> None:
            model = self._model_for(tier, self.built.model)
            team, pace = max(1, self.watch.workers - 1), STEADY if tier.spec is QUALITY else BRISK
            self._kernel.trade(model, team, pace, most, lambda: self._closed(tier))

        proven = prove_beside(
            self.watch,
            model if dayless is None else dayless.model,
            most,
            lambda bound: self._report(tier, None if given_up(held, self._held(tier)) else sound(bound), held),
            rounds,
            lambda: self._closed(tier),
        )
        if proven is None:
            return None
        if proven.verdict == "impossible":
            proven = replace(proven, bound=self._all_exhausted(tier, held, model if dayless is None else dayless.model))
        self._learn(tier, replace(proven, bound=None if proven.bound is None else sound(proven.bound)), held, dayless)
        return proven

    def _all_exhausted(self, tier: Tier, held: tuple[int, ...], model: cp_model.CpModel) -> float | None:
        """The bound of the weeks beyond the exhausted ones where there are none: no worse than any.

        It closes the tier, so it is proven a second time without presolving; None where that does not come to an end.
        """
        if not tier.dayless or not tier.exhausted_under(held):
            raise AssertionError("a model that has a plan was called impossible")
        solver = self.watch.lone_solver(self.watch.left_deterministic)
        solver.parameters.cp_model_presolve = False
        if self.watch.solve(solver, model) != "impossible":
            return None
        return math.inf if tier.spec.sense == "min" else -math.inf

    def _learn(self, tier: Tier, proven: Proven, held: tuple[int, ...], dayless: Dayless | None) -> None:
        """Take over what a slice found; `dayless`: the week it was of, if it knew no days."""
        if proven.bound is not None:
            tier.prove(proven.bound, held)
            tier.forget_outdated(self._held(tier))
        if dayless is not None and proven.solutions:
            tier.week, now = proven.solutions[-1], self._held(tier)
            if not self._closed(tier):
                weeks, is_enough = proven.solutions[-LIKED_WEEKS:], lambda: self._closed(tier)
                exhausted = self._take_up(self._better(tier), weeks, dayless, is_enough)
                if exhausted is not None and self._held(tier) == now:
                    tier.exhaust(exhausted, now)
        elif dayless is None and proven.solutions:
            self._incumbent.offer(proven.solutions[-1][: self.built.variables])
            self._improved()
        self._report(tier)

    def _take_up(
        self,
        model: cp_model.CpModel,
        weeks: Sequence[tuple[int, ...]],
        dayless: Dayless,
        is_enough: Callable[[], bool],
    ) -> frozenset[str] | None:
        """Lay weeks without days, the best of them last, into days; their exercises are liked from then on.

        Then the exercises of the best and of the plan at hand are laid, with as many sets and as often as may be; they
        are given back when that was done to its end. `model`: a copy of the linked one, with the objective to lay by.
        """
        self._kernel.like(self._forms.exercises(weeks, dayless))
        for week in reversed(weeks):
            if is_enough():
                return None
            self._lay(self._forms.settled(model, week, dayless), LAYING)
        if is_enough():
            return None
        exercises = self._forms.exercises(weeks[-1:], dayless) | self._exercises()
        verdict = self._lay(self._forms.limited(model, exercises), LAYING_LOOSELY * 2**self._turn)
        return exercises if verdict in ("optimal", "impossible") else None

    def _exercises(self) -> frozenset[str]:
        """What the plan at hand holds."""
        choices = self.built.plan.choices
        return frozenset(c.exercise.id for c in choices if self._incumbent.uses(c.present.index))

    def _lay(self, model: cp_model.CpModel, most: float) -> Verdict:
        """Look for a week in a narrow copy of the linked model."""
        if self.watch.over:
            return "unknown"
        last = LastSolution(self.built.variables)
        verdict, spent = self.watch.run(self.watch.lone_solver(most), model, last)
        self.watch.spend(spent)
        if last.assignment is not None and self._incumbent.offer(last.assignment):
            self._improved()
        return verdict

    @cached_property
    def _kernel(self) -> KernelSearch:
        return KernelSearch(self.built, self._incumbent, self.watch, self.seed, self._improved, self._forms)

    def _improved(self) -> None:
        """After a better plan: what was proven under values that it gives up says nothing any more."""
        for tier in self._tiers:
            tier.forget_outdated(self._held(tier))
        self._report(self._running)

    @property
    def _running(self) -> Tier:
        """The first tier that is still open."""
        return next((tier for tier in self._tiers if not self._closed(tier)), self._tiers[-1])

    def _held(self, tier: Tier) -> tuple[int, ...]:
        """What the plan at hand reaches in the tiers before this one."""
        if self._incumbent.plan is None:
            return ()
        return tuple(self._incumbent.value(earlier.spec) for earlier in self._tiers[: tier.spec.tier - 1])

    def _closed(self, tier: Tier) -> bool:
        """Within the gap asked for."""
        return self._incumbent.plan is not None and tier.gap(self._incumbent.value(tier.spec)) <= self.gap

    def _done(self, tier: Tier) -> bool:
        """Closed; or searched to its end, where the plan's own arithmetic says better of it than the model could."""
        return self._closed(tier) or tier.searched == self._held(tier)

    def _model_for(self, tier: Tier, base: cp_model.CpModel | None = None) -> cp_model.CpModel:
        """A copy of `base`, or of the model with totals: this tier the objective, earlier ones held, all known told."""
        model = (base or self._forms.linked).clone()
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

    def _better(self, tier: Tier) -> cp_model.CpModel:
        """The model with totals, for weeks that are better than the plan at hand in this tier."""
        model, value = self._model_for(tier), self._incumbent.value(tier.spec)
        model.add(tier.expression < value if tier.spec.sense == "min" else tier.expression > value)
        model.clear_hints()  # type: ignore[no-untyped-call] # the plan at hand is none of them
        return model

    def _report(self, running: Tier, bound: float | None = None, held: tuple[int, ...] = ()) -> None:
        """Tell the caller how far the search is; `bound` is what a solver says of the running tier by now, with the
        earlier ones at `held`.
        """
        if self.on_progress is None or self._incumbent.plan is None:
            return
        with self._telling:
            for tier in self._tiers:
                tier.tell(bound if tier is running else None, held)
            self.on_progress(self._progress(running))

    def _progress(self, running: Tier) -> Progress:
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
        bounds = (self._tiers[0].bound, self._tiers[1].bound)
        reached = (self._incumbent.value(MINIMA), self._incumbent.value(TARGETS))
        return Found(
            plan=plan,
            tiers=tuple(tier.result(measured(self.built.problem, plan, tier.spec)) for tier in self._tiers),
            score=scored(self.built.problem, reached, bounds),
            first_plan_seconds=round(self._incumbent.first_plan_seconds, 3),
        )
