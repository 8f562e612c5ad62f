from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from solver.domain.problem import Place
from solver.model import MINIMA, QUALITY, TARGETS, Objective, measured
from solver.objective.quality import QUALITY_TERMS
from solver.objective.score import relative_gap, score_of, scored, untrained
from solver.objective.shortfall import missing_to_minimum, missing_to_target, penalty_lines
from solver.objective.stimulus import minimum_eighths, stimulus_eighths, target_eighths, weekly_stimulus
from solver.variables import PlanVars
from tests.solver.rule_lab import (
    GYM,
    THREE_DAYS,
    Week,
    athlete,
    drill,
    exercise,
    fix,
    goal,
    lower,
    plan_of,
    problem,
    solved,
    thoracic,
    upper,
    week,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.schema import Exercise
    from solver.domain.problem import MuscleGoal, Problem
    from solver.variables import Expression

CHEST, GLUTES, ABS = "pectorals", "glutes", "abs"
CIRCUIT = ("barbell", "rack", "kettlebell", "box", "sled", "rope", "bike", "mat")
HALL = Place("hall", GYM.equipment | frozenset(CIRCUIT))
POOL: tuple[Exercise, ...] = (
    upper(
        "bench",
        "push",
        pattern="horizontal_push",
        session_slot=4,
        loading="loaded",
        equipment=(("barbell", "rack"),),
        muscles={CHEST: 4},
        secondary_muscles={ABS: 1},
    ),
    upper("push_up", "push", pattern="horizontal_push", loading="light", muscles={CHEST: 3}, too_easy_from="advanced"),
    lower("squat", "push", pattern="squat", session_slot=4, loading="loaded", equipment=(("barbell", "rack"),)),
    lower("goblet", "push", pattern="squat", session_slot=5, loading="loaded", equipment=(("dumbbells",),)),
    lower("thrust", "pull", pattern="hip_extension", session_slot=4, loading="unloaded", muscles={GLUTES: 4}),
    exercise("bridge_hold", muscles={GLUTES: 2}, guide_mistakes=frozenset({2, 6}), too_easy_from="intermediate"),
    exercise("crunch", muscles={ABS: 4}, session_slot=7, seconds_per_set=10, rest_seconds=5),
    exercise("carry", session_slot=8, equipment=(("dumbbells",),), seconds_per_set=90, rest_seconds=90),
    exercise("circuit", equipment=(CIRCUIT,)),
    thoracic("thoracic_bridge", "extension"),
    thoracic("prone_cobra", "extension").model_copy(update={"guide_mistakes": frozenset({1})}),
    drill("windmill", muscles={ABS: 4}),
)
NAMES = [e.id for e in POOL]


def _world(goals: Sequence[MuscleGoal] = (), **athlete_facts: Any) -> Problem:
    world = problem(*POOL, muscles=goals, who=athlete(**athlete_facts))
    return replace(world, slots=tuple(replace(slot, place=HALL) for slot in world.slots))


def _optimum(variables: PlanVars, expression: Expression, *, least: bool) -> int:
    if least:
        variables.model.minimize(expression)
    else:
        variables.model.maximize(expression)
    solver = solved(variables.model)
    assert solver is not None
    return int(solver.value(expression))


SETS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 6), max_size=7)
WEEKS = st.fixed_dictionaries({s.id: SETS for s in THREE_DAYS}).map(
    # an empty session is none, and any other holds a hard working exercise
    lambda days: {day: {**entries, "plank": 1} for day, entries in days.items() if entries}
)
GOALS = st.tuples(
    *(
        st.builds(
            lambda least, more, most, priority, muscle=muscle: goal(
                muscle,
                weekly_min_sets=least,
                weekly_target_sets=least + more,
                weekly_max_sets=least + more + most,
                priority=priority,
            ),
            st.integers(0, 6),
            st.integers(0, 9),
            st.integers(0, 9),
            st.integers(0, 3),
        )
        for muscle in (CHEST, GLUTES, ABS)
    )
)
WISHES = st.fixed_dictionaries(
    {
        "experience": st.sampled_from(["beginner", "intermediate", "advanced"]),
        "favourites": st.frozensets(st.sampled_from(NAMES), max_size=3),
        "dislikes": st.frozensets(st.sampled_from(NAMES), max_size=3),
    }
)


