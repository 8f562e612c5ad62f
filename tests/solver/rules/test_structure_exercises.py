from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from catalog.schema import Span
from tests.solver.rule_lab import FLOOR, Bench, blamed, drill, exercise, keeps, problem, settings, slot, upper, week

if TYPE_CHECKING:
    from solver.domain.problem import Problem

RULE = "structure.exercises"
WORK = tuple(exercise(f"work_{k}") for k in range(4))
DRILLS = tuple(drill(f"drill_{k}", pattern="mobility") for k in range(4))
ROWS = tuple(exercise(f"row_{k}", pattern="row") for k in range(3))
HINGE_DRILL = drill("hinge_drill", pattern="row")
GRIPS = (exercise("wide", movement_family="pull_up"), exercise("narrow", movement_family="pull_up"))
STRETCHES = (drill("stretch_a", movement_family="stretch"), drill("stretch_b", movement_family="stretch"))
RANGED = exercise("ranged", sets=Span(min=2, max=4))
EVERYTHING = (*WORK, *DRILLS, *ROWS, HINGE_DRILL, *GRIPS, *STRETCHES, RANGED)
FOUR_DAYS = (slot("mon"), slot("tue"), slot("thu"), slot("sat"))


def _world(**rules: int) -> Problem:
    return problem(*EVERYTHING, slots=FOUR_DAYS, rules=settings(**rules))


def _session(*names: str) -> dict[str, int]:
    return dict.fromkeys(names, 2)


def test_a_sensible_session_keeps_it() -> None:
    plan = week(mon=_session("drill_0", "drill_1", "work_0", "work_1", "row_0", "row_1", "wide"))
    assert keeps(_world(), plan, RULE)


def test_a_crowded_session_breaks_it() -> None:
    plan = week(mon=_session("work_0", "work_1", "row_0", "row_1", "row_2"))
    assert not keeps(_world(working_exercises_max=4), plan, RULE)
    assert blamed(_world(working_exercises_max=4), plan, RULE) == {"max", "pattern"}


@pytest.mark.parametrize(("most", "kept"), [(2, False), (3, True)])
def test_working_exercises_are_bounded_and_drills_are_none(most: int, kept: bool) -> None:
    plan = week(mon=_session("work_0", "work_1", "work_2", "drill_0", "drill_1"))
    assert keeps(_world(working_exercises_max=most), plan, RULE) is kept
    if not kept:
        assert blamed(_world(working_exercises_max=most), plan, RULE) == {"max"}


@pytest.mark.parametrize(("most", "kept"), [(3, False), (4, True)])
def test_drills_are_bounded(most: int, kept: bool) -> None:
    plan = week(mon=_session("drill_0", "drill_1", "drill_2", "hinge_drill", "work_0"))
    assert keeps(_world(drills_max=most), plan, RULE) is kept
    if not kept:
        assert blamed(_world(drills_max=most), plan, RULE) == {"drills"}


@pytest.mark.parametrize(("days", "kept"), [(("mon", "tue"), True), (("mon", "tue", "sat"), False)])
def test_a_working_exercise_is_in_two_sessions_at_most(days: tuple[str, ...], kept: bool) -> None:
    plan = {day: _session("work_0", "drill_0") for day in days}
    assert keeps(_world(), plan, RULE) is kept
    if not kept:
        assert blamed(_world(), plan, RULE) == {"work_0"}


def test_a_drill_is_in_as_many_as_it_likes() -> None:
    works = dict(zip(("mon", "tue", "thu", "sat"), WORK, strict=True))
    assert keeps(_world(), {day: _session("drill_0", work.id) for day, work in works.items()}, RULE)


@pytest.mark.parametrize(("rows", "kept"), [(2, True), (3, False)])
def test_two_working_exercises_share_a_pattern(rows: int, kept: bool) -> None:
    # the hinge drill is of the same pattern, but it does not work
    plan = week(mon=_session("hinge_drill", *(row.id for row in ROWS[:rows])))
    assert keeps(_world(), plan, RULE) is kept
    if not kept:
        assert blamed(_world(), plan, RULE) == {"pattern"}


def test_the_pattern_is_counted_by_session() -> None:
    assert keeps(_world(), week(mon=_session("row_0", "row_1"), tue=_session("row_1", "row_2")), RULE)


@pytest.mark.parametrize("pair", [("wide", "narrow"), ("stretch_a", "stretch_b")])
def test_variants_of_one_movement_never_meet(pair: tuple[str, str]) -> None:
    together = week(mon=_session(*pair, "work_0"))
    assert not keeps(_world(), together, RULE)
    assert blamed(_world(), together, RULE) == {"family"}
    assert keeps(_world(), week(mon=_session(pair[0], "work_0"), tue=_session(pair[1], "work_0")), RULE)


SCAPULAR = tuple(exercise(f"raise_{k}", pattern="scapular_control") for k in range(5))
ROW = upper("row", "pull", equipment=(("dumbbells",),))
AT_HOME = (slot("mon", place=FLOOR), slot("thu", place=FLOOR))


@pytest.mark.parametrize(
    ("slots", "count", "kept"),
    [(AT_HOME, 4, True), (AT_HOME, 5, False), (FOUR_DAYS, 2, True), (FOUR_DAYS, 3, False)],
    ids=["four stand in", "five do not", "two beside a row", "three beside a row"],
)
def test_four_scapular_exercises_fit_where_they_stand_in_for_pulling(slots: Any, count: int, kept: bool) -> None:
    world = problem(*SCAPULAR, ROW, slots=slots)
    plan = week(mon=_session(*(e.id for e in SCAPULAR[:count])))
    assert keeps(world, plan, RULE) is kept
    if not kept:
        assert blamed(world, plan, RULE) == {"pattern"}


def test_no_other_pattern_gets_more_room_by_substitution() -> None:
    world = problem(*ROWS, ROW, slots=AT_HOME)
    assert not keeps(world, week(mon=_session("row_0", "row_1", "row_2")), RULE)


@pytest.mark.parametrize(("sets", "kept"), [(1, False), (2, True), (4, True), (5, False)])
def test_the_range_of_sets_is_the_exercises_own(sets: int, kept: bool) -> None:
    assert keeps(_world(), week(mon={"ranged": sets}), RULE) is kept


def test_a_trivial_limit_is_not_posted() -> None:
    # two slots, one exercise each: nothing can come thrice
    world = problem(*WORK[:2], slots=AT_HOME)
    assert Bench(world, week(mon=_session("work_0")), RULE, explaining=True).subjects == {"max", "drills"}


def test_without_the_rule_the_week_may_be_a_heap() -> None:
    heap = _session("row_0", "row_1", "row_2", "wide", "narrow", "drill_0", "drill_1", "drill_2", "stretch_a")
    plan = week(mon=heap, tue=_session("row_0"), thu=_session("row_0"))
    assert blamed(_world(working_exercises_max=4), plan, RULE) == {"max", "drills", "pattern", "family", "row_0"}
