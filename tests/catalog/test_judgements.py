"""What the facts leave to judgement: movement families, stress tags, row implements, hinge and loading marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from catalog.schema import Stress


def tagged(catalog: Catalog, tag: Stress) -> set[str]:
    return {e.id for e in catalog.exercises.values() if tag in e.stress}


@pytest.mark.parametrize(
    "variants",
    [
        ("barbell_bench_press", "dumbbell_bench_press", "close_grip_bench_press", "machine_chest_press"),
        ("push_up", "incline_push_up", "feet_elevated_push_up", "push_up_plus"),
        ("pull_up", "chin_up", "assisted_chin_up", "eccentric_pull_up", "weighted_pull_up", "neutral_grip_pull_up"),
        ("isometric_chin_up_hold", "isometric_pull_up_hold", "foot_assisted_chin_up_hold"),
        ("prone_i_raise", "prone_y_raise", "prone_ity_complex", "suspension_y_fly"),
        ("rack_pull_knee", "block_pull", "conventional_deadlift", "sumo_deadlift", "trap_bar_deadlift"),
        ("romanian_deadlift", "dumbbell_romanian_deadlift", "single_leg_romanian_deadlift", "band_romanian_deadlift"),
        ("inverted_row", "suspension_row", "feet_elevated_inverted_row", "towel_row"),
        ("dumbbell_row_retraction", "cable_row_retraction", "chest_supported_dumbbell_row", "kettlebell_row"),
        ("hip_hinge_wall_drill", "shortstop_hinge_drill", "dowel_hip_hinge"),
        ("barbell_hip_thrust", "glute_bridge", "single_leg_glute_bridge"),
        ("barbell_back_squat", "barbell_front_squat", "box_squat"),
    ],
)
def test_variants_of_one_movement_share_a_family(packaged: Catalog, variants: tuple[str, ...]) -> None:
    assert len({packaged.exercises[name].movement_family for name in variants}) == 1


@pytest.mark.parametrize(
    "different",
    [
        ("barbell_bench_press", "incline_dumbbell_press", "push_up", "parallel_bar_dip", "cable_fly"),
        ("barbell_overhead_press", "push_press", "landmine_press", "pike_push_up"),
        ("pull_up", "isometric_pull_up_hold", "lat_pulldown", "straight_arm_pulldown", "dead_hang"),
        ("cable_row_retraction", "barbell_bent_over_row", "inverted_row", "face_pull", "band_pull_apart"),
        ("conventional_deadlift", "romanian_deadlift", "kettlebell_deadlift", "good_morning", "kettlebell_swing"),
        ("lying_leg_curl", "slider_leg_curl", "nordic_hamstring_curl"),
        ("barbell_back_squat", "goblet_squat", "leg_press", "split_squat", "reverse_lunge", "step_up"),
        ("triceps_pushdown", "overhead_triceps_extension", "lying_triceps_extension"),
        ("side_lying_windmill", "thoracic_bridge", "prone_cobra", "bird_dog", "thoracic_rotation_quadruped"),
    ],
)
def test_different_movements_do_not(packaged: Catalog, different: tuple[str, ...]) -> None:
    families = [packaged.exercises[name].movement_family for name in different]
    assert len(set(families)) == len(families)


def test_a_family_stays_on_one_side_of_the_ratios(packaged: Catalog) -> None:
    sides: dict[str, set[tuple[str, str]]] = {}
    for exercise in packaged.exercises.values():
        if exercise.ratio_group != "none":
            sides.setdefault(exercise.movement_family, set()).add((exercise.ratio_group, exercise.push_pull))
    assert {family for family, found in sides.items() if len(found) > 1} == set()


def test_hanging_is_what_hangs_from_a_bar(packaged: Catalog) -> None:
    from_a_bar = {e.id for e in packaged.exercises.values() if "pull_up_bar" in e.equipment[0]}
    assert tagged(packaged, "hanging") == from_a_bar
    assert not tagged(packaged, "hanging") & {"inverted_row", "suspension_row", "lat_pulldown"}


def test_overhead_is_a_load_above_the_head(packaged: Catalog) -> None:
    overhead = tagged(packaged, "overhead")
    presses = {e.id for e in packaged.exercises.values() if e.pattern == "vertical_push"}
    assert presses - overhead == {"landmine_press"}
    assert overhead - presses == {
        "overhead_carry",
        "overhead_triceps_extension",
        "dumbbell_pullover",
        "medicine_ball_slam",
    }


def test_knees_bend_deep_in_every_squat_and_lunge_and_nowhere_else_under_training_load(packaged: Catalog) -> None:
    patterns = {e.id for e in packaged.exercises.values() if e.pattern in ("squat", "lunge")}
    assert tagged(packaged, "deep_knee_flexion") == patterns | {"goblet_squat_pry"}


def test_wrists_bear_load_in_push_ups_and_on_all_fours_but_not_on_the_elbows(packaged: Catalog) -> None:
    wrists = tagged(packaged, "wrist_extension")
    assert {
        "push_up",
        "pike_push_up",
        "scapular_push_up",
        "barbell_front_squat",
        "thoracic_bridge",
        "bird_dog",
    } < wrists
    assert not wrists & {"front_plank", "side_plank", "bench_thoracic_extension", "barbell_bench_press", "wall_slide"}


def test_impact_is_a_jump_or_a_throw(packaged: Catalog) -> None:
    power = {e.id for e in packaged.exercises.values() if e.pattern in ("power_lower", "power_upper")}
    assert tagged(packaged, "impact") == power


def test_barbell_hinges_and_pulls_from_the_floor(packaged: Catalog) -> None:
    from_the_floor = {"conventional_deadlift", "deficit_deadlift", "sumo_deadlift", "trap_bar_deadlift"}
    assert {e.id for e in packaged.exercises.values() if e.floor_pull} == from_the_floor
    assert {e.id for e in packaged.exercises.values() if e.barbell_hinge} == from_the_floor | {
        "rack_pull_knee",
        "rack_pull_below_knee",
        "block_pull",
        "romanian_deadlift",
        "good_morning",
    }


def test_no_loaded_hinge_is_open_below_its_stage(packaged: Catalog) -> None:
    for exercise in packaged.exercises.values():
        if exercise.pattern == "hip_hinge" and not exercise.is_drill:
            place = exercise.ladder or exercise.prerequisite
            assert place is not None, exercise.id
            assert place.ladder == "deadlift"
            assert place.stage >= 3 or not exercise.barbell_hinge, exercise.id
            assert place.stage >= 5 or not exercise.floor_pull, exercise.id


def test_led_dumbbell_and_cable_rows(packaged: Catalog) -> None:
    led = {
        e.id for e in packaged.exercises.values() if e.row_type == "led" and e.row_implement in ("dumbbell", "cable")
    }
    assert led == {
        "dumbbell_row_retraction",
        "chest_supported_dumbbell_row",
        "cable_row_retraction",
        "single_arm_cable_row",
        "wide_grip_cable_row",
    }
    assert packaged.exercises["machine_chest_supported_row"].row_implement == "machine"
    assert packaged.exercises["face_pull"].row_implement == "none"


def test_loading_follows_the_implement(packaged: Catalog) -> None:
    loading = {e.id: e.loading for e in packaged.exercises.values()}
    assert {loading[e.id] for e in packaged.exercises.values() if e.is_drill} == {"unloaded"}
    heavy = {"barbell", "trap_bar", "ez_bar", "leg_press_machine", "leg_curl_machine", "lat_pulldown_machine"}
    for exercise in packaged.exercises.values():
        if exercise.counts_as_hard_set and heavy & set(exercise.equipment[0]):
            assert exercise.loading == "loaded", exercise.id
        if exercise.equipment[0] in (("resistance_band",), ("mini_band",)):
            assert exercise.loading in ("light", "unloaded"), exercise.id
    assert {loading[name] for name in ("pull_up", "chin_up", "parallel_bar_dip", "nordic_hamstring_curl")} == {"loaded"}
    assert {loading[name] for name in ("push_up", "bodyweight_squat", "glute_bridge", "band_row")} == {"light"}
    assert {loading[name] for name in ("prone_y_raise", "wall_slide")} == {"unloaded"}
