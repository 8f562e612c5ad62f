"""Which pairs of entries make a superset: one pair that is fine, and everything that can be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solver.domain.plan import Entry
from solver.domain.pricing import PricedEntry, superset_saving_seconds
from solver.domain.supersets import Candidate, may_pair
from solver.verifier.facts import digest
from solver.verifier.supersets import saved_seconds, supersets_of
from tests.solver.verifier.builders import exercise, line_for, lower, problem, upper, week

if TYPE_CHECKING:
    from catalog.schema import Exercise

RULE = "structure.order"
PRESS: dict[str, Any] = {
    "muscles": {"pectorals": 4},
    "secondary_muscles": {"triceps": 2},
    "equipment": (("dumbbells",),),
}
ROW: dict[str, Any] = {
    "muscles": {"latissimus_dorsi": 4},
    "secondary_muscles": {"biceps": 2},
    "equipment": (("cable",),),
}


def _pair(press: dict[str, Any], row: dict[str, Any]) -> tuple[Exercise, Exercise]:
    first, second = {"push_pull": "push", **PRESS, **press}, {"push_pull": "pull", **ROW, **row}
    return upper("press", first.pop("push_pull"), **first), upper("row", second.pop("push_pull"), **second)


def _entries(*exercises: Exercise, label: str = "A") -> list[Entry]:
    return [Entry(e.id, 3, e.equipment[0], label) for e in exercises]


def _faults(press: Exercise, row: Exercise) -> list[str]:
    plan = week(mon=sorted(_entries(press, row), key=lambda e: e.exercise))
    found = line_for(RULE, problem(press, row, supersets=True), plan).violations
    return [v.statement for v in found if "make no superset" in v.statement]


WRONG: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "spine": ({"axial_load": 3}, {}, "press loads the spine too much to be hurried"),
    "skill": ({}, {"skill_level": 3}, "row asks for too much skill to be hurried"),
    "activation": ({"session_slot": 2}, {"session_slot": 2}, "press is no main, secondary, accessory or core exercise"),
    "carry": ({"session_slot": 8}, {"session_slot": 7}, "press is no main, secondary, accessory or core exercise"),
    "parts": ({"session_slot": 4}, {"session_slot": 6}, "parts of the session that do not follow each other"),
    "item": ({"equipment": (("cable", "box"),)}, {}, "both need cable"),
    "same way": ({}, {"push_pull": "push"}, "both work the upper body the same way"),
    "neither way": ({"push_pull": "neutral"}, {}, "both work the upper body the same way"),
    "muscle": ({"secondary_muscles": {"latissimus_dorsi": 2}}, {}, "both train the latissimus dorsi"),
    "muscle the other way": ({"muscles": {"biceps": 3}}, {}, "both train the biceps"),
    "spine together": ({"axial_load": 1}, {"axial_load": 2}, "both load the spine"),
    "grip": (
        {"secondary_muscles": {"forearms": 1}},
        {"secondary_muscles": {"forearms": 2}},
        "both tax the grip",
    ),
    "breath": ({"systemic_fatigue": 2}, {"systemic_fatigue": 2}, "both tire the whole body"),
}
FINE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "as they are": ({}, {}),
    "neighbouring parts": ({"session_slot": 4}, {"session_slot": 5}),
    "axial load 2 alone": ({"axial_load": 2}, {}),
    "skill 2": ({"skill_level": 2}, {"skill_level": 2}),
    "another region": ({}, {"push_pull": "push", "region": "lower"}),
    "half sets of one muscle": ({}, {"secondary_muscles": {"triceps": 2}}),
    "a quarter set of it": ({"secondary_muscles": {"latissimus_dorsi": 1}}, {}),
    "nothing and a wall": ({"equipment": (("none",),)}, {"equipment": (("none", "wall"),)}),
    "tiring alone": ({"systemic_fatigue": 3}, {"systemic_fatigue": 1}),
}


def _as_candidates(pair: tuple[Exercise, Exercise]) -> tuple[Candidate, Candidate]:
    first, second = (Candidate(e, 3, e.equipment[:1]) for e in pair)
    return first, second


@pytest.mark.parametrize(("press", "row", "said"), WRONG.values(), ids=WRONG)
def test_what_stands_in_the_way_is_named(press: dict[str, Any], row: dict[str, Any], said: str) -> None:
    pair = _pair(press, row)
    faults = _faults(*pair)
    assert len(faults) == 1
    assert said in faults[0]
    assert not may_pair(*_as_candidates(pair)), "the definition that weeks are planned by says the same"


@pytest.mark.parametrize(("press", "row"), FINE.values(), ids=FINE)
def test_what_does_not_is_a_superset(press: dict[str, Any], row: dict[str, Any]) -> None:
    pair = _pair(press, row)
    assert _faults(*pair) == []
    assert may_pair(*_as_candidates(pair))


def test_work_of_one_kind_is_paired_once() -> None:
    presses = [upper(f"press_{n}", "push", muscles={"pectorals": 4}) for n in (1, 2)]
    rows = [upper("row", "pull", muscles={"biceps": 4}), exercise("crunch", muscles={"abdominals": 4}, session_slot=5)]
    lunge = lower("lunge", "push", muscles={"quadriceps": 4})
    world = problem(*presses, *rows, lunge, supersets=True)
    twice = _entries(presses[0], rows[0]) + _entries(presses[1], rows[1], label="B")
    found = line_for(RULE, world, week(mon=twice)).violations
    assert [v.statement for v in found] == [
        "Press 1 and press 2 are the same kind of work in 'mon'; one of them at most is in a superset."
    ]
    apart = _entries(presses[0], rows[0]) + _entries(lunge, rows[1], label="B")
    assert line_for(RULE, world, week(mon=apart)).holds


@pytest.mark.parametrize(
    ("rests", "sets", "saved"), [((60, 90), (3, 4), 120), ((200, 200), (2, 2), 175), ((60, 60), (1, 4), 0)]
)
def test_the_saving_is_told_in_the_certificate(rests: tuple[int, int], sets: tuple[int, int], saved: int) -> None:
    # 200 once is more than 35 % of 2 x (2 x 25 + 200) = 500
    pair = [
        upper(name, way, rest_seconds=rest, seconds_per_set=25)
        for name, way, rest in zip(("press", "row"), ("push", "pull"), rests, strict=True)
    ]
    world = problem(*pair, supersets=True)
    plan = week(mon=[Entry(e.id, n, ("none",), "A") for e, n in zip(pair, sets, strict=True)])
    told = f"1 superset saves {saved // 60} min" + (f" {saved % 60} s" if saved % 60 else "")
    line = line_for("time.session", world, plan)
    assert line.notes == (f"{told} in 'mon'",)
    ((_, a, b),) = supersets_of(digest(world, plan).sessions[0])
    assert saved_seconds(a, b) == saved == superset_saving_seconds(*(PricedEntry(p.exercise, p.sets) for p in (a, b)))
