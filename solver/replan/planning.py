"""The search for the rest of a week: nearest or best, and where history leaves no room, with the least missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from solver.debts import Debts
from solver.domain.change import difference, distance, entries_of
from solver.domain.outcome import InvalidPlanError, TimedOut
from solver.model import MINIMA, TARGETS, Objective, build_model, measured
from solver.objective.distance import Distance
from solver.repair.outcome import RepairProgress
from solver.repair.reasons import reasoned
from solver.repair.standing import StandingWeek, without_needless
from solver.repair.ties import best_as_near
from solver.repair.weeks import keeping_order
from solver.replan.asking import asks
from solver.replan.outcome import Replanned
from solver.replan.standing import given, standing_entries, unchanged
from solver.replan.tiers import as_solved
from solver.run import Run
from solver.search import Found, search
from solver.search.least import LeastSearch, NoWeek
from solver.verifier import certify, verify
from solver.verifier.past import mendable
from solver.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget
    from solver.model import BuiltModel
    from solver.repair.outcome import ReasonedChange
    from solver.replan.outcome import Prefer, ReplanOutcome

TIES_DETERMINISTIC_SECONDS = 0.15
"""What the choice among equally near weeks may take: most of what it gains, it gains at once."""
BEST_SHARE = 0.6
"""What the search for the best week may take of the budget, where that comes before the distance."""
DEBTS_SHARE = 0.4
"""What finding out how much has to fall short may take of what is left."""
BLAME_DETERMINISTIC_SECONDS = 0.5
"""What finding out whether history is to blame may take."""


def replan(
    problem: Problem,
    followed: Plan,
    budget: SolveBudget,
    *,
    prefer: Prefer = "fewest_changes",
    on_progress: Callable[[RepairProgress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> ReplanOutcome:
    """The rest of a week planned anew, verified; or the proof that it contradicts itself; or neither in time.

    `problem` holds history and what has changed (see the package), `followed` is the plan as it was. Its slots must be
    offered; entries of exercises that the problem does not know are set aside. `on_progress` is called from solver
    threads; when `is_cancelled` turns true, the search stops within half a second and the best week so far is the
    answer. Raises ValueError for a slot that is not offered, InvalidPlanError when the verifier rejects what the model
    made: a fault of ours, never an answer.
    """
    standing = StandingWeek.of(problem, standing_entries(problem, followed))
    return _Replanning(problem, followed, standing, budget, Watch(budget, is_cancelled), prefer, on_progress).outcome()


@dataclass(frozen=True)
class _Week:
    """A week found, and what is proven of it."""

    plan: Plan
    bound: int
    seconds: float
    best: Found | None = None
    """What is proven of the tiers, where they come first."""
    falls_short: bool = False
    """Whether what rules ask for may fall short here, in all by no more than has to be."""
    least: bool = True
    """Proven: by no less."""


@dataclass
class _Replanning:
    """One question with its budget."""

    problem: Problem
    followed: Plan
    standing: StandingWeek
    budget: SolveBudget
    watch: Watch
    prefer: Prefer
    on_progress: Callable[[RepairProgress], None] | None

    @cached_property
    def _goal(self) -> Distance:
        return Distance(self.standing.entries)

    def outcome(self) -> ReplanOutcome:
        if self.prefer == "fewest_changes":
            # Whatever is kept weighs nothing, and no week undoes history: no week is nearer than the one that stands.
            plan = unchanged(self.problem, self.followed) or self.standing.compliant()
            if plan is not None:
                return self._answer(_Week(plan, self._goal.measure(self.problem, plan), 0.0), build_model(self.problem))
        built = build_model(self.problem)
        found = self._pursue(built, lambda: build_model(self.problem))
        if isinstance(found, _Week):
            return self._answer(found, built)
        if found.verdict == "impossible" and self.problem.done and self._history_is_to_blame():
            return self._with_debts()
        run = Run(built, self.budget, self.watch)
        return run.impossible() if found.verdict == "impossible" else TimedOut(run.stats())

    def _pursue(self, built: BuiltModel, again: Callable[[], BuiltModel]) -> _Week | NoWeek:
        """The week of a model by what is preferred. `again` builds the model once more, for what comes second."""
        if self.prefer == "fewest_changes":
            return self._nearest(built)
        best = self._best(built)
        if isinstance(best, NoWeek):
            return best
        built = again()
        objective = Objective(built.plan)
        for spec, expression in ((MINIMA, objective.minima), (TARGETS, objective.targets)):
            built.model.add(expression <= sum(measured(self.problem, best.plan, spec).values()))
        found = self._nearest(built, best.plan)
        if isinstance(found, NoWeek):
            return _Week(best.plan, 0, best.first_plan_seconds, best)
        return replace(found, best=best)

    def _best(self, built: BuiltModel) -> Found | NoWeek:
        """The best week, in a share of the budget."""
        share = replace(
            self.budget,
            time_limit_seconds=BEST_SHARE * self.watch.left_seconds,
            deterministic_seconds=BEST_SHARE * self.watch.left_deterministic,
        )
        watch = Watch(share, lambda: self.watch.cancelled)
        with self.watch.stopping(lambda: None):  # keeps asking the caller while the search is on
            found = search(built, share, watch, start=self.followed)
        self.watch.spend(watch.deterministic_seconds)
        self.watch.stopped_by_clock |= watch.stopped_by_clock
        return found if isinstance(found, Found) else NoWeek(found.verdict)

    def _nearest(self, built: BuiltModel, *plans: Plan) -> _Week | NoWeek:
        """The nearest week of a model, by the tiers among equally near ones.

        The search begins at the week that stands, and at `plans`. Leaves the distance held and the objective changed.
        """
        around = {(e.slot, e.exercise) for e in self.standing.entries}
        around |= {(e.slot, e.exercise) for plan in plans for e in entries_of(plan)}
        away, measure = self._goal.express(built.plan), partial(self._goal.measure, self.problem)
        found = LeastSearch(built, away, measure, around, self.watch, self.budget.gap, self._tell).run()
        if isinstance(found, NoWeek):
            return found
        run = Run(built, self.budget, self.watch)
        plan = best_as_near(run, away, found, most=TIES_DETERMINISTIC_SECONDS)
        return _Week(plan, found.bound, found.seconds)

    def _history_is_to_blame(self) -> bool:
        """Whether there would be a week if the slots that are over were still free; also when that stays open."""
        rules, done = self.problem.rules, self.problem.done.values()
        free = replace(
            self.problem,
            pinned_sessions=tuple(s for s in self.problem.pinned_sessions if not s.done),
            rules=replace(rules, sessions_max=rules.sessions_max + sum(not s.entries for s in done)),
        )
        if not verify(free, self.followed):
            return True
        solver = self.watch.lone_solver(BLAME_DETERMINISTIC_SECONDS)
        return self.watch.solve(solver, build_model(free).model) != "impossible"

    def _with_debts(self) -> ReplanOutcome:
        """The week in which what rules ask for falls short by the least."""
        debts = Debts(asks)
        built = build_model(self.problem, debts=debts)
        built.model.minimize(debts.expression())
        solver = self.watch.lone_solver(DEBTS_SHARE * self.watch.left_deterministic)
        verdict = self.watch.solve(solver, built.model)
        run = Run(built, self.budget, self.watch)
        if verdict == "impossible":
            return run.impossible()
        if verdict == "unknown":
            return TimedOut(run.stats())
        least = round(solver.objective_value)

        def held() -> BuiltModel:
            debts = Debts(asks)
            built = build_model(self.problem, debts=debts)
            built.model.add(debts.expression() <= least)
            return built

        built = held()
        found = self._pursue(built, held)
        if isinstance(found, NoWeek):
            return TimedOut(run.stats())
        return self._answer(replace(found, falls_short=True, least=verdict == "optimal"), built)

    def _tell(self, value: int | None, bound: int | None) -> None:
        if self.on_progress is not None:
            self.on_progress(RepairProgress(self.watch.seconds, value, bound))

    def _answer(self, week: _Week, built: BuiltModel) -> Replanned:
        problem, standing = self.problem, self.standing
        plan = week.plan
        if not week.falls_short and self.prefer == "fewest_changes":
            plan = without_needless(standing, plan)
        if plan != self.followed:
            plan = keeping_order(problem, plan, standing.entries)
        certificate = certify(problem, plan)
        violations = tuple(v for line in certificate for v in line.violations)
        unkept = tuple(v for v in violations if week.falls_short and mendable(v) and v.rule != "plan.pinned")
        if len(unkept) < len(violations):
            raise InvalidPlanError(tuple(v for v in violations if v not in unkept))
        changes = difference(problem, standing.entries, entries_of(plan))
        told = reasoned(problem, standing.entries, standing.certificate, plan, changes)
        told = tuple(_without_statements(change, {v.statement for v in unkept}) for change in told)
        stats = Run(built, self.budget, self.watch).stats(week.seconds)
        return Replanned(
            solved=as_solved(problem, plan, certificate, stats, week.best, self.budget.gap),
            prefer=self.prefer,
            distance=distance(changes),
            bound=week.bound,
            changes=told,
            given=given(problem, standing.entries),
            broken=tuple(v for line in certificate for v in line.past),
            unkept=unkept,
            unkept_least=week.least,
            certificate_before=standing.certificate,
            score_before=standing.score(standing.plan),
        )


def _without_statements(change: ReasonedChange, known: Collection[str]) -> ReasonedChange:
    """The change without reasons that the week itself gives: what is not kept anyway is no reason."""
    return replace(change, reasons=tuple(reason for reason in change.reasons if reason.statement not in known))
