"""Pins of a replan, and locks: what is to stay stays, what is to go goes, and only what is ahead can be pinned."""

from __future__ import annotations

import json

import pytest

from service.errors import RequestError
from service.plans.schemas.response import OriginResponse
from service.replans.changed import changed
from service.replans.locking import with_lock
from service.replans.schemas import ReplanRequest
from service.studies.weeks import week_of
from service.validation.parsing import parse
from solver.replan import Replanned
from tests.service.replans.asking import asked, kept


def test_an_exercise_is_kept_out_of_one_session_and_locks_hold() -> None:
    about = kept("bands_only")
    first, second = about.plan.sessions[:2]
    gone = first.entries[-1]
    lock = {"slot": second.slot, "exercise": second.entries[0].exercise, "sets": second.entries[0].sets}
    out = {"slot": first.slot, "exercise": gone.exercise, "sets": 0}
    found = asked(about, {"pins": [lock, out]})
    assert isinstance(found.outcome, Replanned)
    week = {s.slot: {e.exercise: e.sets for e in s.entries} for s in found.outcome.solved.plan.sessions}
    assert gone.exercise not in week[first.slot]
    assert week[second.slot][str(lock["exercise"])] == lock["sets"]
    assert [pin.model_dump(exclude_unset=True) for pin in found.now.request.pins] == [lock, out]


@pytest.mark.parametrize(
    ("pin", "at", "said"),
    [
        ({"sets": 0}, "/pins/0/slot", "is over"),
        ({"entries": [], "done": True}, "/pins/0/done", "`done` or `missed`"),
    ],
)
def test_what_is_over_is_not_pinned(pin: dict[str, object], at: str, said: str) -> None:
    about = kept("bands_only")
    first = about.plan.sessions[0]
    exercise = {} if "entries" in pin else {"exercise": first.entries[0].exercise}
    body = {"missed": [first.slot], "pins": [{"slot": first.slot, **exercise, **pin}]}
    with pytest.raises(RequestError, match=said) as raised:
        changed(about, parse(ReplanRequest, json.dumps(body).encode()))
    assert [fault.pointer for fault in raised.value.faults] == [at]


def test_a_pin_of_no_slot_is_told_where_it_stands() -> None:
    about = kept("bands_only")
    exercise = about.plan.sessions[0].entries[0].exercise
    body = {"missed": [about.plan.sessions[0].slot], "pins": [{"slot": "nowhere", "exercise": exercise, "sets": 1}]}
    with pytest.raises(RequestError) as raised:
        changed(about, parse(ReplanRequest, json.dumps(body).encode()))
    assert [fault.pointer for fault in raised.value.faults] == ["/pins/0"]


def test_a_locked_week_is_the_same_week_and_what_is_proven_of_it_stays() -> None:
    about = kept("bands_only")
    session = about.plan.sessions[0]
    exercise = session.entries[0].exercise
    locked = with_lock(about, session.slot, exercise, locked=True)
    assert locked.week is not None
    assert locked.origin == OriginResponse(kind="lock", plan=about.id, question=None)
    assert about.response.week is not None
    entries = [[(e.exercise, e.sets) for e in s.entries] for s in locked.week.sessions]
    assert entries == [[(e.exercise, e.sets) for e in s.entries] for s in about.response.week.sessions]
    assert locked.request["pins"] == [{"slot": session.slot, "exercise": exercise, "sets": session.entries[0].sets}]
    assert [tier.bound for tier in locked.tiers] == [tier.bound for tier in about.response.tiers]
    opened = with_lock(week_of(locked, about.question.catalog), session.slot, exercise, locked=False)
    # Without the lock there may be better weeks, of which nothing is proven.
    assert opened.request.get("pins") == []
    assert {tier.bound for tier in opened.tiers} == {None}
    with pytest.raises(RequestError, match="not locked"):
        with_lock(about, session.slot, exercise, locked=False)
