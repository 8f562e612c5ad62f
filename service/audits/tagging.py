"""Exercises that the catalog does not have, made from a few tags: what the rules ask about, the rest as is typical."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from catalog.schema import QUARTERS_PER_SET
from service.audits.names.normal import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from catalog.catalog import Catalog
    from catalog.schema import Exercise

_IDENTIFIER_LENGTH = 58
_CUE = "As you know it; the catalog has no cue for this exercise."
_STANDOUTS: Mapping[str, Any] = {
    "shoulder_rotation": "neutral",
    "scapular_retraction": False,
    "row_type": "none",
    "row_implement": "none",
    "thoracic": "none",
    "lower_trap_direct": False,
    "upper_trap_direct": False,
    "is_hinge_drill": False,
    "barbell_hinge": False,
    "floor_pull": False,
    "guide_mistakes": frozenset(),
}
"""Facts by which an exercise serves or strains a rule of the guide: never assumed, only tagged."""


@dataclass(frozen=True)
class Tags:
    """What is said of an exercise. With `like` everything not said is that exercise's; without it, what is typical.

    `muscles`: muscle id -> the share of a set it gets, 0.25 to 1. `facts`: fields of a catalog record to set outright.
    """

    name: str
    aliases: tuple[str, ...] = ()
    like: str | None = None
    pattern: str | None = None
    push_pull: str | None = None
    mechanic: str | None = None
    muscles: Mapping[str, float] = field(default_factory=dict)
    equipment: tuple[tuple[str, ...], ...] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class UntaggableError(Exception):
    """Tags that contradict what the catalog knows of the pattern; the message says what would be right."""


def tagged_exercise(tags: Tags, catalog: Catalog, taken: Collection[str] = ()) -> Exercise:
    """The exercise that the tags describe, under an id that is in neither the catalog nor `taken`.

    Raises UntaggableError when the catalog has no exercise of this pattern that pushes or pulls as said.
    """
    said: dict[str, Any] = {**tags.facts}
    if tags.muscles:
        said |= _weights(tags.muscles)
    if tags.equipment is not None:
        said["equipment"] = tags.equipment
    own = {
        "id": _own_id(tags.name, {*catalog.exercises, *taken}),
        "name": tags.name,
        "aliases": tags.aliases,
        "review": None,
    }
    if tags.like is not None:
        return catalog.exercises[tags.like].model_copy(update={**own, **said})
    return _typical(tags, catalog).model_copy(update={**_STANDOUTS, "cue": _CUE, "sources": ("caller",), **own, **said})


def _own_id(name: str, taken: Collection[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:_IDENTIFIER_LENGTH].strip("_")
    base = slug or "_".join(words(name)) or "exercise"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    return found


def _weights(muscles: Mapping[str, float]) -> dict[str, Any]:
    """Shares as quarter sets; the muscles with the largest share are the primary ones."""
    quarters = {muscle: max(1, round(share * QUARTERS_PER_SET)) for muscle, share in muscles.items()}
    most = max(quarters.values())
    return {
        "primary_muscles": {muscle: weight for muscle, weight in quarters.items() if weight == most},
        "secondary_muscles": {muscle: weight for muscle, weight in quarters.items() if weight < most},
    }


def _typical(tags: Tags, catalog: Catalog) -> Exercise:
    """The exercise of the pattern that agrees with the tags and is most like the others that do."""
    alike = [
        e
        for e in catalog.exercises.values()
        if e.pattern == tags.pattern
        and tags.push_pull in (None, e.push_pull)
        and tags.mechanic in (None, e.mechanic)
        and e.ladder is None
        and e.prerequisite is None
    ]
    if not alike:
        raise UntaggableError(_what_there_is(tags, catalog))
    usual = {name: _usual(getattr(e, name) for e in alike) for name in ("mechanic", "ratio_group", "region", "loading")}
    usual["dose_unit"] = "reps"
    return max(alike, key=lambda e: (sum(getattr(e, name) == value for name, value in usual.items()), e.id))


def _usual(values: Iterable[str]) -> str:
    return Counter(values).most_common(1)[0][0]


def _what_there_is(tags: Tags, catalog: Catalog) -> str:
    known = [e for e in catalog.exercises.values() if e.pattern == tags.pattern]
    pairs = sorted({(e.mechanic, e.push_pull) for e in known})
    listed = ", ".join(f"{mechanic} {push_pull}" for mechanic, push_pull in pairs)
    return f"exercises of the pattern {tags.pattern} are {listed}"
