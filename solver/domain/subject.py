"""What a rule speaks of: a slot, a muscle, a word of the athlete's ... or one of the rule's own parts.

Callers choose the ids of slots and places, so a subject carries its kind: a slot called `min` is no fewest number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SubjectKind = Literal[
    "rule", "part", "slot", "place", "muscle", "exercise", "entry", "ladder", "experience", "exclusion"
]
ExclusionKind = Literal["exercise", "pattern", "stress", "equipment"]


@dataclass(frozen=True, order=True)
class Subject:
    """`kind` and `id`; `of` is the slot of an entry, and of an exclusion what kind of word its id is."""

    kind: SubjectKind
    id: str = ""
    of: str = ""

    def __str__(self) -> str:
        """The subject in a word, as answers show it: `mon`, `glutes`, `mon:face_pull`, `stress:overhead`."""
        if self.kind == "ladder":
            return f"ladder:{self.id}"
        if self.kind == "experience":
            return self.kind
        return f"{self.of}:{self.id}" if self.of else self.id


WHOLE = Subject("rule")
"""The rule as such."""
EXPERIENCE = Subject("experience")


def part(word: str) -> Subject:
    """One of the rule's own parts, by the rule's own word for it."""
    return Subject("part", word)


def at_slot(slot: str) -> Subject:
    """A slot of the week."""
    return Subject("slot", slot)


def at_place(place: str) -> Subject:
    """A place to train at."""
    return Subject("place", place)


def of_muscle(muscle: str) -> Subject:
    """A muscle of the catalog."""
    return Subject("muscle", muscle)


def of_exercise(exercise: str) -> Subject:
    """An exercise of the catalog."""
    return Subject("exercise", exercise)


def entry(slot: str, exercise: str) -> Subject:
    """An exercise in one slot."""
    return Subject("entry", exercise, slot)


def on_ladder(ladder: str) -> Subject:
    """The athlete's stage on a ladder."""
    return Subject("ladder", ladder)


def exclusion(kind: ExclusionKind, word: str) -> Subject:
    """Something the athlete avoids."""
    return Subject("exclusion", word, kind)
