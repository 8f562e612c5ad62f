"""The change from one week to another: typed changes with weights, whose sum is the distance between the weeks.

What stands in the same slot before and after is kept, with its sets or with others. The rest is paired so that the
distance is smallest: an entry that goes and one that comes in the same slot are a swap, the same exercise in another
slot is a move; what stays alone was dropped or added. Another order of what is kept in a session weighs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, assert_never

from solver.domain.likeness import Likeness, likeness
from solver.domain.matching import best_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from catalog.schema import Exercise
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

ChangeKind = Literal["drop", "sets", "swap", "move", "add", "open", "close", "order"]

DROP = 20
SETS = 21
"""And 1 for every set of difference, up to SETS_STEPS."""
SETS_STEPS = 3
SWAP: Mapping[Likeness, int] = {"family": 26, "pattern": 29, "muscle": 33, "unlike": 38}
MOVE = 39
"""And, as for changed sets, 1 for every set of difference. Dearer than a swap, which changes one session where a move
changes two; cheaper than an addition, because the athlete knows the exercise and the week gets no longer."""
ADD = 40
SESSION = 30
"""For a session that is given up or opened, beside what its entries count. Less than a move or an addition: undoing a
single change then always comes nearer, even where it empties a session."""
# No change weighs more than twice another, so that the number of changes stays what counts first.


@dataclass(frozen=True, order=True)
class WeekEntry:
    """`sets` sets of `exercise` in `slot`."""

    slot: str
    exercise: str
    sets: int


@dataclass(frozen=True)
class Change:
    """One change. `before` is None for what comes new, `after` for what goes; both are for a change of a whole session.

    `slot` is where it happens: for a move, where the entry comes from. `weight` is its part of the distance.
    """

    kind: ChangeKind
    slot: str
    weight: int
    before: WeekEntry | None = None
    after: WeekEntry | None = None


def entries_of(plan: Plan) -> tuple[WeekEntry, ...]:
    """The entries of a plan, in its order."""
    return tuple(WeekEntry(s.slot, e.exercise, e.sets) for s in plan.sessions for e in s.entries)


def merged(entries: Iterable[WeekEntry]) -> tuple[WeekEntry, ...]:
    """The entries with those of one exercise in one slot put together: two lines of it are the same work as one."""
    sets: dict[tuple[str, str], int] = {}
    for entry in entries:
        sets[entry.slot, entry.exercise] = sets.get((entry.slot, entry.exercise), 0) + entry.sets
    return tuple(WeekEntry(slot, exercise, number) for (slot, exercise), number in sets.items())


def set_steps(before: int, after: int) -> int:
    """What a difference in sets adds to the weight of a kept or moved entry."""
    return min(abs(after - before), SETS_STEPS)


def kept_weight(before: int, after: int) -> int:
    """The weight of keeping an entry with other sets; 0 with the same."""
    return 0 if before == after else SETS + set_steps(before, after)


def pair_saving(old: Exercise, new: Exercise) -> int:
    """What a swap saves against dropping the one and adding the other; 0 where the one is no stand-in."""
    like = likeness(old, new)
    return 0 if like is None else DROP + ADD - SWAP[like]


def move_saving(before: int, after: int) -> int:
    """What a move with these sets saves against dropping here and adding there."""
    return DROP + ADD - MOVE - set_steps(before, after)


def difference(problem: Problem, before: Iterable[WeekEntry], after: Iterable[WeekEntry]) -> tuple[Change, ...]:
    """The cheapest set of changes that makes the week `after` out of the week `before`, in the order of the slots.

    Every exercise must be in the problem and every slot offered (KeyError). Entries of one exercise in one slot count
    as one.
    """
    old = {(e.slot, e.exercise): e for e in merged(before)}
    new = {(e.slot, e.exercise): e for e in merged(after)}
    changes = [
        Change("sets", entry.slot, kept_weight(entry.sets, new[pair].sets), entry, new[pair])
        for pair, entry in old.items()
        if pair in new and new[pair].sets != entry.sets
    ]
    gone = [entry for pair, entry in old.items() if pair not in new]
    come = [entry for pair, entry in new.items() if pair not in old]
    changes += _paired(problem, gone, come)
    used_before, used_after = {slot for slot, _ in old}, {slot for slot, _ in new}
    changes += [Change("close", slot, SESSION) for slot in used_before - used_after]
    changes += [Change("open", slot, SESSION) for slot in used_after - used_before]
    changes += [Change("order", slot, 0) for slot in used_before & used_after if _reordered(old, new, slot)]
    order = {slot.id: number for number, slot in enumerate(problem.slots)}
    return tuple(sorted(changes, key=lambda c: (order[c.slot], _place(c.kind), c.before or c.after or _NO_ENTRY)))


def distance(changes: Iterable[Change]) -> int:
    """The distance between two weeks: the weights of all changes together."""
    return sum(change.weight for change in changes)


_NO_ENTRY = WeekEntry("", "", 0)
_KINDS: tuple[ChangeKind, ...] = ("close", "open", "order", "sets", "swap", "move", "drop", "add")
_FINER = 1000
"""Among pairings of the same weight, the one with sets that differ less; one unit of weight beats any of these."""


def _reordered(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]], slot: str) -> bool:
    """Whether what is kept in a slot comes in another order."""
    before, after = list(old), list(new)
    return [p for p in before if p[0] == slot and p in after] != [p for p in after if p[0] == slot and p in before]


def _place(kind: ChangeKind) -> int:
    return _KINDS.index(kind)


def _paired(problem: Problem, gone: Sequence[WeekEntry], come: Sequence[WeekEntry]) -> list[Change]:
    """Swaps, moves, drops and additions between what goes and what comes, at the least weight together."""
    saved = [[_saving(problem, old, new) for new in come] for old in gone]
    finer = [
        [_FINER * value - set_steps(old.sets, new.sets) if value else 0 for new, value in zip(come, row, strict=True)]
        for old, row in zip(gone, saved, strict=True)
    ]
    pairs = best_pairs(finer)
    changes = []
    for row, column in pairs:
        old, new = gone[row], come[column]
        kind: ChangeKind = "swap" if old.slot == new.slot else "move"
        changes.append(Change(kind, old.slot, DROP + ADD - saved[row][column], old, new))
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    changes += [Change("drop", old.slot, DROP, before=old) for row, old in enumerate(gone) if row not in rows]
    changes += [Change("add", new.slot, ADD, after=new) for col, new in enumerate(come) if col not in columns]
    return changes


def _saving(problem: Problem, old: WeekEntry, new: WeekEntry) -> int:
    if old.slot == new.slot:
        return pair_saving(problem.exercise_by_id[old.exercise], problem.exercise_by_id[new.exercise])
    return move_saving(old.sets, new.sets) if old.exercise == new.exercise else 0


def undone(change: Change, week: Iterable[WeekEntry], changes: Iterable[Change]) -> tuple[WeekEntry, ...]:
    """The week without this one of its changes: what went is back, what came is gone, sets are as they were.

    A session that was given up or opened is undone with everything that went from it or came to it. An order is no
    matter of which entries there are: undoing it leaves them as they are.
    """
    standing = {(e.slot, e.exercise): e for e in week}
    match change.kind:
        case "drop" | "sets" | "swap" | "move" | "add":
            reverted = [change]
        case "close":
            reverted = [c for c in changes if c.before is not None and c.before.slot == change.slot]
        case "open":
            reverted = [c for c in changes if c.after is not None and c.after.slot == change.slot]
        case "order":
            reverted = []
        case _:
            assert_never(change.kind)
    for one in reverted:
        if one.after is not None:
            del standing[one.after.slot, one.after.exercise]
        if one.before is not None:
            standing[one.before.slot, one.before.exercise] = one.before
    return tuple(standing.values())
