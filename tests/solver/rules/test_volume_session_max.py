from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.solver.rule_lab import blamed, exercise, goal, keeps, problem, week

if TYPE_CHECKING:
    from solver.domain.problem import Problem

RULE = "volume.session_max"
BENCH = exercise("bench", muscles={"pectorals": 4}, secondary_muscles={"triceps": 2, "abs": 1})
FLY = exercise("fly", muscles={"pectorals": 3})
PUSHDOWN = exercise("pushdown", muscles={"triceps": 4})
EASY = exercise("easy", muscles={"pectorals": 4}, counts_as_hard_set=False)


def _world(chest: int = 6, triceps: int = 6) -> Problem:
    goals = (goal("pectorals", session_max_sets=chest), goal("triceps", session_max_sets=triceps))
    return problem(BENCH, FLY, PUSHDOWN, EASY, muscles=goals)


def test_a_full_session_keeps_it_and_another_day_starts_anew() -> None:
    assert keeps(_world(), week(mon={"bench": 6}, wed={"bench": 6}, fri={"bench": 6}), RULE)


def test_too_much_in_one_session_breaks_it() -> None:
    assert not keeps(_world(), week(mon={"bench": 4, "fly": 4}), RULE)
    assert blamed(_world(), week(mon={"bench": 4, "fly": 4}), RULE) == {"pectorals"}


@pytest.mark.parametrize(
    ("session", "kept"),
    [
        ({"bench": 6}, True),  # 6 x 1 = 6
        ({"bench": 3, "fly": 4}, True),  # 3 + 4 x 3/4 = 6
        ({"bench": 3, "fly": 5}, False),  # 6 3/4
        ({"bench": 6, "fly": 1}, False),  # 6 3/4
        ({"bench": 6, "easy": 6}, True),  # not hard
        ({"bench": 6, "pushdown": 3}, True),  # triceps 6 x 1/2 + 3 = 6
        ({"bench": 6, "pushdown": 4}, False),  # 7
    ],
)
def test_the_last_quarter_set_is_the_boundary(session: dict[str, int], kept: bool) -> None:
    assert keeps(_world(), week(mon=session), RULE) is kept


def test_weights_below_half_a_set_are_no_volume() -> None:
    world = problem(BENCH, muscles=(goal("abs", session_max_sets=1),))
    assert keeps(world, week(mon={"bench": 6}), RULE)


def test_without_the_rule_a_session_may_be_all_chest() -> None:
    # chest 12 1/2 against 5 and triceps 3 against 2
    assert blamed(_world(5, 2), week(mon={"bench": 6, "fly": 6}), RULE) == {"pectorals", "triceps"}
