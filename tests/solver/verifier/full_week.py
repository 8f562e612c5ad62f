"""One small complete catalog, one request that asks something of every rule, and one valid week for it."""

from __future__ import annotations

from catalog.schema import Span
from solver.domain.plan import Entry
from solver.domain.problem import Avoidances, PinnedEntry, RequiredExercise
from tests.solver.verifier.builders import (
    athlete,
    drill,
    exercise,
    goal,
    lower,
    problem,
    rung,
    settings,
    slot,
    thoracic,
    upper,
    week,
)

MOBILITY = (
    thoracic("turn", "rotation"),
    thoracic("second_turn", "rotation"),
    thoracic("arch", "extension"),
    thoracic("roll", "other"),
    drill("hinge_drill", pattern="hip_hinge", is_hinge_drill=True, ladder=rung("deadlift", 1), session_slot=2),
)
UPPER = (
    upper("press", "push", pattern="horizontal_push", shoulder_rotation="internal", muscles={"pectorals": 4}),
    upper("second_press", "push", pattern="horizontal_push"),
    upper("led_row", "pull", row_type="led", row_implement="dumbbell", equipment=(("dumbbells",), ("kettlebell",))),
    upper("plain_row", "pull", row_type="plain", row_implement="barbell"),
    upper("hold", "pull", pattern="vertical_pull", is_isometric=True, ladder=rung("pull_up", 4)),
    upper("pull_up", "pull", pattern="vertical_pull", ladder=rung("pull_up", 6)),
    upper("rear_fly", "pull", mechanic="isolation", ratio_units=1, session_slot=6),
)
SHOULDER = (
    exercise(
        "y_raise",
        region="upper",
        pattern="scapular_control",
        lower_trap_direct=True,
        shoulder_rotation="external",
        muscles={"trapezius_lower": 4},
        secondary_muscles={"trapezius_upper": 2, "rotator_cuff_external": 2},
    ),
    exercise(
        "flexion",
        region="upper",
        pattern="scapular_control",
        lower_trap_direct=True,
        muscles={"trapezius_lower": 4},
        secondary_muscles={"trapezius_upper": 2},
    ),
    exercise("cuff", shoulder_rotation="external", muscles={"rotator_cuff_external": 4}),
    exercise("shrug", upper_trap_direct=True, muscles={"trapezius_upper": 4}),
)
LOWER = (
    lower("knee_pull", "pull", pattern="hip_hinge", ladder=rung("deadlift", 3), barbell_hinge=True, axial_load=3),
    lower("low_pull", "pull", pattern="hip_hinge", ladder=rung("deadlift", 4), barbell_hinge=True, axial_load=3),
    lower("dumbbell_hinge", "pull", pattern="hip_hinge"),
    lower("romanian", "pull", pattern="hip_hinge", barbell_hinge=True, axial_load=3, muscles={"hamstrings": 4}),
    lower("leg_curl", "pull", mechanic="isolation", ratio_units=1, session_slot=6, muscles={"hamstrings": 4}),
    lower("squat", "push", pattern="squat", axial_load=3, muscles={"quadriceps": 4}),
    exercise("calf_raise", pattern="calf", muscles={"calves": 4}, sets=Span(min=2, max=6)),
)
TRUNK = (
    exercise("crunch", pattern="core_flexion", session_slot=7, muscles={"abdominals": 4}),
    exercise("wrist_curl", muscles={"forearms": 4}),
    exercise("plank", pattern="core", session_slot=7),
    exercise("snatch_plank", pattern="core", session_slot=7, skill_level=3),
    exercise("later_plank", pattern="core", session_slot=7, prerequisite=rung("pull_up", 7)),
    exercise("wrist_plank", pattern="core", session_slot=7, stress=frozenset({"wrist_extension"})),
    exercise("march", session_slot=7, seconds_per_set=300, rest_seconds=0),
    exercise("carry", session_slot=8, sets=Span(min=1, max=4), movement_family="carries"),
    exercise("cousin_carry", session_slot=8, movement_family="carries"),
    exercise("other_carry", session_slot=8),
    exercise("yoke_walk", pattern="walk", session_slot=8, axial_load=3),
    exercise("heavy_walk", pattern="walk", session_slot=8, axial_load=3),
)

PROBLEM = problem(
    *MOBILITY,
    *UPPER,
    *SHOULDER,
    *LOWER,
    *TRUNK,
    muscles=(
        goal("calves", weekly_min_sets=6, required=True, recovery_hours=72),
        goal("abdominals", weekly_max_sets=6, session_max_sets=6, recovery_hours=24),
        goal("forearms", session_max_sets=3, recovery_hours=0),
        goal("hamstrings", session_max_sets=5, recovery_hours=72),
        *(goal(muscle) for muscle in ("pectorals", "quadriceps", "serratus")),
        *(goal(muscle) for muscle in ("trapezius_lower", "trapezius_upper", "rotator_cuff_external")),
    ),
    slots=(slot("mon"), slot("wed"), slot("fri"), slot("sun")),
    who=athlete(
        avoid=Avoidances(stress=frozenset({"wrist_extension"})),
        must_include=(RequiredExercise("carry", 2),),
    ),
    rules=settings(sessions_min=3),
    pinned_entries=(PinnedEntry("wed", "plank", 2), PinnedEntry("fri", "shrug", 0)),
)

PLAN = week(
    mon=[
        ("turn", 1),
        ("arch", 1),
        ("hinge_drill", 2),
        ("knee_pull", 3),
        ("press", 3),
        ("plain_row", 2),
        ("y_raise", 3),
        ("cuff", 2),
        ("calf_raise", 3),
        ("crunch", 3),
        ("march", 3),
    ],
    wed=[
        ("roll", 1),
        ("squat", 3),
        ("hold", 1),
        Entry("led_row", 3, ("dumbbells",)),
        ("shrug", 2),
        ("wrist_curl", 3),
        ("crunch", 3),
        ("plank", 2),
        ("carry", 2),
    ],
    fri=[("turn", 1), ("romanian", 3), ("y_raise", 3), ("calf_raise", 3), ("plank", 2)],
)
