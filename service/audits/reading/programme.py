"""A programme as it was read: sessions with entries, and everything that was not read, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.audits.names.matching import Candidate, Match
    from service.plans.schemas.request import Day


@dataclass(frozen=True)
class Source:
    """Where something stands: the line (1 is the first; None in JSON), a JSON Pointer into the request, the words."""

    line: int | None
    pointer: str
    text: str


@dataclass(frozen=True)
class Dose:
    """How much of an exercise: sets, repetitions of a set from-to, seconds of a hold; None where nothing is said."""

    sets: int | None = None
    reps: tuple[int, int] | None = None
    hold_seconds: int | None = None
    remarks: tuple[str, ...] = ()
    """What was taken for granted in reading it."""


@dataclass(frozen=True)
class ReadEntry:
    """An exercise with its dose, as written (`name`) and as understood (`match`)."""

    source: Source
    name: str
    match: Match
    dose: Dose
    superset: str | None = None
    equipment: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadSession:
    """What is done on one occasion. `day`, `start` (HH:MM) and `minutes` are None where the programme has none."""

    pointer: str
    entries: tuple[ReadEntry, ...]
    label: str | None = None
    slot: str | None = None
    day: Day | None = None
    start: str | None = None
    minutes: int | None = None
    place: str | None = None


@dataclass(frozen=True)
class UnreadPart:
    """A line, or a part of one, that may be training but counts in nothing."""

    source: Source
    reason: str
    session: int | None
    """Index of its session; None where it belongs to none."""
    before: int
    """How many entries of the session stand before it."""
    sets: int | None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class IgnoredLine:
    """A line that is no strength training and changes no verdict: a remark, a rest day, endurance work."""

    source: Source
    reason: str


@dataclass(frozen=True)
class ReadProgramme:
    """Everything that a programme says. Entries without a matched exercise are among `unread`, not in the sessions."""

    sessions: tuple[ReadSession, ...]
    unread: tuple[UnreadPart, ...] = ()
    ignored: tuple[IgnoredLine, ...] = ()
    assumptions: tuple[str, ...] = field(default=())
