"""Bookable slots that fill up, move, end, come back or come new: the rest of the week changes least, or it is said."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from catalog.catalog import default_catalog
from service.errors import RequestError
from service.plans.presenter import present
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.replans.changed import changed
from service.replans.kind import REPLANS
from service.replans.schemas import ReplanRequest
from service.studies.kind import StudyQuestion
from service.studies.weeks import week_of
from service.validation.parsing import parse
from solver.pipeline import optimise
from solver.verifier import verify
from tests.golden.asking import budget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.plans.schemas import PlanResponse
    from service.replans.schemas import ReplanAnswer
    from service.studies.kind import Studied
    from service.studies.weeks import KeptWeek

DAYS = {"mon": 23, "tue": 24, "thu": 26, "sat": 28}


class Going:
    """A `Control` that goes on."""

    def is_cancelled(self) -> bool:
        return False

    def tell(self, progress: Mapping[str, object]) -> None:
        assert progress


def offered(day: str, **more: Any) -> dict[str, Any]:
    """An hour in the evening of a day in November, with room."""
    on = f"2026-11-{DAYS[day]}T"
    return {"id": day, "starts_at": f"{on}18:00:00+00:00", "ends_at": f"{on}19:00:00+00:00", "remaining": 3, **more}


def solved(slots: list[dict[str, Any]], **sessions: int) -> KeptWeek:
    body = {
        "places": [{"id": "home", "equipment": "bands_only"}],
        "week": {"starts_on": "2026-11-23", "offered": slots, "sessions": sessions},
        "solve": {"workers": 2},
    }
    question = ask(parse(PlanRequest, json.dumps(body).encode()), default_catalog())
    return week_of(present(question, optimise(question.problem, budget(0.2))), default_catalog())


@cache
def kept() -> KeptWeek:
    """One session in any of four slots, of which Saturday's is full."""
    return solved([offered("mon"), offered("tue"), offered("thu"), offered("sat", remaining=0)], min=1, max=1)


def used(week: PlanResponse) -> str:
    assert week.week is not None
    (session,) = week.week.sessions
    return session.slot


def replanned(about: KeptWeek, *news: dict[str, Any], **more: Any) -> Studied[ReplanAnswer]:
    body = {"offered": list(news), "solve": {"time_limit_seconds": 60, "workers": 2}, **more}
    request = parse(ReplanRequest, json.dumps(body).encode())
    return REPLANS.run(StudyQuestion("x", about.question.created_at, request, default_catalog(), about), Going())


def week_and_answer(studied: Studied[ReplanAnswer]) -> tuple[KeptWeek, ReplanAnswer]:
    """The new week, judged anew from what is told of it."""
    (response,) = studied.weeks
    week = week_of(response, default_catalog())
    assert verify(week.problem, week.plan) == ()
    assert studied.answer is not None
    return week, studied.answer


def test_a_session_whose_slot_is_full_goes_as_it_stands_to_a_slot_that_takes_it() -> None:
    full = used(kept().response)
    studied = replanned(kept(), offered(full, remaining=0))
    week, answer = week_and_answer(studied)
    assert studied.outcome == "done"
    (gone,) = answer.relocated
    assert (gone.slot, gone.to) == (full, used(week.response))
    assert answer.distance is not None
    assert (answer.distance.value, answer.changes) == (0, [])
    assert week.plan.sessions[0].entries == kept().plan.sessions[0].entries
    assert week.response.booking is not None
    assert {left.slot: left.reason for left in week.response.booking.left_out} == {"sat": "full", full: "full"}
    assert full not in week.response.booking.fallbacks[0].fallbacks


@pytest.mark.parametrize(
    "change", [{"cancelled": True}, {"starts_at": "2026-12-07T18:00:00Z", "ends_at": "2026-12-07T19:00:00Z"}]
)
def test_a_slot_that_does_not_take_place_or_leaves_the_week_is_lost_too(change: dict[str, Any]) -> None:
    gone = used(kept().response)
    week, _ = week_and_answer(replanned(kept(), offered(gone, **change)))
    assert used(week.response) != gone


