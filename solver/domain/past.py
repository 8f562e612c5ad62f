"""What was done counts: the sessions that are history, and how much of each limit they have used up.

A limit that history alone exceeds cannot be kept any more. It stays a limit for what is still open: nothing may be
added to it. So a limit of `most` becomes `max(most, what was done)`, and pairs of sessions that are
both history are not judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.plan import Entry, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from catalog.schema import Exercise
    from solver.domain.problem import Problem, Slot


def exercises_done(problem: Problem, slot: Slot) -> tuple[tuple[Exercise, int], ...]:
    """Every exercise of the session that is history in the slot, with its sets; empty for an open slot."""
    session = problem.done.get(slot.id)
    entries = () if session is None else session.entries
    return tuple((problem.exercise_by_id[entry.exercise], entry.sets) for entry in entries if entry.sets)


def volume_done(problem: Problem, muscle: str, slots: Iterable[Slot]) -> int:
    """Quarter sets of training volume that the muscle has had in these slots."""
    return sum(
        sets * exercise.volume_quarters.get(muscle, 0)
        for slot in slots
        for exercise, sets in exercises_done(problem, slot)
    )


def sessions_done(
    problem: Problem, wanted: Callable[[Exercise], bool] = lambda _: True, slots: Iterable[Slot] | None = None
) -> int:
    """How many sessions that are history, of these slots or of the week, hold a wanted exercise."""
    chosen = problem.slots if slots is None else slots
    return sum(any(wanted(e) for e, _ in exercises_done(problem, slot)) for slot in chosen)


def session_done(
    problem: Problem, slot: Slot, equipment: Callable[[Exercise, Slot], tuple[str, ...]]
) -> Session | None:
    """The slot's session as it was done, or None when it stayed unused. `equipment` where it is not known.

    Raises KeyError for a slot that is not history.
    """
    entries = tuple(
        Entry(
            entry.exercise,
            entry.sets,
            equipment(problem.exercise_by_id[entry.exercise], slot) if entry.equipment is None else entry.equipment,
            entry.superset,
        )
        for entry in problem.done[slot.id].entries
        if entry.sets
    )
    return Session(slot.id, entries) if entries else None
