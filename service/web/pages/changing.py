"""A week whose entries can be swapped, locked and removed, and whose sessions can be moved or marked as missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.plans.formats.report import dose_of
from service.plans.limits import MAX_SESSION_MINUTES, MIN_SESSION_MINUTES
from service.plans.mapping.week import DAYS
from service.plans.schemas.request import PinnedSessionRequest
from service.replans.locking import is_lock
from service.terminal.alternation import steps
from service.web.pages.sessions import slot_names
from service.web.pages.week import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.catalog import Catalog
    from service.plans.schemas.response import SessionResponse
    from service.studies.weeks import KeptWeek
    from service.terminal.alternation import Step
    from service.web.pages.sessions import SlotName

Pin = dict[str, Any]


@dataclass(frozen=True)
class ChangeableEntry:
    """One line of a session."""

    exercise: str
    mark: str
    name: str
    dose: str
    locked: bool
    fixed: bool
    """Its whole session is pinned."""


@dataclass(frozen=True)
class ChangeableSession:
    """One session."""

    slot: str
    name: SlotName
    seconds: int
    minutes: int
    over: bool
    """It is history: nothing of it changes."""
    entries: tuple[ChangeableEntry, ...]


@dataclass(frozen=True)
class KeptOut:
    """An exercise that a pin keeps out of a session."""

    slot: str
    day: str
    exercise: str
    name: str


@dataclass(frozen=True)
class ChangePage:
    """The week with what can be done to it."""

    plan: str
    sessions: tuple[ChangeableSession, ...]
    kept_out: tuple[KeptOut, ...]
    places: tuple[str, ...]
    came_from: str | None
    """The plan that undoing goes back to."""
    faults: tuple[str, ...]
    """What is wrong with the change that was asked for last."""
    shortest_minutes: int = MIN_SESSION_MINUTES
    longest_minutes: int = MAX_SESSION_MINUTES
    days: tuple[tuple[str, str], ...] = tuple((day, day.capitalize()) for day in DAYS)


def change_page(
    about: KeptWeek, catalog: Catalog, came_from: str | None = None, faults: Sequence[str] = ()
) -> ChangePage:
    """The page of a plan with a week."""
    names, pins = slot_names(about.response), pins_of(about)
    assert about.response.week is not None
    sessions = about.response.week.sessions
    resolved: Any = about.response.resolved
    return ChangePage(
        plan=about.id,
        sessions=tuple(_session(about, session, names[session.slot], pins, catalog) for session in sessions),
        kept_out=tuple(
            KeptOut(pin["slot"], names[pin["slot"]].day, pin["exercise"], catalog.exercises[pin["exercise"]].name)
            for pin in pins
            if pin.get("sets") == 0
        ),
        places=tuple(place["id"] for place in resolved["places"]),
        came_from=came_from,
        faults=tuple(faults),
    )


def pins_of(about: KeptWeek) -> list[Pin]:
    """The pins of a plan's request that are not history."""
    open_pins = [pin for pin in about.request.pins if pin.slot not in about.problem.done]
    return [pin.model_dump(mode="json", exclude_unset=True) for pin in open_pins]


def without(pins: Sequence[Pin], slot: str, exercise: str) -> list[Pin]:
    """The pins but for those that lock an entry or keep it out."""
    return [pin for pin in pins if (pin["slot"], pin.get("exercise")) != (slot, exercise)]


def _session(
    about: KeptWeek, session: SessionResponse, name: SlotName, pins: Sequence[Pin], catalog: Catalog
) -> ChangeableSession:
    whole = {pin.slot for pin in about.request.pins if isinstance(pin, PinnedSessionRequest)}
    return ChangeableSession(
        slot=session.slot,
        name=name,
        seconds=session.seconds,
        minutes=session.limit_seconds // 60,
        over=session.slot in about.problem.done,
        entries=tuple(_entries(session, pins, catalog, fixed=session.slot in whole)),
    )


def _entries(
    session: SessionResponse, pins: Sequence[Pin], catalog: Catalog, *, fixed: bool
) -> Iterator[ChangeableEntry]:
    for step in steps(session.entries):
        yield _entry(session.slot, step, pins, catalog, fixed=fixed)


def _entry(slot: str, step: Step, pins: Sequence[Pin], catalog: Catalog, *, fixed: bool) -> ChangeableEntry:
    entry = step.entry
    return ChangeableEntry(
        exercise=entry.exercise,
        mark=step.mark,
        name=entry.name,
        dose=typeset(dose_of(entry, catalog)),
        locked=any(is_lock(pin, slot, entry.exercise) for pin in pins),
        fixed=fixed,
    )
