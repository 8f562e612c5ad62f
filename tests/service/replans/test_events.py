"""Every kind of event on a golden week: verified, the past as it was, and the rest as near as is proven."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from service.replans.changed import changed
from service.replans.presenter import NO_ROOM, NOT_SHOWN, present_replanned
from service.replans.schemas import ReplanRequest
from solver.domain.eligibility import usable_alternatives
from solver.domain.plan import Plan
from solver.replan import Replanned, replan
from solver.verifier import verify
from tests.golden.asking import budget
from tests.service.replans.asking import Asked, asked, kept

if TYPE_CHECKING:
    from solver.replan import Prefer

EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "held otherwise": (
        "default_three_hours",
        {"done": [{"slot": "first", "entries": [{"exercise": "barbell_bench_press", "sets": 9}]}]},
    ),
    "missed": ("default_three_hours", {"missed": ["first"]}),
    "moved": ("hotel_week", {"moved": [{"slot": "last", "day": "sunday"}]}),
    "shortened": ("glutes_and_back_first", {"shortened": [{"slot": "last", "minutes": 35}]}),
    "equipment lost": ("optional_slots_two_places", {"now": {"slot": "second"}, "equipment_lost": ["used"]}),
    "hurts": ("bodyweight_only", {"hurts": [{"stress": ["overhead"], "until": "week"}]}),
    "a muscle hurts today": (
        "beginner_first_rung",
        {"now": {"slot": "second"}, "hurts": [{"muscles": ["pectorals"], "until": "today"}]},
    ),
    "another slot": (
        "bands_only",
        {"missed": ["first"], "extra_slots": [{"id": "extra", "day": "sunday", "minutes": 30}]},
    ),
}
"""Golden week and body; `first`, `second` and `last` stand for its slots, `used` for equipment that its rest uses."""


def _body(name: str) -> tuple[str, dict[str, Any]]:
    golden, body = EVENTS[name]
    about = kept(golden)
    used = [session.slot for session in about.plan.sessions]
    names = {"first": used[0], "second": used[1], "last": used[-1]}

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: told(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [told(inner) for inner in value]
        return names.get(value, value) if isinstance(value, str) else value

    body = told(body)
    if "equipment_lost" in body:
        last = about.plan.sessions[-1]
        item = next(item for entry in last.entries for item in entry.equipment if item != "none")
        place = about.problem.slot_by_id[last.slot].place.id
        body["equipment_lost"] = [{"place": place, "equipment": [item]}]
    return golden, body


@cache
def _asked(name: str, prefer: Prefer = "fewest_changes") -> Asked:
    golden, body = _body(name)
    return asked(kept(golden), body, prefer)


@pytest.mark.parametrize("name", EVENTS)
def test_the_rest_changes_least_and_the_past_stands(name: str) -> None:
    found = _asked(name)
    problem, outcome = found.now.problem, found.outcome
    assert isinstance(outcome, Replanned), outcome
    plan = outcome.solved.plan
    assert verify(problem, plan) == outcome.unkept
    assert outcome.given <= outcome.bound <= outcome.distance == sum(c.change.weight for c in outcome.changes)
    assert outcome.gap <= 0.2

    planned = {session.slot: session for session in found.about.plan.sessions}
    held = {session.slot: session for session in plan.sessions if session.slot in problem.done}
    told = {done["slot"] for done in _body(name)[1].get("done", []) if "entries" in done}
    for slot, session in held.items():
        if slot not in told:
            assert session == planned[slot]
    for slot, history in problem.done.items():
        assert (slot in held) == bool(history.entries)
    for session in plan.sessions:
        if session.slot in problem.done:
            continue
        place = problem.slot_by_id[session.slot].place
        for entry in session.entries:
            assert entry.equipment in usable_alternatives(problem, problem.exercise_by_id[entry.exercise], place)

    if not outcome.unkept:
        again = replan(problem, plan, budget(0.3))
        assert isinstance(again, Replanned)
        assert (again.distance, again.solved.plan) == (0, plan)


def test_what_is_said_to_have_broken_a_limit_did() -> None:
    """Nine sets of bench press are more than a session should have, and far more push than the rest can answer."""
    found = _asked("held otherwise")
    assert isinstance(found.outcome, Replanned)
    broken = {violation.rule for violation in found.outcome.broken}
    assert {"volume.session_max", "mobility.thoracic"} <= broken
    lines = {line.rule: line for line in found.outcome.solved.certificate}
    assert not any(lines[rule].holds for rule in broken)
    before = Plan(tuple(s for s in found.outcome.solved.plan.sessions if s.slot in found.now.problem.done))
    assert [(e.exercise, e.sets) for s in before.sessions for e in s.entries] == [("barbell_bench_press", 9)]


def test_nothing_that_hurts_is_left_and_nothing_lost_is_used() -> None:
    hurts = _asked("hurts")
    assert isinstance(hurts.outcome, Replanned)
    by_id = hurts.now.problem.exercise_by_id
    rest = [e for s in hurts.outcome.solved.plan.sessions if s.slot not in hurts.now.problem.done for e in s.entries]
    assert not any("overhead" in by_id[entry.exercise].stress for entry in rest)
    body = _body("equipment lost")[1]["equipment_lost"][0]
    lost = _asked("equipment lost")
    assert isinstance(lost.outcome, Replanned)
    there = {slot.id for slot in lost.now.problem.open_slots if slot.place.id == body["place"]}
    used = {i for s in lost.outcome.solved.plan.sessions if s.slot in there for e in s.entries for i in e.equipment}
    assert not used & set(body["equipment"])


def test_the_best_week_is_no_worse_than_the_nearest() -> None:
    nearest, best = _asked("missed"), _asked("missed", "best_week")
    assert isinstance(nearest.outcome, Replanned)
    assert isinstance(best.outcome, Replanned)
    assert verify(best.now.problem, best.outcome.solved.plan) == ()
    assert best.outcome.solved.score.value >= nearest.outcome.solved.score.value
    assert best.outcome.distance >= nearest.outcome.bound


@pytest.mark.parametrize("body", [{}, {"now": {"day": "tuesday"}}])
def test_nothing_changed_is_no_change(body: dict[str, Any]) -> None:
    about = kept("two_half_hours_in_a_gym")
    found = asked(about, body)
    assert isinstance(found.outcome, Replanned)
    assert (found.outcome.distance, found.outcome.bound, found.outcome.changes) == (0, 0, ())
    assert found.outcome.solved.plan == about.plan


def test_a_week_that_is_over_is_told_as_it_was() -> None:
    """The last session, which held what no other did, was missed: there is nothing left to plan."""
    about = kept("two_half_hours_in_a_gym")
    last = about.plan.sessions[-1].slot
    found = asked(about, {"missed": [last]})
    assert isinstance(found.outcome, Replanned)
    assert found.now.problem.open_slots == ()
    assert found.outcome.solved.plan.sessions == about.plan.sessions[:-1]
    assert found.outcome.distance == found.outcome.bound == found.outcome.given
    assert found.outcome.unkept
    for proven, because in ((True, NO_ROOM), (False, NOT_SHOWN)):
        outcome = replace(found.outcome, unkept_least=proven)
        answer, _ = present_replanned(about, ReplanRequest(missed=[last]), found.now, outcome)
        assert {one.because for one in answer.unkept} == {because}


def test_the_request_as_it_has_become_can_be_read_back() -> None:
    """A replanned week is a plan like any other: what follows from its request is what was asked."""
    about = kept("optional_slots_two_places")
    first = about.plan.sessions[0]
    request = ReplanRequest.model_validate(
        {"done": [{"slot": first.slot}], "hurts": [{"muscles": ["glutes"], "until": "week"}]}
    )
    problem = changed(about, request).problem
    assert [(e.exercise, e.sets, e.equipment) for e in problem.done[first.slot].entries] == [
        (e.exercise, e.sets, e.equipment) for e in first.entries
    ]
    assert problem.slots == tuple(
        slot if slot.id in problem.done else problem.slot_by_id[slot.id] for slot in about.problem.slots
    )
    spared = problem.open_slots[0].avoid.exercises
    assert spared == {e.id for e in problem.exercises if "glutes" in e.volume_quarters}
    assert about.problem.rules.sessions_max == problem.rules.sessions_max