@hypothesis_settings(derandomize=True, deadline=None, max_examples=80)
@given(wanted=WEEKS, goals=GOALS, wishes=WISHES)
def test_the_shortfalls_of_a_fixed_week_are_what_is_measured_on_its_plan(
    wanted: Week, goals: tuple[MuscleGoal, ...], wishes: dict[str, Any]
) -> None:
    world = _world(goals, **wishes)
    variables = PlanVars(cp_model.CpModel(), world)
    fix(variables, wanted)
    objective, plan = Objective(variables), plan_of(world, wanted)
    assert _optimum(variables, objective.minima, least=True) == sum(measured(world, plan, MINIMA).values())
    assert _optimum(variables, objective.targets, least=True) == sum(measured(world, plan, TARGETS).values())


@hypothesis_settings(derandomize=True, deadline=None, max_examples=40)
@given(wanted=WEEKS, wishes=WISHES)
def test_each_quality_term_of_a_fixed_week_is_what_is_measured_on_its_plan(
    wanted: Week, wishes: dict[str, Any]
) -> None:
    world = _world(**wishes)
    variables = PlanVars(cp_model.CpModel(), world)
    fix(variables, wanted)
    expected = measured(world, plan_of(world, wanted), QUALITY)
    expressions = {term.name: term.express(variables) for term in QUALITY_TERMS}
    assert {name: _optimum(variables, e, least=False) for name, e in expressions.items()} == expected
    # the terms share auxiliary variables; together they reach what each reaches alone
    assert _optimum(variables, Objective(variables).quality, least=False) == sum(expected.values())


def test_quality_terms_have_names_of_their_own() -> None:
    names = [term.name for term in QUALITY_TERMS]
    assert len(set(names)) == len(names)


def test_stimulus_is_counted_in_eighths_and_halved_where_too_easy() -> None:
    by_id = {e.id: e for e in POOL}
    # three quarter sets are 6 eighths, half of that from advanced on; a quarter set is no volume; drills give nothing
    assert stimulus_eighths(by_id["push_up"], "intermediate") == {CHEST: 6}
    assert stimulus_eighths(by_id["push_up"], "advanced") == {CHEST: 3}
    assert [
        stimulus_eighths(by_id["bridge_hold"], level)[GLUTES] for level in ("beginner", "intermediate", "advanced")
    ] == [
        4,
        2,
        2,
    ]
    assert stimulus_eighths(by_id["bench"], "advanced") == {CHEST: 8}
    assert stimulus_eighths(by_id["windmill"], "beginner") == {}
    world = _world(experience="advanced")
    plan = plan_of(world, week(mon={"bench": 3, "push_up": 2, "crunch": 1}, fri={"bench": 1}))
    # chest (3 + 1) x 8 + 2 x 3, abs 1 x 8
    assert weekly_stimulus(world, plan) == {CHEST: 38, GLUTES: 0, ABS: 8}


GOAL = goal(CHEST, weekly_min_sets=4, weekly_target_sets=9, weekly_max_sets=15)


def _with_priority(priority: int) -> MuscleGoal:
    return goal(CHEST, weekly_min_sets=4, weekly_target_sets=9, weekly_max_sets=15, priority=priority)


@pytest.mark.parametrize(
    ("priority", "minimum", "target"),
    [(0, 0, 0), (1, 32, 72), (2, 32, 72), (3, 32, 96)],  # 4, 9 and half-way from 9 to 15 sets, in eighths
)
def test_priority_says_what_is_pursued(priority: int, minimum: int, target: int) -> None:
    pursued = _with_priority(priority)
    assert (minimum_eighths(pursued), target_eighths(pursued)) == (minimum, target)


