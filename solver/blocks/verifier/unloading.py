"""`block.unloading`: a week of unloading holds clearly less than the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.blocks.verifier.cycle import unloads
from solver.blocks.verifier.timeline import timeline
from solver.domain.outcome import Violation
from solver.verifier.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.blocks.domain import BlockProblem, BlockWeek
    from solver.domain.outcome import CertificateLine

RULE = "block.unloading"


def check(block: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """Slack: hard sets below the limit in the week of unloading nearest to it. Measured: each week's hard sets."""
    sets = {week.number: 0 for week in planned}
    for session in timeline(planned):
        sets[session.week] += sum(number for exercise, number in session.entries if exercise.counts_as_hard_set)
    limits = {
        week.number: _limit(block, week, sets[week.number - 1])
        for week in planned
        if unloads(block.mesocycle, week.number) and week.number > 1
    }
    told = "; ".join(f"week {n}: {sets[n]} <= {most} after {sets[n - 1]}" for n, most in limits.items())
    return line(
        RULE,
        f"hard sets of {told}" if told else "no week unloads",
        measured={f"week {number}": got for number, got in sets.items()},
        limit={f"week {number}": most for number, most in limits.items()},
        slack=min((most - sets[n] for n, most in limits.items()), default=None),
        violations=[*_too_many(sets, limits), *_mislabelled(block, planned)],
        notes=_notes(block, planned, sets, limits),
    )


def _limit(block: BlockProblem, week: BlockWeek, before: int) -> int:
    """The asked-for share; where the planner found that rules leave no such week, less than before at least."""
    asked = before * (block.mesocycle.deload_percent or 100) // 100
    return asked if week.most_hard_sets == asked else before - 1


def _too_many(sets: dict[int, int], limits: dict[int, int]) -> Iterator[Violation]:
    for number, most in limits.items():
        if sets[number] > most:
            statement = f"Week {number} unloads, but has {sets[number]} hard sets; at most {most} are due."
            yield Violation(RULE, f"week {number}", statement)


def _mislabelled(block: BlockProblem, planned: Sequence[BlockWeek]) -> Iterator[Violation]:
    for week in planned:
        if week.deload is not unloads(block.mesocycle, week.number):
            said = "is told to unload" if week.deload else "is not told to unload"
            yield Violation(RULE, f"week {week.number}", f"Week {week.number} {said}, against the cycle.")


def _notes(
    block: BlockProblem, planned: Sequence[BlockWeek], sets: dict[int, int], limits: dict[int, int]
) -> Iterator[str]:
    for week in planned:
        if week.number in limits:
            asked = sets[week.number - 1] * (block.mesocycle.deload_percent or 100) // 100
            if week.most_hard_sets != asked:
                yield f"Week {week.number}: the rules leave no week of {asked} hard sets or fewer."
