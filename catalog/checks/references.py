"""Every id that a record names exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.faults import Fault
    from catalog.records import Located, Records
    from catalog.schema import Exercise, Ladder, LadderPlace, Muscle, TrainingGoal

OWN_REASONING = frozenset({"anatomy", "judgement"})
"""Source codes that stand for our own reasoning rather than for a publication."""


def check_references(records: Records) -> Iterator[Fault]:
    """Patterns, families, stress tags, muscles, equipment, ladder stages and source codes are all known."""
    for exercise in records.exercises.records:
        yield from _exercise(exercise, records)
    for ladder in records.ladders.records:
        yield from _ladder(ladder, records)
    for muscle in records.muscles.records:
        yield from _sources(muscle, muscle.record.sources, ("sources",), records)
    for goal in records.goals.records:
        yield from _sources(goal, goal.record.sources, ("sources",), records)
    for preset in records.presets.records:
        for item in sorted(preset.record.equipment - records.equipment.ids):
            yield preset.fault(f"unknown equipment {item}", "equipment")


def _exercise(item: Located[Exercise], records: Records) -> Iterator[Fault]:
    exercise = item.record
    if exercise.pattern not in records.patterns.ids:
        yield item.fault(f"unknown pattern {exercise.pattern}", "pattern")
    if exercise.movement_family not in records.movement_families.ids:
        yield item.fault(f"unknown movement family {exercise.movement_family}", "movement_family")
    for tag in sorted(exercise.stress - records.stress_tags.ids):
        yield item.fault(f"unknown stress tag {tag}", "stress")
    for side in ("primary_muscles", "secondary_muscles"):
        for muscle in getattr(exercise, side):
            if muscle not in records.muscles.ids:
                yield item.fault(f"unknown muscle {muscle}", side, muscle)
    for index, alternative in enumerate(exercise.equipment):
        for place, name in enumerate(alternative):
            if name not in records.equipment.ids:
                yield item.fault(f"unknown equipment {name}", "equipment", index, place)
    yield from _place(item, exercise.ladder, "ladder", records)
    yield from _place(item, exercise.prerequisite, "prerequisite", records)
    yield from _sources(item, exercise.sources, ("sources",), records)


def _place(item: Located[Exercise], place: LadderPlace | None, field: str, records: Records) -> Iterator[Fault]:
    if place is None:
        return
    if place.ladder not in records.ladders.ids:
        yield item.fault(f"unknown ladder {place.ladder}", field, "ladder")
    for ladder in records.ladders.records:
        last = max(stage.stage for stage in ladder.record.stages)
        if ladder.record.id == place.ladder and place.stage > last:
            yield item.fault(f"the ladder {place.ladder} ends at stage {last}", field, "stage")


def _ladder(item: Located[Ladder], records: Records) -> Iterator[Fault]:
    for index, stage in enumerate(item.record.stages):
        for place, name in enumerate(stage.exercises):
            if name not in records.exercises.ids:
                yield item.fault(f"unknown exercise {name}", "stages", index, "exercises", place)
        yield from _sources(item, stage.sources, ("stages", index, "sources"), records)


def _sources(
    item: Located[Exercise] | Located[Ladder] | Located[Muscle] | Located[TrainingGoal],
    codes: Iterable[str],
    path: tuple[str | int, ...],
    records: Records,
) -> Iterator[Fault]:
    for place, code in enumerate(codes):
        if code not in records.sources.ids | OWN_REASONING:
            yield item.fault(f"unknown source {code}", *path, place)
