"""Ways to keep every rule and train nobody: a request that invites each, and a week by hand that takes it.

The plan for the request does not take the way out, and the verifier rejects the week that does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from catalog.schema import QUARTERS_PER_SET
from solver.domain.kinds import quad_dominant, single_joint, thoracic_drill, upper_pull, upper_push
from solver.domain.problem import MINUTES_PER_WEEK
from solver.model import MINIMA, TARGETS, measured
from solver.verifier import verify
from tests.golden.asking import entries, problem_of, solved
from tests.solver.rule_lab import Week, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.schema import Exercise
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

DETERMINISTIC_SECONDS = 1.5
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def _slots(minutes: int, *days: str) -> dict[str, Any]:
    return {"slots": [{"id": day[:3], "day": day, "start": "18:00", "minutes": minutes} for day in days]}


def _at(equipment: str | list[str]) -> list[dict[str, Any]]:
    return [{"id": "here", "equipment": equipment}]


REQUESTS: dict[str, dict[str, Any]] = {
    "wall sits": {
        "athlete": {
            "favourites": ["wall_sit"],
            "dislikes": ["bodyweight_squat", "lateral_lunge", "reverse_lunge", "split_squat", "walking_lunge"],
        },
        "places": _at("bodyweight"),
        "week": _slots(45, "monday", "wednesday", "friday"),
    },
    "thoracic bridges": {
        "athlete": {
            "favourites": ["thoracic_bridge"],
            "dislikes": ["bird_dog", "cat_camel", "side_lying_windmill", "thread_the_needle", "prone_cobra"],
        },
    },
    "pullovers": {
        "athlete": {
            "favourites": ["dumbbell_pullover"],
            "dislikes": ["dumbbell_row_retraction", "chest_supported_dumbbell_row"],
        },
        "places": _at(["dumbbells", "flat_bench"]),
    },
    "no push": {
        "athlete": {
            "dislikes": [
                "barbell_bench_press",
                "close_grip_bench_press",
                "dumbbell_bench_press",
                "dumbbell_floor_press",
                "incline_barbell_bench_press",
                "incline_dumbbell_press",
                "machine_chest_press",
                "parallel_bar_dip",
                "push_up",
                "push_up_plus",
                "feet_elevated_push_up",
                "incline_push_up",
                "standing_cable_press",
            ],
            "priorities": {"pectorals": 0, "triceps": 0, "deltoid_anterior": 0, "serratus_anterior": 0},
        },
    },
    "face pulls and push-ups plus": {
        "athlete": {"favourites": ["band_face_pull", "push_up_plus"]},
        "places": _at("bands_only"),
        "week": _slots(40, "monday", "wednesday", "friday"),
    },
    "light chest work every day": {
        "athlete": {"priorities": {"pectorals": 3}},
        "week": _slots(45, *DAYS),
        "rules": {"recovery.muscle": {"hours": {"pectorals": 96}}},
    },
    "a trap bar from the floor": {
        "athlete": {
            "ladder_stages": {"deadlift": 3},
            "favourites": ["trap_bar_deadlift", "conventional_deadlift", "sumo_deadlift"],
        },
    },
}


@cache
def _solved(name: str) -> tuple[Problem, Plan]:
    problem = problem_of(REQUESTS[name])
    return problem, solved(problem, DETERMINISTIC_SECONDS).plan


def _week(plan: Plan) -> Week:
    return {session.slot: {entry.exercise: entry.sets for entry in session.entries} for session in plan.sessions}


def _without(problem: Problem, plan: Plan, unwanted: Callable[[Exercise], bool]) -> Week:
    """The plan's week with every exercise of a kind taken out."""
    return {
        slot: {name: sets for name, sets in done.items() if not unwanted(problem.exercise_by_id[name])}
        for slot, done in _week(plan).items()
    }


def _broken(problem: Problem, week: Week) -> set[str]:
    return {violation.rule for violation in verify(problem, plan_of(problem, week))}


