"""Two members of tiny gyms against the list of all their weeks, each pair tried in every order at the stations."""

from __future__ import annotations

import pytest

from solver.domain.problem import SolveBudget
from solver.gym import GymBudget, Scheduled, schedule
from solver.gym.asking import one_by_one
from solver.gym.book import Book
from solver.gym.opening import fill
from solver.gym.repairing import Repairs
from solver.gym.returning import Returns
from solver.gym.roster import Roster
from solver.gym.sharing import Sharing
from tests.solver.gym.tiny_gyms import best_sum, fairest, side_by_side, tiny_gym, weeks

SEARCH = SolveBudget(time_limit_seconds=600, workers=2, seed=1, deterministic_seconds=1)
BUDGET = GymBudget(time_limit_seconds=600, alone=SEARCH, again=SEARCH)

ROOMY = (5, 13), (13, 29)
"""Both best weeks find their times."""
TIGHT = (13, 30), (5, 30)
"""Both best weeks do not, other weeks do: less is done at a station, or a session is shorter and waits for it."""


@pytest.mark.parametrize("pair", [*ROOMY, *TIGHT])
def test_two_weeks_have_the_best_sum_of_the_list_and_nobody_has_lost_more_than_must_be(pair: tuple[int, int]) -> None:
    best, alone = best_sum(*pair), sum(weeks(seed)[0][0] for seed in pair)
    assert best is not None
    assert (best == pytest.approx(alone)) == (pair in ROOMY)
    found = schedule(tiny_gym(*pair), BUDGET)
    assert isinstance(found, Scheduled)
    assert not found.unplaced
    assert found.score == pytest.approx(best)
    assert found.alone == pytest.approx(alone)
    assert found.bound == pytest.approx(alone)
    assert sorted(week.score / week.alone.score for week in found.weeks) == pytest.approx(fairest(*pair))
    assert found.is_fair == all(week.lost <= 0.1 for week in found.weeks)


def test_who_lost_more_than_must_be_gets_his_week_back_at_the_cost_of_who_then_loses_less() -> None:
    """The first gave way to the second; the other way round the loss is smaller."""
    gym, first, second = tiny_gym(5, 30), weeks(5), weeks(30)
    one, two = (member.problem for member in gym.members)
    given = next(found for found in first if side_by_side(one, found[1], two, second[0][1]))
    fairer = fairest(5, 30)
    assert fairer is not None
    assert given[0] / first[0][0] < fairer[0]
    roster = Roster(gym, BUDGET, one_by_one, lambda: False)
    book = Book(gym, roster.effort, roster.weigh)
    sharing = Sharing(gym, book)
    fill(roster, None)
    roster.take("one", given[1], given[0])
    assert book.book(roster.plans) is None
    assert not book.wanting
    Returns(roster, book, sharing, Repairs(roster, book, sharing)).run()
    assert not book.wanting
    assert sorted(map(roster.kept, roster.plans)) == pytest.approx(fairer)


def test_where_no_two_weeks_fit_somebody_is_left_out_and_the_other_keeps_his_best() -> None:
    assert best_sum(30, 30) is None
    found = schedule(tiny_gym(30, 30), BUDGET)
    assert isinstance(found, Scheduled)
    assert [unplaced.reason for unplaced in found.unplaced] == ["no_room"]
    assert [week.score for week in found.weeks] == [pytest.approx(weeks(30)[0][0])]


def test_a_member_without_any_week_does_not_keep_the_other_from_his() -> None:
    assert not weeks(8)
    found = schedule(tiny_gym(8, 13), BUDGET)
    assert isinstance(found, Scheduled)
    assert [(unplaced.member, unplaced.reason) for unplaced in found.unplaced] == [("one", "infeasible")]
    assert found.score == pytest.approx(weeks(13)[0][0])
