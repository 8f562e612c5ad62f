"""A block, week by week: each begins where the ladders and the sessions of the one before have left the athlete."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from solver.blocks.changes import explained
from solver.blocks.domain import (
    BlockInfeasible,
    BlockOutcome,
    BlockPlanned,
    BlockProblem,
    BlockProgress,
    BlockUnfinished,
    BlockWeek,
    Nearness,
)
from solver.blocks.ladders import Climb, carried
from solver.blocks.mesocycle import cycle_weeks, is_deload, percent_of, scaled
from solver.blocks.verifier import certify_block
from solver.blocks.weekly import Limits, fewest_hard_sets, hard_sets, nearest
from solver.domain.eligibility import Eligibility
from solver.domain.kinds import deadlift_stage, loaded_deadlift
from solver.domain.outcome import (
    Conflict,
    ConflictElement,
    Infeasible,
    InvalidPlanError,
    NoneWithin,
    Solved,
    SolveStats,
    TimedOut,
)
from solver.domain.plan import Plan
from solver.domain.problem import MINUTES_PER_WEEK, PastSession, SolveBudget
from solver.domain.subject import part
from solver.pipeline import optimise, optimise_within
from solver.rulebook import RULE_BY_ID
from solver.version import solver_version
from solver.watch import granted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from solver.blocks.domain import Advance
    from solver.domain.outcome import Progress
    from solver.domain.problem import Problem

PATTERN_SHARES = 3.0
"""The pattern gets as much of the budget as so many weeks: all of them build on it."""
PATTERN_CLOCK = 0.5
"""What the clock leaves the pattern of the time limit: on a busy machine a first week may take long to find."""
BEST_SHARE = 0.55
"""What the search for the best week may take of a week's budget; the rest finds the nearest that is nearly as good."""
CHECKING_SECONDS = 0.5
"""Wall-clock seconds a week that are kept back for building, checking and explaining."""
LEAST_SECONDS = 0.3
"""With fewer wall-clock seconds left no further search is begun."""
HURRY_SECONDS, HURRY_DETERMINISTIC_SECONDS = 3.0, 0.5
"""What the first week of a block that is stopped may take at most. Begun from the pattern, it is there in a fraction of
a second, and ends with the first plan; the rest is for a machine that is busy."""


class _Stopped(Exception):  # noqa: N818 - not an error: the way out of the loop with what there is
    def __init__(self, outcome: BlockOutcome) -> None:
        self.outcome = outcome


@dataclass(frozen=True)
class _Pattern:
    """A week that the block's weeks are drawn from, and the stages that it was planned for."""

    plan: Plan
    stages: Mapping[str, int]
    hard_sets: int


@dataclass(frozen=True)
class _Best:
    """A week with the limits that it keeps; `given_up`: tighter ones were, for want of time."""

    solved: Solved
    limits: Limits
    given_up: bool = False


@dataclass(frozen=True)
class _Attempt:
    """What came of a share of the budget: a week, or none and the limits to try yet."""

    week: _Best | None
    untried: Sequence[Limits] = ()


