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
    unloading = [week for week in planned if unloads(block.mesocycle, week.number) and week.number > 1]
    asked = {week.number: sets[week.number - 1] * (block.mesocycle.deload_percent or 100) // 100 for week in unloading}
    limits = {
        week.number: max(asked[week.number], min(week.most_hard_sets, sets[week.number - 1] - 1))
        for week in unloading
        if week.most_hard_sets is not None
    }
    told = "; ".join(f"week {n}: {sets[n]} <= {most} after {sets[n - 1]}" for n, most in limits.items())
    return line(
        RULE,
        f"hard sets of {told}" if told else "no week unloads",
        measured={f"week {number}": got for number, got in sets.items()},
        limit={f"week {number}": most for number, most in limits.items()},
        slack=min((most - sets[n] for n, most in limits.items()), default=None),
        violations=[*_too_many(sets, limits), *_mislabelled(block, planned)],
        notes=[
            f"Week {number}: the rules leave no week of {most} hard sets or fewer, so it has {sets[number]}."
            for number, most in asked.items()
            if limits.get(number) != most
        ],
    )


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
