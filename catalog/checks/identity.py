"""Ids are unique and live forever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.records import Named, Records, Shelf, id_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.faults import Fault


def check_identity(records: Records) -> Iterator[Fault]:
    """No id twice within a kind; no retired id in use; every replacement exists."""
    yield from _twice(records.exercises)
    yield from _twice(records.muscles)
    yield from _twice(records.equipment)
    yield from _twice(records.presets)
    yield from _twice(records.patterns)
    yield from _twice(records.movement_families)
    yield from _twice(records.stress_tags)
    yield from _twice(records.ladders)
    yield from _twice(records.goals)
    yield from _twice(records.sources)
    yield from _twice(records.retired)
    yield from _tombstones(records)


def _twice(shelf: Shelf[Named]) -> Iterator[Fault]:
    seen: set[str] = set()
    for item in shelf.records:
        name = id_of(item.record)
        if name in seen:
            yield item.fault(f"the id {name} is already taken", "id")
        seen.add(name)


def _tombstones(records: Records) -> Iterator[Fault]:
    alive = {
        "exercise": records.exercises.ids,
        "muscle": records.muscles.ids,
        "equipment": records.equipment.ids,
        "ladder": records.ladders.ids,
    }
    for item in records.retired.records:
        stone = item.record
        if stone.id in alive[stone.kind]:
            yield item.fault(f"{stone.id} is retired but still in use", "id")
        if stone.replaced_by is not None and stone.replaced_by not in alive[stone.kind]:
            yield item.fault(f"unknown {stone.kind} {stone.replaced_by}", "replaced_by")