@dataclass
class Planner:
    """One block on its way."""

    block: BlockProblem
    budget: SolveBudget
    on_progress: Callable[[BlockProgress], None] | None = None
    is_cancelled: Callable[[], bool] | None = None
    _weeks: list[BlockWeek] = field(default_factory=list, init=False)
    _spent: float = field(default=0.0, init=False)
    _stopped_by_clock: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._started = time.perf_counter()
        self._climb = Climb(self.block.week, self.block.ladders)
        self._pattern = _Pattern(Plan(()), {}, 0)

    def run(self) -> BlockOutcome:
        """The pattern, then every week in turn; ends early where there is no plan, or none in time."""
        try:
            self._pattern = self._patterned()
            for number in range(1, self.block.weeks + 1):
                self._weeks.append(self._week(number))
                self._tell(None)
        except _Stopped as stopped:
            return stopped.outcome
        weeks = tuple(self._weeks)
        certificate = certify_block(self.block, weeks)
        violations = tuple(v for line in certificate for v in line.violations)
        if violations:
            raise InvalidPlanError(violations)
        return BlockPlanned(weeks, certificate, self._stats())

    def _patterned(self) -> _Pattern:
        """An ordinary week, planned before all others, so that those are drawn from its exercises.

        At full targets, as the same wishes get it alone; or at the most that the block comes to.
        """
        problem = self._problem(self._ordinary)
        budget = self._share(1, PATTERN_SHARES, clock=PATTERN_CLOCK)
        plan = self._best(1, problem, None, self._limits(problem, None), budget).solved.plan
        return _Pattern(plan, problem.athlete.stages, hard_sets(problem, plan))

    @property
    def _ordinary(self) -> int:
        """Percent of the targets in the pattern."""
        return min(100, max(percent_of(self.block.mesocycle, n) for n in range(1, self.block.weeks + 1)))

    def _week(self, number: int) -> BlockWeek:
        cycle, advances = self.block.mesocycle, self._entered(number)
        percent, deload = percent_of(cycle, number), is_deload(cycle, number)
        problem = self._problem(percent)
        known = self._known(number, problem)
        limits = self._limits(problem, self._most_hard_sets(number, percent), unloading=deload)
        best = self._best(number, problem, known[0], limits, self._share(number, BEST_SHARE))
        budget, kept = self._share(number, 1.0 - BEST_SHARE), best.limits
        if deload and self._weeks:
            # One that was found when time was up, within no limit, has the fewest that were found in time.
            kept = kept.no_more_than(problem, best.solved.plan)
        near = nearest(problem, best.solved, known, self.block.tolerance, kept, budget, self.is_cancelled)
        self._book(near.stats)
        week = BlockWeek(
            number=number,
            percent=percent,
            deload=deload,
            problem=problem,
            solved=near.solved,
            stages=dict(problem.athlete.stages),
            sessions=self._climb.trained(near.solved.plan),
            advances=advances,
            most_hard_sets=kept.most_hard_sets,
            fewest_proven=kept.fewest_proven,
            given_up=best.given_up,
            changes=(),
            nearness=Nearness(near.distance, near.bound),
        )
        if percent >= self._ordinary:
            self._pattern = _Pattern(near.solved.plan, week.stages, self._pattern.hard_sets)
        if not self._weeks:
            return week
        return replace(week, changes=explained(self.block, week, self._weeks[-1], known, kept))

    def _entered(self, number: int) -> tuple[Advance, ...]:
        """Stages that begin with a week: never with one that unloads, which is no time for something new."""
        if number == 1 or is_deload(self.block.mesocycle, number):
            return ()
        return self._climb.advance()

    def _problem(self, percent: int) -> Problem:
        """A week's own question: the athlete by now, the targets of the cycle, and the week that went before."""
        return replace(
            self.block.week,
            athlete=self._climb.athlete,
            muscles=tuple(scaled(goal, percent) for goal in self.block.week.muscles),
            preceding=self._tail(),
        )

    def _tail(self) -> tuple[PastSession, ...]:
        """The sessions of the week before, as seen from the coming one."""
        if not self._weeks:
            return self.block.week.preceding
        last = self._weeks[-1]
        return tuple(
            PastSession(
                f"{session.slot} of week {last.number}",
                last.problem.slot_by_id[session.slot].start_minute - MINUTES_PER_WEEK,
                tuple((entry.exercise, entry.sets) for entry in session.entries),
            )
            for session in last.solved.plan.sessions
        )

    def _known(self, number: int, problem: Problem) -> tuple[Plan, ...]:
        """The weeks that this one is to stay near to, with the athlete's present stages.

        The pattern; and the same week of the cycle before, or in the first cycle the week before.
        """
        pattern = carried(problem, self._pattern.plan, self._pattern.stages)
        if number == 1:
            return (pattern,)
        cycle = cycle_weeks(self.block.mesocycle)
        other = self._weeks[number - 1 - cycle] if number > cycle else self._weeks[-1]
        return pattern, carried(problem, other.solved.plan, other.stages)

    def _most_hard_sets(self, number: int, percent: int) -> int | None:
        """The pattern's sets in the proportion of the targets; while unloading, a share of the week before."""
        if is_deload(self.block.mesocycle, number) and self._weeks:
            return hard_sets(self._weeks[-1].problem, self._weeks[-1].solved.plan) * percent // 100
        return None if percent >= self._ordinary else self._pattern.hard_sets * percent // self._ordinary

    def _best(
        self, number: int, problem: Problem, known: Plan | None, limits: Sequence[Limits], budget: SolveBudget
    ) -> _Best:
        """The best week within the tightest limits that hold one.

        A week that has none when its share of the budget is spent draws on what is left for the others, twice as much
        each time: without it the block ends here. Where that does not do either, the looser limits have a moment. The
        first week of a block that is stopped is made of the pattern.
        """
        remaining, own = limits, budget
        while not self._cancelled:
            found = self._first_within(number, problem, known, remaining, own)
            if found.week is not None:
                return found.week
            more = self._more(own)
            if more is None:
                for looser in found.untried[1:]:
                    week = self._in_a_hurry(problem, known, looser)
                    if week is not None:
                        return week
                raise self._unfinished(number)
            remaining, own = found.untried, more
        week = None if known is None or self._weeks else self._in_a_hurry(problem, known, remaining[-1])
        if week is None:
            raise self._unfinished(number)
        return week

    def _first_within(
        self,
        number: int,
        problem: Problem,
        known: Plan | None,
        limits: Sequence[Limits],
        budget: SolveBudget,
    ) -> _Attempt:
        """One look within every limit, each with this budget; raises where it is proven that there is no week at all.

        Limits are given up when time runs out as well; those of unloading only when all of it has: the block is to say
        of them that the rules leave no such week. Where they leave none, the fewest hard sets that they do are the
        limit.
        """
        unloading, given_up = is_deload(self.block.mesocycle, number) and bool(self._weeks), False
        for tried in limits:
            if unloading and tried.most_hard_sets is None:
                tried = self._fewest_hard_sets(problem, known, tried, budget)
            outcome = optimise_within(
                problem,
                budget,
                start=known,
                conditions=tried.conditions(),
                on_progress=self._tell,
                is_cancelled=self.is_cancelled,
            )
            self._book(outcome.stats)
            match outcome:
                case Solved():
                    return _Attempt(_Best(outcome, tried, given_up))
                case TimedOut():
                    if unloading or tried == limits[-1]:
                        return _Attempt(None, limits[limits.index(tried) :] if tried in limits else limits[-1:])
                    given_up = True
                case NoneWithin():
                    continue
                case _:
                    assert_never(outcome)
        raise self._impossible(number, problem)

    def _fewest_hard_sets(self, problem: Problem, known: Plan | None, limits: Limits, budget: SolveBudget) -> Limits:
        """The limits with the fewest hard sets that any week within them has, as far as the budget tells."""
        found, stats = fewest_hard_sets(problem, known, limits, budget, self.is_cancelled)
        self._book(stats)
        return limits if found is None else found

    def _in_a_hurry(self, problem: Problem, known: Plan | None, limits: Limits) -> _Best | None:
        """A first week within limits, when time is up: it need not be good, but it keeps the rules.

        Begun from a week that is known, it takes a moment.
        """
        brief = replace(
            self.budget, time_limit_seconds=HURRY_SECONDS, deterministic_seconds=HURRY_DETERMINISTIC_SECONDS
        )
        told: list[Progress] = []
        outcome = optimise_within(
            problem,
            brief,
            start=known,
            conditions=limits.conditions(),
            on_progress=told.append,
            is_cancelled=lambda: any(progress.score is not None for progress in told),
        )
        self._book(outcome.stats)
        return _Best(outcome, limits, given_up=True) if isinstance(outcome, Solved) else None

    def _more(self, spent: SolveBudget) -> SolveBudget | None:
        """Twice the budget that did not do, as far as there is time; None where there is none, or it had everything."""
        left, everything = self._left, granted(self.budget)
        if left < LEAST_SECONDS or granted(spent) >= everything:
            return None
        return replace(
            spent,
            time_limit_seconds=min(2 * spent.time_limit_seconds, left - LEAST_SECONDS / 2),
            deterministic_seconds=min(2 * granted(spent), everything),
        )

    @property
    def _cancelled(self) -> bool:
        return self.is_cancelled is not None and self.is_cancelled()

    @property
    def _left(self) -> float:
        """Wall-clock seconds to the end of the time limit."""
        return self.budget.time_limit_seconds - (time.perf_counter() - self._started)

    def _limits(self, problem: Problem, most_hard_sets: int | None, *, unloading: bool = False) -> list[Limits]:
        """From what the block is after to what the rules alone ask: they say in the end how little a week can be."""
        loaded = [
            deadlift_stage(week.problem.exercise_by_id[entry.exercise])
            for week in self._weeks
            for session in week.solved.plan.sessions
            for entry in session.entries
            if loaded_deadlift(week.problem.exercise_by_id[entry.exercise])
        ]
        free = Limits(max(loaded, default=0))
        capped = replace(free, most_hard_sets=most_hard_sets)
        if unloading:
            return list(dict.fromkeys([capped, free]))
        return list(dict.fromkeys([replace(capped, stage_sessions=self._stage_sessions(problem)), capped, free]))

    def _stage_sessions(self, problem: Problem) -> tuple[tuple[str, int], ...]:
        """How often the stages of strict ladders are to be trained, as far as there are slots for it."""
        eligibility, found = Eligibility.of(problem), []
        for ladder in self.block.ladders:
            stage = problem.athlete.stages.get(ladder.id)
            rungs = [exercise for exercise in problem.exercises if exercise.stage_on(ladder.id) == stage]
            slots = sum(any(eligibility.possible(rung, slot) for rung in rungs) for slot in problem.slots)
            most = min(self.block.ladder_sessions, slots, problem.rules.sessions_max)
            if ladder.strict and stage is not None and most > 1:
                found.append((ladder.id, most))
        return tuple(found)

    def _share(self, number: int, share: float, *, clock: float = 0.0) -> SolveBudget:
        """A part of the budget, in weeks. Deterministic seconds are the same whatever the clock says.

        `clock`: the part of the time left that the clock allows at least.
        """
        left = self._left
        ahead = self.block.weeks - number + max(1.0, share)
        own = max(clock * left, max(0.2, left / ahead - CHECKING_SECONDS) * share)
        return replace(
            self.budget,
            time_limit_seconds=min(own, max(left, 0.2)),
            deterministic_seconds=granted(self.budget) * share / (self.block.weeks + PATTERN_SHARES),
        )

    def _impossible(self, number: int, problem: Problem) -> _Stopped:
        """The conflict of a week without a plan, in terms of the rules."""
        # The block ends here: the reason may take all that is left.
        share = self._share(number, 1.0)
        everything = max(granted(share), granted(self.budget) - self._spent)
        rest = replace(
            share,
            time_limit_seconds=max(self._left, share.time_limit_seconds),
            deterministic_seconds=everything,
        )
        outcome = optimise(problem, rest, is_cancelled=self.is_cancelled)
        self._book(outcome.stats)
        match outcome:
            case Infeasible():
                conflict = outcome.conflict
            case Solved():
                # Only what the block asks beyond the week stands in the way.
                rule = "progression.deadlift"
                element = ConflictElement(rule, part("no falling back"), RULE_BY_ID[rule].sentence)
                conflict = Conflict((element,), minimal=True)
            case TimedOut():
                return self._unfinished(number)
            case _:
                assert_never(outcome)
        return _Stopped(BlockInfeasible(number, conflict, tuple(self._weeks), problem, self._stats()))

    def _unfinished(self, number: int) -> _Stopped:
        return _Stopped(BlockUnfinished(number, tuple(self._weeks), self._stats()))

    def _book(self, stats: SolveStats) -> None:
        self._spent += stats.deterministic_seconds
        self._stopped_by_clock |= stats.stopped_by_clock

    def _tell(self, progress: Progress | None) -> None:
        if self.on_progress is not None:
            seconds = time.perf_counter() - self._started
            score = None if progress is None else progress.score
            self.on_progress(BlockProgress(seconds, len(self._weeks), self.block.weeks, score))

    def _stats(self) -> SolveStats:
        """Of all searches of the block."""
        return SolveStats(
            solver_version=solver_version(),
            seconds=round(time.perf_counter() - self._started, 3),
            deterministic_seconds=round(self._spent, 3),
            seed=self.budget.seed,
            workers=self.budget.workers,
            stopped_by_clock=self._stopped_by_clock,
        )
