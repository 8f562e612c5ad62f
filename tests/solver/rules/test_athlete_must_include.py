from __future__ import annotations

import pytest

from solver.domain.problem import Avoidances, RequiredExercise
from tests.solver.rule_lab import Week, athlete, blamed, exercise, keeps, problem, week

RULE = "athlete.must_include"
PULL_UP = exercise("pull_up")
CURL = exercise("curl")


def _wanting(*wanted: RequiredExercise, **athlete_facts: object) -> object:
    return problem(PULL_UP, CURL, who=athlete(must_include=wanted, **athlete_facts))


THREE = RequiredExercise("pull_up", 3)


@pytest.mark.parametrize("plan", [week(mon={"pull_up": 3}), week(mon={"pull_up": 1}, fri={"pull_up": 2})])
def test_the_wanted_exercise_with_its_sets_keeps_it(plan: Week) -> None:
    assert keeps(_wanting(THREE), plan, RULE)


def test_a_week_without_it_breaks_it() -> None:
    assert not keeps(_wanting(THREE), week(mon={"curl": 6}), RULE)
    assert blamed(_wanting(THREE), week(mon={"curl": 6}), RULE) == {"pull_up"}


@pytest.mark.parametrize(("sets", "kept"), [(2, False), (3, True), (4, True)])
def test_its_sets_over_the_week_are_the_boundary(sets: int, kept: bool) -> None:
    assert keeps(_wanting(THREE), week(mon={"pull_up": 1}, wed={"pull_up": sets - 1}), RULE) is kept


@pytest.mark.parametrize("asked", [0, 1])
def test_it_appears_even_when_no_sets_are_asked_for(asked: int) -> None:
    world = _wanting(RequiredExercise("pull_up", asked))
    assert keeps(world, week(mon={"pull_up": 1}), RULE)
    assert not keeps(world, week(mon={"curl": 1}), RULE)


def test_every_wanted_exercise_is_asked_for() -> None:
    world = _wanting(THREE, RequiredExercise("curl", 1))
    assert keeps(world, week(mon={"pull_up": 3, "curl": 1}), RULE)
    assert not keeps(world, week(mon={"pull_up": 3}), RULE)


def test_it_is_never_waived_even_when_it_is_not_possible() -> None:
    world = _wanting(THREE, avoid=Avoidances(exercises=frozenset({"pull_up"})))
    assert not keeps(world, week(mon={"curl": 3}), RULE)


def test_without_the_rule_the_week_may_forget_wishes() -> None:
    world = _wanting(THREE, RequiredExercise("curl", 2))
    assert blamed(world, week(mon={"plank": 3}), RULE) == {"pull_up", "curl"}
