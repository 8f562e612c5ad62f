"""One wrong at a time: from a valid week, each mutation breaks its own rule and no other."""

from __future__ import annotations

from fractions import Fraction

import pytest

from solver.domain.plan import Entry
from solver.domain.problem import BalanceRule
from solver.rulebook import RULES
from solver.verifier import certify, verify
from tests.solver.verifier.builders import FLOOR, violated
from tests.solver.verifier.full_week import PLAN, PROBLEM
from tests.solver.verifier.mutations import (
    Mutation,
    add_session,
    ask,
    chain,
    change,
    drop,
    insert,
    limit_muscle,
    limit_slot,
    swap_last_two,
    turn_week_round,
)


def _entry(exercise: str, sets: int, superset: str | None = None) -> Entry:
    return Entry(exercise, sets, ("none",), superset)


MUTATIONS: dict[str, dict[str, Mutation]] = {
    "mobility.thoracic": {
        "no extension": change("mon", "arch", exercise="second_turn"),
        "no drill before the pulls": drop("fri", "turn"),
        "two different drills of three": change("wed", "roll", exercise="turn"),
    },
    "balance.upper_pull_push": {
        "8 push units ask for 16": change("mon", "press", sets=4),
        "no push of three sets": change("mon", "press", sets=2),
        "7 single-joint of 19 units": chain(
            insert("wed", 4, _entry("rear_fly", 3)), insert("fri", 3, _entry("rear_fly", 4))
        ),
        "a higher ratio": ask(upper_balance=BalanceRule(Fraction(201, 100), None, "sets")),
        "two pushes against three pulls by movements": chain(
            ask(upper_balance=BalanceRule(Fraction(3), None, "movements")),
            change("mon", "march", sets=1),
            insert("mon", 5, _entry("second_press", 1)),
        ),
    },
    "balance.lower_pull_push": {
        "8 quad units ask for 16": change("wed", "squat", sets=4),
        "12 posterior units are more than 3 x 2": change("wed", "squat", sets=1),
        "no squat at all": drop("wed", "squat"),
        "10 posterior units are fewer than 12": change("fri", "romanian", sets=2),
    },
    "shoulder.external_rotation": {
        "all in one session": change("fri", "y_raise", exercise="flexion"),
        "a higher floor": ask(external_rotation_sets=9),
        "a full share and more presses": ask(external_rotation_share=Fraction(8, 3) + Fraction(1, 100)),
    },
    "scapula.lower_trap": {
        "upper 3 + 4 = 7 above lower 6": change("wed", "shrug", sets=4),
        "a higher floor": ask(lower_trap_sets=7),
        "a higher ratio": ask(lower_trap_ratio=Fraction(5, 4)),
    },
    "pull.isometric_hold": {
        "a pull-up instead": change("wed", "hold", exercise="pull_up"),
        "two sessions asked": ask(isometric_hold_sessions=2),
    },
    "row.retraction": {
        "2 led of 5 rows": chain(change("wed", "led_row", sets=2), change("mon", "plain_row", sets=3)),
        "more sets asked": ask(retraction_row_sets=4),
    },
    "progression.deadlift": {
        "no hinge drill": drop("mon", "hinge_drill"),
        "no hinge drill on the second day": change("fri", "romanian", exercise="knee_pull"),
        "the current stage is missing": change("mon", "knee_pull", exercise="dumbbell_hinge"),
    },
    "equipment.available": {
        "an alternative the gym lacks": change("wed", "led_row", equipment=("kettlebell",)),
        "no alternative at all": change("wed", "led_row", equipment=("none",)),
        "another place": limit_slot("wed", place=FLOOR),
    },
    "time.session": {
        "ten minutes more": change("mon", "march", sets=5),
        "one second less": limit_slot("mon", limit_seconds=3269),
    },
    "recovery.muscle": {
        "48 hours where 72 are needed": chain(drop("fri", "calf_raise"), insert("wed", 6, _entry("calf_raise", 3))),
        "72 hours around the week where 73 are needed": limit_muscle("calves", recovery_hours=73),
        "3 + 3 sets within the recovery time": limit_muscle(
            "abdominals", recovery_hours=49, recovery_free_sets=3, session_max_sets=5
        ),
    },
    "recovery.axial": {
        "three in a session": insert("wed", 9, _entry("yoke_walk", 1), _entry("heavy_walk", 1)),
        "47 hours": limit_slot("wed", start_minute=2 * 24 * 60 + 17 * 60),
    },
    "volume.session_max": {"4 sets of 3": change("wed", "wrist_curl", sets=4)},
    "volume.weekly_max": {"7 sets of 6": change("wed", "crunch", sets=4)},
    "volume.weekly_min": {
        "5 sets of 6": change("fri", "calf_raise", sets=2),
        "a muscle nobody trains": limit_muscle("serratus", required=True, weekly_min_sets=1),
    },
    "structure.sessions": {
        "listed backwards": turn_week_round,
        "one too many": add_session("sun", _entry("other_carry", 2)),
        "one too few": ask(sessions_min=4, sessions_max=4),
        "an unknown slot": add_session("someday", _entry("other_carry", 2)),
    },
    "structure.exercises": {
        "5 sets of at most 4": change("wed", "carry", sets=5),
        "a family twice": insert("wed", 9, _entry("cousin_carry", 2)),
        "four drills": chain(change("mon", "march", sets=1), insert("mon", 2, _entry("roll", 1))),
        "an unknown exercise": insert("wed", 9, _entry("nonsense", 2)),
        "7 working exercises allowed, 8 done": ask(working_exercises_max=7),
    },
    "structure.order": {
        "carry before core": swap_last_two("wed"),
        "half a superset": change("wed", "carry", superset="a"),
    },
    "athlete.skill": {"above his skill": change("fri", "plank", exercise="snatch_plank")},
    "athlete.prerequisite": {"before its time": change("fri", "plank", exercise="later_plank")},
    "athlete.exclusions": {"a stress he avoids": change("fri", "plank", exercise="wrist_plank")},
    "athlete.must_include": {"1 set of 2": change("wed", "carry", sets=1), "none": drop("wed", "carry")},
    "plan.pinned": {
        "3 sets instead of 2": change("wed", "plank", sets=3),
        "what is kept out": insert("fri", 4, _entry("shrug", 1)),
    },
}

