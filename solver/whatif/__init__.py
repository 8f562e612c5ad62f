"""What if: exact re-solves of changed problems, warm-started, side by side, compared by what is proven of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from solver.domain.outcome import NoneWithin, Solved, TimedOut
from solver.measured import MeasuredWeek
from solver.pipeline import optimise_within
from solver.run import summed
from solver.watch import Watch, granted
from solver.whatif.bounds import between, bound, inherited, sharpened, value, verdict, week_of
from solver.whatif.direction import changes_no_choice, direction
from solver.whatif.outcome import Direction, Finding, Known, Option, Verdict, WhatIf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.outcome import SolveStats
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget


@dataclass(frozen=True)
class _Task:
    """A problem that is solved anew; `option` is None for the one without a change."""

    option: int | None
    problem: Problem
    direction: Direction


@dataclass(frozen=True)
class _Done:
    """A task with its outcome and what is known by it; no outcome when it was stopped before its turn."""

    task: _Task
    outcome: Solved | NoneWithin | TimedOut | None
    known: Known | None


def what_if(
    problem: Problem,
    plan: Plan,
    before: Known,
    options: Sequence[Option],
    budget: SolveBudget,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> WhatIf:
    """What each option buys, ranked by the score gained.

    `plan` is a valid week of the problem and `before` what is known of it. Options that provably change nothing are
    not solved. All others share the budget evenly, as many at a time as it has workers, each begun from the plan; so
    does the problem itself when its best score is not proven. `on_progress` is told how many are done, and of how many.
    When `is_cancelled` turns true, what was found by then is the answer.

    Raises InvalidPlanError when the verifier rejects what the model made: a fault of ours.
    """
    base = MeasuredWeek(problem, plan)
    directions = [direction(problem, option.problem, plan, option.direction) for option in options]
    nothing = {
        number
        for number, option in enumerate(options)
        if changes_no_choice(problem, option.problem) or (directions[number] == "looser" and not any(base.tiers[:2]))
    }
    tasks = [_Task(n, option.problem, directions[n]) for n, option in enumerate(options) if n not in nothing]
    if tasks and not before.proven:
        tasks.insert(0, _Task(None, problem, "looser"))
    watch = Watch(budget)
    done = _Solving(base, budget, watch, on_progress, is_cancelled).run(tasks)
    stats = summed([one.outcome.stats for one in done if one.outcome is not None], budget, watch.seconds)
    # Without the clock every task would have had its turn.
    stats = replace(stats, stopped_by_clock=stats.stopped_by_clock or any(one.outcome is None for one in done))
    return _compared(base, before, options, nothing, done, stats)


class _Solving:
    """Solves tasks side by side, each with an even share of the budget that does not depend on how long others took."""

    def __init__(
        self,
        base: MeasuredWeek,
        budget: SolveBudget,
        watch: Watch,
        on_progress: Callable[[int, int], None] | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> None:
        self._base, self._budget, self._watch = base, budget, watch
        self._tell, self._stop = on_progress, is_cancelled or (lambda: False)
        self._lock, self._left = Lock(), 0

    def run(self, tasks: Sequence[_Task]) -> list[_Done]:
        """All tasks, done or not, in their order."""
        if not tasks:
            return []
        side_by_side = min(self._budget.workers, len(tasks))
        rounds = -(-len(tasks) // side_by_side)
        self._left = len(tasks)
        share = replace(
            self._budget,
            workers=self._budget.workers // side_by_side,
            deterministic_seconds=granted(self._budget) / rounds,
        )
        with ThreadPoolExecutor(side_by_side) as pool:
            return list(pool.map(lambda task: self._one(task, share, side_by_side, len(tasks)), tasks))

    def _one(self, task: _Task, share: SolveBudget, side_by_side: int, of: int) -> _Done:
        if self._stop() or self._watch.left_seconds <= 0:
            return _Done(task, None, None)
        rounds_left = -(-self._left // side_by_side)
        own = replace(share, time_limit_seconds=self._watch.left_seconds / rounds_left)
        outcome = optimise_within(task.problem, own, start=self._base.plan, is_cancelled=self._stop)
        with self._lock:
            self._left -= 1
            if self._tell is not None:
                self._tell(of - self._left, of)
        return _Done(task, outcome, self._known(task, outcome))

    def _known(self, task: _Task, outcome: Solved | NoneWithin | TimedOut) -> Known | None:
        """What the outcome proves; a week that stood and is still allowed is as good as one that was found."""
        if isinstance(outcome, Solved):
            minima, targets = outcome.tiers[:2]
            return Known((int(minima.value), int(minima.bound or 0)), (int(targets.value), int(targets.bound or 0)))
        standing = MeasuredWeek(task.problem, self._base.plan) if self._fits(task.problem) else None
        if isinstance(outcome, NoneWithin) or standing is None or standing.broken:
            return None
        return Known((standing.tiers[0], 0), (standing.tiers[1], 0))

    def _fits(self, problem: Problem) -> bool:
        """Whether the standing week can be measured there."""
        return all(
            session.slot in problem.slot_by_id and entry.exercise in problem.exercise_by_id
            for session in self._base.plan.sessions
            for entry in session.entries
        )


def _compared(
    base: MeasuredWeek,
    before: Known,
    options: Sequence[Option],
    nothing: set[int],
    done: Sequence[_Done],
    stats: SolveStats,
) -> WhatIf:
    before, better = _best_before(base, before, done)
    findings = [
        Finding(number, "none", 0.0, 0.0, 0.0, pruned=True) for number in range(len(options)) if number in nothing
    ]
    findings += [_finding(base.problem, before, one) for one in done if one.task.option is not None]
    return WhatIf(
        before=before,
        score=value(base.problem, before),
        bound=bound(base.problem, before),
        better=better,
        findings=tuple(sorted(findings, key=_rank)),
        stats=stats,
    )


def _best_before(base: MeasuredWeek, before: Known, done: Sequence[_Done]) -> tuple[Known, Plan | None]:
    """What all searches together prove of the problem without a change, and its best week if that is a new one."""
    again = next((one.known for one in done if one.task.option is None), None)
    if again is not None:
        before = _together(before, again)
    changed = [(one.known, one.task.direction) for one in done if one.task.option is not None and one.known is not None]
    before = sharpened(before, changed)
    best = (before.minima[0], before.targets[0])
    for one in done:
        if isinstance(one.outcome, Solved) and (one.task.option is None or one.task.direction == "tighter"):
            reached = (one.outcome.tiers[0].value, one.outcome.tiers[1].value)
            if reached == best < base.tiers[:2]:
                return before, one.outcome.plan
    return before, None


def _together(one: Known, other: Known) -> Known:
    """Two opinions on the same problem: the better value and the tighter bound of each tier.

    A bound of tier 2 is for weeks as good in tier 1 as its own value, so it is lost when the other is better there.
    """
    minima = (min(one.minima[0], other.minima[0]), max(one.minima[1], other.minima[1]))
    best = min((one.minima[0], one.targets[0]), (other.minima[0], other.targets[0]))[1]
    floor = max(k.targets[1] for k in (one, other) if k.minima[0] >= minima[0])
    return Known(minima, (best, min(best, floor)))


def _finding(problem: Problem, before: Known, done: _Done) -> Finding:
    number, outcome = done.task.option, done.outcome
    assert number is not None
    if outcome is None:
        return Finding(number, "unanswered")
    if isinstance(outcome, NoneWithin):
        return Finding(number, "impossible")
    if done.known is None:
        return Finding(number, "unknown")
    known = inherited(done.known, before, done.task.direction)
    after = (done.task.problem, known)
    low, high = between((problem, before), after, done.task.direction)
    found = round(value(*after) - value(problem, before), 4)
    # Fewer sets below the minima can score less: where the week without the change may be kept, nothing is lost.
    gain = max(found, 0.0) if done.task.direction == "looser" else found
    own = week_of(known) == week_of(done.known)
    solved = outcome if isinstance(outcome, Solved) and own and gain == found else None
    return Finding(number, verdict(low, high), gain, low, high, solved)


_LAST: tuple[Verdict, ...] = ("impossible", "unknown", "unanswered")


def _rank(finding: Finding) -> tuple[int, float, float, int]:
    """Most gained first, then what may still gain most; those without a week at the end."""
    last = _LAST.index(finding.verdict) + 1 if finding.verdict in _LAST else 0
    high = finding.high if finding.high is not None else 100.0
    return last, -(finding.gain or 0.0), -high, finding.option


__all__ = ["Direction", "Finding", "Known", "Option", "Verdict", "WhatIf", "what_if"]
