"""When an inclusion is not asked for: nothing of its kind is possible, and not by what the caller stated outright."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import Waiver
from solver.verifier.eligibility import obstacles

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.schema import Exercise
    from solver.verifier.eligibility import Obstacle
    from solver.verifier.facts import Facts


def waiver(
    facts: Facts, wanted: Callable[[Exercise], bool], what: str, *, stated_parameter: str | None = None
) -> Waiver | None:
    """Why no wanted exercise is asked for, or None when the inclusion stands.

    `stated_parameter` (`rule_id:parameter`) names what a caller says to insist: then the inclusion conflicts instead.
    """
    if stated_parameter is not None and stated_parameter in facts.problem.rules.stated:
        return None
    if any(all(obstacle.stated for obstacle in found) for _, found in _lacks(facts, wanted)):
        return None
    return _nearest(facts, wanted, what)


def _lacks(facts: Facts, wanted: Callable[[Exercise], bool]) -> list[tuple[Exercise, tuple[Obstacle, ...]]]:
    """What keeps the athlete from each wanted exercise in each slot: nothing where it is eligible."""
    return [
        (exercise, obstacles(facts.problem, exercise, slot))
        for exercise in facts.problem.exercises
        if wanted(exercise)
        for slot in facts.problem.slots
    ]


def _nearest(facts: Facts, wanted: Callable[[Exercise], bool], what: str) -> Waiver:
    """The waiver told by the exercise that lacks least."""
    every = _lacks(facts, wanted)
    # What is over says least: while anything is open, its reasons are told.
    lacks = [lack for lack in every if all(obstacle.kind != "past" for obstacle in lack[1])] or every
    if not lacks:
        return Waiver(f"The catalog has no {what}.", f"Add one to the catalog: {what}.")
    exercise, found = min(lacks, key=lambda lack: (len(lack[1]), lack[0].id))
    kinds = ", ".join(dict.fromkeys(obstacle.kind for obstacle in found))
    reasons = " and ".join(obstacle.reason for obstacle in found)
    remedies = " and ".join(obstacle.remedy for obstacle in found)
    return Waiver(
        f"No {what} is possible ({kinds}): {exercise.name} {reasons}.", f"{remedies[0].upper()}{remedies[1:]}."
    )