def _units(problem: Problem, plan: Plan, kind: Callable[[Exercise], bool]) -> int:
    done = [(problem.exercise_by_id[entry.exercise], entry.sets) for _, entry in entries(plan)]
    return sum(exercise.ratio_units * sets for exercise, sets in done if kind(exercise))


def _exercises(problem: Problem, plan: Plan) -> list[Exercise]:
    return [problem.exercise_by_id[entry.exercise] for _, entry in entries(plan)]


@pytest.mark.parametrize("name", REQUESTS)
def test_the_week_by_hand_starts_from_a_valid_one(name: str) -> None:
    """What the weeks below break, they break by what is changed in them."""
    problem, plan = _solved(name)
    assert verify(problem, plan) == ()
    assert plan_of(problem, _week(plan)) == plan


def test_wall_sits_are_not_all_there_is_for_the_legs() -> None:
    problem, plan = _solved("wall sits")
    alone = _units(problem, plan, lambda e: quad_dominant(e) and single_joint(e))
    assert any(e.mechanic == "compound" and e.pattern in ("squat", "lunge") for e in _exercises(problem, plan))
    assert 3 * alone <= _units(problem, plan, quad_dominant)

    week = _without(problem, plan, quad_dominant)
    for slot in list(week)[:2]:
        week[slot]["wall_sit"] = 3
    assert "balance.lower_pull_push" in _broken(problem, week)


def test_one_drill_repeated_is_no_thoracic_mobility() -> None:
    problem, plan = _solved("thoracic bridges")
    drills = {e.id: e.thoracic for e in _exercises(problem, plan) if thoracic_drill(e)}
    assert len(drills) >= 3
    assert {"rotation", "extension"} <= set(drills.values())

    week = _without(problem, plan, thoracic_drill)
    for done in week.values():
        done["thoracic_bridge"] = 1
    assert "mobility.thoracic" in _broken(problem, week)


def test_pullovers_do_not_stand_in_for_rows_and_pull_ups() -> None:
    problem, plan = _solved("pullovers")
    assert 3 * _units(problem, plan, lambda e: upper_pull(e) and single_joint(e)) <= _units(problem, plan, upper_pull)

    week = _without(problem, plan, upper_pull)
    for slot in list(week)[:2]:
        week[slot]["dumbbell_pullover"] = 4
    assert "balance.upper_pull_push" in _broken(problem, week)


def test_leaving_out_every_push_is_no_balance() -> None:
    problem, plan = _solved("no push")
    weekly: dict[str, int] = {}
    for _, entry in entries(plan):
        weekly[entry.exercise] = weekly.get(entry.exercise, 0) + entry.sets
    by_id = problem.exercise_by_id
    presses = [n for name, n in weekly.items() if by_id[name].pattern == "horizontal_push"]
    assert max(presses) >= 3

    assert "balance.upper_pull_push" in _broken(problem, _without(problem, plan, upper_push))


def test_two_sets_of_a_press_do_not_keep_pushing_in_the_week() -> None:
    problem, plan = _solved("no push")
    week = _without(problem, plan, upper_push)
    week[next(iter(week))]["push_up"] = 2
    assert "balance.upper_pull_push" in _broken(problem, week)


def test_face_pulls_and_push_ups_plus_do_not_train_the_upper_body_alone() -> None:
    problem, plan = _solved("face pulls and push-ups plus")
    favourites = {"band_face_pull", "push_up_plus"}
    for name in favourites:
        assert sum(entry.exercise == name for _, entry in entries(plan)) <= 2
    hits_hard = {
        e.id for e in _exercises(problem, plan) if e.lower_trap_direct and e.muscle_quarters["trapezius_lower"] >= 3
    }
    assert hits_hard
    assert not hits_hard & favourites
    others = {e.id for e in _exercises(problem, plan) if upper_pull(e) or upper_push(e)} - favourites
    assert others

    def upper_work(exercise: Exercise) -> bool:
        return exercise.region == "upper" and not exercise.is_drill

    week = _without(problem, plan, upper_work)
    for done in week.values():
        done.update({"band_face_pull": 4, "push_up_plus": 2})
    assert {"structure.exercises", "scapula.lower_trap"} <= _broken(problem, week)


