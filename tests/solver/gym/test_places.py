"""Slots that take so many members: who trains in them is chosen as well as by the list of all weeks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from solver.gym import GymProblem, Member, Scheduled, Timetable, check_schedule, schedule
from tests.solver.gym.test_brute_force import BUDGET
from tests.solver.gym.tiny_gyms import STATIONS, best_sum, tight_problem, tiny_gym, weeks

if TYPE_CHECKING:
    from collections.abc import Mapping


def _found(gym: GymProblem, before: Scheduled | None = None) -> Scheduled:
    found = schedule(gym, BUDGET, before=before)
    assert isinstance(found, Scheduled)
    return found


def _slots(found: Scheduled) -> dict[str, list[str]]:
    return {week.member: [session.slot for session in week.plan.sessions] for week in found.weeks}


@pytest.mark.parametrize(
    ("pair", "places"),
    [
        # The first is asked for another slot, or the second, where that costs less.
        ((82, 17), {"mon": 1}),
        ((17, 82), {"mon": 1}),
        # The first had the place, and the second has no week without it.
        ((17, 24), {"mon": 1}),
        # Every slot is short.
        ((83, 82), {"mon": 1, "tue": 1}),
        ((82, 17), {"mon": 1, "thu": 0}),
    ],
)
def test_who_gets_a_place_is_as_good_as_the_best_of_all_weeks(pair: tuple[int, int], places: Mapping[str, int]) -> None:
    best, free = best_sum(*pair, places), best_sum(*pair)
    assert best is not None
    assert free is not None
    assert best < free, "places make a difference"
    found = _found(replace(tiny_gym(*pair), places_left=places))
    assert not found.unplaced
    assert found.score == pytest.approx(best)


def test_where_places_do_not_go_round_one_is_left_out() -> None:
    places = {"mon": 1, "thu": 0}
    assert best_sum(17, 24, places) is None
    found = _found(replace(tiny_gym(17, 24), places_left=places))
    assert [unplaced.reason for unplaced in found.unplaced] == ["no_room"]
    assert list(_slots(found).values()) == [["mon"]]


def test_who_is_pinned_has_his_place_and_takes_none_of_those_left() -> None:
    gym = tiny_gym(24, 31)
    pinned = replace(gym, members=(replace(gym.members[0], pinned=weeks(24)[0][1]), gym.members[1]))
    assert _slots(_found(replace(pinned, places_left={"mon": 1, "thu": 0})))["two"] == ["mon"]
    assert _slots(_found(replace(pinned, places_left={"mon": 0})))["two"] == ["thu"]


def test_a_place_less_changes_one_week_of_those_that_stood() -> None:
    """Three with the same request on the same day: two may stay."""
    stations = tuple(replace(station, count=3) for station in STATIONS)
    gym = GymProblem({"gym": stations}, tuple(Member(f"m{number}", tight_problem(31)) for number in range(3)))
    before = _found(gym)
    assert set(map(tuple, _slots(before).values())) == {("mon",)}
    after = _found(replace(gym, places_left={"mon": 2}), before)
    assert sorted(_slots(after).values()) == [["mon"], ["mon"], ["thu"]]
    kept = [member for member, slots in _slots(after).items() if slots == ["mon"]]
    assert all(after.timetable.sessions[member] == before.timetable.sessions[member] for member in kept)


def test_a_slot_that_was_full_is_no_part_of_what_is_asked_and_counts_when_it_opens() -> None:
    gym = tiny_gym(82, 24)
    asked = gym.members[0].problem
    rest = replace(asked, slots=tuple(slot for slot in asked.slots if slot.id != "mon"))
    full = replace(gym, members=(replace(gym.members[0], open=rest), gym.members[1]), places_left={"mon": 0, "tue": 5})
    before = _found(replace(full, members=full.members[:1]))
    assert _slots(before) == {"one": ["tue"]}
    assert before.weeks[0].lost == 0
    assert before.bound < weeks(82)[0][0]
    opened = _found(replace(gym, members=gym.members[:1]), before)
    assert opened.score == pytest.approx(weeks(82)[0][0])
    assert opened.bound >= opened.score


def test_the_verifier_counts_members_by_weeks_and_by_times() -> None:
    found = _found(tiny_gym(82, 17))
    plans = {week.member: week.plan for week in found.weeks}
    shared = set(_slots(found)["one"]) & set(_slots(found)["two"])
    for slot in shared:
        few = replace(found.gym, places_left={slot: 1})
        assert [(f.rule, f.subject) for f in check_schedule(few, plans, found.timetable)] == [("gym.places", slot)]
        untimed = check_schedule(few, plans, Timetable())
        assert [f.subject for f in untimed if f.rule == "gym.places"] == [slot]
        booked = replace(few, members=(replace(few.members[0], pinned=plans["one"]), few.members[1]))
        assert check_schedule(booked, plans, found.timetable) == ()
        assert check_schedule(replace(found.gym, places_left={slot: 2}), plans, found.timetable) == ()
    assert shared


def test_a_week_that_was_pinned_is_measured_by_a_free_one_when_it_is_no_longer() -> None:
    """While it was, nothing better was looked for: what it then counted as is no bound."""
    worst = weeks(82)[-1][1]
    gym = GymProblem({"gym": STATIONS}, (Member("only", tight_problem(82)),))
    before = _found(replace(gym, members=(replace(gym.members[0], pinned=worst),)))
    after = _found(gym, before)
    assert after.weeks[0].plan == before.weeks[0].plan, "it stays all the same"
    assert after.bound >= after.alone == pytest.approx(weeks(82)[0][0])
