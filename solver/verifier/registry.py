"""Which check answers for which rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from solver.domain.outcome import CertificateLine
from solver.verifier import (
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
from solver.verifier.facts import Facts

Check = Callable[[Facts], CertificateLine]

_MODULES = (
    mobility_thoracic,
    balance_upper_pull_push,
    balance_lower_pull_push,
    shoulder_external_rotation,
    scapula_lower_trap,
    pull_isometric_hold,
    row_retraction,
    progression_deadlift,
    equipment_available,
    time_session,
    recovery_muscle,
    recovery_axial,
    volume_session_max,
    volume_weekly_max,
    volume_weekly_min,
    structure_sessions,
    structure_exercises,
    structure_order,
    athlete_skill,
    athlete_prerequisite,
    athlete_exclusions,
    athlete_must_include,
    plan_pinned,
)

CHECKS: Mapping[str, Check] = MappingProxyType({module.RULE: module.check for module in _MODULES})
"""Rule id -> check, in the rulebook's order."""
