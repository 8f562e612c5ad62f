"""The deadlift ladder on a plan: which stages stand where, and in what order (`progression.deadlift`)."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.verifier.facts import Facts, Placed, SessionFacts

LADDER = "deadlift"
FIRST_LOADED_STAGE = 3
FLOOR_STAGE = 6
TRAP_BAR_STAGE = 5

Finding = tuple[str, str]
"""A subject and the sentence about it."""


def stage_of(exercise: Exercise) -> int:
    """The rung on the deadlift ladder, 0 for what is not on it."""
    return exercise.stage_on(LADDER) or 0


def loaded_stages(facts: Facts) -> frozenset[int]:
    """The different loaded stages of the week."""
    return frozenset(stage for session in facts.sessions for stage in loaded_in(session))


def loaded_in(session: SessionFacts) -> frozenset[int]:
    """The different loaded stages of a session."""
    stages = (stage_of(placed.exercise) for placed in session.placed)
    return frozenset(stage for stage in stages if stage >= FIRST_LOADED_STAGE)


def over_the_week(facts: Facts, allowed: int) -> Iterator[Finding]:
    """Loaded stages: not too many, no jump, no falling back."""
    stages = loaded_stages(facts)
    listed = ", ".join(str(stage) for stage in sorted(stages))
    if len(stages) > allowed:
        yield "", f"The week loads {len(stages)} different deadlift stages ({listed}), more than the {allowed} allowed."
    if stages and max(stages) - min(stages) > 1:
        yield "", f"The week jumps between deadlift stages {listed}; loaded stages differ by 1 at most."
    for earlier, later in combinations(facts.sessions, 2):
        before, after = loaded_in(earlier), loaded_in(later)
        if before and after and min(after) < max(before):
            yield (
                later.slot.id,
                f"The session in '{later.slot.id}' falls back to deadlift stage {min(after)} "
                f"after stage {max(before)} in '{earlier.slot.id}'.",
            )


def inside_session(session: SessionFacts, athlete_stage: int) -> Iterator[Finding]:
    """Hinge drills first, lower stages before higher ones."""
    name = session.slot.id
    drills = session.having(lambda e: e.is_hinge_drill)
    needing = _first_needing_drill(session, athlete_stage)
    if needing is not None and not any(drill.position < needing.position for drill in drills):
        yield name, f"No hinge drill comes before {needing.exercise.name} in '{name}'."
    hinge = session.first(lambda e: e.pattern == "hip_hinge" and not e.is_drill)
    for drill in drills:
        if hinge is not None and drill.position > hinge.position:
            yield name, f"{drill.exercise.name} comes after {hinge.exercise.name} in '{name}'; hinge drills come first."
    for first, second in misplaced_stages(session):
        yield (
            name,
            f"{second.exercise.name} (deadlift stage {stage_of(second.exercise)}) comes after {first.exercise.name} "
            f"(stage {stage_of(first.exercise)}) in '{name}'; lower stages come first.",
        )


def misplaced_stages(session: SessionFacts) -> Iterator[tuple[Placed, Placed]]:
    """Neighbours on the ladder of which the higher stage comes first."""
    rungs = session.having(lambda e: stage_of(e) > 0)
    for first, second in pairwise(rungs):
        if stage_of(second.exercise) < stage_of(first.exercise):
            yield first, second


def _first_needing_drill(session: SessionFacts, athlete_stage: int) -> Placed | None:
    if athlete_stage < FIRST_LOADED_STAGE:
        return session.first(lambda e: e.pattern == "hip_hinge" and not e.is_hinge_drill)
    return session.first(lambda e: stage_of(e) >= 2 and not e.is_hinge_drill)


def too_early(exercise: Exercise, athlete_stage: int) -> str | None:
    """Why the athlete's stage is too low for this exercise, as a sentence; None when it is not."""
    stage = stage_of(exercise)
    if stage > athlete_stage:
        return f"{exercise.name} is deadlift stage {stage}, the athlete is at stage {athlete_stage}."
    if exercise.barbell_hinge and athlete_stage < FIRST_LOADED_STAGE:
        return f"{exercise.name} loads the hinge with a bar; that starts at deadlift stage {FIRST_LOADED_STAGE}."
    if exercise.floor_pull and stage == 0:
        needed = exercise.prerequisite
        from_trap_bar = needed is not None and needed.ladder == LADDER and needed.stage == TRAP_BAR_STAGE
        required = TRAP_BAR_STAGE if from_trap_bar else FLOOR_STAGE
        if athlete_stage < required:
            return f"{exercise.name} pulls from the floor; that starts at deadlift stage {required}."
    return None
