"""How a session is walked through: entries are numbered, those of a superset are called A1 and A2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.terminal.words import rest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.plans.schemas.response import EntryResponse


@dataclass(frozen=True)
class Step:
    """An entry with its mark (`3`, `A1`) and what follows each of its sets (`90 s`, `to A2`)."""

    mark: str
    entry: EntryResponse
    rest: str


def steps(entries: Sequence[EntryResponse]) -> Iterator[Step]:
    """The entries in order. After both sets of a round comes the longer of the two rests: the shorter one is saved."""
    for position, entry in enumerate(entries, start=1):
        pair = [other for other in entries if other.superset is not None and other.superset == entry.superset]
        if len(pair) != 2:
            yield Step(str(position), entry, rest(entry.rest_seconds))
        elif entry is pair[0]:
            yield Step(f"{entry.superset}1", entry, f"to {entry.superset}2")
        else:
            yield Step(f"{entry.superset}2", entry, rest(max(one.rest_seconds for one in pair)))
