"""A week that someone follows: what is done, and what could not be read of it."""

from __future__ import annotations

from dataclasses import dataclass

from solver.domain.plan import Entry, Plan, Session


@dataclass(frozen=True)
class FollowedEntry:
    """`sets` sets of an exercise of the problem. `sources` are the caller's own marks of where it says so."""

    exercise: str
    sets: int
    equipment: tuple[str, ...]
    superset: str | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class FollowedSession:
    """What is done in one slot of the problem, in order; at least one entry."""

    slot: str
    entries: tuple[FollowedEntry, ...]


@dataclass(frozen=True)
class Unread:
    """Something in the programme that may be training and was not understood.

    `slot` is None when it stands in no session that is used; `before` counts the entries of its session above it;
    `sets` is None when even their number is unknown.
    """

    slot: str | None
    before: int = 0
    sets: int | None = None


@dataclass(frozen=True)
class FollowedWeek:
    """Sessions in time order, and the rest."""

    sessions: tuple[FollowedSession, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def plan(self) -> Plan:
        """The same week as a plan."""
        return Plan(
            tuple(
                Session(s.slot, tuple(Entry(e.exercise, e.sets, e.equipment, e.superset) for e in s.entries))
                for s in self.sessions
            )
        )
