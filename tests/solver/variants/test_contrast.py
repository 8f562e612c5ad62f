"""The contrast of two weeks, by hand and in the model."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest

from solver.domain.contrast import contrast
from solver.domain.plan import Plan
from solver.model import build_model
from solver.variants import Wanted
from solver.variants.conditions import Contrasting
from tests.solver.hungry import hungry_problem, listed
from tests.solver.rule_lab import drill, exercise, fix, plan_of, problem, slot, solved, week

ASKED = problem(exercise("aaa"), exercise("bbb"), exercise("ccc"), drill("ddd"), slots=(slot("mon"), slot("wed")))
WEEK = plan_of(ASKED, week(mon={"aaa": 3, "bbb": 3, "ddd": 1}, wed={"aaa": 3}))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (week(mon={"aaa": 3, "bbb": 3, "ddd": 1}, wed={"aaa": 3}), Fraction(0)),
        # Sets and drills are no difference.
        (week(mon={"aaa": 2, "bbb": 4}, wed={"aaa": 3, "ddd": 1}), Fraction(0)),
        # Marks: a 3 + mon + wed, b 3 + mon = 9. Here b stands on wed: 2 of 18 marks are only on one side.
        (week(mon={"aaa": 3}, wed={"aaa": 3, "bbb": 3}), Fraction(2, 18)),
        # c for b: 3 + 1 on either side.
        (week(mon={"aaa": 3, "ccc": 3}, wed={"aaa": 3}), Fraction(8, 18)),
        # a once less, b gone: 1 + 4 of 9 + 4.
        (week(mon={"aaa": 3}), Fraction(5, 13)),
        (week(wed={"ccc": 3}), Fraction(1)),
    ],
)
def test_marks_that_only_one_week_has(other: dict[str, dict[str, int]], expected: Fraction) -> None:
    assert contrast(ASKED, WEEK, plan_of(ASKED, other)) == expected
    assert contrast(ASKED, plan_of(ASKED, other), WEEK) == expected


def test_weeks_of_drills_alone_do_not_differ() -> None:
    drills = plan_of(ASKED, week(mon={"ddd": 1}))
    assert contrast(ASKED, drills, drills) == 0
    assert contrast(ASKED, drills, Plan(())) == 0


@pytest.mark.parametrize("seed", [16, 31])
def test_the_model_allows_what_is_far_enough_and_no_less(seed: int) -> None:
    asked, weeks = hungry_problem(seed), [plan for _, plan in listed(seed)[::29]]
    shares = set()
    for one, other in combinations(weeks, 2):
        share = contrast(asked, one, other)
        shares.add(share)
        for wanted, allowed in ((share, True), (share + Fraction(1, 1000), False)):
            if 0 < wanted <= 1:
                built = build_model(asked)
                for constraint in Contrasting(one, wanted)(built.plan, built.objective):
                    built.model.add(constraint)
                fix(built.plan, {s.slot: {e.exercise: e.sets for e in s.entries} for s in other.sessions})
                assert (solved(built.model) is not None) is allowed
    assert len(shares) >= 4


@pytest.mark.parametrize(
    "facts",
    [
        {"weeks": 1},
        {"weeks": 9},
        {"contrast": Fraction(0)},
        {"contrast": Fraction(11, 10)},
        {"loss": Fraction(-1, 10)},
        {"loss": Fraction(1)},
    ],
)
def test_numbers_out_of_range_are_refused(facts: dict[str, int | Fraction]) -> None:
    sound: dict[str, int | Fraction] = {"weeks": 2, "contrast": Fraction(1, 2), "loss": Fraction(0)}
    Wanted(**sound)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not"):
        Wanted(**{**sound, **facts})  # type: ignore[arg-type]
