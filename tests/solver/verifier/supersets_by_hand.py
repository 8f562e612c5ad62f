"""Every way of pairing the entries of a session, whether it makes sense or not."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.plan import Entry, Session
    from solver.domain.problem import Problem


def matchings(problem: Problem, session: Session) -> Iterator[Session]:
    """The session with each set of pairs, these done in every way that the place has; a pair stands where the earlier
    of its entries stood."""
    place = problem.slot_by_id[session.slot].place
    for entries in _paired(session.entries, "A"):
        ways = [
            [e.equipment]
            if e.superset is None
            else [items for items in problem.exercise_by_id[e.exercise].equipment if place.equipment >= set(items)]
            for e in entries
        ]
        for items in product(*ways):
            done = (replace(e, equipment=way) for e, way in zip(entries, items, strict=True))
            yield replace(session, entries=tuple(done))


def _paired(entries: tuple[Entry, ...], label: str) -> Iterator[tuple[Entry, ...]]:
    if not entries:
        yield ()
        return
    first, *others = entries
    for rest in _paired(tuple(others), label):
        yield (first, *rest)
    for index, partner in enumerate(others):
        pair = replace(first, superset=label), replace(partner, superset=label)
        left = (*others[:index], *others[index + 1 :])
        for rest in _paired(tuple(left), chr(ord(label) + 1)):
            yield (*pair, *rest)
