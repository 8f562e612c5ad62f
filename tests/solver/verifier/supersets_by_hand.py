"""Every way of pairing the entries of a session, whether it makes sense or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.plan import Entry, Session


def matchings(session: Session) -> Iterator[Session]:
    """The session with each set of pairs; a pair stands where the earlier of its entries stood."""
    for entries in _paired(session.entries, "A"):
        yield replace(session, entries=entries)


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
