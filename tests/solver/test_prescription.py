"""Goals dose the packaged exercises: within what is sensible for each, and `general` leaves all of them alone."""

from __future__ import annotations

import pytest

from catalog.catalog import default_catalog
from catalog.schema import Exercise, Experience, Goal, Span
from solver.domain.prescription import LEVELS, load_grams, prescribe, reserve, role_of, takes_a_load
from solver.domain.pricing import entry_price

CATALOG = default_catalog()
EXERCISES = tuple(CATALOG.exercises.values())
GOALS: tuple[Goal, ...] = ("strength", "hypertrophy", "general", "endurance")


def _dosed(name: str, goal: Goal, experience: Experience = "intermediate") -> Exercise:
    return prescribe(CATALOG.exercises[name], CATALOG.goals[goal], experience)


def _middle(span: Span) -> int:
    return span.min + span.max


@pytest.mark.parametrize("experience", LEVELS)
def test_the_general_goal_changes_nothing(experience: Experience) -> None:
    assert all(prescribe(e, CATALOG.goals["general"], experience) is e for e in EXERCISES)


@pytest.mark.parametrize("goal", GOALS)
def test_every_exercise_stays_a_record_of_the_catalog(goal: Goal) -> None:
    for e in EXERCISES:
        dosed = prescribe(e, CATALOG.goals[goal], "advanced")
        assert Exercise.model_validate(dosed.model_dump()) == dosed
        assert e.sets.min <= dosed.sets.min <= dosed.sets.max <= e.sets.max
        assert dosed.repetitions.min <= dosed.repetitions.max
        kept = {"sets", "repetitions", "rest_seconds", "hold_seconds", "seconds_per_set"}
        assert {n for n in type(e).model_fields if getattr(e, n) != getattr(dosed, n)} <= kept


def test_heavier_rests_longer_and_lighter_shorter() -> None:
    for e in EXERCISES:
        if role_of(e) in (None, "control"):
            assert all(prescribe(e, CATALOG.goals[goal], "advanced") is e for goal in GOALS)
            continue
        strong, lasting = (prescribe(e, CATALOG.goals[goal], "advanced") for goal in ("strength", "endurance"))
        assert _middle(strong.repetitions) <= _middle(e.repetitions) <= _middle(lasting.repetitions)
        assert strong.rest_seconds >= e.rest_seconds >= lasting.rest_seconds
        if e.axial_load == 3 or e.skill_level == 3:
            assert lasting.repetitions == e.repetitions
            assert lasting.rest_seconds >= min(120, e.rest_seconds)


@pytest.mark.parametrize(
    ("name", "goal", "repetitions", "rest", "seconds_per_set"),
    [
        # 180 x 120 % in quarters of a minute; 20 s for 4-8 become 15 s for 3-6
        ("barbell_bench_press", "strength", (3, 6), 210, 15),
        ("barbell_bench_press", "hypertrophy", (6, 10), 135, 25),
        ("barbell_bench_press", "endurance", (12, 15), 90, 45),
        # the spine is loaded too much for more: own repetitions, two minutes
        ("barbell_back_squat", "endurance", (4, 8), 120, 25),
        # the load is the body
        ("push_up", "strength", (8, 20), 120, 35),
        ("pull_up", "endurance", (4, 10), 75, 25),
        # a band gets no heavier, but lighter
        ("band_row", "strength", (12, 20), 75, 40),
        ("band_row", "endurance", (15, 20), 35, 45),
        # what keeps shoulders sound stays light
        ("face_pull", "strength", (10, 15), 75, 40),
    ],
)
def test_doses_by_hand(name: str, goal: Goal, repetitions: tuple[int, int], rest: int, seconds_per_set: int) -> None:
    dosed = _dosed(name, goal)
    assert (dosed.repetitions.min, dosed.repetitions.max) == repetitions
    assert (dosed.rest_seconds, dosed.seconds_per_set) == (rest, seconds_per_set)


def test_beginners_do_not_begin_heavy() -> None:
    assert _dosed("barbell_bench_press", "strength", "beginner").repetitions == Span(min=4, max=8)
    assert _dosed("barbell_bench_press", "strength", "intermediate").repetitions == Span(min=3, max=6)
    assert _dosed("dumbbell_bench_press", "hypertrophy", "beginner").repetitions == Span(min=8, max=12)


def test_holds_are_held_for_the_goal() -> None:
    holds = {goal: _dosed("isometric_chin_up_hold", goal) for goal in GOALS}
    assert {goal: e.hold_seconds for goal, e in holds.items()} == {
        "strength": 10,
        "hypertrophy": 20,
        "general": 20,
        "endurance": 30,
    }
    assert holds["endurance"].seconds_per_set == holds["general"].seconds_per_set + 10
    assert {e.sets for e in holds.values()} == {Span(min=3, max=5)}
    # a plank gets no heavier, so it is not cut short
    assert _dosed("front_plank", "strength").hold_seconds == 35
    assert _dosed("side_plank", "endurance").seconds_per_set == 60 + 2 * 15


def test_a_goal_changes_what_a_set_costs() -> None:
    per_set = {goal: entry_price(_dosed("dumbbell_bench_press", goal)).seconds_per_set for goal in GOALS}
    assert per_set == {"strength": 170, "hypertrophy": 140, "general": 150, "endurance": 135}


def test_effort_is_told_where_repetitions_are_counted() -> None:
    goal = CATALOG.goals["strength"]
    assert reserve(CATALOG.exercises["barbell_bench_press"], goal) == Span(min=2, max=3)
    for silent in ("bird_dog", "isometric_chin_up_hold", "farmers_carry", "box_jump"):
        assert reserve(CATALOG.exercises[silent], goal) is None


@pytest.mark.parametrize(
    ("goal", "known", "told"),
    [
        # 100 kg for 6: 1RM 120; 6 repetitions with 2 left are 8: 120 x 30 / 38 = 94.7
        ("strength", (100_000, 6), 92_500),
        # a single is the 1RM: 100 x 30 / 38 = 78.9
        ("strength", (100_000, 1), 77_500),
        # 15 with 2 left are 17: 120 x 30 / 47 = 76.6
        ("endurance", (100_000, 6), 75_000),
        ("endurance", (3_000, 6), None),
    ],
)
def test_loads_follow_from_what_is_lifted(goal: Goal, known: tuple[int, int], told: int | None) -> None:
    effort = reserve(CATALOG.exercises["barbell_bench_press"], CATALOG.goals[goal])
    assert effort is not None
    assert load_grams(_dosed("barbell_bench_press", goal), effort, *known) == told


def test_a_load_never_exceeds_what_is_lifted_for_as_many_repetitions() -> None:
    for e in filter(takes_a_load, EXERCISES):
        for goal in GOALS:
            effort, dosed = reserve(e, CATALOG.goals[goal]), prescribe(e, CATALOG.goals[goal], "advanced")
            if effort is not None and dosed.repetitions.max >= 10:
                told = load_grams(dosed, effort, 50_000, 10)
                assert told is None or told < 50_000


def test_only_what_is_loaded_takes_a_load() -> None:
    loaded = {e.id for e in EXERCISES if takes_a_load(e)}
    assert {"barbell_bench_press", "leg_press", "dumbbell_row_retraction"} <= loaded
    assert loaded.isdisjoint({"pull_up", "push_up", "inverted_row", "band_row", "front_plank", "bird_dog"})
