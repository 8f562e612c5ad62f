"""`block.targets`: each week's numbers follow the cycle, and no muscle passes its own maximum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.blocks.verifier.cycle import expected, percent
from solver.blocks.verifier.timeline import timeline
from solver.domain.outcome import Violation
from solver.verifier.eligibility import words
from solver.verifier.lines import in_sets, line, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.blocks.domain import BlockProblem, BlockWeek
    from solver.domain.outcome import CertificateLine

RULE = "block.targets"


def check(block: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """Slack: sets left below its own maximum for the muscle and week nearest to it."""
    percents = [percent(block.mesocycle, week.number) for week in planned]
    doses = list(_doses(block, planned))
    over = [
        Violation(
            RULE, muscle, f"{words(muscle).capitalize()}: {show(in_sets(got))} sets in week {number}, at most {most}."
        )
        for number, muscle, got, most in doses
        if in_sets(got) > most
    ]
    return line(
        RULE,
        f"targets at {', '.join(map(str, percents))} %, no muscle above its weekly maximum",
        measured={f"week {week.number}": week.percent for week in planned},
        limit={f"week {week.number}": number for week, number in zip(planned, percents, strict=True)},
        slack=min((most - in_sets(got) for _, _, got, most in doses), default=None),
        violations=[*_off_the_line(block, planned, percents), *over],
    )


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
            minimum, target, most = expected(own, due)
            asked = replace(own, weekly_min_sets=minimum, weekly_target_sets=target, weekly_max_sets=most)
            if goal != asked:
                statement = (
                    f"{words(own.muscle).capitalize()} in week {week.number} has other numbers than {due} % gives."
                )
                yield Violation(RULE, own.muscle, statement)
