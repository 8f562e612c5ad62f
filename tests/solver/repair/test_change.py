"""The difference between two weeks: what is a change, what it weighs, and what undoing it leaves."""

from __future__ import annotations

import random
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from solver.domain.change import (
    ADD,
    DROP,
    MOVE,
    SESSION,
    SETS,
    SWAP,
    Change,
    WeekEntry,
    difference,
    distance,
    merged,
    undone,
)
from solver.domain.likeness import likeness
from tests.solver.rule_lab import drill, lower, problem, upper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.domain.problem import Problem

PECS, LATS = {"pectorals": 4}, {"latissimus_dorsi": 4}
CATALOG = (
    upper("bench", "push", pattern="horizontal_push", movement_family="bench", muscles=PECS),
    upper("close_bench", "push", pattern="horizontal_push", movement_family="bench", muscles=PECS),
    upper("push_up", "push", pattern="horizontal_push", movement_family="push_up", muscles=PECS),
    upper("fly", "push", pattern="fly", movement_family="fly", muscles=PECS),
    upper("row", "pull", pattern="row", movement_family="row", muscles=LATS),
    lower("squat", "push", pattern="squat", movement_family="squat", muscles={"quadriceps": 4}),
    drill("turn", pattern="mobility", region="upper"),
    drill("bridge", pattern="mobility", region="lower"),
    drill("swing", pattern="hinge", region="lower"),
    lower("hinge", "pull", pattern="hinge", movement_family="hinge"),
)
PROBLEM = problem(*CATALOG)
"""Slots mon, wed and fri."""


def week(text: str) -> tuple[WeekEntry, ...]:
    """Entries written as `slot exercise sets`, one after another."""
    return tuple(
        WeekEntry(slot, name, int(sets)) for slot, name, sets in map(str.split, filter(None, text.split(", ")))
    )


def changes(before: str, after: str) -> tuple[Change, ...]:
    return difference(PROBLEM, week(before), week(after))


def kinds(before: str, after: str) -> list[tuple[str, int]]:
    return [(change.kind, change.weight) for change in changes(before, after)]


@pytest.mark.parametrize(
    ("old", "new", "shared"),
    [
        ("bench", "close_bench", "family"),
        ("bench", "push_up", "pattern"),
        ("bench", "fly", "muscle"),
        ("bench", "row", "unlike"),
        ("bench", "squat", None),  # another region, nothing in common
        ("turn", "bridge", "pattern"),
        ("swing", "hinge", None),  # one pattern, but a drill is no work
        ("turn", "swing", None),
    ],
)
def test_likeness_is_the_closest_thing_shared_both_ways(old: str, new: str, shared: str | None) -> None:
    one, other = PROBLEM.exercise_by_id[old], PROBLEM.exercise_by_id[new]
    assert likeness(one, other) == likeness(other, one) == shared


def test_weights_rise_from_drop_to_add_and_none_is_more_than_twice_another() -> None:
    weights = [DROP, SETS + 1, SETS + 3, *SWAP.values(), MOVE, ADD]
    assert weights == sorted(weights)
    assert max(weights) <= 2 * min(weights)
    assert MOVE + 3 < DROP + ADD
    assert DROP < SESSION < MOVE


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("mon bench 3", "mon bench 3", []),
        ("mon bench 3, mon row 3", "mon row 3", [("drop", 20)]),
        ("mon row 3", "mon bench 3, mon row 3", [("add", 40)]),
        ("mon row 3", "mon row 4", [("sets", 22)]),  # 21 and one set
        ("mon row 12", "mon row 4", [("sets", 24)]),  # 21 and three steps at most
        ("mon bench 3", "mon close_bench 5", [("swap", 26)]),
        ("mon bench 3", "mon push_up 3", [("swap", 29)]),
        ("mon bench 3", "mon fly 3", [("swap", 33)]),
        ("mon bench 3", "mon row 3", [("swap", 38)]),
        ("mon bench 3, wed row 3", "wed bench 3, wed row 3", [("close", 30), ("move", 39)]),
        ("mon bench 3, mon fly 1, wed row 3", "mon fly 1, wed bench 5, wed row 3", [("move", 41)]),  # 39 and two sets
        ("mon bench 3", "mon squat 3", [("drop", 20), ("add", 40)]),
        ("mon hinge 3", "mon swing 3", [("drop", 20), ("add", 40)]),
        ("", "mon bench 3", [("open", 30), ("add", 40)]),
        ("mon bench 3", "", [("close", 30), ("drop", 20)]),
        ("mon bench 3, mon row 3", "mon row 3, mon bench 3", [("order", 0)]),
        # Two lines of one exercise are one entry of three sets.
        ("mon bench 1, mon bench 2", "mon bench 3", []),
    ],
)
def test_a_change_has_its_kind_and_weight(before: str, after: str, expected: list[tuple[str, int]]) -> None:
    assert kinds(before, after) == expected


