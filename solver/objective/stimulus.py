"""How much training an exercise gives this athlete, and how much a muscle is after.

Counted in eighths of a set: weights are quarters, and what is too easy gives half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET, Exercise, Experience

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.plan import Plan
    from solver.domain.problem import MuscleGoal, Problem

EIGHTHS_PER_SET = 2 * QUARTERS_PER_SET
_LEVEL: Mapping[Experience, int] = {"beginner": 1, "intermediate": 2, "advanced": 3}
RAISED_PRIORITY = 3
"""From this priority on, a muscle is pursued half-way from its target to its maximum."""


def is_too_easy(exercise: Exercise, experience: Experience) -> bool:
    """True from the experience at which the exercise gives half its stimulus."""
    return exercise.too_easy_from is not None and _LEVEL[experience] >= _LEVEL[exercise.too_easy_from]


def stimulus_eighths(exercise: Exercise, experience: Experience) -> Mapping[str, int]:
    """Eighth sets of stimulus per set, per muscle."""
    factor = 1 if is_too_easy(exercise, experience) else 2
    return {muscle: factor * quarters for muscle, quarters in exercise.volume_quarters.items()}


def weekly_stimulus(problem: Problem, plan: Plan) -> dict[str, int]:
    """Eighth sets of stimulus each muscle gets from a plan."""
    total = {goal.muscle: 0 for goal in problem.muscles}
    for session in plan.sessions:
        for entry in session.entries:
            exercise = problem.exercise_by_id[entry.exercise]
            for muscle, eighths in stimulus_eighths(exercise, problem.athlete.experience).items():
                total[muscle] += eighths * entry.sets
    return total


def minimum_eighths(goal: MuscleGoal) -> int:
    """The weekly minimum that tier 1 is after; 0 for a muscle that is not pursued."""
    return goal.weekly_min_sets * EIGHTHS_PER_SET if goal.priority else 0


def weekly_target_eighths(goal: MuscleGoal) -> int:
    """The weekly target, whatever the priority."""
    finer = goal.weekly_target_eighths
    return goal.weekly_target_sets * EIGHTHS_PER_SET if finer is None else finer


def weekly_target(goal: MuscleGoal) -> int | float:
    """The same in sets: a whole number where it is one."""
    sets, rest = divmod(weekly_target_eighths(goal), EIGHTHS_PER_SET)
    return sets + rest / EIGHTHS_PER_SET if rest else sets


def target_eighths(goal: MuscleGoal) -> int:
    """What tier 2 is after: the target, or half-way on to the maximum for a muscle of the highest priority."""
    if not goal.priority:
        return 0
    if goal.priority >= RAISED_PRIORITY:
        return (weekly_target_eighths(goal) + goal.weekly_max_sets * EIGHTHS_PER_SET) // 2
    return weekly_target_eighths(goal)
