"""Slots of booking systems: on the right clock, left out with a reason, chosen together with the exercises."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import RequestError
from service.plans.clock import starts_at
from service.plans.mapping import resolve, to_problem
from service.plans.mapping.offered import free_slots, left_out
from service.plans.schemas import PlanRequest
from service.plans.service import answer, ask
from service.validation.parsing import parse
from solver.pipeline import optimise
from tests.golden.asking import budget

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.schemas import PlanResponse

HOME = {"places": [{"id": "home", "equipment": "bands_only"}]}


def offered(id_: str, start: str, minutes: int = 60, **more: Any) -> dict[str, Any]:
    end = datetime.fromisoformat(start) + timedelta(minutes=minutes)
    return {"id": id_, "starts_at": start, "ends_at": end.isoformat(), **more}


def request(*slots: dict[str, Any], starts_on: str = "2026-10-19", zone: str = "Europe/London") -> PlanRequest:
    body = {**HOME, "week": {"starts_on": starts_on, "timezone": zone, "offered": list(slots)}}
    return parse(PlanRequest, json.dumps(body).encode())


def test_slots_stand_on_the_clock_of_their_place(catalog: Catalog) -> None:
    asked = request(
        offered("evening", "2026-10-21T20:00:00+02:00", place="home"),
        offered("https://gym.example/slots/7?x=1#s", "2026-10-25T18:00:00Z", 300, capacity=4, remaining=1),
        offered("first-of-two", "2026-10-25T00:30:00Z"),
        offered("odd", "2026-10-19T06:59:30Z", 61),
    )
    found = [(s.id, s.day, s.start, s.minutes, s.place) for s in free_slots(asked.week)]
    assert found == [
        ("evening", "wednesday", "19:00", 60, "home"),  # 18:00 in UTC, an hour later by summer time
        ("https://gym.example/slots/7?x=1#s", "sunday", "18:00", 240, None),  # winter time; no session is longer
        ("first-of-two", "sunday", "01:30", 60, None),
        ("odd", "monday", "08:00", 60, None),  # the half minutes at both ends are no time to train
    ]
    question = ask(asked, catalog)
    assert question.request.week.slots == free_slots(asked.week)
    assert resolve(question.request, question.problem, catalog)["week"]["repeats"] is False
    again = ask(parse(PlanRequest, question.request.model_dump_json(exclude_unset=True).encode()), catalog)
    assert (again.request, again.problem) == (question.request, question.problem)
    assert to_problem(asked, catalog) == question.problem


@pytest.mark.parametrize(
    ("slot", "reason"),
    [
        (offered("x", "2026-10-20T18:00:00Z", remaining=0, capacity=9), "full"),
        (offered("x", "2026-10-20T18:00:00Z", cancelled=True, remaining=0), "cancelled"),
        (offered("x", "2026-10-18T22:59:00Z"), "other_week"),
        (offered("x", "2026-10-26T00:00:00Z"), "other_week"),
        (offered("x", "2026-10-20T18:00:00Z", 9), "too_short"),
        (offered("x", "2026-10-25T01:30:00Z"), "ambiguous_time"),
    ],
)
def test_slots_that_cannot_be_used_are_left_out_with_the_reason(slot: dict[str, Any], reason: str) -> None:
    asked = request(
        slot, offered("first", "2026-10-18T23:00:00Z"), offered("last", "2026-10-25T23:59:00Z", remaining=1)
    )
    assert [(left.slot, left.reason) for left in left_out(asked.week)] == [("x", reason)]
    assert [slot.id for slot in free_slots(asked.week)] == ["first", "last"]


@given(
    minute=st.integers(0, 7 * 24 * 60 - 1),
    week=st.sampled_from(["2026-03-23", "2026-10-19", "2026-10-28", "2026-04-01"]),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_a_placed_slot_leads_back_to_its_moment(minute: int, week: str, zone: str) -> None:
    """Whatever the zone and its changes: what answers call the start is the start that was offered."""
    moment = datetime.fromisoformat(week).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) + timedelta(minutes=minute)
    asked = request(offered("x", moment.isoformat()), starts_on=week, zone=zone)
    for slot in free_slots(asked.week):
        problem_minute = (
            (
                ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].index(slot.day)
                - datetime.fromisoformat(week).weekday()
            )
            % 7
            * 24
            * 60
            + int(slot.start[:2]) * 60
            + int(slot.start[3:])
        )
        told = starts_at(week, zone, problem_minute)
        assert told is not None
        assert datetime.fromisoformat(told) == moment
    for left in left_out(asked.week):
        local = moment.astimezone(ZoneInfo(zone))
        assert (left.reason == "ambiguous_time" and local.fold == 1) or left.reason == "other_week"


SLOT = offered("x", "2026-10-20T18:00:00Z")


@pytest.mark.parametrize(
    ("slots", "week", "pointer"),
    [
        ([{**SLOT, "ends_at": SLOT["starts_at"]}], {}, "/week/offered/0/ends_at"),
        ([{**SLOT, "starts_at": "2026-10-20T18:00:00"}], {}, "/week/offered/0/starts_at"),
        ([{**SLOT, "starts_at": "2026-02-30T18:00:00Z"}], {}, "/week/offered/0/starts_at"),
        ([{**SLOT, "ends_at": "9999-12-31T20:00:00-08:00"}], {}, "/week/offered/0/ends_at"),
        ([{**SLOT, "starts_at": "0001-01-01T00:00:00+05:00"}], {}, "/week/offered/0/starts_at"),
        ([{**SLOT, "capacity": 3, "remaining": 4}], {}, "/week/offered/0/remaining"),
        ([{**SLOT, "place": "club"}], {}, "/week/offered/0/place"),
        ([SLOT, SLOT], {}, "/week/offered/1/id"),
        ([{**SLOT, "id": "a b"}], {}, "/week/offered/0/id"),
        ([SLOT], {"repeats": True}, "/week/repeats"),
        ([SLOT], {"starts_on": None}, "/week/starts_on"),
        ([SLOT], {"timezone": "Nowhere"}, "/week/timezone"),
        ([{**SLOT, "cancelled": True}], {}, "/week/offered"),
        ([{**SLOT, "id": f"x{i}"} for i in range(22)], {}, "/week/offered"),
    ],
)
def test_faults_of_offered_slots_are_named(
    catalog: Catalog, slots: list[dict[str, Any]], week: dict[str, Any], pointer: str
) -> None:
    body = {**HOME, "week": {"starts_on": "2026-10-19", "timezone": "Europe/London", "offered": slots, **week}}
    with pytest.raises(RequestError) as caught:
        ask(parse(PlanRequest, json.dumps(body).encode()), catalog)
    assert [fault.pointer for fault in caught.value.faults] == [pointer]


def test_overlapping_slots_need_a_day_with_one_session(catalog: Catalog) -> None:
    slots = [offered("a", "2026-10-20T18:00:00Z"), offered("b", "2026-10-20T18:30:00Z")]
    asked = request(*slots)
    assert [slot.id for slot in to_problem(asked, catalog).slots] == ["a", "b"]
    twice = asked.model_copy(update={"rules": {"structure.sessions": {"per_day": 2}}})
    with pytest.raises(RequestError, match="still running"):
        to_problem(twice, catalog)


@pytest.fixture(scope="module")
def planned() -> tuple[PlanRequest, PlanResponse]:
    """Two sessions among five slots, two of which overlap and one of which is short."""
    from catalog.catalog import default_catalog

    body = {
        **HOME,
        "week": {
            "starts_on": "2026-10-19",
            "timezone": "Europe/London",
            "sessions": {"min": 2, "max": 2},
            "offered": [
                offered("mon-1", "2026-10-19T17:00:00Z", 40),
                offered("mon-2", "2026-10-19T17:20:00Z", 40),
                offered("wed", "2026-10-21T17:00:00Z", 12),
                offered("thu", "2026-10-22T17:00:00Z", 40),
                offered("sat", "2026-10-24T09:00:00Z", 40),
                offered("sun", "2026-10-25T09:00:00Z", 40, remaining=0),
            ],
        },
        "solve": {"gap": 0.5, "time_limit_seconds": 10},
    }
    asked = parse(PlanRequest, json.dumps(body).encode())
    return asked, answer(ask(asked, default_catalog()))


def test_the_answer_speaks_of_the_slots_by_their_ids(planned: tuple[PlanRequest, PlanResponse]) -> None:
    asked, found = planned
    assert found.status in ("optimal", "feasible")
    assert found.week is not None
    assert found.booking is not None
    moments = {slot.id: datetime.fromisoformat(slot.starts_at) for slot in asked.week.offered or []}
    for session in found.week.sessions:
        assert session.starts_at is not None
        assert datetime.fromisoformat(session.starts_at) == moments[session.slot]
    assert [left.statement for left in found.booking.left_out] == ["sun is full."]
    assert [line.slot for line in found.booking.fallbacks] == [session.slot for session in found.week.sessions]


def test_fallbacks_are_the_slots_that_the_search_would_accept_too(
    planned: tuple[PlanRequest, PlanResponse], catalog: Catalog
) -> None:
    """The verifier names them; here the model is asked, with both sessions pinned where they would be."""
    _, found = planned
    assert found.week is not None
    assert found.booking is not None
    used = {session.slot for session in found.week.sessions}
    unused = {"mon-1", "mon-2", "wed", "thu", "sat"} - used
    named = {line.slot: line.fallbacks for line in found.booking.fallbacks}
    judged = []
    for session in found.week.sessions:
        for slot in unused:
            pins = [
                {
                    "slot": slot if other is session else other.slot,
                    "entries": [{"exercise": entry.exercise, "sets": entry.sets} for entry in other.entries],
                }
                for other in found.week.sessions
            ]
            body = {**found.request, "pins": pins}
            problem = to_problem(parse(PlanRequest, json.dumps(body).encode()), catalog)
            possible = type(optimise(problem, budget(5.0, gap=0.5))).__name__ == "Solved"
            assert (slot in named[session.slot]) == possible, (session.slot, slot)
            judged.append(possible)
    assert set(judged) == {True, False}, "the example shows both"
