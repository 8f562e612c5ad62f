"""A change of a week in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from solver.domain.phrases import counted

if TYPE_CHECKING:
    from solver.domain.change import Change, WeekEntry
    from solver.domain.problem import Problem


def change_in_words(problem: Problem, change: Change) -> str:
    """What becomes of what, the slot by its id: `tue: Barbell shrug, 4 sets -> Prone Y raise, 3 sets`."""
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
    return counted(0 if entry is None else entry.sets, "set")
