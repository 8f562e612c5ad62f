"""Requests that cannot be met, with the culprit that a person would name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from solver.domain.outcome import Conflict, Infeasible, TimedOut
from solver.pipeline import optimise
from solver.rulebook import RULE_BY_ID
from tests.golden.asking import budget, problem_of
from tests.properties.proving import confirm, feasible, names_of
from tests.solver.subjects import named

if TYPE_CHECKING:
    from solver.domain.problem import Problem
    from solver.guard import Name

DETERMINISTIC_SECONDS = 6.0


def _week(*slots: tuple[str, int], **sessions: int) -> dict[str, Any]:
    """Slots at six in the evening: a day and the minutes."""
    listed = [{"id": day[:3], "day": day, "start": "18:00", "minutes": minutes} for day, minutes in slots]
    return {"slots": listed, "sessions": sessions}


FLOOR = [{"id": "floor", "equipment": "bodyweight"}]
HOME = [{"id": "home", "equipment": "home_dumbbells"}]
TWO_DAYS_RUNNING = _week(("monday", 60), ("tuesday", 60), ("friday", 60))


@dataclass(frozen=True)
class Case:
    """`named`: what has to be in the conflict. `one_of`: at least one of these. `at_most`: how many elements in all."""

    body: dict[str, Any]
    named: frozenset[Name]
    one_of: frozenset[Name] = frozenset()
    at_most: int = 2


def _case(body: dict[str, Any], *culprits: tuple[str, str], at_most: int | None = None, **more: Any) -> Case:
    names = frozenset(named(*pair) for pair in culprits)
    one_of = frozenset(named(*pair) for pair in more.get("one_of", ()))
    return Case(body, names, one_of, len(names) + bool(one_of) if at_most is None else at_most)


CASES = {
    # A rack pull with its ramp-up, its drill and the general warm-up takes longer than 20 minutes.
    "three sessions of twenty minutes": _case(
        {"week": _week(("monday", 20), ("wednesday", 20), ("friday", 20), min=3)},
        ("progression.deadlift", "current stage"),
        ("time.session", "mon"),
        ("time.session", "wed"),
        ("time.session", "fri"),
        at_most=8,
    ),
    "one session of twenty minutes": _case({"week": _week(("monday", 20))}, ("time.session", "mon"), at_most=4),
    "a pull-up two stages ahead": _case(
        {"athlete": {"ladder_stages": {"pull_up": 2}, "must_include": [{"exercise": "pull_up", "min_sets": 3}]}},
        ("athlete.must_include", "pull_up"),
        ("athlete.skill", "ladder:pull_up"),
    ),
    "a lift that is too hard for the level": _case(
        {"athlete": {"experience": "beginner", "must_include": [{"exercise": "push_press"}]}},
        ("athlete.must_include", "push_press"),
        ("athlete.skill", "experience"),
    ),
    "a trap bar before its stage": _case(
        {"athlete": {"must_include": [{"exercise": "trap_bar_deadlift", "min_sets": 3}]}},
        ("athlete.must_include", "trap_bar_deadlift"),
        one_of=(("athlete.prerequisite", "ladder:deadlift"), ("progression.deadlift", "ahead of the ladder")),
    ),
    "a hold without a bar": _case(
        {"places": FLOOR, "rules": {"pull.isometric_hold": {"sessions": 1}}},
        ("pull.isometric_hold", ""),
        ("equipment.available", "floor"),
        # The hold is asked for in every week that has a session, so something has to ask for a session as well.
        at_most=3,
    ),
    "led rows without a weight": _case(
        {"places": FLOOR, "rules": {"row.retraction": {"sets": 2}}},
        ("row.retraction", "sets"),
        ("equipment.available", "floor"),
    ),
    "a machine pinned at home": _case(
        {"places": HOME, "pins": [{"slot": "mon", "exercise": "leg_press", "sets": 3}]},
        ("plan.pinned", "mon:leg_press"),
        ("equipment.available", "home"),
    ),
    "heavy squats pinned on two days running": _case(
        {
            "athlete": {"experience": "advanced"},
            "week": TWO_DAYS_RUNNING,
            "pins": [
                {"slot": "mon", "exercise": "barbell_back_squat", "sets": 3},
                {"slot": "tue", "exercise": "barbell_front_squat", "sets": 3},
            ],
        },
        ("plan.pinned", "mon:barbell_back_squat"),
        ("plan.pinned", "tue:barbell_front_squat"),
        one_of=(("recovery.axial", "hours apart"), ("recovery.muscle", "quadriceps")),
    ),
    "leg extensions pinned on two days running": _case(
        {
            "week": TWO_DAYS_RUNNING,
            "pins": [
                {"slot": "mon", "exercise": "leg_extension", "sets": 4},
                {"slot": "tue", "exercise": "leg_extension", "sets": 4},
            ],
        },
        ("plan.pinned", "mon:leg_extension"),
        ("plan.pinned", "tue:leg_extension"),
        ("recovery.muscle", "quadriceps"),
    ),
    "a bench day pinned without a drill": _case(
        {"pins": [{"slot": "mon", "entries": [{"exercise": "barbell_bench_press", "sets": 3}]}]},
        ("mobility.thoracic", "mon"),
        ("plan.pinned", "mon"),
        ("plan.pinned", "mon:barbell_bench_press"),
    ),
    "a day off that is needed": _case(
        {
            "week": _week(("monday", 60), ("wednesday", 60), ("friday", 60), min=3),
            "pins": [{"slot": "wed", "entries": []}],
        },
        ("plan.pinned", "wed"),
        ("structure.sessions", "min"),
    ),
    "a minimum above the maximum": _case(
        {"rules": {"volume.weekly_min": {"calves": 12}, "volume.weekly_max": {"calves": 6}}},
        ("volume.weekly_min", "calves"),
        ("volume.weekly_max", "calves"),
    ),
    "wanted and avoided": _case(
        {"athlete": {"avoid": {"stress": ["overhead"]}, "must_include": [{"exercise": "barbell_overhead_press"}]}},
        ("athlete.must_include", "barbell_overhead_press"),
        ("athlete.exclusions", "stress:overhead"),
    ),
    "biceps required on a bare floor": _case(
        {"places": FLOOR, "athlete": {"required_muscles": ["biceps"]}},
        ("volume.weekly_min", "biceps"),
        ("equipment.available", "floor"),
    ),
}


@cache
def _explained(case: str) -> tuple[Problem, Conflict]:
    problem = problem_of(CASES[case].body)
    outcome = optimise(problem, budget(DETERMINISTIC_SECONDS))
    assert isinstance(outcome, Infeasible), outcome
    return problem, outcome.conflict


@pytest.mark.parametrize("case", CASES)
def test_the_conflict_names_the_culprit_and_little_else(case: str) -> None:
    _, conflict = _explained(case)
    found, wanted = set(names_of(conflict)), CASES[case]
    assert wanted.named <= found
    assert not wanted.one_of or wanted.one_of & found
    assert len(found) <= wanted.at_most
    for element in conflict.elements:
        assert element.statement == RULE_BY_ID[element.rule].sentence


@pytest.mark.parametrize("case", CASES)
def test_the_elements_exclude_each_other_and_none_can_be_spared(case: str) -> None:
    problem, conflict = _explained(case)
    assert conflict.minimal
    confirm(problem, conflict)


def test_without_the_culprit_there_is_a_plan() -> None:
    """Each mend that a person would think of first makes the week possible again."""
    mended: dict[str, dict[str, Any]] = {
        "three sessions of twenty minutes": {"week": _week(("monday", 60), ("wednesday", 60), ("friday", 60), min=3)},
        "a pull-up two stages ahead": {
            "athlete": {"ladder_stages": {"pull_up": 6}, "must_include": [{"exercise": "pull_up", "min_sets": 3}]}
        },
        "a hold without a bar": {"places": FLOOR},
        "a machine pinned at home": {"places": HOME},
        "a day off that is needed": {
            "week": _week(("monday", 60), ("wednesday", 60), ("friday", 60), min=2),
            "pins": [{"slot": "wed", "entries": []}],
        },
        "a minimum above the maximum": {
            "rules": {"volume.weekly_min": {"calves": 6}, "volume.weekly_max": {"calves": 6}}
        },
    }
    for case, body in mended.items():
        assert not feasible(_explained(case)[0]), case
        assert feasible(problem_of(body)), case


def test_a_short_budget_leaves_the_conflict_large_or_untold_but_never_wrong() -> None:
    """What is called a conflict excludes itself, and what is called minimal is, whatever the budget was."""
    problem = problem_of(CASES["heavy squats pinned on two days running"].body)
    outcomes = [optimise(problem, budget(deterministic_seconds)) for deterministic_seconds in (0.0, 0.01, 0.1, 6.0)]
    assert isinstance(outcomes[0], TimedOut)
    assert isinstance(outcomes[-1], Infeasible)
    for outcome in outcomes:
        assert isinstance(outcome, Infeasible | TimedOut)
        if isinstance(outcome, Infeasible):
            confirm(problem, outcome.conflict)
