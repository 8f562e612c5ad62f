"""`athlete.skill`, `athlete.prerequisite`, `athlete.exclusions` and `athlete.must_include`."""

import pytest

from solver.domain.plan import Entry
from solver.domain.problem import Avoidances, RequiredExercise
from tests.solver.verifier.builders import athlete, exercise, line_for, problem, rung, subjects, week

SKILL, PREREQUISITE = "athlete.skill", "athlete.prerequisite"
EXCLUSIONS, MUST = "athlete.exclusions", "athlete.must_include"


@pytest.mark.parametrize(("level", "holds"), [(1, True), (2, True), (3, False)])
def test_skill_level(level: int, holds: bool) -> None:
    line = line_for(SKILL, problem(exercise("snatch", skill_level=level)), week(mon=[("snatch", 3)]))
    assert line.holds is holds


@pytest.mark.parametrize(("stage", "holds"), [(5, True), (6, True), (7, False)])
def test_ladder_stage(stage: int, holds: bool) -> None:
    line = line_for(SKILL, problem(exercise("pull", ladder=rung("pull_up", stage))), week(mon=[("pull", 3)]))
    assert line.holds is holds


def test_a_stated_stage_overrides_skill_on_its_ladder_only() -> None:
    on_ladder = exercise("pull", skill_level=3, ladder=rung("pull_up", 6))
    too_high = exercise("weighted", skill_level=3, ladder=rung("pull_up", 7))
    beside = exercise("snatch", skill_level=3)
    who = athlete(stated_stages=frozenset({"pull_up"}))
    plan = week(mon=[("pull", 3), ("weighted", 3), ("snatch", 3)])
    stated = line_for(SKILL, problem(on_ladder, too_high, beside, who=who), plan)
    assert subjects(stated) == ["weighted", "snatch"]
    assert "pull" in subjects(line_for(SKILL, problem(on_ladder, too_high, beside), plan))


def test_an_unknown_ladder_has_no_stage() -> None:
    line = line_for(SKILL, problem(exercise("flag", ladder=rung("human_flag", 1))), week(mon=[("flag", 3)]))
    assert [v.statement for v in line.violations] == ["Flag is stage 1 of the human flag ladder, the athlete is at 0."]


@pytest.mark.parametrize(("stage", "holds"), [(5, True), (6, True), (7, False)])
def test_prerequisite(stage: int, holds: bool) -> None:
    world = problem(exercise("muscle_up", prerequisite=rung("pull_up", stage)), exercise("plank"))
    line = line_for(PREREQUISITE, world, week(mon=[("muscle_up", 3), ("plank", 3)]))
    assert line.holds is holds
    assert line.measured == {"with_prerequisite": 1, "unmet": 0 if holds else 1}


PRESS = exercise(
    "press",
    pattern="vertical_push",
    stress=frozenset({"overhead", "spinal_load"}),
    equipment=(("barbell",), ("dumbbells",)),
)


@pytest.mark.parametrize(
    ("avoid", "holds"),
    [
        (Avoidances(), True),
        (Avoidances(exercises=frozenset({"press"})), False),
        (Avoidances(exercises=frozenset({"other"})), True),
        (Avoidances(patterns=frozenset({"vertical_push"})), False),
        (Avoidances(patterns=frozenset({"press"})), True),
        (Avoidances(stress=frozenset({"overhead"})), False),
        (Avoidances(stress=frozenset({"impact"})), True),
        (Avoidances(equipment=frozenset({"barbell"})), False),
        (Avoidances(equipment=frozenset({"dumbbells"})), True),
    ],
)
def test_exclusions(avoid: Avoidances, holds: bool) -> None:
    world = problem(PRESS, who=athlete(avoid=avoid))
    line = line_for(EXCLUSIONS, world, week(mon=[Entry("press", 3, ("barbell",))]))
    assert line.holds is holds
    assert subjects(line) == ([] if holds else ["press"])


def test_a_clear_floor_cannot_be_avoided() -> None:
    world = problem(exercise("plank"), who=athlete(avoid=Avoidances(equipment=frozenset({"none"}))))
    assert line_for(EXCLUSIONS, world, week(mon=[("plank", 3)])).holds


@pytest.mark.parametrize(("sets", "slack"), [(4, 1), (3, 0), (2, -1)])
def test_wanted_sets_add_up_over_the_week(sets: int, slack: int) -> None:
    who = athlete(must_include=(RequiredExercise("press", 5),))
    line = line_for(MUST, problem(PRESS, who=who), week(mon=[("press", sets)], wed=[("press", 2)]))
    assert line.slack == slack
    assert line.holds is (slack >= 0)
    assert line.measured == {"press": sets + 2}


def test_a_wanted_exercise_has_at_least_one_set() -> None:
    who = athlete(must_include=(RequiredExercise("press", 0), RequiredExercise("ghost", 1)))
    line = line_for(MUST, problem(PRESS, exercise("plank"), who=who), week(mon=[("plank", 3)]))
    assert subjects(line) == ["press", "ghost"]
    assert line.limit == {"press": 1, "ghost": 1}


def test_the_larger_of_two_wishes_counts() -> None:
    for wishes in ((2, 4), (4, 2)):
        who = athlete(must_include=tuple(RequiredExercise("press", sets) for sets in wishes))
        assert line_for(MUST, problem(PRESS, who=who), week(mon=[("press", 4)])).slack == 0


def test_a_prerequisite_on_an_unknown_ladder_is_not_met() -> None:
    world = problem(exercise("flag", prerequisite=rung("human_flag", 1)))
    line = line_for(PREREQUISITE, world, week(mon=[("flag", 3)]))
    assert line.violations[0].statement == "Flag waits for stage 1 of the human flag ladder, the athlete is at 0."
