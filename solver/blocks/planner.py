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
    BlockStats,
    BlockUnfinished,
    BlockWeek,
    Nearness,
)
from solver.blocks.ladders import Climb, carried
from solver.blocks.mesocycle import cycle_weeks, is_deload, percent_of, scaled
from solver.blocks.verifier import certify_block
from solver.blocks.weekly import Limits, hard_sets, nearest
from solver.domain.kinds import deadlift_stage, loaded_deadlift
from solver.domain.outcome import (
    Conflict,
    ConflictElement,
    Infeasible,
    InvalidPlanError,
    NoneWithin,
    Solved,
    TimedOut,
)
from solver.domain.problem import MINUTES_PER_WEEK, PastSession, SolveBudget
from solver.domain.subject import part
from solver.pipeline import optimise, optimise_within
from solver.rulebook import RULE_BY_ID
from solver.version import solver_version
from solver.watch import granted

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.blocks.domain import Advance
    from solver.domain.outcome import Progress, SolveStats
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

FIRST_WEEK_SHARES = 2
"""The first week gets as much of the budget as so many others: all that follow build on it."""
BEST_SHARE = 0.55
"""What the search for the best week may take of a week's budget; the rest finds the nearest that is nearly as good."""
CHECKING_SECONDS = 0.5
"""Wall-clock seconds a week that are kept back for building, checking and explaining."""


class _Stopped(Exception):  # noqa: N818 - not an error: the way out of the loop with what there is
    def __init__(self, outcome: BlockOutcome) -> None:
        self.outcome = outcome


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

    def run(self) -> BlockOutcome:
        """Every week in turn; ends early at a week that has no plan, or none in time."""
        try:
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

    def _week(self, number: int) -> BlockWeek:
        cycle, advances = self.block.mesocycle, self._entered(number)
        problem = self._problem(number)
        reference = self._reference(number)
        known = None if reference is None else carried(problem, reference.solved.plan, reference.stages)
        best, limits = self._best(number, problem, known)
        solved, nearness = best, None
        if reference is not None and known is not None:
            near = nearest(
                problem,
                best,
                known,
                self.block.tolerance,
                limits,
                self._share(number, 1.0 - BEST_SHARE),
                self.is_cancelled,
            )
            self._book(near.stats)
            solved, nearness = near.solved, Nearness(reference.number, near.distance, near.bound)
        before = self._weeks[-1] if self._weeks else None
        week = BlockWeek(
            number=number,
            percent=percent_of(cycle, number),
            deload=is_deload(cycle, number),
            problem=problem,
            solved=solved,
            stages=dict(problem.athlete.stages),
            sessions=self._climb.trained(solved.plan),
            advances=advances,
            most_hard_sets=limits.most_hard_sets,
            changes=(),
            nearness=nearness,
        )
        return week if before is None else replace(week, changes=explained(self.block, week, before, known))

    def _entered(self, number: int) -> tuple[Advance, ...]:
        """Stages that begin with a week: never with one that unloads, which is no time for something new."""
        if number == 1 or is_deload(self.block.mesocycle, number):
            return ()
        return self._climb.advance()

    def _problem(self, number: int) -> Problem:
        """The week's own question: the athlete by now, the targets of the cycle, and the week that went before."""
        percent = percent_of(self.block.mesocycle, number)
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

    def _reference(self, number: int) -> BlockWeek | None:
        """The week that this one is to stay near to.

        The same week of the cycle before; in the first cycle the week before, and the first one when it unloads.
        """
        if number == 1:
            return None
        cycle = self.block.mesocycle
        if number > cycle_weeks(cycle):
            return self._weeks[number - 1 - cycle_weeks(cycle)]
        return self._weeks[0 if is_deload(cycle, number) else number - 2]

    def _best(self, number: int, problem: Problem, known: Plan | None) -> tuple[Solved, Limits]:
        """The best week within the tightest limits that hold one."""
        limits = self._limits(number)
        for tried in limits:
            outcome = optimise_within(
                problem,
                self._share(number, BEST_SHARE),
                start=known,
                conditions=tried.conditions(),
                on_progress=self._tell,
                is_cancelled=self.is_cancelled,
            )
            self._book(outcome.stats)
            match outcome:
                case Solved():
                    return outcome, tried
                case TimedOut():
                    raise self._unfinished(number)
                case NoneWithin():
                    continue
                case _:
                    assert_never(outcome)
        raise self._impossible(number, problem)

    def _limits(self, number: int) -> list[Limits]:
        """From the asked-for unloading over half of it to none: the rules say in the end how little a week can be."""
        loaded = [
            deadlift_stage(week.problem.exercise_by_id[entry.exercise])
            for week in self._weeks
            for session in week.solved.plan.sessions
            for entry in session.entries
            if loaded_deadlift(week.problem.exercise_by_id[entry.exercise])
        ]
        lowest, cycle = max(loaded, default=0), self.block.mesocycle
        unlimited = Limits(lowest)
        if not is_deload(cycle, number) or not self._weeks:
            return [unlimited]
        assert cycle.deload_percent is not None
        before = hard_sets(self._weeks[-1].problem, self._weeks[-1].solved.plan)
        percents = (cycle.deload_percent, (cycle.deload_percent + 100) // 2)
        return [*(Limits(lowest, before * percent // 100) for percent in percents), unlimited]

    def _share(self, number: int, share: float) -> SolveBudget:
        """A week's part of the budget. Deterministic seconds are the same whatever the clock says."""
        weeks = self.block.weeks
        part_of_all = (FIRST_WEEK_SHARES if number == 1 else share) / (weeks - 1 + FIRST_WEEK_SHARES)
        left = self.budget.time_limit_seconds - (time.perf_counter() - self._started)
        ahead = weeks - number + (FIRST_WEEK_SHARES if number == 1 else 1)
        own = max(0.2, left / ahead - CHECKING_SECONDS) * (FIRST_WEEK_SHARES if number == 1 else share)
        return replace(
            self.budget,
            time_limit_seconds=min(own, max(left, 0.2)),
            deterministic_seconds=granted(self.budget) * part_of_all,
        )

    def _impossible(self, number: int, problem: Problem) -> _Stopped:
        """The conflict of a week without a plan, in terms of the rules."""
        outcome = optimise(problem, self._share(number, 1.0), is_cancelled=self.is_cancelled)
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

    def _stats(self) -> BlockStats:
        return BlockStats(
            solver_version(),
            round(time.perf_counter() - self._started, 3),
            round(self._spent, 3),
            self.budget.seed,
            self.budget.workers,
            self._stopped_by_clock,
        )
