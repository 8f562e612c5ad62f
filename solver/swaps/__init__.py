"""Swaps: what else could stand in the place of one entry of a week, and what each alternative does to the rest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.change import WeekEntry, entries_of
from solver.domain.likeness import likeness
from solver.domain.problem import PinnedEntry, SolveBudget
from solver.measured import MeasuredWeek
from solver.repair import repair
from solver.run import summed
from solver.swaps.direct import LIKE, LIKENESSES, best_swap, candidates, session_in, swapped
from solver.swaps.outcome import NoSuchEntryError, RuleEffect, Swap, Swaps
from solver.watch import Watch, granted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.repair import RepairOutcome


def swaps(
    problem: Problem,
    plan: Plan,
    slot: str,
    exercise: str,
    budget: SolveBudget,
    *,
    only_alike: bool = False,
    repairs: int = 0,
    on_progress: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Swaps:
    """Every alternative to one entry of a plan, measured, the most alike and the best first.

    `only_alike` leaves out what shares neither family nor pattern nor a primary muscle with the entry's exercise; where
    nothing shares any of these, nothing is left out.

    For the `repairs` first of those that break rules, the nearest week is looked for that has the swap with these sets
    and keeps every rule, as far as the budget goes; they share its deterministic seconds evenly and run at the same
    time on its workers. `on_progress` is told how many alternatives are measured, and of how many. When `is_cancelled`
    turns true, the answer holds what was measured by then.

    Raises NoSuchEntryError when the plan has no such entry.
    """
    stop, watch = is_cancelled or (lambda: False), Watch(budget)
    before = MeasuredWeek(problem, plan)
    entry = next((e for e in session_in(plan, slot).entries if e.exercise == exercise), None)
    if entry is None:
        known = ", ".join(e.exercise for e in session_in(plan, slot).entries)
        raise NoSuchEntryError(f"there is no {exercise} in '{slot}'; there are {known}")
    possible, old = list(candidates(problem, plan, slot)), problem.exercise_by_id[exercise]
    alike = [candidate for candidate in possible if likeness(old, candidate) in LIKE] if only_alike else possible
    wanted, found = alike or possible, []
    for number, candidate in enumerate(wanted):
        if stop():
            break
        found.append(best_swap(before, slot, exercise, candidate))
        if on_progress is not None:
            on_progress(number + 1, len(wanted))
    found.sort(key=_rank)
    broken = [swap for swap in found if swap.broken][:repairs]
    mended = _mended(problem, slot, exercise, broken, budget, watch, stop)
    return Swaps(
        WeekEntry(slot, exercise, entry.sets),
        before,
        tuple(mended.get(swap.exercise, swap) for swap in found),
        left_out=len(possible) - len(wanted),
        complete=len(found) == len(wanted) and len(mended) == len(broken),
        stats=summed([s.repair.stats for s in mended.values() if s.repair is not None], budget, watch.seconds),
    )


def _rank(swap: Swap) -> tuple[bool, int, int, tuple[float, ...], str]:
    """Smaller is better."""
    alike, worth = LIKENESSES.index(swap.likeness), tuple(-value for value in swap.week.worth)
    return bool(swap.broken), alike, len(swap.broken), worth, swap.exercise


def _mended(
    problem: Problem,
    slot: str,
    old: str,
    broken: Sequence[Swap],
    budget: SolveBudget,
    watch: Watch,
    stop: Callable[[], bool],
) -> dict[str, Swap]:
    """The swaps with what else would have to change, by exercise; those that there was no time for are missing."""
    if not broken:
        return {}
    share = granted(budget) * min(1.0, budget.workers / len(broken))

    def mend(swap: Swap) -> RepairOutcome | None:
        if watch.left_seconds <= 0 or stop():
            return None
        own = replace(budget, workers=1, time_limit_seconds=watch.left_seconds, deterministic_seconds=share)
        return _repaired(problem, slot, old, swap, own, stop)

    with ThreadPoolExecutor(min(budget.workers, len(broken))) as pool:
        outcomes = pool.map(mend, broken)
    return {
        swap.exercise: replace(swap, repair=outcome)
        for swap, outcome in zip(broken, outcomes, strict=True)
        if outcome is not None
    }


def _repaired(
    problem: Problem, slot: str, old: str, swap: Swap, budget: SolveBudget, is_cancelled: Callable[[], bool]
) -> RepairOutcome:
    """The nearest week to the swapped one that keeps every rule and the swap."""
    pins = (PinnedEntry(slot, swap.exercise, swap.sets), PinnedEntry(slot, old, 0))
    pinned = replace(problem, pinned_entries=(*problem.pinned_entries, *pins))
    return repair(pinned, entries_of(swap.week.plan), budget, is_cancelled=is_cancelled)


__all__ = ["NoSuchEntryError", "RuleEffect", "Swap", "Swaps", "best_swap", "swapped", "swaps"]
