"""One plain sentence for each change: what becomes of what, and because of which numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from solver.domain.change import Change, WeekEntry
    from solver.domain.problem import Problem
    from solver.repair.outcome import Reason, ReasonedChange

REASONS_SHOWN = 2


def sentence(problem: Problem, reasoned: ReasonedChange) -> str:
    """The change in words, the slot by its id, with up to two of its reasons.

    Like "tue: Barbell shrug, 4 sets -> Prone Y raise, 3 sets, because the week has 0 direct lower-trapezius sets ...".
    """
    said = change_in_words(problem, reasoned.change)
    reasons = because(problem, reasoned)
    if not reasons:
        return f"{said}; no rule needs this, a nearer week may exist."
    return f"{said}, because {reasons}."


def because(problem: Problem, reasoned: ReasonedChange) -> str:
    """Up to two of the reasons of a change, inside a sentence; empty when it has none."""
    mended = [reason for reason in reasoned.reasons if reason.mended]
    reasons = (mended or list(reasoned.reasons))[:REASONS_SHOWN]
    return "; ".join(_because(problem, reason) for reason in reasons)


def change_in_words(problem: Problem, change: Change) -> str:
    """The change without its reasons, like "tue: Barbell shrug, 4 sets -> Prone Y raise, 3 sets"."""
    before, after = _entry(problem, change.before), _entry(problem, change.after)
    match change.kind:
        case "drop":
            said = f"drop {before}"
        case "add":
            said = f"add {after}"
        case "sets":
            said = f"{before} -> {_sets(change.after)}"
        case "swap":
            said = f"{before} -> {after}"
        case "move":
            to = "" if change.after is None else change.after.slot
            said = f"{before} -> {to}: {after}"
        case "open":
            said = "train here too"
        case "close":
            said = "no session"
        case "order":
            said = "another order"
        case _:
            assert_never(change.kind)
    return f"{change.slot}: {said}"


def _entry(problem: Problem, entry: WeekEntry | None) -> str:
    if entry is None:
        return ""
    return f"{problem.exercise_by_id[entry.exercise].name}, {_sets(entry)}"


def _sets(entry: WeekEntry | None) -> str:
    number = 0 if entry is None else entry.sets
    return f"{number} set{'' if number == 1 else 's'}"


def _because(problem: Problem, reason: Reason) -> str:
    """The statement inside a sentence; names of exercises keep their capital."""
    told = reason.statement.rstrip(".")
    if not any(told.startswith(exercise.name) for exercise in problem.exercises):
        told = told[0].lower() + told[1:]
    return told if reason.mended else f"otherwise {told}"
