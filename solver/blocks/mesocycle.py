"""From the asked-for week to the numbers of each week of a mesocycle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.blocks.domain import Mesocycle
    from solver.domain.problem import MuscleGoal


def is_deload(cycle: Mesocycle, number: int) -> bool:
    """Whether week `number` unloads."""
    return cycle.deload_percent is not None and number % (cycle.loading_weeks + 1) == 0


def cycle_weeks(cycle: Mesocycle) -> int:
    """Weeks from one start of the ramp to the next."""
    return cycle.loading_weeks + (cycle.deload_percent is not None)


def percent_of(cycle: Mesocycle, number: int) -> int:
    """What week `number` is after, in percent of each target."""
    if is_deload(cycle, number):
        assert cycle.deload_percent is not None
        return cycle.deload_percent
    step, steps = (number - 1) % cycle_weeks(cycle), cycle.loading_weeks - 1
    if not steps:
        return cycle.peak_percent
    return cycle.start_percent + round_half_up((cycle.peak_percent - cycle.start_percent) * step, steps)


def scaled(goal: MuscleGoal, percent: int) -> MuscleGoal:
    """A muscle's numbers at a percentage: never above its own maximum, and a minimum that is required stays.

    Below 100 % minimum and maximum shrink with the target, rounded up; above it only the target grows.
    """
    less = min(percent, 100)
    minimum = goal.weekly_min_sets if goal.required else _up(goal.weekly_min_sets * less, 100)
    target = min(goal.weekly_max_sets, max(minimum, round_half_up(goal.weekly_target_sets * percent, 100)))
    return replace(
        goal,
        weekly_min_sets=minimum,
        weekly_target_sets=target,
        weekly_max_sets=max(target, min(goal.weekly_max_sets, _up(goal.weekly_max_sets * less, 100))),
    )


def round_half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
