from typing import Any

import pytest

from catalog.schema import Span
from solver.domain.plan import Entry
from solver.domain.problem import PinnedEntry, PinnedSession, Problem
from tests.solver.verifier.builders import (
    FLOOR,
    drill,
    exercise,
    line_for,
    problem,
    settings,
    slot,
    subjects,
    upper,
    week,
)

RULE = "structure.exercises"
WORK = [exercise(f"work_{number}") for number in range(4)]
DRILLS = [drill(f"drill_{number}") for number in range(4)]
ROW = upper("row", "pull", equipment=(("barbell",),))
SCAPULAR = [exercise(f"scapular_{number}", pattern="scapular_control", lower_trap_direct=True) for number in range(5)]
CURLS = [exercise(f"curl_{number}", pattern="curl") for number in range(3)]
TWINS = [exercise("wide_row", movement_family="rows"), exercise("narrow_row", movement_family="rows")]
SHORT = exercise("short", sets=Span(min=2, max=4))
EVERYTHING = (*WORK, *DRILLS, ROW, *SCAPULAR, *CURLS, *TWINS, SHORT)


def _world(**changes: Any) -> Problem:
    rules = settings(**changes.pop("limits", {}))
    return problem(*EVERYTHING, rules=rules, **changes)


def _some(name: str, count: int) -> list[tuple[str, int]]:
    return [(f"{name}_{number}", 2) for number in range(count)]


def test_working_exercises_and_drills_have_their_own_limits() -> None:
    world = _world(limits={"working_exercises_max": 3, "drills_max": 2})
    full = line_for(RULE, world, week(mon=[*_some("drill", 2), *_some("work", 3)]))
    assert full.holds
    assert full.measured == {"working": 3, "drills": 2}
    assert full.slack == 0
    assert subjects(line_for(RULE, world, week(mon=[*_some("drill", 2), *_some("work", 4)]))) == ["mon"]
    drills = line_for(RULE, world, week(mon=_some("drill", 3), wed=_some("work", 3)))
    assert subjects(drills) == ["mon"]
    assert drills.slack == -1


def test_a_working_exercise_comes_twice_a_week_a_drill_as_often_as_wanted() -> None:
    twice = week(mon=[("work_0", 2), ("drill_0", 1)], wed=[("work_0", 2), ("drill_0", 1)], fri=[("drill_0", 1)])
    assert line_for(RULE, _world(), twice).holds
    thrice = week(mon=[("work_0", 2)], wed=[("work_0", 2)], fri=[("work_0", 2)])
    assert subjects(line_for(RULE, _world(), thrice)) == ["work_0"]


def test_two_of_a_pattern_in_a_session() -> None:
    assert line_for(RULE, _world(), week(mon=_some("curl", 2), wed=_some("curl", 2))).holds
    assert subjects(line_for(RULE, _world(), week(mon=_some("curl", 3)))) == ["mon"]


def test_drills_of_a_pattern_do_not_count_against_it() -> None:
    drills = [drill(f"stretch_{number}", pattern="curl") for number in range(2)]
    world = problem(*CURLS, *drills)
    assert line_for(RULE, world, week(mon=[*_some("stretch", 2), *_some("curl", 2)])).holds


def test_four_scapular_exercises_only_where_no_pull_is_possible() -> None:
    at_home = (slot("mon", place=FLOOR),)
    assert not line_for(RULE, _world(), week(mon=_some("scapular", 3))).holds
    assert line_for(RULE, _world(slots=at_home), week(mon=_some("scapular", 4))).holds
    assert not line_for(RULE, _world(slots=at_home), week(mon=_some("scapular", 5))).holds
    assert not line_for(RULE, _world(slots=at_home), week(mon=_some("curl", 3))).holds


def test_variants_of_one_movement_exclude_each_other_in_a_session() -> None:
    assert line_for(RULE, _world(), week(mon=[("wide_row", 2)], wed=[("narrow_row", 2)])).holds
    line = line_for(RULE, _world(), week(mon=[("wide_row", 2), ("narrow_row", 2)]))
    assert subjects(line) == ["mon"]
    assert "Wide row and Narrow row" in line.violations[0].statement


@pytest.mark.parametrize(("sets", "holds"), [(1, False), (2, True), (4, True), (5, False)])
def test_sets_stay_in_the_range_of_the_exercise(sets: int, holds: bool) -> None:
    assert line_for(RULE, _world(), week(mon=[("short", sets)])).holds is holds


@pytest.mark.parametrize(("sets", "holds"), [(5, True), (6, False)])
def test_a_pin_allows_exactly_its_own_sets(sets: int, holds: bool) -> None:
    pin = PinnedEntry("mon", "short", 5)
    for pins in ({"pinned_entries": (pin,)}, {"pinned_sessions": (PinnedSession("mon", (pin,)),)}):
        assert line_for(RULE, _world(**pins), week(mon=[("short", sets)])).holds is holds
        assert not line_for(RULE, _world(**pins), week(wed=[("short", 5)])).holds


def test_the_same_exercise_twice_in_a_session() -> None:
    assert subjects(line_for(RULE, _world(), week(mon=[("work_0", 2), ("work_0", 2)]))) == ["work_0"]


def test_an_unknown_exercise() -> None:
    assert subjects(line_for(RULE, _world(), week(mon=[("work_0", 2), ("nonsense", 2)]))) == ["nonsense"]


@pytest.mark.parametrize("sets", [0, -3, 2.5, None, True])
def test_sets_are_positive_whole_numbers(sets: Any) -> None:
    assert subjects(line_for(RULE, _world(), week(mon=[("work_1", 2), Entry("work_0", sets, ("none",))]))) == ["work_0"]
