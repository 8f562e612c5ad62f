from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from catalog.catalog import default_catalog
from solver.domain.eligibility import (
    Blocker,
    Eligibility,
    athlete_blockers,
    place_blockers,
    usable_alternatives,
)
from solver.domain.problem import Avoidances, Place
from solver.verifier.eligibility import obstacles
from tests.solver.rule_lab import FLOOR, GYM, athlete, exercise, problem, rung, slot
from tests.solver.subjects import subject_of

BENCH = exercise(
    "bench",
    pattern="horizontal_push",
    equipment=(("barbell", "rack"), ("dumbbells",), ("none",)),
    stress=frozenset({"overhead", "impact"}),
)
ROW = exercise("row", equipment=(("barbell",), ("cable",)))
PULL_UP = exercise("pull_up", skill_level=3, ladder=rung("pull_up", 6), prerequisite=rung("push_up", 2))
LADDERS = {"pull_up": 6, "push_up": 2}


def _blocker(rule: str, subject: str) -> Blocker:
    return Blocker(rule, subject_of(rule, subject))


def _world(place: Place = GYM, **facts: Any) -> Any:
    avoid = Avoidances(**{kind: frozenset(ids) for kind, ids in facts.pop("avoid", {}).items()})
    who = athlete(avoid=avoid, **{"stages": LADDERS, "skill_level": 3, **facts})
    return problem(BENCH, ROW, PULL_UP, who=who, slots=(slot("mon", place=place), slot("wed", place=FLOOR)))


@pytest.mark.parametrize(
    ("place", "avoided", "expected"),
    [
        (GYM, set(), (("barbell", "rack"), ("dumbbells",), ("none",))),
        (FLOOR, set(), (("none",),)),
        (Place("shed", frozenset({"none", "barbell", "dumbbells"})), set(), (("dumbbells",), ("none",))),
        (GYM, {"rack"}, (("dumbbells",), ("none",))),
        (GYM, {"dumbbells"}, (("barbell", "rack"), ("none",))),
    ],
)
def test_usable_alternatives_stand_at_the_place_and_keep_their_order(
    place: Place, avoided: set[str], expected: tuple[tuple[str, ...], ...]
) -> None:
    assert usable_alternatives(_world(avoid={"equipment": avoided}), BENCH, place) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ()),
        ({"avoid": {"exercises": {"bench"}}}, (_blocker("athlete.exclusions", "exercise:bench"),)),
        ({"avoid": {"patterns": {"horizontal_push"}}}, (_blocker("athlete.exclusions", "pattern:horizontal_push"),)),
        (
            {"avoid": {"stress": {"overhead", "impact", "hanging"}}},
            (_blocker("athlete.exclusions", "stress:impact"), _blocker("athlete.exclusions", "stress:overhead")),
        ),
        ({"avoid": {"equipment": {"barbell", "dumbbells", "none"}}}, ()),  # a matter of the place, not of the athlete
    ],
)
def test_exclusions_name_the_request_own_word(facts: dict[str, Any], expected: tuple[Blocker, ...]) -> None:
    assert athlete_blockers(_world(**facts), BENCH) == expected


SKILL, STAGE = _blocker("athlete.skill", "experience"), _blocker("athlete.skill", "ladder:pull_up")
PREREQUISITE = _blocker("athlete.prerequisite", "ladder:push_up")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ()),
        ({"skill_level": 2}, (SKILL,)),
        ({"skill_level": 2, "stated_stages": frozenset({"pull_up"})}, ()),
        ({"skill_level": 2, "stated_stages": frozenset({"push_up"})}, (SKILL,)),
        ({"stages": {"pull_up": 5, "push_up": 2}}, (STAGE,)),
        ({"stages": {"pull_up": 5, "push_up": 2}, "stated_stages": frozenset({"pull_up"})}, (STAGE,)),
        ({"stages": {"pull_up": 6, "push_up": 1}}, (PREREQUISITE,)),
        ({"skill_level": 1, "stages": {"pull_up": 5, "push_up": 1}}, (SKILL, STAGE, PREREQUISITE)),
    ],
)
def test_skill_stage_and_prerequisite_are_told_apart(facts: dict[str, Any], expected: tuple[Blocker, ...]) -> None:
    assert athlete_blockers(_world(**facts), PULL_UP) == expected


