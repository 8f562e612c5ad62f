"""`block.unloading`: a week of unloading holds clearly less than the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.blocks.verifier.cycle import unloads
from solver.blocks.verifier.timeline import timeline
from solver.domain.outcome import Violation
from solver.domain.phrases import counted
from solver.domain.plan import Plan
from solver.verifier import verify
from solver.verifier.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.blocks.domain import BlockProblem, BlockWeek
    from solver.domain.outcome import CertificateLine
    from solver.domain.plan import Entry, Session

RULE = "block.unloading"


def check(block: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """Slack: hard sets below the limit in the week of unloading nearest to it. Measured: each week's hard sets.

    The limit is the cycle's share of the week before. A week may be told to hold the fewest that the rules leave, where
    that is more: then it holds no more than those, and if that is told as proven, nothing can be taken from it alone.
    """
    sets = {week.number: 0 for week in planned}
    for session in timeline(planned):
        sets[session.week] += sum(number for exercise, number in session.entries if exercise.counts_as_hard_set)
    unloading = [week for week in planned if unloads(block.mesocycle, week.number) and week.number > 1]
    asked = {week.number: sets[week.number - 1] * (block.mesocycle.deload_percent or 100) // 100 for week in unloading}
    limits = {week.number: max(asked[week.number], week.most_hard_sets or 0) for week in unloading}
    told = "; ".join(f"week {n}: {sets[n]} <= {most} after {sets[n - 1]}" for n, most in limits.items())
    more = [week for week in unloading if sets[week.number] > asked[week.number]]
    return line(
        RULE,
        f"hard sets of {told}" if told else "no week unloads",
        measured={f"week {number}": got for number, got in sets.items()},
        limit={f"week {number}": most for number, most in limits.items()},
        slack=min((most - sets[n] for n, most in limits.items()), default=None),
        violations=[
            *_too_many(sets, limits),
            *(found for week in more if week.fewest_proven for found in _not_the_fewest(week)),
            *_mislabelled(block, planned),
        ],
        notes=[_note(week, asked[week.number], sets[week.number]) for week in more],
    )


def _note(week: BlockWeek, asked: int, got: int) -> str:
    if week.fewest_proven:
        return f"Week {week.number}: the rules leave no week of {counted(asked, 'hard set')} or fewer, so it has {got}."
    return f"Week {week.number}: no week of {counted(asked, 'hard set')} or fewer was found in time, so it has {got}."


def _too_many(sets: dict[int, int], limits: dict[int, int]) -> Iterator[Violation]:
    for number, most in limits.items():
        if sets[number] > most:
            statement = f"Week {number} unloads, but has {counted(sets[number], 'hard set')}; at most {most} may be."
            yield Violation(RULE, f"week {number}", statement)


def _not_the_fewest(week: BlockWeek) -> Iterator[Violation]:
    """Sets that a week with the fewest hard sets could do without: it then was none."""
    for session in week.solved.plan.sessions:
        for entry in session.entries:
            exercise = week.problem.exercise_by_id[entry.exercise]
            less = (_with_sets(week.solved.plan, session, entry, sets) for sets in (entry.sets - 1, 0))
            if exercise.counts_as_hard_set and not all(verify(week.problem, plan) for plan in less):
                statement = (
                    f"Week {week.number} is told to have the fewest hard sets, but could do with less of "
                    f"{exercise.name} in '{session.slot}'."
                )
                yield Violation(RULE, f"week {week.number}", statement)


def _with_sets(plan: Plan, session: Session, entry: Entry, sets: int) -> Plan:
    """The week with so many sets of one entry; with none, its superset ends too."""
    kept = []
    for other in session.entries:
        if other is entry:
            kept += [replace(entry, sets=sets)] if sets else []
        else:
            ends = not sets and other.superset is not None and other.superset == entry.superset
            kept.append(replace(other, superset=None) if ends else other)
    left = (replace(session, entries=tuple(kept)),) if kept else ()
    return Plan(tuple(one for s in plan.sessions for one in (left if s is session else (s,))))


def _mislabelled(block: BlockProblem, planned: Sequence[BlockWeek]) -> Iterator[Violation]:
    for week in planned:
        if week.deload is not unloads(block.mesocycle, week.number):
            said = "is told to unload" if week.deload else "is not told to unload"
            yield Violation(RULE, f"week {week.number}", f"Week {week.number} {said}, against the cycle.")
