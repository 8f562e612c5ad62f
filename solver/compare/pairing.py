"""Which session of one week answers to which of another, where their slots are not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.matching import best_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.plan import Session
    from solver.domain.problem import Slot

_SHARED, _SAME_DAY = 2, 1
"""What speaks for a pair: an exercise in both sessions more than the same day."""


def paired_slots(
    before: Mapping[str, Slot], after: Mapping[str, Slot], old: tuple[Session, ...], new: tuple[Session, ...]
) -> dict[str, str]:
    """Slot of each session in `new` -> the slot in `before` that it is taken for.

    A slot of the same name is the same slot, wherever it lies. Sessions left over on both sides are paired so that
    most exercises stay where they are, then by day; a session with no exercise and no day in common stays alone and is
    missing from the answer.
    """
    pairs = {session.slot: session.slot for session in new if session.slot in before}
    rest_old = [session for session in old if session.slot not in pairs]
    rest_new = [session for session in new if session.slot not in pairs]
    savings = [[_likeness(before[a.slot], after[b.slot], a, b) for b in rest_new] for a in rest_old]
    return pairs | {rest_new[column].slot: rest_old[row].slot for row, column in best_pairs(savings)}


def _likeness(slot: Slot, other: Slot, session: Session, candidate: Session) -> int:
    shared = {e.exercise for e in session.entries} & {e.exercise for e in candidate.entries}
    return _SHARED * len(shared) + _SAME_DAY * (slot.day == other.day)
