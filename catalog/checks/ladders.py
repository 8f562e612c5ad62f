"""Ladders have no missing rung, and exercises and ladders agree on who stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.faults import Fault
    from catalog.records import Located, Records
    from catalog.schema import Ladder


def check_ladders(records: Records) -> Iterator[Fault]:
    """Stages run 1, 2, 3 ...; each stage's exercises hold that place, and no others claim it."""
    counted: list[Located[Ladder]] = []
    for ladder in records.ladders.records:
        miscounted = list(_miscounted(ladder))
        yield from miscounted
        yield from _free_stages(ladder)
        # On a ladder with misnumbered stages every exercise would seem to stand wrong.
        counted += [] if miscounted else [ladder]
    for ladder in counted:
        yield from _holders(ladder, records)
    yield from _claims(counted, records)


def _miscounted(item: Located[Ladder]) -> Iterator[Fault]:
    for index, stage in enumerate(item.record.stages):
        if stage.stage != index + 1:
            yield item.fault(f"stage {index + 1} is expected here, not {stage.stage}", "stages", index, "stage")


def _free_stages(item: Located[Ladder]) -> Iterator[Fault]:
    for index, stage in enumerate(item.record.stages[:-1]):
        if item.record.strict and stage.min_sessions_before_advancing == 0:
            yield item.fault(
                "no stage of a strict ladder is skipped, so each but the last asks for sessions",
                *("stages", index, "min_sessions_before_advancing"),
            )


def _holders(item: Located[Ladder], records: Records) -> Iterator[Fault]:
    ladder = item.record
    exercises = {exercise.record.id: exercise.record for exercise in records.exercises.records}
    for index, stage in enumerate(ladder.stages):
        for place, name in enumerate(stage.exercises):
            exercise = exercises.get(name)
            if exercise is not None and exercise.stage_on(ladder.id) != stage.stage:
                yield item.fault(
                    f"{name} itself does not stand on stage {stage.stage} of {ladder.id}",
                    *("stages", index, "exercises", place),
                )


def _claims(ladders: list[Located[Ladder]], records: Records) -> Iterator[Fault]:
    listed = {
        ladder.record.id: {(stage.stage, name) for stage in ladder.record.stages for name in stage.exercises}
        for ladder in ladders
    }
    for exercise in records.exercises.records:
        place = exercise.record.ladder
        if place is None or place.ladder not in listed:
            continue
        if (place.stage, exercise.record.id) not in listed[place.ladder]:
            yield exercise.fault(f"stage {place.stage} of {place.ladder} does not list this exercise", "ladder")
