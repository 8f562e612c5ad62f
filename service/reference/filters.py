"""Filters of the exercise list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import ApiError, Fault
from service.validation.walk import known_words, unknown_fault

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from catalog.schema import Exercise
    from service.reference.schemas import ExerciseQuery
    from service.validation.markers import Kind

_KINDS: dict[str, Kind] = {
    "muscle": "muscles",
    "equipment": "equipment",
    "pattern": "patterns",
    "ladder": "ladders",
}


def matching_exercises(catalog: Catalog, query: ExerciseQuery) -> list[Exercise]:
    """Exercises that meet every filter, by id. Raises ApiError `invalid-request` for ids the catalog does not have."""
    faults = [
        _unknown(name, word, kind, catalog)
        for name, kind in _KINDS.items()
        if (word := getattr(query, name)) is not None and word not in getattr(catalog, kind)
    ]
    if faults:
        raise ApiError("invalid-request", faults[0].message, tuple(faults))
    return [exercise for exercise in catalog.exercises.values() if _matches(exercise, query)]


def _unknown(name: str, word: str, kind: Kind, catalog: Catalog) -> Fault:
    if name == "equipment" and word in catalog.presets:
        items = sorted(catalog.presets[word].equipment)
        message = f"{word!r} is a preset of equipment, not an item; it holds {', '.join(items)}"
        return Fault("", "unknown_id", message, items, parameter=name)
    fault = unknown_fault("", word, name, known_words(kind, catalog))
    return Fault("", fault.code, fault.message, None, fault.nearest, name)


def _matches(exercise: Exercise, query: ExerciseQuery) -> bool:
    words = (exercise.id, exercise.name, *exercise.aliases)
    return (
        (query.muscle is None or query.muscle in exercise.muscle_quarters)
        and (query.equipment is None or any(query.equipment in items for items in exercise.equipment))
        and (query.pattern is None or query.pattern == exercise.pattern)
        and (query.ladder is None or exercise.stage_on(query.ladder) is not None)
        and (query.search is None or any(query.search.lower() in word.lower() for word in words))
    )
