"""Schedules of small gyms: always right, for one member as without a gym, and changed no more than they have to be."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from solver.domain.metrics import seconds_of_session
from solver.domain.outcome import Solved
from solver.domain.plan import Plan, Session
from solver.domain.problem import SolveBudget
from solver.gym import (
    BrokenPinError,
    GymBudget,
    GymProblem,
    Member,
    PinnedClash,
    Scheduled,
    Station,
    check_schedule,
    schedule,
)
from solver.gym.blocks import blocks_of
from solver.gym.book import Book
from solver.gym.sharing import Sharing
from solver.gym.timing import Effort
from solver.gym.ways import stations_for
from solver.pipeline import optimise
from tests.golden.asking import budget, problem_of
from tests.solver.gym.tiny_gyms import STATIONS, tight_problem, tiny_gym, weeks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.problem import Problem

SEARCH = SolveBudget(time_limit_seconds=600, workers=2, seed=1, deterministic_seconds=0.5)
BUDGET = GymBudget(time_limit_seconds=600, alone=SEARCH, again=SEARCH)
WITH_WEEKS = tuple(seed for seed in (9, 13, 19, 22, 23, 24, 28, 29, 30, 31, 34))
HOME = {
    "places": [{"id": "home", "equipment": ["dumbbells", "resistance_band", "flat_bench", "pull_up_bar"]}],
    "supersets": True,
    "week": {
        "slots": [
            {"id": "mon", "day": "monday", "start": "18:00", "minutes": 40},
            {"id": "thu", "day": "thursday", "start": "18:00", "minutes": 40},
        ],
    },
}


def _found(gym: GymProblem, **how: object) -> Scheduled:
    found = schedule(gym, BUDGET, **how)  # type: ignore[arg-type]
    assert isinstance(found, Scheduled)
    plans = {week.member: week.plan for week in found.weeks}
    assert check_schedule(gym, plans, found.timetable) == ()
    assert found.score <= found.bound + 1e-6
    return found


def _content(found: Scheduled) -> Mapping[str, set[tuple[str, str, int]]]:
    return {w.member: {(s.slot, e.exercise, e.sets) for s in w.plan.sessions for e in s.entries} for w in found.weeks}


@cache
def _home() -> tuple[Problem, Solved]:
    problem = problem_of(HOME)
    outcome = optimise(problem, budget(0.2))
    assert isinstance(outcome, Solved)
    return problem, outcome


def test_a_gym_of_one_member_gives_the_week_without_a_gym() -> None:
    problem, alone = _home()
    stations = {"home": (Station("bench", frozenset({"flat_bench"}), 1), Station("bar", frozenset({"pull_up_bar"}), 1))}
    gym = GymProblem(stations, (Member("only", problem),))
    found = schedule(gym, replace(BUDGET, alone=budget(0.2), improving=0))
    assert isinstance(found, Scheduled)
    assert [week.plan for week in found.weeks] == [alone.plan]
    assert found.score == alone.score.value <= found.bound <= alone.score.bound


def test_the_blocks_of_a_session_take_as_long_as_its_price_supersets_included() -> None:
    """General warm-up 300 s and a minute between blocks make up the rest."""
    problem, alone = _home()
    paired = 0
    for session in alone.plan.sessions:
        blocks = blocks_of(problem, session, ())
        paired += sum(len(block.entries) == 2 for block in blocks)
        assert sum(block.seconds for block in blocks) + 300 + 60 * (len(blocks) - 1) == seconds_of_session(
            problem, session
        )
    assert paired > 0


@pytest.mark.parametrize("draw", range(4))
def test_random_small_gyms_are_always_right(draw: int) -> None:
    dice = random.Random(draw)
    members = tuple(
        Member(f"m{number}", tight_problem(dice.choice(WITH_WEEKS))) for number in range(dice.randint(3, 4))
    )
    stations = tuple(replace(s, count=dice.randint(1, 2)) for s in STATIONS)
    found = _found(GymProblem({"gym": stations}, members))
    assert {week.member for week in found.weeks} | {u.member for u in found.unplaced} == {m.id for m in members}
    assert found.weeks


def test_the_same_gym_gets_the_same_schedule_whether_weeks_are_searched_side_by_side_or_not() -> None:
    with ThreadPoolExecutor(2) as pool:
        beside = _found(tiny_gym(13, 30), each=pool.map)
    one_by_one = _found(tiny_gym(13, 30))
    assert (beside.weeks, beside.timetable) == (one_by_one.weeks, one_by_one.timetable)


def test_who_is_pinned_keeps_his_week_and_the_other_gives_way() -> None:
    gym = tiny_gym(5, 30)
    stands = weeks(5)[0][1]
    pinned = replace(gym, members=(replace(gym.members[0], pinned=stands), gym.members[1]))
    found = _found(pinned)
    entries = {(s.slot, e.exercise, e.sets) for s in stands.sessions for e in s.entries}
    assert _content(found)["one"] == entries
    assert [week.member for week in found.weeks if week.pinned] == ["one"]
    assert found.weeks[0].lost == 0


def test_pinned_weeks_that_cannot_stand_together_are_told() -> None:
    gym = tiny_gym(30, 30)
    pinned = tuple(replace(member, pinned=weeks(30)[0][1]) for member in gym.members)
    found = schedule(replace(gym, members=pinned), BUDGET)
    assert isinstance(found, PinnedClash)
    assert (found.place, found.sessions) == ("gym", (("one", "sun"), ("two", "sun")))


def test_a_pinned_week_that_breaks_its_rules_is_refused() -> None:
    gym = tiny_gym(30, 30)
    stands = weeks(30)[0][1]
    broken = Plan(tuple(Session(s.slot, s.entries[::-1]) for s in stands.sessions))
    with pytest.raises(BrokenPinError, match="'one' breaks its rules"):
        schedule(replace(gym, members=(replace(gym.members[0], pinned=broken), gym.members[1])), BUDGET)


def test_a_member_more_searches_one_week_and_leaves_the_others_alone() -> None:
    gym = tiny_gym(5, 13)
    before = _found(gym)
    more = replace(gym, members=(*gym.members, Member("three", tight_problem(22))))
    found = _found(more, before=before)
    assert found.stats.solves == 1
    assert {member: _content(found)[member] for member in ("one", "two")} == _content(before)
    assert not found.unplaced


def test_where_there_is_room_the_times_of_before_are_kept_to_the_second() -> None:
    """They were found beside a third member, who is gone: alone, both would begin some things sooner."""
    three = GymProblem({"gym": STATIONS}, tuple(Member(f"m{seed}", tight_problem(seed)) for seed in (22, 13, 5)))
    before = _found(three)
    assert not before.unplaced
    two = replace(three, members=three.members[1:])
    after, anew = _found(two, before=before), _found(two)
    for member in ("m13", "m5"):
        assert after.timetable.sessions[member] == before.timetable.sessions[member]
    assert after.timetable != anew.timetable
    assert after.stats.solves == 0


def test_requests_that_are_alike_are_searched_once() -> None:
    """Three members who would all do the same, an hour after each other."""
    problem = replace(tight_problem(13), pinned_entries=())
    later = [
        replace(problem, slots=tuple(replace(s, start_minute=s.start_minute + 60 * n) for s in problem.slots))
        for n in range(3)
    ]
    plenty = tuple(replace(station, count=3) for station in STATIONS)
    gym = GymProblem({"gym": plenty}, tuple(Member(f"m{n}", p) for n, p in enumerate(later)))
    found = schedule(gym, replace(BUDGET, improving=0))
    assert isinstance(found, Scheduled)
    assert (found.stats.solves, found.stats.rounds) == (1, 0)
    assert len(found.weeks) == 3
    assert len({week.score for week in found.weeks}) == 1


def test_a_station_less_changes_the_weeks_that_need_it_and_a_broken_one_is_not_there() -> None:
    gym = tiny_gym(13, 30)
    two = tuple(replace(s, count=2) for s in STATIONS)
    before = _found(replace(gym, stations={"gym": two}))
    assert before.score == pytest.approx(before.alone)
    less = _found(gym, before=before)
    assert not less.unplaced
    assert before.alone * 0.8 < less.score < before.score
    broken = GymProblem({"gym": tuple(replace(s, count=0) for s in STATIONS)}, gym.members)
    assert all("corner" not in slot.place.equipment for p in broken.problems.values() for slot in p.slots)
    assert {u.reason for u in _found(broken, before=before).unplaced} == {"infeasible"}


def test_stations_are_found_for_what_is_scarce_and_for_nothing_else() -> None:
    rig = Station("rig", frozenset({"rack", "pull_up_bar"}), 2)
    bar, floor = Station("bar", frozenset({"pull_up_bar"}), 1), Station("floor", frozenset({"barbell"}), 1)
    broken = Station("old bar", frozenset({"pull_up_bar"}), 0)
    stations = (rig, bar, floor, broken)
    assert stations_for(("none",), stations) == ((),)
    assert stations_for(("dumbbells",), stations) == ((),)
    assert stations_for(("barbell", "rack"), stations) == (("rig", "floor"),)
    assert stations_for(("pull_up_bar", "dumbbells"), stations) == (("rig",), ("bar",))
    assert stations_for(("rack", "pull_up_bar"), stations) == (("rig",),)


@pytest.mark.parametrize(
    ("members", "stations", "match"),
    [
        ((Member("a", tight_problem(5)), Member("a", tight_problem(5))), STATIONS, "member given twice: a"),
        ((Member("a", tight_problem(5)),), (*STATIONS, STATIONS[0]), "station of 'gym' given twice: rack"),
    ],
)
def test_a_gym_that_makes_no_sense_is_refused(
    members: tuple[Member, ...], stations: tuple[Station, ...], match: str
) -> None:
    with pytest.raises(ValueError, match=match):
        GymProblem({"gym": stations}, members)


def test_a_member_cannot_be_at_two_sessions_at_once() -> None:
    problem = tight_problem(13)
    first = problem.slots[0]
    twice = replace(problem, slots=(first, replace(first, id="again", start_minute=first.start_minute + 1)))
    with pytest.raises(ValueError, match="slots 'mon' and 'again' of member 'a' overlap"):
        GymProblem({"gym": STATIONS}, (Member("a", twice),))


def test_when_time_is_up_the_weeks_that_have_times_are_the_answer() -> None:
    found = schedule(tiny_gym(13, 30), replace(BUDGET, time_limit_seconds=0))
    assert isinstance(found, Scheduled)
    assert found.stats.rounds == 0
    assert [unplaced.reason for unplaced in found.unplaced] == ["no_room"]
    assert len(found.weeks) == 1


def test_nothing_is_left_of_what_found_no_time_when_members_are_asked_in_a_hurry() -> None:
    gym = tiny_gym(13, 30)
    book = Book(gym, Effort, lambda _: 1)
    assert book.book({"one": weeks(13)[0][1], "two": weeks(30)[0][1]}) is None
    assert book.wanting
    sharing = Sharing(gym, book)
    gently, hurried = sharing.asked(), sharing.asked(hurry=True)
    assert gently.keys() == hurried.keys() != set()
    for member, caps in hurried.items():
        assert caps.keys() == gently[member].keys()
        assert all(seconds <= gently[member][key] for key, seconds in caps.items())
    assert hurried != gently


def test_a_model_without_time_is_no_clash_of_pinned_weeks() -> None:
    """Whoever found no time is asked to do without stations; nobody is pinned, so nothing is impossible."""
    book = Book(tiny_gym(13, 30), lambda: Effort(0.0), lambda _: 1)
    assert book.book({"one": weeks(13)[0][1], "two": weeks(30)[0][1]}) is None
    (wanting,) = book.wanting.values()
    assert not wanting.timed.complete
    for block, way in zip(wanting.sitting.blocks, wanting.timed.ways, strict=True):
        assert (way is None) == block.is_scarce
