"""What this athlete could do in a slot, and what stands in the way of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.domain.problem import Athlete, Avoidances, Place, Problem, Slot

EVERYWHERE = "none"
"""The equipment id of a clear floor: every place has it."""

ObstacleKind = Literal["equipment", "skill", "stage", "prerequisite", "exclusion", "past"]


@dataclass(frozen=True)
class Obstacle:
    """One thing between the athlete and an exercise; `remedy` would remove it. Both are clauses without a full stop."""

    kind: ObstacleKind
    reason: str
    remedy: str
    stated: bool = False
    """True for a ladder stage that the caller gave outright, not one that follows from experience."""


def standing_at(place: Place) -> frozenset[str]:
    """All equipment of a place, the clear floor included."""
    return place.equipment | {EVERYWHERE}


def obstacles(problem: Problem, exercise: Exercise, slot: Slot) -> tuple[Obstacle, ...]:
    """Everything that keeps the athlete from this exercise in this slot; empty when it is eligible.

    In a slot that is history nothing is eligible but what was done there.
    """
    history = problem.done.get(slot.id)
    if history is not None:
        if any(entry.exercise == exercise.id and entry.sets for entry in history.entries):
            return ()
        return (Obstacle("past", f"was not done in '{slot.id}', which is over", "wait for the next week"),)
    return (
        *exclusion_obstacles(slot.avoid, exercise),
        *_anywhere_obstacles(problem, exercise, slot.place),
    )


def _anywhere_obstacles(problem: Problem, exercise: Exercise, place: Place) -> tuple[Obstacle, ...]:
    return (*athlete_obstacles(problem.athlete, exercise), *_equipment_obstacles(problem.athlete, exercise, place))


def possible_anywhere(problem: Problem, exercise: Exercise) -> bool:
    """Whether the exercise is eligible in at least one offered slot, or was done in one that is history."""
    done = (entry for session in problem.done.values() for entry in session.entries)
    if any(entry.exercise == exercise.id and entry.sets for entry in done):
        return True
    if any(athlete_obstacles(problem.athlete, exercise)):
        return False
    places = {slot.place for slot in problem.open_slots if not any(exclusion_obstacles(slot.avoid, exercise))}
    return any(not any(_equipment_obstacles(problem.athlete, exercise, place)) for place in places)


def athlete_obstacles(athlete: Athlete, exercise: Exercise) -> Iterator[Obstacle]:
    """What stands in the way at every place: skill, stage, prerequisite and exclusions other than equipment."""
    yield from skill_obstacles(athlete, exercise)
    yield from prerequisite_obstacles(athlete, exercise)
    yield from exclusion_obstacles(athlete.avoid, exercise)


def skill_obstacles(athlete: Athlete, exercise: Exercise) -> Iterator[Obstacle]:
    """Skill level and ladder stage; a stage the caller stated overrides skill on its ladder."""
    rung = exercise.ladder
    stated = rung is not None and rung.ladder in athlete.stated_stages
    if exercise.skill_level > athlete.skill_level and not stated:
        yield Obstacle(
            "skill",
            f"needs skill level {exercise.skill_level}, the athlete has {athlete.skill_level}",
            f"reach skill level {exercise.skill_level}",
        )
    if rung is not None and rung.stage > athlete.stages.get(rung.ladder, 0):
        yield Obstacle(
            "stage",
            f"is stage {rung.stage} of the {words(rung.ladder)} ladder, "
            f"the athlete is at {athlete.stages.get(rung.ladder, 0)}",
            f"reach stage {rung.stage} of the {words(rung.ladder)} ladder",
            stated=stated,
        )


def prerequisite_obstacles(athlete: Athlete, exercise: Exercise) -> Iterator[Obstacle]:
    """The ladder stage that has to be reached first."""
    needed = exercise.prerequisite
    if needed is not None and needed.stage > athlete.stages.get(needed.ladder, 0):
        yield Obstacle(
            "prerequisite",
            f"waits for stage {needed.stage} of the {words(needed.ladder)} ladder, "
            f"the athlete is at {athlete.stages.get(needed.ladder, 0)}",
            f"reach stage {needed.stage} of the {words(needed.ladder)} ladder",
            stated=needed.ladder in athlete.stated_stages,
        )


def exclusion_obstacles(avoid: Avoidances, exercise: Exercise) -> Iterator[Obstacle]:
    """Exercise, pattern and stress tags that the athlete avoids; avoided equipment depends on the alternative."""
    if exercise.id in avoid.exercises:
        yield Obstacle("exclusion", "is avoided by the athlete", f"stop avoiding {exercise.id}")
    if exercise.pattern in avoid.patterns:
        yield Obstacle(
            "exclusion",
            f"belongs to the avoided pattern {words(exercise.pattern)}",
            f"stop avoiding the pattern {exercise.pattern}",
        )
    for tag in sorted(exercise.stress & avoid.stress):
        yield Obstacle("exclusion", f"brings {words(tag)}, which the athlete avoids", f"stop avoiding {tag}")


def _equipment_obstacles(athlete: Athlete, exercise: Exercise, place: Place) -> Iterator[Obstacle]:
    alternatives = [frozenset(alternative) for alternative in exercise.equipment]
    at_hand = [alternative for alternative in alternatives if alternative <= standing_at(place)]
    if not at_hand:
        missing = min((alternative - standing_at(place) for alternative in alternatives), key=len)
        listed = listing(missing)
        yield Obstacle("equipment", f"needs {listed}, which '{place.id}' lacks", f"have {listed} at '{place.id}'")
    elif not any(
        alternative <= standing_at(place) - (athlete.avoid.equipment - {EVERYWHERE}) for alternative in at_hand
    ):
        avoided = min((alternative & athlete.avoid.equipment for alternative in at_hand), key=len)
        yield Obstacle("exclusion", f"needs {listing(avoided)}, which is avoided", f"stop avoiding {listing(avoided)}")


def words(identifier: str) -> str:
    """An id as plain words."""
    return identifier.replace("_", " ")


def listing(identifiers: frozenset[str]) -> str:
    """Ids in a stable order, as plain words."""
    return " and ".join(words(identifier) for identifier in sorted(identifiers))
