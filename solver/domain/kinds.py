"""The kinds of exercise that rules speak of, each defined once on the facts of the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalog.schema import Exercise

DEADLIFT = "deadlift"
FIRST_LOADED_STAGE = 3
"""The deadlift ladder carries load from the knee-height rack pull on."""


def upper_pull(e: Exercise) -> bool:
    return e.ratio_group == "upper" and e.push_pull == "pull" and e.ratio_units > 0


def upper_push(e: Exercise) -> bool:
    return e.ratio_group == "upper" and e.push_pull == "push" and e.ratio_units > 0


def posterior(e: Exercise) -> bool:
    return e.ratio_group == "lower" and e.push_pull == "pull" and e.ratio_units > 0


def quad_dominant(e: Exercise) -> bool:
    return e.ratio_group == "lower" and e.push_pull == "push" and e.ratio_units > 0


def single_joint(e: Exercise) -> bool:
    return e.mechanic == "isolation"


def compound(e: Exercise) -> bool:
    return e.mechanic == "compound"


def working(e: Exercise) -> bool:
    return not e.is_drill


def trains_upper_body(e: Exercise) -> bool:
    return e.counts_as_hard_set and e.region in ("upper", "full")


def thoracic_drill(e: Exercise) -> bool:
    return e.is_drill and e.thoracic != "none"


def external_rotation(e: Exercise) -> bool:
    """Work that counts for the cuff: externally rotating, hard, at least half a set of external rotators.

    Pull-ups and pulldowns never qualify.
    """
    return (
        e.shoulder_rotation == "external"
        and e.pattern != "vertical_pull"
        and e.counts_as_hard_set
        and e.muscle_quarters.get("rotator_cuff_external", 0) >= 2
    )


def direct_lower_trap(e: Exercise, quarters: int) -> bool:
    """Direct lower-trapezius work of at least so many quarter sets a set."""
    return e.lower_trap_direct and e.counts_as_hard_set and e.muscle_quarters.get("trapezius_lower", 0) >= quarters


def scapular_pull(e: Exercise) -> bool:
    """What stands in for pulling where nothing can be pulled (`balance.upper_pull_push`, substitution)."""
    return e.lower_trap_direct and e.push_pull == "pull"


def top_hold(e: Exercise) -> bool:
    return e.pattern == "vertical_pull" and e.is_isometric


def led_row(e: Exercise) -> bool:
    return e.row_type == "led"


def led_dumbbell_or_cable_row(e: Exercise) -> bool:
    return led_row(e) and e.row_implement in ("dumbbell", "cable")


def any_row(e: Exercise) -> bool:
    return e.row_type != "none"


def working_hinge(e: Exercise) -> bool:
    """Everything of the hinge pattern beyond the hinge drills, the empty bar included."""
    return e.pattern == "hip_hinge" and not e.is_hinge_drill


def deadlift_stage(e: Exercise) -> int:
    """The exercise's rung on the deadlift ladder, 0 when it is not on it."""
    return e.stage_on(DEADLIFT) or 0


def loaded_deadlift(e: Exercise) -> bool:
    return deadlift_stage(e) >= FIRST_LOADED_STAGE


def spine_loading(e: Exercise) -> bool:
    """Of the highest axial load (`recovery.axial`)."""
    return e.axial_load == 3
