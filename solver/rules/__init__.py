"""One rule, one file. `RULES` lists them in the order of the rulebook."""

from __future__ import annotations

from solver.rules import (
    athlete_exclusions,
    athlete_must_include,
    athlete_prerequisite,
    athlete_skill,
    balance_lower_pull_push,
    balance_upper_pull_push,
    equipment_available,
    mobility_thoracic,
    plan_pinned,
    progression_deadlift,
    pull_isometric_hold,
    recovery_axial,
    recovery_muscle,
    row_retraction,
    scapula_lower_trap,
    shoulder_external_rotation,
    structure_exercises,
    structure_order,
    structure_sessions,
    time_session,
    volume_session_max,
    volume_weekly_max,
    volume_weekly_min,
)
from solver.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    mobility_thoracic.RULE,
    balance_upper_pull_push.RULE,
    balance_lower_pull_push.RULE,
    shoulder_external_rotation.RULE,
    scapula_lower_trap.RULE,
    pull_isometric_hold.RULE,
    row_retraction.RULE,
    progression_deadlift.RULE,
    equipment_available.RULE,
    time_session.RULE,
    recovery_muscle.RULE,
    recovery_axial.RULE,
    volume_session_max.RULE,
    volume_weekly_max.RULE,
    volume_weekly_min.RULE,
    structure_sessions.RULE,
    structure_exercises.RULE,
    structure_order.RULE,
    athlete_skill.RULE,
    athlete_prerequisite.RULE,
    athlete_exclusions.RULE,
    athlete_must_include.RULE,
    plan_pinned.RULE,
)

__all__ = ["RULES", "Rule"]
