"""Every spelling of every exercise that an audit knows, by its words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from service.audits.names.normal import words
from service.audits.tagging import Tags, tagged_exercise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from catalog.catalog import Catalog
    from catalog.schema import Exercise

_DATA = Path(__file__).parent / "data"

Form = Literal["tagged", "id", "name", "alias", "like"]
"""Where a spelling comes from: the caller's tags, an id, a name, another name, or an exercise counted like another."""

_RANK: Mapping[Form, int] = {"tagged": 0, "id": 1, "name": 2, "alias": 3, "like": 4}

Words = tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """One way to write one exercise."""

    exercise: str
    form: Form
    text: str
    words: Words


class NameIndex:
    """Spellings of the catalog's exercises, of others that people do, and of those that the caller tagged.

    Of two exercises with the same spelling the better source wins: tags, then id, name, other names, likenesses.
    """

    def __init__(self, exercises: Mapping[str, Exercise], spellings: Iterable[Spelling]) -> None:
        self.exercises = exercises
        self.spellings = tuple(spelling for spelling in spellings if spelling.words)
        self._by_words = _best(self.spellings, lambda s: s.words)
        self._by_sorted = _best(self.spellings, lambda s: tuple(sorted(s.words)))
        self._by_letters = _best(self.spellings, lambda s: ("".join(s.words),))
        self.texts = tuple(" ".join(spelling.words) for spelling in self.spellings)
        """Every spelling in spaced words, in the order of `spellings`."""
        self.letters = tuple("".join(spelling.words) for spelling in self.spellings)
        """Every spelling run together, in the same order."""
        self._holding: dict[str, set[str]] = {}
        for spelling in self.spellings:
            for word in spelling.words:
                self._holding.setdefault(word, set()).add(spelling.exercise)
        self.vocabulary = tuple(sorted(self._holding))

    def exactly(self, name: Words) -> tuple[Spelling, ...]:
        """Spellings with these words: in this order, in any order, or run together; one for each exercise."""
        return (
            self._by_words.get(name, ())
            or self._by_sorted.get(tuple(sorted(name)), ())
            or self._by_letters.get(("".join(name),), ())
        )

    def knows(self, word: str) -> bool:
        """Whether the word is part of any spelling."""
        return word in self._holding

    def holding(self, name: Words) -> set[str]:
        """Exercises that each of these words is part of, in one spelling or another."""
        return set.intersection(*(self._holding.get(word, set()) for word in name)) if name else set()


def _best(spellings: Iterable[Spelling], key: Any) -> dict[Words, tuple[Spelling, ...]]:
    """Key -> the spellings of the best rank, each exercise once."""
    found: dict[Words, dict[str, Spelling]] = {}
    for spelling in sorted(spellings, key=lambda s: _RANK[s.form]):
        same = found.setdefault(key(spelling), {})
        if all(_RANK[other.form] == _RANK[spelling.form] for other in same.values()):
            same.setdefault(spelling.exercise, spelling)
    return {of: tuple(same.values()) for of, same in found.items()}


@lru_cache(maxsize=4)
def standard_index(catalog: Catalog) -> NameIndex:
    """The names that need no tags."""
    others = other_exercises(catalog)
    spellings = [*_catalog_spellings(catalog), *_spellings_of(others, "like")]
    return NameIndex({**catalog.exercises, **{e.id: e for e in others}}, spellings)


def index_with(catalog: Catalog, tagged: Iterable[Exercise]) -> NameIndex:
    """The standard names and those of the caller's own exercises, which win over all others."""
    own = tuple(tagged)
    standard = standard_index(catalog)
    if not own:
        return standard
    spellings = [*_spellings_of(own, "tagged"), *standard.spellings]
    return NameIndex({**standard.exercises, **{e.id: e for e in own}}, spellings)


@lru_cache(maxsize=4)
def other_exercises(catalog: Catalog) -> tuple[Exercise, ...]:
    """Exercises that people do and plans do not use: each counts like one of the catalog, but for what is said."""
    made: dict[str, Exercise] = {}
    for record in json.loads((_DATA / "others.json").read_text("utf-8")):
        equipment = record.get("equipment")
        tags = Tags(
            name=record["name"],
            aliases=tuple(record.get("aliases", ())),
            like=record["like"],
            muscles=record.get("muscles", {}),
            equipment=None if equipment is None else tuple(tuple(items) for items in equipment),
        )
        exercise = tagged_exercise(tags, catalog, made)
        made[exercise.id] = exercise
    return tuple(made.values())


def _catalog_spellings(catalog: Catalog) -> list[Spelling]:
    more: dict[str, list[str]] = json.loads((_DATA / "spellings.json").read_text("utf-8"))
    found = []
    for e in catalog.exercises.values():
        found.append(_spelling(e.id, "id", e.id))
        found.append(_spelling(e.id, "name", e.name))
        found += [_spelling(e.id, "alias", text) for text in (*e.aliases, *more.get(e.id, ()))]
    return found


def _spellings_of(exercises: Iterable[Exercise], form: Form) -> list[Spelling]:
    return [_spelling(e.id, form, text) for e in exercises for text in (e.id, e.name, *e.aliases)]


def _spelling(exercise: str, form: Form, text: str) -> Spelling:
    return Spelling(exercise, form, text, words(text))