def test_half_way_may_be_half_a_set() -> None:
    # from 9 to 14 sets: 11 1/2
    assert target_eighths(goal(CHEST, weekly_target_sets=9, weekly_max_sets=14, priority=3)) == 92


@pytest.mark.parametrize(
    ("priority", "eighths", "missing"),
    [(1, 0, 32), (1, 31, 1), (1, 32, 0), (1, 33, 0), (1, 500, 0), (2, 20, 24), (3, 20, 36), (0, 0, 0)],
)
def test_below_the_minimum_every_eighth_weighs_the_priority(priority: int, eighths: int, missing: int) -> None:
    assert missing_to_minimum(_with_priority(priority), eighths) == missing


@pytest.mark.parametrize(
    ("priority", "eighths", "missing"),
    [
        (1, 72, 0),
        (1, 80, 0),  # surplus never enters
        (1, 71, 1),
        (1, 48, 24),  # the third nearest to the target weighs 1: 24
        (1, 47, 26),  # the next eighth weighs 2
        (1, 24, 72),  # 24 + 24 x 2
        (1, 23, 75),  # the next 3
        (1, 0, 144),  # 24 + 48 + 72
        (2, 47, 52),
        (2, 0, 288),
        (3, 96, 0),
        (3, 63, 102),  # a target of 96 has thirds of 32: 33 missing are 32 + 2, three times
        (3, 0, 576),  # 32 x (1 + 2 + 3) x 3
        (0, 0, 0),
    ],
)
def test_below_the_target_the_further_weighs_more(priority: int, eighths: int, missing: int) -> None:
    assert missing_to_target(_with_priority(priority), eighths) == missing


def test_thirds_are_rounded_down() -> None:
    # 10 sets are 80 eighths, a third is 26: all missing are 26 + 26 x 2 + 28 x 3
    ten = goal(CHEST, weekly_target_sets=10)
    assert penalty_lines(ten) == ((1, 0), (2, 26), (3, 78))
    assert missing_to_target(ten, 0) == 162


@hypothesis_settings(derandomize=True, deadline=None)
@given(st.integers(0, 40), st.integers(1, 3))
def test_each_further_eighth_costs_at_least_as_much_as_the_one_before(target: int, priority: int) -> None:
    pursued = goal(CHEST, weekly_target_sets=target, weekly_max_sets=target, priority=priority)
    costs = [missing_to_target(pursued, eighths) for eighths in range(8 * target + 3)]
    steps = [before - after for before, after in pairwise(costs)]
    assert steps == sorted(steps, reverse=True)
    assert set(steps) <= {0, priority, 2 * priority, 3 * priority}


TWO = (GOAL, goal(GLUTES, weekly_min_sets=2, weekly_target_sets=3, priority=2))


def test_the_score_runs_from_nothing_trained_to_every_target_met() -> None:
    world = problem(muscles=TWO)
    # chest 32 + 144; glutes 2 x 16 + 2 x (8 + 16 + 24)
    assert untrained(world) == 176 + 128
    assert score_of(world, 0, 0) == 100
    assert score_of(world, 32 + 32, 144 + 96) == 0
    assert score_of(world, 0, 76) == 75
    assert score_of(world, 1, 0) == 99.6711  # 100 x 303 / 304 = 99.67105...


def test_a_problem_that_pursues_nothing_is_always_met() -> None:
    assert score_of(problem(muscles=(goal(CHEST, priority=0),)), 0, 0) == 100


def test_score_and_bound_leave_a_relative_gap() -> None:
    found = scored(problem(muscles=TWO), (0, 152), (0, 76))
    assert (found.value, found.bound) == (50, 75)
    assert found.gap == 0.333333
    assert relative_gap(0, 0) == 0
    assert relative_gap(80, 100) == 0.2


def _points(wanted: Week, **athlete_facts: Any) -> dict[str, int]:
    world = _world(**athlete_facts)
    return measured(world, plan_of(world, wanted), QUALITY)