CASES = [
    pytest.param(rule, mutation, id=f"{rule}: {name}")
    for rule, mutations in MUTATIONS.items()
    for name, mutation in mutations.items()
]


def test_the_week_is_valid_as_it_stands() -> None:
    assert verify(PROBLEM, PLAN) == ()
    assert all(line.holds and line.waived is None for line in certify(PROBLEM, PLAN))


def test_every_rule_of_the_rulebook_has_a_mutation() -> None:
    assert list(MUTATIONS) == [rule.id for rule in RULES]
    assert all(MUTATIONS.values())


@pytest.mark.parametrize(("rule", "mutation"), CASES)
def test_a_mutation_breaks_its_rule_and_no_other(rule: str, mutation: Mutation) -> None:
    problem, plan = mutation(PROBLEM, PLAN)
    assert violated(problem, plan) == {rule}
    assert {violation.rule for violation in verify(problem, plan)} == {rule}


def test_the_week_measures_what_was_counted_by_hand() -> None:
    measured = {line.rule: line.measured for line in certify(PROBLEM, PLAN)}
    # turn, arch, roll
    assert measured["mobility.thoracic"]["distinct"] == 3
    # hold 1 x 2 + plain row 2 x 2 + led row 3 x 2 = 12; press 3 x 2 = 6
    assert measured["balance.upper_pull_push"] == {"pull": 12, "push": 6}
    # knee pull 3 x 2 + romanian 3 x 2 = 12; squat 3 x 2 = 6
    assert measured["balance.lower_pull_push"] == {"pull": 12, "push": 6}
    # y raise 3 + 3, cuff 2; press 3
    assert measured["shoulder.external_rotation"] == {"external": 8, "internal": 3, "sessions": 2}
    # lower 6 x 4/4; upper 6 x 2/4 + shrug 2 x 4/4 = 5
    assert measured["scapula.lower_trap"] == {
        "lower": 6,
        "upper": 5,
        "direct_lower": 6,
        "direct_upper": 2,
        "floor": 6,
        "heavy": 6,
    }
    assert measured["row.retraction"] == {"sets": 3, "led": 3, "plain": 2}
    # Monday: warm-up 300; one set 30, two 120, three 210: 2 x 30 + 3 x 120 + 5 x 210; march 3 x 300; 10 changeovers
    assert measured["time.session"]["mon"] == 300 + 60 + 360 + 1050 + 900 + 600
    # calves from Friday 18:00 around to Monday 18:00
    assert measured["recovery.muscle"]["hours"] == 72
    assert measured["recovery.axial"] == {"exercises": 1, "sessions": 3, "hours": 48}
    assert measured["volume.weekly_max"]["abdominals"] == 6
    assert measured["volume.weekly_min"] == {"calves": 6}


def test_the_week_names_the_limits_it_was_asked_for() -> None:
    limits = {line.rule: line.limit for line in certify(PROBLEM, PLAN)}
    assert limits["progression.deadlift"] == {"current_stage_sets": 1, "loaded_stages": 1}
    assert limits["row.retraction"] == {"sets": 2, "led": 2}
    assert limits["equipment.available"] == {"impossible": 0}
    assert limits["structure.order"] == {"faults": 0}
    assert limits["athlete.skill"] == {"above": 0, "skill_level": 2}
    assert limits["athlete.prerequisite"] == {"unmet": 0}
    assert limits["athlete.exclusions"] == {"broken": 0}
    assert limits["plan.pinned"] == {"departures": 0}
