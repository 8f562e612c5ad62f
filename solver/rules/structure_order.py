"""Ensures that a session runs from mobility to carries, with lower ladder stages first.

Order takes nothing away: any set of entries can be put into it, and in it every drill comes before what it prepares.
So the model has nothing to state here, and the order is laid when the plan is read out. Supersets take nothing away
either: which pairs there can be is part of what they save (`solver.supersets`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.kinds import deadlift_stage, single_joint
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.guard import Guard
    from solver.variables import PlanVars


def place_in_session(exercise: Exercise) -> tuple[int, int, int, int, int, int, int, int, str, str]:
    """Sort key: session slot, then what loads and tires more, moves more joints and asks for more skill.

    Ladder stages rise among drills, and among lifts that load the spine alike, as those of a ladder do.
    """
    return (
        exercise.session_slot,
        deadlift_stage(exercise) if exercise.is_drill else 0,
        -exercise.axial_load,
        deadlift_stage(exercise),
        -exercise.systemic_fatigue,
        1 if single_joint(exercise) else 0,
        -exercise.skill_level,
        -sum(exercise.volume_quarters.values()),
        exercise.pattern,
        exercise.id,
    )


def _post(_plan: PlanVars, _guard: Guard) -> None:
    return


RULE = Rule("structure.order", _post)