@pytest.mark.parametrize(
    ("term", "wanted", "points"),
    [
        # squat 24, bench 24 and hip extension 4, once each; a goblet squat is no main lift
        ("main lifts", week(mon={"bench": 1, "squat": 1, "thrust": 1}, fri={"bench": 3}), 52),
        ("main lifts", week(mon={"goblet": 3}), 0),
        # light -4 and unloaded -6 an entry; what counts no ratio unit is left alone
        ("loading", week(mon={"push_up": 1, "thrust": 1, "bridge_hold": 1}, fri={"push_up": 1}), -14),
        # bridge_hold and prone_cobra are named: 3 each, once
        ("named by the guide", week(mon={"bridge_hold": 1, "prone_cobra": 1}, fri={"bridge_hold": 1}), 6),
        (
            "drill pair",
            week(mon={"thoracic_bridge": 1, "prone_cobra": 1}, fri={"thoracic_bridge": 1, "prone_cobra": 1}),
            4,
        ),
        ("drill pair", week(mon={"thoracic_bridge": 1}, fri={"prone_cobra": 1}), 0),
        # squat and goblet share a pattern: 2 patterns x 4; a drill has none that counts
        ("patterns", week(mon={"squat": 1, "bench": 1, "windmill": 1}, fri={"goblet": 1}), 8),
        # four entries of two patterns on Monday repeat two, the first is free; Friday repeats none
        (
            "patterns repeated in a day",
            week(mon={"squat": 1, "goblet": 1, "bench": 1, "push_up": 1}, fri={"squat": 1}),
            -2,
        ),
        ("patterns repeated in a day", week(mon={"squat": 1, "goblet": 1, "bench": 1}, fri={"squat": 1}), 0),
        # two working entries at -3, one drill at -2
        ("fragments", week(mon={"squat": 4, "windmill": 2}, fri={"bench": 3}), -8),
        # eight pieces on Monday, six of them free, the barbell and the rack counted once; two are no trouble on Friday
        ("equipment", week(mon={"squat": 1, "circuit": 1}, fri={"bench": 1}), -4),
        ("equipment", week(mon={"squat": 1, "bench": 1}, fri={"goblet": 1, "carry": 1}), 0),
        # 90 seconds are 2 minutes (to the even), 15 seconds still 1, 180 are 3
        ("minutes", week(mon={"bench": 2, "crunch": 3, "carry": 1}), -(2 * 2 + 3 * 1 + 3)),
    ],
)
def test_hand_counted_quality(term: str, wanted: Week, points: int) -> None:
    assert _points(wanted)[term] == points


def test_favourites_count_once_and_dislikes_every_time() -> None:
    wanted = week(mon={"bench": 1, "squat": 1}, fri={"bench": 1, "squat": 1})
    found = _points(wanted, favourites=frozenset({"bench", "carry"}), dislikes=frozenset({"squat"}))
    assert (found["favourites"], found["dislikes"]) == (20, -40)


@pytest.mark.parametrize(
    ("wanted", "points"),
    [
        # 3600 seconds in steps of 180: Monday 12 x 90 = 1080 is 6 steps, Friday 2 x 90 = 180 is 1; 4 apart are free
        (week(mon={"bench": 12}, fri={"bench": 2}), -2),
        # 1170 seconds reach into the seventh step above, 270 fill one below
        (week(mon={"bench": 12, "squat": 1}, fri={"bench": 3}), -4),
        (week(mon={"bench": 6}, fri={"bench": 2}), 0),
        (week(mon={"bench": 4}, fri={"bench": 4}), 0),
        (week(mon={"bench": 4}), 0),
        (week(mon={"bench": 3}), 0),  # 270 seconds alone: 2 steps above, 1 below
    ],
)
def test_even_sessions_lose_nothing(wanted: Week, points: int) -> None:
    assert _points(wanted)["evenness"] == points
