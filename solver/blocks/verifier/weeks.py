"""`block.weeks`: each week by the rules of a week, and by the question that was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.outcome import Violation
from solver.domain.phrases import counted
from solver.domain.problem import MINUTES_PER_WEEK
from solver.verifier import verify
from solver.verifier.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.blocks.domain import BlockProblem, BlockWeek
    from solver.domain.outcome import CertificateLine

RULE = "block.weeks"


def check(block: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """No slack. Measured: weeks, and the rules broken in them."""
    broken = [
        Violation(RULE, f"week {week.number}", f"Week {week.number} breaks {found.rule}: {found.statement}")
        for week in planned
        for found in verify(week.problem, week.solved.plan)
    ]
    return line(
        RULE,
        f"{len(planned)} of {counted(block.weeks, 'week')}, {counted(len(broken), 'rule')} broken in them",
        measured={"weeks": len(planned), "broken": len(broken)},
        limit={"weeks": block.weeks, "broken": 0},
        violations=[*broken, *_numbering(block, planned), *_questions(block, planned)],
    )


def _numbering(block: BlockProblem, planned: Sequence[BlockWeek]) -> Iterator[Violation]:
    numbers = [week.number for week in planned]
    if numbers != list(range(1, block.weeks + 1)):
        yield Violation(RULE, "", f"The weeks are numbered {numbers}, not 1 to {block.weeks}.")


def _questions(block: BlockProblem, planned: Sequence[BlockWeek]) -> Iterator[Violation]:
    """Only stages, targets and what went before differ from the week that was asked for."""
    asked = block.week
    before = sorted((past.start_minute, past.entries) for past in asked.preceding)
    for week in planned:
        question, subject = week.problem, f"week {week.number}"
        athlete = replace(question.athlete, stages=asked.athlete.stages, stated_stages=asked.athlete.stated_stages)
        if replace(question, athlete=athlete, muscles=asked.muscles, preceding=asked.preceding) != asked:
            yield Violation(RULE, subject, f"Week {week.number} answers another question than was asked.")
        if sorted((past.start_minute, past.entries) for past in question.preceding) != before:
            yield Violation(RULE, subject, f"Week {week.number} does not count with the sessions that went before it.")
        before = sorted(
            (
                question.slot_by_id[session.slot].start_minute - MINUTES_PER_WEEK,
                tuple((entry.exercise, entry.sets) for entry in session.entries),
            )
            for session in week.solved.plan.sessions
        )
