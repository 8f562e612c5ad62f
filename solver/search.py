"""The search: tier after tier, each held while the next is pursued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, assert_never

from ortools.sat.python import cp_model

from solver.domain.outcome import Progress, Score, TermValue, TierResult
from solver.extract import Value, extract_plan
from solver.model import MINIMA, QUALITY, TARGETS, BuiltModel, Objective, TierSpec, measured
from solver.objective.score import relative_gap, score_of, scored, untrained

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.variables import Expression
    from solver.watch import Watch

SHARE_OF_BUDGET = {MINIMA.tier: 0.4, TARGETS.tier: 0.5, QUALITY.tier: 1.0}
"""How much of what is left each tier may spend before the next one gets its turn."""
FULL_SUBSOLVERS = ("max_lp", "reduced_costs")
"""Workers with the whole linear relaxation: without them the bound of tier 3 hardly moves."""

OnProgress = Callable[[Progress], None]


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
    """A tier while it is being searched; `bound` is what is proven so far, None where nothing is."""

    spec: TierSpec
    expression: Expression
    bound: int | None


@dataclass
class Search:
    """One search on one model: keeps the best plan found so far and the bound of every tier."""

    built: BuiltModel
    watch: Watch
    gap: float
    on_progress: OnProgress | None = None
    _best: Plan | None = field(default=None, init=False)
    _assignment: tuple[int, ...] = field(default=(), init=False)
    _first_plan_seconds: float = field(default=0.0, init=False)

    def run(self) -> Found | NoPlan:
        """Search the tiers in order until all are proven within the gap or the budget is spent."""
        objective = Objective(self.built.plan)
        self._tiers = (
            _Tier(MINIMA, objective.minima, 0),
            _Tier(TARGETS, objective.targets, 0),
            _Tier(QUALITY, objective.quality, None),
        )
        for tier in self._tiers:
            verdict = self._pursue(tier)
            if verdict is not None:
                return verdict
            if self.watch.over:
                break
            self._hold(tier)
        return self._found()

    def _pursue(self, tier: _Tier) -> NoPlan | None:
        """Search one tier; its bound and the best plan are kept. A verdict when there is no plan to go on with."""
        if self._best is not None and self._value(tier.spec, self._best) == tier.bound:
            return None  # nothing is short: no search can do better
        solver = self._solver(tier)
        verdict = self.watch.solve(solver, self._model_for(tier), _Listener(self, tier))
        match verdict:
            case "optimal" | "found":
                self.keep(solver.value)
                self._assignment = tuple(solver.response_proto.solution)
                tier.bound = round(solver.best_objective_bound)
            case "unknown":
                return NoPlan("unknown") if self._best is None else None
            case "impossible":
                if self._best is not None:
                    raise AssertionError("a model that has a plan was called infeasible")
                return NoPlan("impossible")
            case _:
                assert_never(verdict)
        return None

    def _solver(self, tier: _Tier) -> cp_model.CpSolver:
        solver = self.watch.solver(SHARE_OF_BUDGET[tier.spec.tier])
        if tier.spec is QUALITY:
            solver.parameters.relative_gap_limit = self.gap
        else:
            # The gap asked for speaks of the score, on whose scale an untrained week is 100 away.
            solver.parameters.absolute_gap_limit = self.gap * untrained(self.built.problem)
        if solver.parameters.num_workers > 1 and tier.spec is QUALITY:
            solver.parameters.subsolvers.extend(FULL_SUBSOLVERS)
        return solver

    def _model_for(self, tier: _Tier) -> cp_model.CpModel:
        """The model with this tier as its objective and the best plan as its hint."""
        model = self.built.model
        if tier.spec.sense == "min":
            model.minimize(tier.expression)
        else:
            model.maximize(tier.expression)
        model.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(self._assignment):
            model.add_hint(model.get_int_var_from_proto_index(index), value)
        return model

    def _hold(self, tier: _Tier) -> None:
        """Let no later tier give back what this one has reached."""
        if self._best is not None and tier.spec.sense == "min":
            self.built.model.add(tier.expression <= self._value(tier.spec, self._best))

    def keep(self, value: Value) -> None:
        """Take the solver's current solution as the best plan."""
        if self._best is None:
            self._first_plan_seconds = self.watch.seconds
        self._best = extract_plan(self.built.plan, value)

    def report(self, tier: _Tier, bound: float) -> None:
        """Tell the caller how far the search is."""
        if self.on_progress is None:
            return
        score, value = None, None
        if self._best is not None:
            reached = self._shortfalls(self._best)
            score = scored(self.built.problem, reached, reached).value
            value = self._value(tier.spec, self._best)
        best = score_of(self.built.problem, *self._bounds(tier, bound))
        gap = relative_gap(score, best) if score is not None else 1.0
        self.on_progress(Progress(self.watch.seconds, tier.spec.tier, score, best, gap, value, round(bound)))

    def _bounds(self, running: _Tier, bound: float) -> tuple[int, int]:
        """Proven lower bounds of tiers 1 and 2 while a tier is running."""
        first, second, _ = (round(bound) if tier is running else tier.bound or 0 for tier in self._tiers)
        return first, second

    def _value(self, spec: TierSpec, plan: Plan) -> int:
        return sum(measured(self.built.problem, plan, spec).values())

    def _shortfalls(self, plan: Plan) -> tuple[int, int]:
        return self._value(MINIMA, plan), self._value(TARGETS, plan)

    def _found(self) -> Found:
        if self._best is None:
            raise AssertionError("a search without a plan has nothing to report")
        results = tuple(self._result(tier, self._best) for tier in self._tiers)
        bounds = (self._tiers[0].bound or 0, self._tiers[1].bound or 0)
        score = scored(self.built.problem, self._shortfalls(self._best), bounds)
        return Found(self._best, results, score, self._first_plan_seconds)

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
            gap=None if bound is None else relative_gap(value, bound),
            proven=value == bound,
            terms=tuple(TermValue(term, points) for term, points in terms.items() if points),
        )


class _Listener(cp_model.CpSolverSolutionCallback):
    """Hands each improving solution to the search."""

    def __init__(self, search: Search, tier: _Tier) -> None:
        super().__init__()
        self._search = search
        self._tier = tier

    def on_solution_callback(self) -> None:
        self._search.keep(self.value)
        self._search.report(self._tier, self.best_objective_bound)
