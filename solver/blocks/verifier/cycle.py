"""Where a week stands in its cycle, by the verifier's own count."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.blocks.domain import Mesocycle
    from solver.domain.problem import MuscleGoal


def unloads(cycle: Mesocycle, number: int) -> bool:
    """Whether week `number` is one of unloading: the last of its cycle."""
    return cycle.deload_percent is not None and _place(cycle, number) == cycle.loading_weeks


def percent(cycle: Mesocycle, number: int) -> int:
    """What week `number` is after: on a straight line from start to peak, to whole percents."""
    if unloads(cycle, number):
        return cycle.deload_percent or 0
    if cycle.loading_weeks == 1:
        return cycle.peak_percent
    line = Fraction(_place(cycle, number), cycle.loading_weeks - 1)
    return floor(cycle.start_percent + line * (cycle.peak_percent - cycle.start_percent) + Fraction(1, 2))


def _place(cycle: Mesocycle, number: int) -> int:
    """0 for the first week of a cycle."""
    return (number - 1) % (cycle.loading_weeks if cycle.deload_percent is None else cycle.loading_weeks + 1)


def expected(goal: MuscleGoal, percent_of_target: int) -> tuple[int, Fraction, int]:
    """Minimum, target and maximum of a muscle in a week of so many percent, in sets; the target to an eighth."""
    share = Fraction(percent_of_target, 100)
    less = min(share, Fraction(1))
    minimum = goal.weekly_min_sets if goal.required else ceil(goal.weekly_min_sets * less)
    target = min(max(to_eighths(target_of(goal) * share), Fraction(minimum)), Fraction(goal.weekly_max_sets))
    return minimum, target, max(ceil(target), ceil(goal.weekly_max_sets * less))


def target_of(goal: MuscleGoal) -> Fraction:
    """The weekly target in sets."""
    eighths = goal.weekly_target_eighths
    return Fraction(goal.weekly_target_sets) if eighths is None else Fraction(eighths, 8)


def to_eighths(sets: Fraction) -> Fraction:
    """The nearest eighth of a set; the middle goes up."""
    return Fraction(floor(sets * 8 + Fraction(1, 2)), 8)
