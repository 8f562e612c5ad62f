"""`block.stability`: every difference from week to week is told, with a reason that is true."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from solver.blocks.verifier.cycle import percent, unloads
from solver.domain.outcome import Violation
from solver.verifier.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.blocks.domain import BlockChange, BlockProblem, BlockWeek
    from solver.domain.outcome import CertificateLine
    from solver.domain.plan import Plan

RULE = "block.stability"


def check(block: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """No slack. Measured: per week, the entries that stay in their session with whatever sets, of those it has."""
    measured: dict[str, int | float | str] = {}
    unproven = 0
    for before, after in pairwise(planned):
        old, new = _sets(before.solved.plan), _sets(after.solved.plan)
        measured[f"week {after.number}"] = f"{len(old.keys() & new.keys())} of {len(new)}"
        unproven += sum(change.cause == "unproven" for change in after.changes)
    return line(
        RULE,
        "entries kept by week: " + ", ".join(map(str, measured.values())),
        measured={**measured, "unproven": unproven},
        limit={"without_reason": 0},
        violations=[found for pair in pairwise(planned) for found in _untold(block, *pair)],
        notes=[_not_proven(unproven)] if unproven else [],
    )


def _not_proven(number: int) -> str:
    return f"{number} {'change is' if number == 1 else 'changes are'} not proven to be needed."


def _sets(plan: Plan) -> dict[tuple[str, str], int]:
    return {(session.slot, entry.exercise): entry.sets for session in plan.sessions for entry in session.entries}


def _untold(block: BlockProblem, before: BlockWeek, after: BlockWeek) -> Iterator[Violation]:
    subject = f"week {after.number}"
    old, new = _sets(before.solved.plan), _sets(after.solved.plan)
    told_old = {(c.change.before.slot, c.change.before.exercise) for c in after.changes if c.change.before is not None}
    told_new = {(c.change.after.slot, c.change.after.exercise) for c in after.changes if c.change.after is not None}
    for slot, exercise in sorted(old.keys() | new.keys()):
        pair = slot, exercise
        if old.get(pair) == new.get(pair):
            continue
        if (pair in old and pair not in told_old) or (pair in new and pair not in told_new):
            statement = f"Week {after.number}: {exercise} in '{slot}' changes, and nothing says why."
            yield Violation(RULE, subject, statement)
    for change in after.changes:
        if not change.statement or not _true(block, change, before, after):
            what = change.change.after or change.change.before
            name = what.exercise if what is not None else change.change.slot
            statement = f"Week {after.number}: the reason '{change.cause}' for {name} does not hold."
            yield Violation(RULE, subject, statement)


def _true(block: BlockProblem, change: BlockChange, before: BlockWeek, after: BlockWeek) -> bool:
    """Whether the week bears out what a change is said to be for."""
    cycle = block.mesocycle
    match change.cause:
        case "stage":
            return before.problem.athlete.stages != after.problem.athlete.stages
        case "deload":
            return unloads(cycle, after.number)
        case "after_deload":
            return unloads(cycle, before.number)
        case "ramp":
            return percent(cycle, before.number) != percent(cycle, after.number)
        case "rule":
            return change.rule is not None and change.score_without is None
        case "score":
            return change.score_without is not None and change.score_without < after.solved.score.value
        case "order":
            return change.change.kind == "order"
        case "minima" | "limit" | "near" | "unproven":
            return change.score_without is not None and _left_over(change, after)


def _left_over(change: BlockChange, after: BlockWeek) -> bool:
    """Whether a change that no rule, phase or score asks for may be told with its cause."""
    if change.cause == "limit":
        return _passes_limit(change, after)
    return change.cause != "unproven" or not after.nearness.proven


def _passes_limit(change: BlockChange, after: BlockWeek) -> bool:
    """Whether without the change the week would have too many hard sets, or less of a ladder."""
    by_id, sets = after.problem.exercise_by_id, 0
    for session in after.solved.plan.sessions:
        sets += sum(e.sets for e in session.entries if by_id[e.exercise].counts_as_hard_set)
    undone = [(change.change.before, 1), (change.change.after, -1)]
    entries = [(entry, sign) for entry, sign in undone if entry is not None]
    sets += sum(sign * entry.sets for entry, sign in entries if by_id[entry.exercise].counts_as_hard_set)
    if after.most_hard_sets is not None and sets > after.most_hard_sets:
        return True
    return not entries or any(by_id[entry.exercise].ladder is not None for entry, _ in entries)
