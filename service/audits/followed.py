"""A programme as a week of the solver: a place and a slot for every session, one entry for every exercise in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import ceil
from typing import TYPE_CHECKING

from service.audits.surroundings import assumed_place
from service.errors import RequestError, pointer
from service.validation.walk import unknown_fault
from solver.audit import FollowedEntry, FollowedSession, FollowedWeek, Unread
from solver.domain.pricing import PricedEntry, session_seconds
from solver.domain.problem import Slot
from solver.domain.supersets import waited_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from catalog.catalog import Catalog
    from catalog.schema import Exercise
    from service.audits.names.index import NameIndex
    from service.audits.reading.programme import ReadEntry, ReadProgramme
    from service.audits.reading.schedule import ScheduledSession
    from solver.domain.problem import Place, RuleSettings

USUAL_SECONDS = 60 * 60
"""A session whose minutes are not told may take this long, or as long as it takes now."""


def places_of(
    sessions: Sequence[ScheduledSession], named: Mapping[str, Place] | None, index: NameIndex, catalog: Catalog
) -> list[Place]:
    """The place of every session: the one it names, else the first; without any places, one that is assumed for all.

    Raises RequestError for a place that is not among those of the request.
    """
    if named is None:
        alternatives = [_alternatives(entry, index) for session in sessions for entry in session.read.entries]
        assumed = assumed_place(alternatives, catalog)
        return [replace(assumed, id=session.read.place or assumed.id) for session in sessions]
    return [_place(session, named) for session in sessions]


def _alternatives(entry: ReadEntry, index: NameIndex) -> Sequence[tuple[str, ...]]:
    return [entry.equipment] if entry.equipment else exercise_of(entry, index).equipment


def exercise_of(entry: ReadEntry, index: NameIndex) -> Exercise:
    """The exercise of an entry that was matched."""
    assert entry.match.exercise is not None
    return index.exercises[entry.match.exercise]


def _place(session: ScheduledSession, named: Mapping[str, Place]) -> Place:
    wanted = session.read.place
    if wanted is None:
        return next(iter(named.values()))
    if wanted not in named:
        in_json = session.read.entries[0].source.line is None
        at = session.read.pointer + (pointer("place") if in_json else "")
        raise RequestError([unknown_fault(at, wanted, "place", list(named))])
    return named[wanted]


def followed_week(
    read: ReadProgramme, sessions: Sequence[ScheduledSession], places: Sequence[Place], index: NameIndex
) -> FollowedWeek:
    """Sessions in time order. Sources are numbered over all entries of these sessions, in order."""
    first = 0
    followed, positions = [], {}
    for session, place in zip(sessions, places, strict=True):
        entries, positions[session.index] = _merged(session.read.entries, place, index, first)
        first += len(session.read.entries)
        told = {exercise_of(entry, index).id for entry in session.read.entries if entry.equipment}
        pairs = _side_by_side(_with_whole_pairs(entries), place, index, told)
        followed.append(FollowedSession(session.slot, pairs))
    slots = {session.index: session.slot for session in sessions}
    unread = tuple(
        Unread(
            slot=None if part.session is None else slots[part.session],
            before=0 if part.session is None else sum(1 for at in positions[part.session] if at < part.before),
            sets=part.sets,
        )
        for part in read.unread
    )
    return FollowedWeek(tuple(followed), unread)


def _merged(
    entries: Sequence[ReadEntry], place: Place, index: NameIndex, first: int
) -> tuple[tuple[FollowedEntry, ...], list[int]]:
    """Several lines of one exercise as one entry, at the first of them; and where those first ones stand."""
    merged: dict[str, FollowedEntry] = {}
    positions = []
    for offset, entry in enumerate(entries):
        exercise = exercise_of(entry, index)
        equipment = _equipment(entry, exercise, place)
        one = FollowedEntry(exercise.id, entry.dose.sets or 0, equipment, entry.superset, (first + offset,))
        earlier = merged.setdefault(exercise.id, one)
        if earlier is one:
            positions.append(offset)
        else:
            sources = (*earlier.sources, *one.sources)
            merged[exercise.id] = replace(earlier, sets=earlier.sets + one.sets, sources=sources, superset=None)
    return tuple(merged.values()), positions


def _with_whole_pairs(entries: tuple[FollowedEntry, ...]) -> tuple[FollowedEntry, ...]:
    """Superset labels only where both entries still have theirs."""
    labels = [entry.superset for entry in entries]
    return tuple(e if labels.count(e.superset) == 2 else replace(e, superset=None) for e in entries)


def _side_by_side(
    entries: tuple[FollowedEntry, ...], place: Place, index: NameIndex, told: Collection[str]
) -> tuple[FollowedEntry, ...]:
    """The two of a superset with equipment that does not make them wait for each other, if there is any.

    Nobody alternates two exercises at one station. What the programme tells of its equipment stands.
    """
    using = {entry.exercise: entry.equipment for entry in entries}
    for label in dict.fromkeys(entry.superset for entry in entries if entry.superset is not None):
        pair = [entry for entry in entries if entry.superset == label]
        ways = [
            [e.equipment] if e.exercise in told else _at_hand(index.exercises[e.exercise], place) or [e.equipment]
            for e in pair
        ]
        apart = (both for both in product(*ways) if waited_for(both[0]).isdisjoint(waited_for(both[1])))
        using |= zip((entry.exercise for entry in pair), next(apart, ()), strict=False)
    return tuple(replace(entry, equipment=using[entry.exercise]) for entry in entries)


def _equipment(entry: ReadEntry, exercise: Exercise, place: Place) -> tuple[str, ...]:
    return entry.equipment or (_at_hand(exercise, place) or list(exercise.equipment))[0]


def _at_hand(exercise: Exercise, place: Place) -> list[tuple[str, ...]]:
    return [items for items in exercise.equipment if place.equipment.issuperset(items)]


def slot_of(
    session: ScheduledSession, place: Place, followed: FollowedSession, rules: RuleSettings, index: NameIndex
) -> Slot:
    """The slot of a session, as long as it says, or as long as is usual or needed, in whole minutes."""
    minutes = session.read.minutes
    if minutes is not None:
        return Slot(session.slot, session.start_minute, minutes * 60, place)
    priced = [PricedEntry(index.exercises[entry.exercise], entry.sets) for entry in followed.entries]
    seconds = session_seconds(priced, warmup_seconds=rules.warmup_seconds, changeover_seconds=rules.changeover_seconds)
    return Slot(session.slot, session.start_minute, max(USUAL_SECONDS, 60 * ceil(seconds / 60)), place)
