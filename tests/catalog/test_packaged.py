"""The packaged facts, as a whole: how many, how they hang together, what can be done with them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, get_args

import pytest

from catalog.checks.references import OWN_REASONING
from catalog.schema import Exercise, Experience, Stress

if TYPE_CHECKING:
    from catalog.catalog import Catalog


def ids(exercises: list[Exercise]) -> set[str]:
    return {exercise.id for exercise in exercises}


def unequipped(catalog: Catalog) -> list[Exercise]:
    return [e for e in catalog.exercises.values() if ("none",) in e.equipment]


def test_everything_is_there(packaged: Catalog) -> None:
    assert len(packaged.exercises) == 187
    assert len(packaged.muscles) == 23
    assert len(packaged.equipment) == 42
    assert len(packaged.patterns) == 30
    assert set(packaged.presets) == {"full_gym", "home_dumbbells", "bands_only", "bodyweight", "hotel"}
    assert set(packaged.stress_tags) == set(get_args(Stress))
    assert packaged.retired == {}
    assert {ladder.id: len(ladder.stages) for ladder in packaged.ladders.values()} == {
        "deadlift": 6,
        "pull_up": 7,
        "chin_up": 6,
        "inverted_row": 3,
        "push_up": 4,
        "bridge": 2,
        "knee_flexion": 3,
        "squat": 4,
        "lunge": 3,
    }
    assert [ladder.id for ladder in packaged.ladders.values() if ladder.strict] == ["deadlift"]


def test_no_word_of_a_vocabulary_is_unused(packaged: Catalog) -> None:
    exercises = packaged.exercises.values()
    assert {e.pattern for e in exercises} == set(packaged.patterns)
    assert {e.movement_family for e in exercises} == set(packaged.movement_families)
    assert {tag for e in exercises for tag in e.stress} == set(packaged.stress_tags)
    assert {item for e in exercises for alternative in e.equipment for item in alternative} == set(packaged.equipment)
    assert {muscle for e in exercises for muscle in e.volume_quarters} == set(packaged.muscles)


def test_every_term_means_something_of_its_own(packaged: Catalog) -> None:
    terms = [*packaged.movement_families.values(), *packaged.patterns.values(), *packaged.stress_tags.values()]
    assert all(len(term.meaning.split()) >= 3 and term.meaning != term.name for term in terms)
    assert max(Counter(term.meaning for term in terms).values()) == 1


def test_presets_hold_known_equipment_and_the_full_gym_all_but_the_table(packaged: Catalog) -> None:
    for preset in packaged.presets.values():
        assert preset.equipment < set(packaged.equipment)
    assert set(packaged.equipment) - packaged.presets["full_gym"].equipment == {"sturdy_table"}


def test_a_name_or_alias_belongs_to_one_exercise(packaged: Catalog) -> None:
    names = Counter(
        re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()
        for e in packaged.exercises.values()
        for name in {e.name, *e.aliases}
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("experience", get_args(Experience))
def test_the_default_stage_of_each_ladder_can_be_trained_at_the_default_skill(
    packaged: Catalog, experience: Experience
) -> None:
    defaults = packaged.defaults
    gym = packaged.presets[defaults.place.equipment].equipment
    for ladder in packaged.ladders.values():
        stage = ladder.stages[defaults.ladder_stages[experience][ladder.id] - 1]
        open_to_them = [
            name
            for name in stage.exercises
            if packaged.exercises[name].skill_level <= defaults.skill_level[experience]
            and any(gym.issuperset(alternative) for alternative in packaged.exercises[name].equipment)
        ]
        assert open_to_them, (ladder.id, stage.stage)


def test_a_beginner_reaches_the_first_stage_of_each_ladder(packaged: Catalog) -> None:
    for ladder in packaged.ladders.values():
        first = [packaged.exercises[name] for name in ladder.stages[0].exercises]
        assert packaged.defaults.ladder_stages["beginner"][ladder.id] >= 1
        assert any(e.skill_level == 1 and e.prerequisite is None for e in first), ladder.id


def test_what_is_never_waived_can_be_done_with_nothing_at_all(packaged: Catalog) -> None:
    bare = unequipped(packaged)
    thoracic = Counter(e.thoracic for e in bare if e.thoracic != "none" and e.skill_level == 1)
    assert thoracic["rotation"] >= 1
    assert thoracic["extension"] >= 1
    assert thoracic.total() >= 3
    hard = [e for e in bare if e.counts_as_hard_set and e.skill_level == 1]
    cuff = [e for e in hard if e.shoulder_rotation == "external" and "rotator_cuff_external" in e.volume_quarters]
    assert len(cuff) >= 2
    assert any(e.lower_trap_direct and e.volume_quarters.get("trapezius_lower", 0) >= 3 for e in hard)
    compound = [e for e in hard if e.mechanic == "compound"]
    assert "horizontal_push" in {e.pattern for e in bare if e.mechanic == "compound"}
    assert {"squat", "lunge"} <= {e.pattern for e in compound}
    assert any(e.ratio_group == "lower" and e.push_pull == "pull" for e in hard)
    assert any(e.is_hinge_drill for e in bare)


def test_the_guide_names_its_exercises(packaged: Catalog) -> None:
    def named(mistake: int) -> set[str]:
        return ids([e for e in packaged.exercises.values() if mistake in e.guide_mistakes])

    assert named(1) == {
        "bird_dog",
        "side_lying_windmill",
        "thoracic_rotation_quadruped",
        "thoracic_bridge",
        "prone_cobra",
    }
    assert named(4) == {
        "isometric_chin_up_hold",
        "isometric_pull_up_hold",
        "weighted_isometric_chin_up_hold",
        "foot_assisted_chin_up_hold",
    }
    assert named(5) == {"dumbbell_row_retraction", "cable_row_retraction"}
    assert {"hip_hinge_wall_drill", "empty_bar_rack_pull_knee", "rack_pull_knee", "conventional_deadlift"} < named(6)
    assert all("SEED" in e.sources for e in packaged.exercises.values() if e.guide_mistakes)


def test_a_changed_fact_says_what_it_was_why_and_on_whose_word(packaged: Catalog) -> None:
    reviewed = [e for e in packaged.exercises.values() if e.review is not None]
    assert len(reviewed) >= 10
    for exercise in reviewed:
        assert exercise.review is not None
        assert re.match(r"[a-z_]+ was [^:]+: .+", exercise.review), exercise.id
        words = re.findall(r"\(([^()]+)\)(?:; |$)", exercise.review)
        assert words, exercise.id
        assert set(words) <= OWN_REASONING | set(packaged.sources), exercise.id
