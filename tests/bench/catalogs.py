"""Larger catalogs: the real one and variants of its exercises, each a valid record that differs from all others."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from catalog.schema import QUARTERS_PER_SET, Exercise, Span

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from catalog.catalog import Catalog

CLOSED_LADDER = "deadlift"
"""Its stages list their exercises, and rules ask for them by stage: nothing is varied from it."""
MOST_SETS = 6
SET_SHIFTS = (-1, 0, 0, 1)
SECOND_SHIFTS = (-10, -5, 0, 5, 10)
REST_SHIFTS = (-30, -15, 0, 15, 30)
LONGEST_REST_SECONDS = 300
CHANGED_MUSCLES = 3
NAMING = frozenset({"id", "name", "aliases", "cue", "guide_mistakes", "sources", "review"})
"""Fields in which a difference makes no different exercise."""


@cache
def enlarged(exercises: int) -> Catalog:
    """The real catalog with as many variants as make up this number of exercises; the same ones every time.

    A larger catalog holds all the exercises of a smaller one. Raises CatalogError should a variant break a rule of the
    catalog, ValueError when the real catalog is larger.
    """
    real = default_catalog()
    missing = exercises - len(real.exercises)
    if missing < 0:
        raise ValueError(f"the catalog has {len(real.exercises)} exercises, more than {exercises}")
    variants = _Variants(tuple(real.exercises.values()))
    return real.with_exercises([next(variants) for _ in range(missing)])


@dataclass
class _Variants:
    """An endless supply of variants, every exercise in turn."""

    real: tuple[Exercise, ...]
    _made: int = 0
    _known: set[Hashable] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._draw = random.Random("variants")
        self._known = {content(e) for e in self.real}
        self._families = _words_by_pattern(self.real, "movement_family")
        self._equipment = _words_by_pattern(self.real, "equipment")
        self._origins = [e for e in self.real if CLOSED_LADDER not in _ladders(e)]

    def __iter__(self) -> Iterator[Exercise]:
        return self

    def __next__(self) -> Exercise:
        origin = self._origins[self._made % len(self._origins)]
        self._made += 1
        while True:
            variant = self._variant(origin)
            made = content(variant)
            if made not in self._known:
                self._known.add(made)
                return variant

    def _variant(self, origin: Exercise) -> Exercise:
        kind = (origin.pattern, origin.mechanic)
        changes: dict[str, Any] = {
            "id": f"{origin.id}_v{self._made}",
            "name": f"{origin.name}, variant {self._made}",
            "aliases": (),
            # Only the exercises that a ladder lists hold a place on it; a variant needs the stage all the same.
            "ladder": None,
            "prerequisite": origin.prerequisite or origin.ladder,
            "guide_mistakes": frozenset(),
            "movement_family": self._draw.choice([origin.movement_family, *self._families[kind]]),
            "equipment": self._draw.choice([origin.equipment, *self._equipment[kind]]),
            **self._muscles(origin),
            **self._dose(origin),
        }
        # Validated like a record that was read; `model_copy` would take anything.
        return Exercise(**{**dict(origin), **changes})

    def _muscles(self, origin: Exercise) -> dict[str, dict[str, int]]:
        """Up to three muscles get a quarter of a set more or less."""
        chosen = self._draw.sample(sorted(origin.muscle_quarters), min(CHANGED_MUSCLES, len(origin.muscle_quarters)))
        shift = {muscle: self._draw.choice((-1, 0, 1)) for muscle in chosen}
        return {
            side: {m: min(QUARTERS_PER_SET, max(1, q + shift.get(m, 0))) for m, q in getattr(origin, side).items()}
            for side in ("primary_muscles", "secondary_muscles")
        }

    def _dose(self, origin: Exercise) -> dict[str, Any]:
        """Other sets and seconds; a set of holds never gets shorter than the holds in it."""
        least = max(1, origin.sets.min + self._draw.choice(SET_SHIFTS))
        most = min(MOST_SETS, max(least, origin.sets.max + self._draw.choice(SET_SHIFTS)))
        work = self._draw.choice(SECOND_SHIFTS)
        shortest = 10 if origin.dose_unit == "reps" else origin.seconds_per_set
        return {
            "sets": Span(min=least, max=max(least, most)),
            "seconds_per_set": max(shortest, origin.seconds_per_set + work),
            "rest_seconds": min(LONGEST_REST_SECONDS, max(0, origin.rest_seconds + self._draw.choice(REST_SHIFTS))),
            "setup_seconds": max(0, origin.setup_seconds + self._draw.choice(SECOND_SHIFTS)),
        }


def _ladders(exercise: Exercise) -> set[str]:
    return {place.ladder for place in (exercise.ladder, exercise.prerequisite) if place is not None}


def _words_by_pattern(exercises: tuple[Exercise, ...], name: str) -> dict[tuple[str, str], list[Any]]:
    """What the exercises of one pattern and mechanic say in a field, each word once."""
    words: dict[tuple[str, str], list[Any]] = {}
    for exercise in exercises:
        known = words.setdefault((exercise.pattern, exercise.mechanic), [])
        if getattr(exercise, name) not in known:
            known.append(getattr(exercise, name))
    return words


def content(exercise: Exercise) -> Hashable:
    """What a model could tell two exercises apart by."""
    fields = {name: value for name, value in dict(exercise).items() if name not in NAMING}
    weights = {side: tuple(sorted(fields.pop(side).items())) for side in ("primary_muscles", "secondary_muscles")}
    return tuple(sorted({**fields, **weights}.items(), key=lambda item: item[0]))
