from __future__ import annotations

import pytest

from solver.domain.problem import Place
from tests.solver.rule_lab import FLOOR, GYM, blamed, exercise, keeps, problem, slot, week

RULE = "equipment.available"
SQUAT = exercise("squat", equipment=(("barbell", "rack"),))
CURL = exercise("curl", equipment=(("barbell",), ("band",)))
HOP = exercise("hop", equipment=(("none",),))
EVERYTHING = (SQUAT, CURL, HOP)
BANDS = Place("bands", frozenset({"none", "band"}))


def _at(place: Place) -> object:
    return problem(*EVERYTHING, slots=(slot("mon", place=place), slot("wed", place=FLOOR)))


@pytest.mark.parametrize(
    ("name", "place"), [("squat", GYM), ("curl", GYM), ("curl", BANDS), ("hop", GYM), ("hop", FLOOR)]
)
def test_one_alternative_at_the_place_keeps_it(name: str, place: Place) -> None:
    assert keeps(_at(place), week(mon={name: 3}), RULE)


@pytest.mark.parametrize(("name", "place"), [("squat", BANDS), ("squat", FLOOR), ("curl", FLOOR)])
def test_no_alternative_at_the_place_breaks_it(name: str, place: Place) -> None:
    assert not keeps(_at(place), week(mon={name: 3}), RULE)
    assert blamed(_at(place), week(mon={name: 3}), RULE) == {place.id}


@pytest.mark.parametrize(
    ("items", "kept"),
    [({"none", "barbell", "rack"}, True), ({"none", "barbell"}, False), ({"none", "rack"}, False)],
)
def test_all_items_of_an_alternative_are_needed(items: set[str], kept: bool) -> None:
    assert keeps(_at(Place("shed", frozenset(items))), week(mon={"squat": 3}), RULE) is kept


def test_every_session_looks_at_its_own_place() -> None:
    elsewhere = week(mon={"squat": 3}, wed={"squat": 3})
    assert not keeps(_at(GYM), elsewhere, RULE)
    assert blamed(_at(GYM), elsewhere, RULE) == {"floor"}


def test_without_the_rule_the_week_may_use_what_is_not_there() -> None:
    assert blamed(_at(BANDS), week(mon={"squat": 3}, wed={"curl": 3}), RULE) == {"bands", "floor"}