@pytest.mark.parametrize(
    ("place", "avoided", "expected"),
    [
        (GYM, set(), ()),
        (GYM, {"barbell"}, ()),
        (FLOOR, set(), (_blocker("equipment.available", "floor"),)),
        (FLOOR, {"barbell"}, (_blocker("equipment.available", "floor"),)),
        (
            GYM,
            {"barbell", "cable"},
            (_blocker("athlete.exclusions", "equipment:barbell"), _blocker("athlete.exclusions", "equipment:cable")),
        ),
        # the cable is not there, the barbell is but is avoided
        (
            Place("shed", frozenset({"none", "barbell"})),
            {"barbell"},
            (_blocker("athlete.exclusions", "equipment:barbell"),),
        ),
    ],
)
def test_a_place_lacks_equipment_or_all_it_has_is_avoided(
    place: Place, avoided: set[str], expected: tuple[Blocker, ...]
) -> None:
    assert place_blockers(_world(avoid={"equipment": avoided}), ROW, place) == expected


def test_the_pairs_of_a_week_are_answered_slot_by_slot() -> None:
    world = _world(skill_level=2)
    monday, wednesday = world.slots
    found = Eligibility.of(world)
    assert found.possible(ROW, monday)
    assert not found.possible(ROW, wednesday)
    assert found.anywhere(ROW)
    assert found.of_athlete(PULL_UP) == (SKILL,)
    assert not found.anywhere(PULL_UP)
    assert {e.id for e in found.eligible(lambda _: True)} == {"bench", "plank", "row"}
    assert found.eligible(lambda e: e.id == "pull_up") == ()


CATALOG = default_catalog()
ITEMS = sorted(set(CATALOG.equipment) - {"none"})
ATHLETES = st.builds(
    lambda level, stages, stated, avoid: athlete(skill_level=level, stages=stages, stated_stages=stated, avoid=avoid),
    st.integers(1, 3),
    st.fixed_dictionaries({name: st.integers(1, len(ladder.stages)) for name, ladder in CATALOG.ladders.items()}),
    st.frozensets(st.sampled_from(sorted(CATALOG.ladders)), max_size=3),
    st.builds(
        Avoidances,
        st.frozensets(st.sampled_from(sorted(CATALOG.exercises)), max_size=3),
        st.frozensets(st.sampled_from(sorted(CATALOG.patterns)), max_size=2),
        st.frozensets(st.sampled_from(ITEMS), max_size=3),
        st.frozensets(st.sampled_from(sorted(CATALOG.stress_tags)), max_size=2),
    ),
)
PLACES = st.sampled_from(sorted(CATALOG.presets)).map(
    lambda name: Place(name, CATALOG.presets[name].equipment | {"none"})
)


@hypothesis_settings(derandomize=True, deadline=None, max_examples=40)
@given(who=ATHLETES, place=PLACES)
def test_model_and_verifier_find_the_same_exercises_possible(who: Any, place: Place) -> None:
    world = problem(*CATALOG.exercises.values(), who=who, slots=(slot("mon", place=place),))
    found, only = Eligibility.of(world), world.slots[0]
    differing = [e.id for e in world.exercises if found.possible(e, only) == bool(obstacles(world, e, only))]
    assert differing == []


def test_nothing_keeps_an_athlete_from_a_clear_floor() -> None:
    # `none` is available everywhere: to both, avoiding it means the same
    world = _world(avoid={"equipment": {"none"}})
    floor = world.slots[1]
    assert Eligibility.of(world).possible(BENCH, floor) == (not obstacles(world, BENCH, floor))
