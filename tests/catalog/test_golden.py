"""Hand-picked facts, number by number, with the evidence that each number goes back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from catalog.catalog import Catalog

WEIGHTS = [
    # EKS03: lower trapezius 97 %MVIC and middle 101 in the prone Y, upper 79 in the prone overhead raise.
    ("prone_y_raise", {"trapezius_lower": 4, "trapezius_middle": 3}, {"trapezius_upper": 2}),
    # EKS03: middle trapezius 87, lower 74, upper 66 in the prone T.
    ("prone_t_raise", {"trapezius_middle": 4, "trapezius_lower": 3}, {"trapezius_upper": 2}),
    # EKS03: upper trapezius 120 in the shrug, the highest of all.
    ("barbell_shrug", {"trapezius_upper": 4}, {"trapezius_middle": 1}),
    # REI04: infraspinatus 62, teres minor 67, highest of seven; COO07: low upper-to-lower trapezius ratio.
    ("side_lying_external_rotation", {"rotator_cuff_external": 4}, {"trapezius_lower": 2}),
    # YOU10: lat 117-130, biceps 78-96, lower trapezius 45-56, pectorals higher in the chin-up than in the pull-up.
    ("chin_up", {"latissimus_dorsi": 4, "biceps": 3}, {"trapezius_lower": 2, "pectorals": 1}),
    # ACE18: the suspension row has the least lower trapezius of all pulls (35).
    ("suspension_row", {"trapezius_middle": 3, "latissimus_dorsi": 3}, {"trapezius_lower": 1}),
    # PAD25: a wide grip moves a seated row from the lat to the trapezius.
    ("wide_grip_cable_row", {"trapezius_middle": 4, "deltoid_posterior": 3}, {"latissimus_dorsi": 2}),
    # LUD04: serratus to 123 % in the push-up plus.
    ("push_up_plus", {"serratus_anterior": 4, "pectorals": 3}, {"triceps": 2}),
    # DLR20: hamstrings above erectors in the Romanian deadlift ...
    ("romanian_deadlift", {"hamstrings": 4, "glutes": 3}, {"erector_spinae": 2}),
    # ... and erectors on top in the conventional one.
    ("conventional_deadlift", {"glutes": 4, "erector_spinae": 4, "hamstrings": 3}, {"quadriceps": 2}),
]


@pytest.mark.parametrize(("name", "primary", "some_secondary"), WEIGHTS)
def test_weights_in_quarter_sets(
    packaged: Catalog, name: str, primary: dict[str, int], some_secondary: dict[str, int]
) -> None:
    exercise = packaged.exercises[name]
    assert dict(exercise.primary_muscles) == primary
    assert some_secondary.items() <= dict(exercise.secondary_muscles).items()


def test_bench_press_is_priced_as_a_main_lift(packaged: Catalog) -> None:
    press = packaged.exercises["barbell_bench_press"]
    # 3-5 x 4-8; 20 s a set, 180 s between sets (ACSM: 3-5 min for heavy sets), 90 s to set up, 210 s of ramp-up.
    assert (press.sets.min, press.sets.max, press.repetitions.min, press.repetitions.max) == (3, 5, 4, 8)
    assert (press.seconds_per_set, press.rest_seconds, press.setup_seconds, press.warmup_seconds) == (20, 180, 90, 210)
    assert (press.ratio_group, press.push_pull, press.ratio_units) == ("upper", "push", 2)
    assert press.shoulder_rotation == "internal"
    assert press.equipment == (("barbell", "rack", "flat_bench"), ("smith_machine", "flat_bench"))


def test_a_one_sided_set_holds_both_sides(packaged: Catalog) -> None:
    plank = packaged.exercises["side_plank"]
    # 25 s each side and 10 s to turn over.
    assert (plank.hold_seconds, plank.unilateral, plank.seconds_per_set) == (25, True, 60)


def test_volume_counts_half_a_set_and_more(packaged: Catalog) -> None:
    # PEL24: direct 1, indirect 1/2. The chin-up's quarter of a set for the chest is no volume.
    chin_up = packaged.exercises["chin_up"]
    assert "pectorals" in chin_up.muscle_quarters
    assert chin_up.volume_quarters == {
        "latissimus_dorsi": 4,
        "biceps": 3,
        "trapezius_lower": 2,
        "trapezius_middle": 2,
        "forearms": 2,
    }
    assert packaged.exercises["prone_cobra"].volume_quarters == {}


def test_the_glutes_landmarks(packaged: Catalog) -> None:
    glutes = packaged.muscles["glutes"]
    # RP-MyFit: MEV 0, MRV 12 at two sessions a week and 18 at three.
    assert (glutes.weekly_min_sets, glutes.weekly_target_sets, glutes.weekly_max_sets) == (2, 8, 16)
    assert (glutes.max_sets_per_session, glutes.recovery_hours, glutes.recovery_hours_conservative) == (8, 48, 72)
    assert glutes.sources == ("RP-MyFit",)


def test_the_knee_height_rack_pull_is_stage_three_with_a_free_bar(packaged: Catalog) -> None:
    pull = packaged.exercises["rack_pull_knee"]
    assert pull.stage_on("deadlift") == 3
    assert pull.equipment == (("barbell", "rack"),)
    stage = packaged.ladders["deadlift"].stages[2]
    # MSK13: rack pulls above, then below the knee, before the floor; three sessions on each.
    assert (stage.exercises, stage.min_sessions_before_advancing) == (("rack_pull_knee",), 3)


def test_the_default_week(packaged: Catalog) -> None:
    defaults = packaged.defaults
    assert [(s.day, s.start, s.minutes) for s in defaults.slots] == [
        ("monday", "18:00", 60),
        ("wednesday", "18:00", 60),
        ("friday", "18:00", 60),
    ]
    assert (defaults.experience, defaults.place.equipment) == ("intermediate", "full_gym")
    assert (defaults.warmup_seconds, defaults.changeover_seconds) == (300, 60)
    assert (defaults.max_working_exercises, defaults.max_drills) == (10, 3)
    assert dict(defaults.volume_scale_percent) == {"beginner": 60, "intermediate": 80, "advanced": 100}
    assert defaults.default_priority == 1
    assert {m for m, p in defaults.priorities.items() if p == 0} == {"trapezius_upper", "deltoid_anterior"}
