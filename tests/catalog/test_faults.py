"""Every kind of fault is found, told where it is, and told together with all others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from catalog.faults import CatalogError, Fault
from catalog.loader import load_catalog

if TYPE_CHECKING:
    from tests.catalog.conftest import Workbench

Change = Callable[[Any], Any]


@dataclass(frozen=True)
class Break:
    """A change to one file and the one fault it must bring: where, and words of its message."""

    file: str
    change: Change
    pointer: str
    words: str

    def apply(self, bench: Workbench) -> None:
        bench.edit(self.file, self.change)

    def is_told_by(self, fault: Fault) -> bool:
        return (fault.file, fault.pointer) == (self.file, self.pointer) and self.words in fault.message


def exercise(name: str, pointer: str, words: str, **fields: Any) -> Break:
    return Break(f"exercises/{name}.json", lambda document: document.update(fields), pointer, words)


def put(*path: str | int, value: Any) -> Change:
    def change(document: Any) -> None:
        for part in path[:-1]:
            document = document[part]
        document[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    def change(document: Any) -> None:
        for part in path[:-1]:
            document = document[part]
        del document[path[-1]]

    return change


# Each in a file of its own, so that all of them can be made at once.
BREAKS = {
    "a field of the wrong type": exercise("box_jump", "/rest_seconds", "valid integer", rest_seconds="90"),
    "a number out of range": exercise("cat_camel", "/skill_level", "less than or equal to 3", skill_level=4),
    "an unknown field": exercise("dead_bug", "/colour", "Extra inputs", colour="red"),
    "a missing field": Break("exercises/dead_hang.json", drop("cue"), "/cue", "Field required"),
    "a weight outside quarters": exercise(
        "curl_up", "/primary_muscles/abdominals", "4", primary_muscles={"abdominals": 5}
    ),
    "a stress tag outside the schema": exercise("band_row", "/stress/0", "Input should be", stress=["boredom"]),
    "an id unlike the file's name": exercise("band_curl", "/id", "differs from the file's name", id="band_curls"),
    "an unknown pattern": exercise("face_pull", "/pattern", "unknown pattern", pattern="diagonal_pull"),
    "an unknown family": exercise("cable_fly", "/movement_family", "unknown movement family", movement_family="flying"),
    "an unknown primary muscle": exercise(
        "cable_curl", "/primary_muscles/brachialis", "unknown muscle", primary_muscles={"brachialis": 4}
    ),
    "an unknown secondary muscle": exercise(
        "leg_press", "/secondary_muscles/sartorius", "unknown muscle", secondary_muscles={"sartorius": 2}
    ),
    "unknown equipment": exercise("wall_sit", "/equipment/1/0", "unknown equipment", equipment=[["wall"], ["fence"]]),
    "an unknown ladder": exercise(
        "step_up", "/ladder/ladder", "unknown ladder", ladder={"ladder": "stairs", "stage": 1}
    ),
    "an unknown prerequisite": exercise(
        "sled_push", "/prerequisite/ladder", "unknown ladder", prerequisite={"ladder": "pushing", "stage": 1}
    ),
    "a prerequisite beyond the ladder": exercise(
        "good_morning", "/prerequisite/stage", "ends at stage 6", prerequisite={"ladder": "deadlift", "stage": 7}
    ),
    "an unknown source": exercise("hack_squat", "/sources/1", "unknown source", sources=["anatomy", "HEARSAY"]),
    "repetitions upside down": exercise("goblet_squat", "/repetitions", "above", repetitions={"min": 9, "max": 8}),
    "sets upside down": exercise("leg_extension", "/sets", "above", sets={"min": 4, "max": 3}),
    "no primary muscle": exercise("pallof_press", "/primary_muscles", "no primary", primary_muscles={}),
    "a muscle twice": exercise(
        "cable_chop", "/secondary_muscles/obliques", "primary as well", secondary_muscles={"obliques": 2}
    ),
    "a hold that is not isometric": exercise("front_plank", "/is_isometric", "isometric", is_isometric=False),
    "a hold without seconds": exercise("superman_hold", "/hold_seconds", "hold_seconds", hold_seconds=0),
    "a set shorter than its holds": exercise("side_plank", "/seconds_per_set", "shorter", seconds_per_set=40),
    "compound units on an isolation": exercise("pec_deck_fly", "/ratio_units", "counts 1", ratio_units=2),
    "too few units on a compound": exercise("lat_pulldown", "/ratio_units", "counts 2", ratio_units=1),
    "units outside the ratios": exercise("barbell_curl", "/ratio_units", "counts 0", ratio_units=1),
    "a neutral exercise in the ratios": exercise("split_squat", "/push_pull", "pushes or pulls", push_pull="neutral"),
    "a drill that is a hard set": exercise(
        "bird_dog", "/counts_as_hard_set", "never a hard set", counts_as_hard_set=True
    ),
    "a drill in the ratios": exercise(
        "dowel_hip_hinge", "/ratio_group", "no ratio group", ratio_group="lower", ratio_units=0
    ),
    "a working thoracic exercise": exercise("wall_slide", "/thoracic", "is a drill", thoracic="other"),
    "a working hinge drill": exercise("kettlebell_swing", "/is_hinge_drill", "hinge drill", is_hinge_drill=True),
    "a barbell hinge that is no hinge": exercise(
        "landmine_t_bar_row", "/barbell_hinge", "hip_hinge", barbell_hinge=True
    ),
    "a late thoracic drill": exercise("thread_the_needle", "/session_slot", "open the session", session_slot=7),
    "a late hinge drill": exercise("hip_hinge_wall_drill", "/session_slot", "before all hinges", session_slot=6),
    "work in the mobility slot": exercise("copenhagen_plank", "/session_slot", "is for drills", session_slot=1),
    "a hinge among the drills": exercise(
        "cable_pull_through", "/session_slot", "after the hinge drills", session_slot=2
    ),
    "a floor pull without a bar": exercise("kettlebell_deadlift", "/floor_pull", "barbell hinge", floor_pull=True),
    "a row without an implement": exercise("towel_row", "/row_implement", "implement", row_implement="none"),
    "spinal load untold": exercise("farmers_carry", "/stress", "axial load", stress=[]),
    "an alternative never chosen": exercise(
        "dumbbell_shrug", "/equipment/1", "never chosen", equipment=[["dumbbells"], ["dumbbells", "box"]]
    ),
    "an alternative after none": exercise(
        "standing_calf_raise", "/equipment/1", "never chosen", equipment=[["none"], ["box"]]
    ),
    "an item twice": exercise("cable_row_retraction", "/equipment/0", "twice", equipment=[["box", "box"]]),
    "none among others": exercise("ab_wheel_rollout", "/equipment/0", "alone", equipment=[["none", "ab_wheel"]]),
    "an empty alternative": exercise("suitcase_carry", "/equipment/0", "spelled none", equipment=[[]]),
    "a claimed rung": exercise(
        "slider_leg_curl", "/ladder", "does not list", ladder={"ladder": "knee_flexion", "stage": 1}
    ),
    "a rung of another stage": Break(
        "ladders/lunge.json",
        lambda document: document["stages"][1]["exercises"].append("lateral_lunge"),
        "/stages/1/exercises/1",
        "does not stand on stage 2",
    ),
    "an unknown exercise on a ladder": Break(
        "ladders/chin_up.json",
        lambda document: document["stages"][0]["exercises"].append("chinning"),
        "/stages/0/exercises/2",
        "unknown exercise chinning",
    ),
    "an unknown source on a ladder": Break(
        "ladders/bridge.json", put("stages", 0, "sources", value=["HEARSAY"]), "/stages/0/sources/0", "unknown source"
    ),
    "a skipped stage": Break("ladders/squat.json", put("stages", 3, "stage", value=5), "/stages/3/stage", "stage 4"),
    "a strict stage that is free": Break(
        "ladders/deadlift.json",
        put("stages", 2, "min_sessions_before_advancing", value=0),
        "/stages/2/min_sessions_before_advancing",
        "strict",
    ),
    "an unknown preset for the default place": Break(
        "defaults.json", put("place", "equipment", value="garage"), "/place/equipment", "unknown preset"
    ),
    "a preset without none": Break(
        "vocab/presets.json", put(4, "equipment", value=["wall"]), "/4/equipment", "everywhere"
    ),
    "a target under the minimum": Break(
        "vocab/muscles.json", put(0, "weekly_min_sets", value=11), "/0/weekly_min_sets", "weekly_target_sets 10"
    ),
    "a stress word unknown to the schema": Break(
        "vocab/stress_tags.json",
        lambda document: document.append({"id": "boredom", "name": "Boredom", "meaning": "The same week again"}),
        "/6/id",
        "no stress boredom",
    ),
    "a pattern twice": Break(
        "vocab/patterns.json", lambda document: document.append(dict(document[0])), "/30/id", "already taken"
    ),
    "a retired id alive": Break(
        "retired.json",
        lambda document: document.append(
            {"id": "pull_up", "kind": "exercise", "replaced_by": None, "reason": "Out of fashion"}
        ),
        "/0/id",
        "still in use",
    ),
}


def faults_of(bench: Workbench) -> tuple[Fault, ...]:
    with pytest.raises(CatalogError) as caught:
        load_catalog(bench.root)
    return caught.value.faults


def test_an_untouched_copy_loads(bench: Workbench) -> None:
    assert len(load_catalog(bench.root).exercises) == 187


@pytest.mark.parametrize("name", BREAKS)
def test_each_fault_is_told_and_nothing_else(bench: Workbench, name: str) -> None:
    broken = BREAKS[name]
    broken.apply(bench)
    faults = faults_of(bench)
    assert [fault for fault in faults if broken.is_told_by(fault)], faults
    assert len(faults) == 1


def test_all_faults_are_told_together(bench: Workbench) -> None:
    assert len({broken.file for broken in BREAKS.values()}) == len(BREAKS)
    for broken in BREAKS.values():
        broken.apply(bench)
    faults = faults_of(bench)
    untold = [name for name, broken in BREAKS.items() if not any(broken.is_told_by(fault) for fault in faults)]
    assert untold == []
    assert len(faults) == len(BREAKS)


def test_the_error_lists_its_faults_in_order(bench: Workbench) -> None:
    BREAKS["sets upside down"].apply(bench)
    BREAKS["an unknown pattern"].apply(bench)
    with pytest.raises(CatalogError) as caught:
        load_catalog(bench.root)
    assert str(caught.value).splitlines() == [
        "2 faults in the catalog:",
        "exercises/face_pull.json#/pattern: unknown pattern diagonal_pull",
        "exercises/leg_extension.json#/sets: min 4 is above max 3",
    ]


def test_a_key_given_twice(bench: Workbench) -> None:
    text = bench.read("exercises/chin_up.json")
    bench.write("exercises/chin_up.json", text.replace('"min": 4', '"min": 1, "min": 4', 1))
    faults = faults_of(bench)
    assert [(f.file, f.pointer) for f in faults] == [("exercises/chin_up.json", "/repetitions/min")]
    assert "more than once" in faults[0].message


def test_broken_json_a_missing_and_a_stray_file_are_told_without_a_trail(bench: Workbench) -> None:
    bench.write("exercises/pull_up.json", "{")
    bench.write("exercises/notes.txt", "to do")
    bench.write("vocab/musles.json", "[]")
    (bench.root / "retired.json").unlink()
    faults = faults_of(bench)
    assert [(f.file, f.message.split(":")[0]) for f in faults] == [
        ("exercises/notes.txt", "no file of this kind belongs here"),
        ("exercises/pull_up.json", "not valid JSON"),
        ("retired.json", "the file is missing or cannot be read"),
        ("vocab/musles.json", "no file of this name belongs here"),
    ]


def test_a_list_file_that_holds_an_object(bench: Workbench) -> None:
    bench.write("retired.json", "{}")
    assert [str(f) for f in faults_of(bench)] == ["retired.json#: a list of records is expected"]


def test_an_id_taken_twice(bench: Workbench) -> None:
    bench.edit("exercises/band_curl.json", put("id", value="cable_curl"))
    assert [(f.file, f.pointer, f.message) for f in faults_of(bench)] == [
        ("exercises/cable_curl.json", "/id", "the id cable_curl is already taken"),
        ("exercises/band_curl.json", "/id", "the id cable_curl differs from the file's name band_curl"),
    ][::-1]


def test_a_source_code_taken_twice(bench: Workbench) -> None:
    bench.edit("sources.json", lambda document: document.append(dict(document[0])))
    assert [(f.file, f.message) for f in faults_of(bench)] == [("sources.json", "the id PEL24 is already taken")]


def test_a_tombstone_points_to_the_living(bench: Workbench) -> None:
    stone = {"id": "old_row", "kind": "exercise", "replaced_by": "row_of_rows", "reason": "Two names for one row"}
    bench.edit("retired.json", lambda document: document.append(stone))
    assert [str(f) for f in faults_of(bench)] == ["retired.json#/0/replaced_by: unknown exercise row_of_rows"]


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        (put("ladder_stages", "beginner", "squat", value=5), "/ladder_stages/beginner/squat", "stages 1 to 4"),
        (put("ladder_stages", "beginner", "squat", value=0), "/ladder_stages/beginner/squat", "stages 1 to 4"),
        (put("ladder_stages", "advanced", "stairs", value=1), "/ladder_stages/advanced/stairs", "unknown ladder"),
        (drop("ladder_stages", "advanced", "lunge"), "/ladder_stages/advanced", "no stage on the ladder lunge"),
        (drop("ladder_stages", "advanced"), "/ladder_stages", "nothing is said for advanced"),
        (drop("skill_level", "beginner"), "/skill_level", "nothing is said for beginner"),
        (put("skill_level", "beginner", value=4), "/skill_level/beginner", "1 to 3"),
        (drop("volume_scale_percent", "advanced"), "/volume_scale_percent", "nothing is said for advanced"),
        (put("volume_scale_percent", "advanced", value=0), "/volume_scale_percent/advanced", "above 0"),
        (put("priorities", "tail", value=1), "/priorities/tail", "unknown muscle tail"),
        (put("priorities", "glutes", value=4), "/priorities/glutes", "0 to 3"),
        (put("slots", 1, "id", value="mon"), "/slots/1/id", "already taken"),
        (put("slots", 1, "start", value="25:00"), "/slots/1/start", "no time of day"),
        (put("slots", 1, "minutes", value=0), "/slots/1/minutes", "at least a minute"),
        (put("slots", 1, "day", value="someday"), "/slots/1/day", "Input should be"),
    ],
)
def test_faults_of_the_defaults(bench: Workbench, change: Change, pointer: str, words: str) -> None:
    bench.edit("defaults.json", change)
    faults = faults_of(bench)
    assert [(f.file, f.pointer) for f in faults] == [("defaults.json", pointer)]
    assert words in faults[0].message


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("weekly_target_sets", 21, "/0/weekly_target_sets"),
        ("max_sets_per_session", 21, "/0/max_sets_per_session"),
        ("recovery_free_sets_per_day", 9, "/0/recovery_free_sets_per_day"),
        ("recovery_hours", 73, "/0/recovery_hours"),
        ("sources", ["HEARSAY"], "/0/sources/0"),
    ],
)
def test_faults_of_a_muscle(bench: Workbench, field: str, value: object, pointer: str) -> None:
    bench.edit("vocab/muscles.json", put(0, field, value=value))
    assert [(f.file, f.pointer) for f in faults_of(bench)] == [("vocab/muscles.json", pointer)]


def test_a_preset_with_unknown_equipment(bench: Workbench) -> None:
    bench.edit("vocab/presets.json", put(1, "equipment", value=["none", "fence"]))
    assert [str(f) for f in faults_of(bench)] == ["vocab/presets.json#/1/equipment: unknown equipment fence"]
