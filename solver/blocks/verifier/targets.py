"""`block.targets`: each week's numbers follow the cycle, and no muscle passes its own maximum."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from solver.blocks.verifier.cycle import expected, percent, target_of, to_eighths
from solver.blocks.verifier.timeline import timeline
from solver.domain.outcome import Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import words
from solver.verifier.lines import in_sets, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.blocks.domain import BlockProblem, BlockWeek
    from solver.domain.outcome import CertificateLine
    from solver.domain.problem import MuscleGoal

RULE = "block.targets"


def check(block: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """Slack: sets left below its own maximum for the muscle and week nearest to it.

    Measured: the targets that each week was really planned for, added up over the muscles that are pursued, in percent
    of their full targets. Limit: what the cycle asks.
    """
    percents = [percent(block.mesocycle, week.number) for week in planned]
    sums = [_summed(block, week) for week in planned]
    doses = list(_doses(block, planned))
    over = [
        Violation(
            RULE,
            muscle,
            f"{words(muscle).capitalize()}: {counted(in_sets(got), 'set')} in week {number}, at most {most}.",
        )
        for number, muscle, got, most in doses
        if in_sets(got) > most
    ]
    return line(
        RULE,
        f"targets add up to {', '.join(f'{got:g}' for got in sums)} % of the full ones, "
        f"{', '.join(map(str, percents))} % asked; no muscle above its weekly maximum",
        measured={f"week {week.number}": got for week, got in zip(planned, sums, strict=True)},
        limit={f"week {week.number}": number for week, number in zip(planned, percents, strict=True)},
        slack=min((most - in_sets(got) for _, _, got, most in doses), default=None),
        violations=[*_off_the_line(block, planned, percents), *over],
        notes=list(_bent(block, planned, percents)),
    )


def _pursued(goals: Sequence[MuscleGoal]) -> list[MuscleGoal]:
    return [goal for goal in goals if goal.priority]


def _summed(block: BlockProblem, week: BlockWeek) -> float:
    """Percent, to a tenth; 100 where no muscle is pursued."""
    full = sum(map(target_of, _pursued(block.week.muscles)), Fraction())
    now = sum(map(target_of, _pursued(week.problem.muscles)), Fraction())
    return round(float(100 * now / full), 1) if full else 100.0


def _bent(block: BlockProblem, planned: Sequence[BlockWeek], percents: Sequence[int]) -> Iterator[str]:
    """Where a muscle's minimum or maximum keeps its target from the percentage of the week."""
    for week, due in zip(planned, percents, strict=True):
        wanted = {own.muscle: to_eighths(target_of(own) * Fraction(due, 100)) for own in _pursued(block.week.muscles)}
        got = {goal.muscle: target_of(goal) for goal in week.problem.muscles}
        for bound, side in (
            ("minimum", [words(muscle) for muscle, sets in wanted.items() if got[muscle] > sets]),
            ("maximum", [words(muscle) for muscle, sets in wanted.items() if got[muscle] < sets]),
        ):
            if side:
                where = "above" if bound == "minimum" else "below"
                yield f"Week {week.number}: targets {where} {due} %, by the weekly {bound}: {', '.join(side)}."


def _doses(block: BlockProblem, planned: Sequence[BlockWeek]) -> Iterator[tuple[int, str, int, int]]:
    """Week, muscle, its quarter sets in the week and its own maximum."""
    sessions = timeline(planned)
    for week in planned:
        for goal in block.week.muscles:
            got = sum(session.quarters.get(goal.muscle, 0) for session in sessions if session.week == week.number)
            yield week.number, goal.muscle, got, goal.weekly_max_sets


def _off_the_line(block: BlockProblem, planned: Sequence[BlockWeek], percents: Sequence[int]) -> Iterator[Violation]:
    for week, due in zip(planned, percents, strict=True):
        if week.percent != due:
            statement = f"Week {week.number} is told to be at {week.percent} %, the cycle has it at {due} %."
            yield Violation(RULE, f"week {week.number}", statement)
        for goal, own in zip(week.problem.muscles, block.week.muscles, strict=True):
            numbers = goal.weekly_min_sets, target_of(goal), goal.weekly_max_sets
            if numbers != expected(own, due) or _beside_the_numbers(goal) != _beside_the_numbers(own):
                statement = (
                    f"{words(own.muscle).capitalize()} in week {week.number} has other numbers than {due} % gives."
                )
                yield Violation(RULE, own.muscle, statement)


def _beside_the_numbers(goal: MuscleGoal) -> MuscleGoal:
    """What no week of a block changes of a muscle."""
    return replace(goal, weekly_min_sets=0, weekly_target_sets=0, weekly_max_sets=0, weekly_target_eighths=None)