def test_the_cheapest_pairing_is_taken_not_the_first() -> None:
    # bench -> push_up (29) and fly -> row (38) would be 67; bench -> row (38) and fly -> push_up (33) is 71.
    found = changes("mon bench 3, mon fly 3", "mon push_up 3, mon row 3")
    assert {(c.before.exercise, c.after.exercise) for c in found if c.before and c.after} == {
        ("bench", "push_up"),
        ("fly", "row"),
    }
    assert distance(found) == 67


def test_among_equal_pairings_sets_stay_closer() -> None:
    found = changes("mon bench 5, mon close_bench 2", "mon push_up 2, mon fly 5")
    # Either pairing weighs 29 + 33.
    assert distance(found) == 62
    assert {(c.before.sets, c.after.sets) for c in found if c.before and c.after} == {(5, 5), (2, 2)}


def test_an_unknown_exercise_or_slot_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        changes("mon nothing 3", "mon bench 3")
    with pytest.raises(KeyError):
        changes("sun bench 3", "")


def random_week(dice: random.Random, most: int) -> tuple[WeekEntry, ...]:
    pairs = [(slot.id, e.id) for slot in PROBLEM.slots[:2] for e in CATALOG]
    return tuple(WeekEntry(*pair, dice.randint(1, 6)) for pair in dice.sample(pairs, dice.randint(0, most)))


def shortest(question: Problem, before: Sequence[WeekEntry], after: Sequence[WeekEntry]) -> int:
    """The distance with the pairing found by trying every order of what comes."""
    old, new = {(e.slot, e.exercise): e for e in before}, {(e.slot, e.exercise): e for e in after}
    kept = sum(SETS + min(3, abs(old[p].sets - new[p].sets)) for p in old.keys() & new.keys() if old[p] != new[p])
    gone, come = [old[p] for p in old.keys() - new.keys()], [new[p] for p in new.keys() - old.keys()]
    sessions = SESSION * len({s for s, _ in old} ^ {s for s, _ in new})

    def weight(one: WeekEntry | None, other: WeekEntry | None) -> int:
        if one is None or other is None:
            return (DROP if one else 0) + (ADD if other else 0)
        apart = DROP + ADD
        if one.slot != other.slot:
            steps = min(3, abs(one.sets - other.sets))
            return MOVE + steps if one.exercise == other.exercise else apart
        like = likeness(question.exercise_by_id[one.exercise], question.exercise_by_id[other.exercise])
        return apart if like is None else SWAP[like]

    # As many places on either side as there can be pairs, so that anything may stay alone.
    size = max(len(gone), len(come))
    rows: list[WeekEntry | None] = [*gone, *[None] * (size - len(gone))]
    columns: list[WeekEntry | None] = [*come, *[None] * (size - len(come))]
    paired = min(sum(map(weight, rows, order)) for order in permutations(columns))
    return kept + sessions + paired


@pytest.mark.parametrize("seed", range(60))
def test_no_pairing_is_shorter(seed: int) -> None:
    dice = random.Random(seed)
    before, after = random_week(dice, 6), random_week(dice, 6)
    found = difference(PROBLEM, before, after)
    assert distance(found) == shortest(PROBLEM, before, after)
    assert difference(PROBLEM, before, before) == ()


@pytest.mark.parametrize("seed", range(60))
def test_undoing_every_change_gives_the_first_week_back_and_each_one_comes_nearer(seed: int) -> None:
    dice = random.Random(seed)
    before, after = random_week(dice, 8), random_week(dice, 8)
    found = difference(PROBLEM, before, after)
    now: tuple[WeekEntry, ...] = after
    for change in found:
        without = undone(change, after, found)
        if change.weight:
            assert distance(difference(PROBLEM, before, without)) < distance(found)
        if change.kind not in ("open", "close"):
            now = undone(change, now, found)
    assert set(now) == set(before)


def test_undoing_a_given_up_session_brings_all_of_it_back() -> None:
    before, after = week("mon bench 3, mon row 3, wed squat 3"), week("wed squat 3, wed row 3")
    found = difference(PROBLEM, before, after)
    assert [c.kind for c in found] == ["close", "move", "drop"]
    assert set(undone(found[0], after, found)) == set(before)


def test_undoing_an_opened_session_empties_it() -> None:
    before, after = week("mon bench 3, mon row 3"), week("mon bench 3, wed row 3, wed turn 1")
    found = difference(PROBLEM, before, after)
    assert [c.kind for c in found] == ["move", "open", "add"]
    assert set(undone(found[1], after, found)) == set(before)


def test_merging_adds_sets_and_keeps_the_first_place() -> None:
    lines = week("mon bench 1, mon row 3, mon bench 2, wed bench 4")
    assert merged(lines) == week("mon bench 3, mon row 3, wed bench 4")