def test_a_slot_at_another_time_keeps_its_session() -> None:
    slot = used(kept().response)
    at = {"starts_at": "2026-11-27T07:30:00+00:00", "ends_at": "2026-11-27T08:30:00+00:00"}
    week, answer = week_and_answer(replanned(kept(), offered(slot, **at)))
    assert week.response.week is not None
    (session,) = week.response.week.sessions
    assert (session.slot, session.starts_at) == (slot, "2026-11-27T07:30:00+00:00")
    assert answer.relocated == []


def test_a_shorter_slot_gets_a_shorter_session() -> None:
    slot = used(kept().response)
    seconds = kept().response.week.sessions[0].seconds  # type: ignore[union-attr]
    minutes = seconds // 60 - 3
    week, _ = week_and_answer(replanned(kept(), offered(slot, ends_at=f"2026-11-{DAYS[slot]}T18:{minutes}:00+00:00")))
    assert week.response.week is not None
    assert week.response.week.sessions[0].seconds <= minutes * 60


def test_what_is_lost_can_come_back_and_what_was_full_be_taken() -> None:
    """All are lost but Saturday's, which is free now; then that one, and one of the first is free again."""
    first = [offered(day, cancelled=True) for day in ("mon", "tue", "thu")]
    on_saturday, _ = week_and_answer(replanned(kept(), *first, offered("sat")))
    assert used(on_saturday.response) == "sat"
    assert on_saturday.problem.rules.sessions_max == 1, "a slot more is no session more"
    back, _ = week_and_answer(replanned(on_saturday, offered("sat", remaining=0), offered("tue")))
    assert used(back.response) == "tue"


def test_when_no_slot_is_left_it_is_said_which_rules_collide_and_nothing_impossible_is_suggested() -> None:
    studied = replanned(kept(), *(offered(day, cancelled=True) for day in ("mon", "tue", "thu")))
    assert studied.outcome == "infeasible"
    assert studied.answer is not None
    conflict = studied.answer.conflict or []
    assert {element.statement for element in conflict if element.rule == "plan.pinned"} == {
        "mon is cancelled",
        "tue is cancelled",
        "thu is cancelled",
    }
    touched = [op.path for suggestion in studied.answer.suggestions for op in suggestion.change]
    assert not [path for path in touched if path.startswith("/pins/")]


def test_what_is_over_and_what_is_told_by_name_stays() -> None:
    slot = used(kept().response)
    request = {"now": {"at": f"2026-11-{DAYS[slot]}T18:30:00+00:00"}, "offered": [offered(slot, cancelled=True)]}
    now = changed(kept(), parse(ReplanRequest, json.dumps(request).encode()))
    assert now.lost == ()
    assert now.problem.done[slot].entries, "it was held as planned"
    named = {"shortened": [{"slot": slot, "minutes": 50}], "offered": [offered(slot, remaining=0)]}
    assert changed(kept(), parse(ReplanRequest, json.dumps(named).encode())).lost == ()


BAD = {
    "twice": ([offered("mon"), offered("mon")], "/offered/1/id", "duplicate"),
    "no such day": ([offered("mon", starts_at="2026-11-31T18:00:00Z")], "/offered/0/starts_at", "malformed"),
    "backwards": ([offered("mon", ends_at="2026-11-23T17:00:00Z")], "/offered/0/ends_at", "contradiction"),
    "another place": ([offered("mon", place="moon")], "/offered/0/place", "unknown_id"),
}


@pytest.mark.parametrize("name", BAD)
def test_offered_slots_that_make_no_sense_are_named(name: str) -> None:
    news, pointer, code = BAD[name]
    with pytest.raises(RequestError) as caught:
        changed(kept(), parse(ReplanRequest, json.dumps({"offered": news}).encode()))
    assert [(fault.pointer, fault.code) for fault in caught.value.faults] == [(pointer, code)]
