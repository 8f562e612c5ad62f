"""Ensures that a session runs from mobility to carries, with lower ladder stages first.

Order takes nothing away: any set of entries can be put into it, and in it every drill comes before what it prepares.
So the model has nothing to state here, and the order is laid when the plan is read out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.kinds import deadlift_stage
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.guard import Guard
    from solver.variables import PlanVars


def place_in_session(exercise: Exercise) -> tuple[int, int, int, int, int, str, str]:
    """Sort key: session slot, ladder stage, then what tires more and asks for more skill, same pattern together."""
    return (
        exercise.session_slot,
        deadlift_stage(exercise),
        -exercise.axial_load,
        -exercise.systemic_fatigue,
        -exercise.skill_level,
        exercise.pattern,
        exercise.id,
    )


def _post(_plan: PlanVars, _guard: Guard) -> None:
    return


RULE = Rule("structure.order", _post)
