"""The caller's own exercises: from tags in the request to records, or to faults that point at the tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.audits.names.normal import words
from service.audits.tagging import Tags, UntaggableError, tagged_exercise
from service.errors import Fault, RequestError, pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from catalog.schema import Exercise
    from service.audits.schemas.request import TaggedExerciseRequest

_AT = "exercises"
_LED_BY = {"dumbbells": "dumbbell", "cable_machine": "cable", "barbell": "barbell", "kettlebell": "kettlebell"}


def tagged_exercises(requests: list[TaggedExerciseRequest], catalog: Catalog) -> tuple[Exercise, ...]:
    """The exercises that the request describes. Raises RequestError with every fault of the tags."""
    faults = [fault for index, tagged in enumerate(requests) for fault in _faults(index, tagged)]
    faults += _twice(requests)
    made: dict[str, Exercise] = {}
    for index, tagged in enumerate(requests):
        if any(fault.pointer.startswith(pointer(_AT, index)) for fault in faults):
            continue
        try:
            exercise = tagged_exercise(_tags(tagged), catalog, made)
        except UntaggableError as error:
            faults.append(Fault(pointer(_AT, index, "push_pull"), "contradiction", str(error)))
        else:
            made[exercise.id] = exercise
    if faults:
        raise RequestError(faults)
    return tuple(made.values())


def _faults(index: int, tagged: TaggedExerciseRequest) -> Iterator[Fault]:
    if not words(tagged.name):
        yield Fault(pointer(_AT, index, "name"), "malformed", "the name has no letters or digits")
    if tagged.like is None:
        given = {"pattern": tagged.pattern, "push_pull": tagged.push_pull, "muscles": tagged.muscles or None}
        for name, value in given.items():
            if value is None:
                message = f"{name} is required here, or name an exercise that it is like"
                yield Fault(pointer(_AT, index, name), "required", message)


def _twice(requests: list[TaggedExerciseRequest]) -> Iterator[Fault]:
    seen: set[tuple[str, ...]] = set()
    for index, tagged in enumerate(requests):
        name = words(tagged.name)
        if name in seen:
            yield Fault(pointer(_AT, index, "name"), "duplicate", f"{tagged.name[:60]!r} is tagged already")
        seen.add(name)


def _tags(tagged: TaggedExerciseRequest) -> Tags:
    facts: dict[str, Any] = {
        name: value
        for name in ("mechanic", "push_pull", "shoulder_rotation", "row_type", "thoracic")
        if (value := getattr(tagged, name)) is not None
    }
    equipment = None if tagged.equipment is None else (tuple(dict.fromkeys(tagged.equipment)),)
    if equipment is None and tagged.like is None:
        equipment = (("none",),)
    if facts.get("row_type") not in (None, "none"):
        items = () if equipment is None else equipment[0]
        facts["row_implement"] = next((kind for item, kind in _LED_BY.items() if item in items), "bodyweight")
    if tagged.mechanic is not None or tagged.push_pull is not None:
        facts |= _ratio_facts(tagged)
    return Tags(
        name=tagged.name,
        aliases=tuple(tagged.aliases),
        like=tagged.like,
        pattern=tagged.pattern,
        push_pull=tagged.push_pull,
        mechanic=tagged.mechanic,
        muscles=tagged.muscles,
        equipment=equipment,
        facts=facts,
    )


def _ratio_facts(tagged: TaggedExerciseRequest) -> dict[str, Any]:
    """What follows from neither pushing nor pulling, and from being a drill: no place in the ratios."""
    if tagged.mechanic == "drill":
        return {"ratio_group": "none", "ratio_units": 0, "counts_as_hard_set": False}
    return {"ratio_group": "none", "ratio_units": 0} if tagged.push_pull == "neutral" else {}
