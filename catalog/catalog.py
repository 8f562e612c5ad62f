"""The catalog as everyone else uses it: frozen, indexed by id, with the hash of its content."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from catalog.canonical import content_hash
from catalog.checks import check_records
from catalog.faults import CatalogError
from catalog.records import Located, Named, Records, Shelf, exercise_shelf, id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from catalog.schema import (
        Defaults,
        Equipment,
        EquipmentPreset,
        Exercise,
        Ladder,
        Muscle,
        Retired,
        Source,
        Term,
        TrainingGoal,
    )

N = TypeVar("N", bound=Named)


@dataclass(frozen=True, eq=False)
class Catalog:
    """Every fact, by id; each index is read-only and ordered by id. Two catalogs are equal when their content is."""

    exercises: Mapping[str, Exercise]
    muscles: Mapping[str, Muscle]
    equipment: Mapping[str, Equipment]
    presets: Mapping[str, EquipmentPreset]
    patterns: Mapping[str, Term]
    movement_families: Mapping[str, Term]
    stress_tags: Mapping[str, Term]
    ladders: Mapping[str, Ladder]
    goals: Mapping[str, TrainingGoal]
    """What a caller may train for: all of the goals there are."""
    sources: Mapping[str, Source]
    """By code."""
    retired: Mapping[str, Retired]
    """Tombstones, by the id that is no longer in use."""
    defaults: Defaults
    content_hash: str
    """`sha256:...` over all records, independent of files and formatting."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalog) and self.content_hash == other.content_hash

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def with_exercises(self, extra: Iterable[Exercise]) -> Catalog:
        """This catalog and the `extra` exercises, with a hash of its own.

        An extra exercise may have a prerequisite but no place on a ladder, because ladders list their exercises.
        Raises CatalogError with every fault: ids already taken or retired, unknown references, contradictions.
        """
        own = _records_of(self)
        added = exercise_shelf(extra)
        shelf = Shelf(own.exercises.records + added.records, own.exercises.ids | added.ids)
        return build_catalog(replace(own, exercises=shelf))


def build_catalog(records: Records) -> Catalog:
    """The catalog made of `records`. Raises CatalogError with every fault found in them."""
    faults = list(check_records(records))
    if faults or records.defaults is None:
        raise CatalogError(faults)
    defaults = records.defaults.record
    kinds: dict[str, Iterable[Named]] = {
        field.name: [item.record for item in getattr(records, field.name).records]
        for field in fields(Records)
        if field.name != "defaults"
    }
    return Catalog(
        exercises=_index(records.exercises),
        muscles=_index(records.muscles),
        equipment=_index(records.equipment),
        presets=_index(records.presets),
        patterns=_index(records.patterns),
        movement_families=_index(records.movement_families),
        stress_tags=_index(records.stress_tags),
        ladders=_index(records.ladders),
        goals=_index(records.goals),
        sources=_index(records.sources),
        retired=_index(records.retired),
        defaults=defaults,
        content_hash=content_hash(kinds, defaults),
    )


@cache
def default_catalog() -> Catalog:
    """The packaged catalog, read once per process."""
    # The loader needs Catalog, so it can only be imported once this module is complete.
    from catalog.loader import load_catalog

    return load_catalog()


def _index(shelf: Shelf[N]) -> Mapping[str, N]:
    by_id = {id_of(item.record): item.record for item in shelf.records}
    return MappingProxyType(dict(sorted(by_id.items())))


def _shelf(index: Mapping[str, N], file: str) -> Shelf[N]:
    items = tuple(Located(record, file, (place,)) for place, record in enumerate(index.values()))
    return Shelf(items, frozenset(index))


def _records_of(catalog: Catalog) -> Records:
    return Records(
        exercises=exercise_shelf(catalog.exercises.values()),
        muscles=_shelf(catalog.muscles, "vocab/muscles.json"),
        equipment=_shelf(catalog.equipment, "vocab/equipment.json"),
        presets=_shelf(catalog.presets, "vocab/presets.json"),
        patterns=_shelf(catalog.patterns, "vocab/patterns.json"),
        movement_families=_shelf(catalog.movement_families, "vocab/movement_families.json"),
        stress_tags=_shelf(catalog.stress_tags, "vocab/stress_tags.json"),
        ladders=_shelf(catalog.ladders, "ladders"),
        goals=_shelf(catalog.goals, "goals.json"),
        sources=_shelf(catalog.sources, "sources.json"),
        retired=_shelf(catalog.retired, "retired.json"),
        defaults=Located(catalog.defaults, "defaults.json"),
    )
