"""The records of a catalog before they are trusted: each knows the file and the place it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from catalog.faults import Fault, pointer_of
from catalog.schema import (
    Defaults,
    Equipment,
    EquipmentPreset,
    Exercise,
    Ladder,
    Muscle,
    Record,
    Retired,
    Source,
    Term,
    TrainingGoal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

R_co = TypeVar("R_co", bound=Record, covariant=True)
Named = Exercise | Muscle | Equipment | EquipmentPreset | Term | Ladder | Retired | Source | TrainingGoal


def id_of(record: Named) -> str:
    """What the record is called by others: its id, a source's code."""
    return record.code if isinstance(record, Source) else record.id


@dataclass(frozen=True)
class Located(Generic[R_co]):
    """A record and where it stands: `file` relative to the catalog's directory, `place` the path inside it."""

    record: R_co
    file: str
    place: tuple[str | int, ...] = ()

    def fault(self, message: str, *path: str | int) -> Fault:
        """A fault at `path` inside this record."""
        return Fault(self.file, pointer_of((*self.place, *path)), message)


@dataclass(frozen=True)
class Shelf(Generic[R_co]):
    """All records of one kind. `ids` also names records that failed their own schema, so that a reference to one of
    them is not reported as a second fault."""

    records: tuple[Located[R_co], ...]
    ids: frozenset[str]


@dataclass(frozen=True)
class Records:
    """Everything that was read. `defaults` is None when it failed its schema."""

    exercises: Shelf[Exercise]
    muscles: Shelf[Muscle]
    equipment: Shelf[Equipment]
    presets: Shelf[EquipmentPreset]
    patterns: Shelf[Term]
    movement_families: Shelf[Term]
    stress_tags: Shelf[Term]
    ladders: Shelf[Ladder]
    goals: Shelf[TrainingGoal]
    sources: Shelf[Source]
    retired: Shelf[Retired]
    defaults: Located[Defaults] | None


def exercise_file(exercise_id: str) -> str:
    """Where an exercise lives, relative to the catalog's directory."""
    return f"exercises/{exercise_id}.json"


def exercise_shelf(exercises: Iterable[Exercise]) -> Shelf[Exercise]:
    """A shelf of exercises that did not come from files, located where their files would be."""
    located = tuple(Located(exercise, exercise_file(exercise.id)) for exercise in exercises)
    return Shelf(located, frozenset(item.record.id for item in located))
