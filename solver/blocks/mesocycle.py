"""From the asked-for week to the numbers of each week of a mesocycle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.objective.stimulus import EIGHTHS_PER_SET, weekly_target_eighths

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

    Below 100 % minimum and maximum shrink with the target, rounded up to whole sets; above it only the target grows.
    The target is taken to the nearest eighth of a set: in whole sets, 105 % of most targets would be the target.
    """
    less = min(percent, 100)
    minimum = goal.weekly_min_sets if goal.required else _up(goal.weekly_min_sets * less, 100)
    least, most = minimum * EIGHTHS_PER_SET, goal.weekly_max_sets * EIGHTHS_PER_SET
    target = min(most, max(least, round_half_up(weekly_target_eighths(goal) * percent, 100)))
    return replace(
        goal,
        weekly_min_sets=minimum,
        weekly_target_sets=round_half_up(target, EIGHTHS_PER_SET),
        weekly_target_eighths=target if target % EIGHTHS_PER_SET else None,
        weekly_max_sets=max(
            _up(target, EIGHTHS_PER_SET), min(goal.weekly_max_sets, _up(goal.weekly_max_sets * less, 100))
        ),
    )


def round_half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
