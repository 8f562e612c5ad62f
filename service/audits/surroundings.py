"""What an audit takes for granted where it is not told: the place, and what is within the athlete's reach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.problem import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from catalog.catalog import Catalog
    from catalog.schema import Exercise
    from solver.domain.problem import Problem

GYM, HOME = "gym", "home"
_GYM_ITEMS = frozenset(
    {"barbell", "rack", "trap_bar", "landmine", "sled", "pull_blocks", "back_extension_bench", "glute_ham_bench"}
)
_NO_PLACE_NEEDED = "bodyweight"
"""The preset of what is everywhere."""
_DEADLIFT = "deadlift"


def assumed_place(entries: Iterable[Sequence[tuple[str, ...]]], catalog: Catalog) -> Place:
    """Where a programme is done that names no place; `entries` are the equipment alternatives of each of its exercises.

    A full gym when some exercise cannot be done without a barbell, a machine or the like; otherwise just what the
    exercises need, each in the way that takes least.
    """
    everywhere = catalog.presets[_NO_PLACE_NEEDED].equipment
    ways = [[items for items in each if not any(_stands_in_gyms(item) for item in items)] for each in entries]
    if not all(ways):
        return Place(GYM, catalog.presets["full_gym"].equipment | everywhere)
    used = set(everywhere)
    # What can be done in one way only settles what there is; the others fit themselves to it.
    for plain in sorted(ways, key=len):
        used |= set(_cheapest(plain, used))
    return Place(HOME, frozenset(used))


def _cheapest(ways: Iterable[tuple[str, ...]], there: Collection[str]) -> tuple[str, ...]:
    """The way that needs the fewest items beyond those that are there."""
    return min(ways, key=lambda items: (len(set(items) - set(there)), len(items)))


def _stands_in_gyms(item: str) -> bool:
    return item in _GYM_ITEMS or item.endswith("_machine")


def reachable(problem: Problem, used: Collection[str], *, experience_stated: bool) -> tuple[Problem, str | None]:
    """The problem with skill and stages raised to what the week shows, and a sentence about it when something was.

    Stated experience and stated stages stand as they are. The deadlift ladder is never raised: to skip its stages is
    the sixth mistake.
    """
    athlete = problem.athlete
    done = [problem.exercise_by_id[id_] for id_ in used]
    stages = dict(athlete.stages)
    for exercise in done:
        for place in (exercise.ladder, exercise.prerequisite):
            if place is not None and place.ladder != _DEADLIFT and place.ladder not in athlete.stated_stages:
                stages[place.ladder] = max(stages[place.ladder], place.stage)
    skill = max([athlete.skill_level, *(e.skill_level for e in done if not _on_the_deadlift_ladder(e))])
    if experience_stated or (stages == dict(athlete.stages) and skill == athlete.skill_level):
        return problem, None
    raised = replace(athlete, stages=stages, skill_level=skill)
    return replace(problem, athlete=raised), "What the programme has is taken to be within the athlete's reach."


def _on_the_deadlift_ladder(exercise: Exercise) -> bool:
    places = (exercise.ladder, exercise.prerequisite)
    return any(place is not None and place.ladder == _DEADLIFT for place in places)
