"""The answer: a week of sessions, each an ordered list of entries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """`sets` sets of `exercise`, done with one of its equipment alternatives.

    Entries that share a `superset` label are done in alternation.
    """

    exercise: str
    sets: int
    equipment: tuple[str, ...]
    superset: str | None = None


@dataclass(frozen=True)
class Session:
    """What is done in one slot, in order."""

    slot: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Plan:
    """The sessions of a week in time order; unused slots do not appear."""

    sessions: tuple[Session, ...]
