from __future__ import annotations

from typing import Any

import pytest

from solver.domain.problem import Avoidances
from tests.solver.rule_lab import FLOOR, Week, athlete, blamed, keeps, problem, settings, slot, upper, week

RULE = "row.retraction"


def _row(identifier: str, row_type: str, implement: str, *equipment: str) -> Any:
    facts = {"pattern": "horizontal_pull", "row_type": row_type, "row_implement": implement}
    return upper(identifier, "pull", equipment=(equipment or ("none",),), **facts)


LED_DUMBBELL = _row("led_dumbbell", "led", "dumbbell", "dumbbells")
LED_CABLE = _row("led_cable", "led", "cable", "cable")
LED_BODY = _row("led_body", "led", "bodyweight")
PLAIN = _row("plain", "plain", "barbell", "barbell")
PLAIN_CABLE = _row("plain_cable", "plain", "cable", "cable")
FACE_PULL = upper("face_pull", "pull", pattern="horizontal_pull", scapular_retraction=True)
EVERYTHING = (LED_DUMBBELL, LED_CABLE, LED_BODY, PLAIN, PLAIN_CABLE, FACE_PULL)
WORLD = problem(*EVERYTHING)
AT_HOME = (slot("mon", place=FLOOR), slot("wed", place=FLOOR))


@pytest.mark.parametrize(
    "plan",
    [
        week(mon={"led_dumbbell": 2}),
        week(mon={"led_dumbbell": 1}, wed={"led_cable": 1}),
        week(mon={"led_dumbbell": 2, "plain": 2}),
        week(mon={"led_dumbbell": 2, "led_body": 2, "plain": 4}),  # 4 led of 8 rows, 2 of them preferred
        week(mon={"led_cable": 2, "face_pull": 6}),  # a face pull is no row
    ],
)
def test_led_rows_keep_it(plan: Week) -> None:
    assert keeps(WORLD, plan, RULE)


@pytest.mark.parametrize("other", ["led_body", "plain_cable", "face_pull"])
def test_only_led_dumbbell_or_cable_rows_count_where_they_are_possible(other: str) -> None:
    plan = week(mon={"led_dumbbell": 1, other: 1})
    assert not keeps(WORLD, plan, RULE)
    assert blamed(WORLD, plan, RULE) == {"sets"}


@pytest.mark.parametrize(("sets", "kept"), [(2, True), (3, True), (4, False)])
def test_the_weekly_number_is_exact(sets: int, kept: bool) -> None:
    world = problem(*EVERYTHING, rules=settings(retraction_row_sets=sets))
    assert keeps(world, week(mon={"led_dumbbell": 2}, fri={"led_dumbbell": 1}), RULE) is kept


@pytest.mark.parametrize(("plain", "kept"), [(3, True), (4, False)])
def test_led_rows_are_at_least_half_of_all_rows(plain: int, kept: bool) -> None:
    # 2 x 3 >= 3 + 3, but 2 x 3 < 3 + 4
    plan = week(mon={"led_dumbbell": 3}, wed={"plain": plain - 1, "plain_cable": 1})
    assert keeps(WORLD, plan, RULE) is kept
    if not kept:
        assert blamed(WORLD, plan, RULE) == {"half"}


@pytest.mark.parametrize(("led", "plain", "kept"), [(2, 2, True), (1, 1, False), (2, 3, False)])
def test_any_led_row_counts_where_neither_dumbbell_nor_cable_is_possible(led: int, plain: int, kept: bool) -> None:
    avoid = Avoidances(equipment=frozenset({"dumbbells", "cable"}))
    world = problem(*EVERYTHING, who=athlete(avoid=avoid))
    assert keeps(world, week(mon={"led_body": led, "plain": plain}), RULE) is kept


WITHOUT_LED = (PLAIN, PLAIN_CABLE, FACE_PULL)
IMPOSSIBLE = [
    problem(*WITHOUT_LED),
    problem(*WITHOUT_LED, LED_CABLE, LED_DUMBBELL, slots=AT_HOME),
    problem(*EVERYTHING, who=athlete(avoid=Avoidances(exercises=frozenset({"led_dumbbell", "led_cable", "led_body"})))),
]


@pytest.mark.parametrize("world", IMPOSSIBLE)
def test_both_parts_are_waived_where_no_led_row_is_possible(world: Any) -> None:
    assert keeps(world, week(mon={"face_pull": 6}), RULE)


def test_plain_rows_have_no_partner_to_match_where_no_led_row_is_possible() -> None:
    assert keeps(problem(*WITHOUT_LED), week(mon={"plain": 6}), RULE)


@pytest.mark.parametrize("world", IMPOSSIBLE)
def test_stated_it_conflicts_instead(world: Any) -> None:
    rules = settings(stated=frozenset({f"{RULE}:sets"}))
    stated = problem(*world.exercises, slots=world.slots, who=world.athlete, rules=rules)
    assert not keeps(stated, week(mon={"face_pull": 6}), RULE)
    assert blamed(stated, week(mon={"face_pull": 6}), RULE) == {"sets"}


def test_without_the_rule_the_week_may_row_as_it_likes() -> None:
    assert blamed(WORLD, week(mon={"plain": 6}), RULE) == {"sets", "half"}