def test_light_work_every_day_still_counts_over_the_recovery_time() -> None:
    problem, plan = _solved("light chest work every day")
    goal = problem.goal_by_muscle["pectorals"]
    sets = {s.slot: 0.0 for s in plan.sessions}
    for slot, entry in entries(plan):
        sets[slot] += entry.sets * problem.exercise_by_id[entry.exercise].volume_quarters.get("pectorals", 0) / 4
    start = {s.id: s.start_minute for s in problem.slots}
    for first in sets:
        near = [s for s in sets if (start[s] - start[first]) % MINUTES_PER_WEEK < 60 * goal.recovery_hours]
        assert sum(sets[s] for s in near) <= goal.session_max_sets

    week = _without(problem, plan, lambda e: "pectorals" in e.volume_quarters)
    presses = ("push_up", "dumbbell_bench_press", "machine_chest_press", "push_up", "dumbbell_bench_press")
    for done, press in zip(week.values(), presses, strict=False):
        done[press] = 2
    light = plan_of(problem, week)
    for session in light.sessions:
        daily = sum(
            problem.exercise_by_id[e.exercise].volume_quarters.get("pectorals", 0) * e.sets for e in session.entries
        )
        assert daily <= QUARTERS_PER_SET * goal.recovery_free_sets, "no session alone loads the chest"
    assert ("recovery.muscle", "pectorals") in {(v.rule, v.subject) for v in verify(problem, light)}


def test_a_trap_bar_is_no_way_round_the_ladder() -> None:
    problem, plan = _solved("a trap bar from the floor")
    assert not any(e.floor_pull for e in _exercises(problem, plan))
    assert any(e.stage_on("deadlift") == 3 for e in _exercises(problem, plan))

    for pull in ("trap_bar_deadlift", "conventional_deadlift", "sumo_deadlift"):
        week = _week(plan)
        next(done for done in week.values() if "rack_pull_knee" not in done)[pull] = 3
        broken = {(v.rule, v.subject) for v in verify(problem, plan_of(problem, week))}
        assert ("progression.deadlift", pull) in broken


def test_a_surplus_in_one_muscle_buys_nothing_for_another() -> None:
    """Sets beyond a target change neither tier, so they never pay for a muscle that has none."""
    problem, plan = _solved("no push")
    week = _week(plan)
    slot = next(iter(week))
    week[slot].pop("barbell_curl", None)
    week[slot]["dumbbell_hammer_curl"] = 20
    sated = plan_of(problem, week)
    week[slot]["dumbbell_hammer_curl"] = 40
    more = plan_of(problem, week)
    for spec in (MINIMA, TARGETS):
        assert measured(problem, more, spec) == measured(problem, sated, spec)
    assert measured(problem, sated, TARGETS)["biceps"] == 0

    bare = _without(problem, plan, lambda e: "hamstrings" in e.volume_quarters)
    without_hamstrings = measured(problem, plan_of(problem, bare), TARGETS)
    bare[slot]["dumbbell_hammer_curl"] = 40
    assert measured(problem, plan_of(problem, bare), TARGETS)["hamstrings"] == without_hamstrings["hamstrings"] > 0


@pytest.mark.parametrize(
    "week",
    [
        _slots(75, "monday", "wednesday", "friday"),
        _slots(60, "monday", "tuesday", "thursday", "saturday"),
    ],
    ids=["three times 75 minutes", "four times 60 minutes"],
)
def test_a_fully_equipped_intermediate_squats_benches_and_hinges_with_load(week: dict[str, Any]) -> None:
    problem = problem_of({"week": week})
    loaded = {e.pattern for e in _exercises(problem, solved(problem, 3.0).plan) if e.loading == "loaded"}
    assert {"squat", "horizontal_push", "hip_hinge"} <= loaded
