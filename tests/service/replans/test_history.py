"""History and sore days in an ordinary plan's request: read, explained, and never suggested away."""

from __future__ import annotations

import json
from typing import Any

from catalog.catalog import default_catalog
from service.plans.conflicts import request_pointers
from service.plans.mapping import resolve, to_problem
from service.plans.schemas import PlanRequest
from service.plans.suggestions.asked import Asked
from service.plans.suggestions.pins import released
from service.plans.suggestions.week import elsewhere, moved, one_more
from service.plans.wording import statement
from service.validation.parsing import parse
from solver.domain.subject import at_slot, entry, exclusion

SLOTS = [{"id": day[:3], "day": day, "place": "club"} for day in ("monday", "wednesday", "friday")]
DONE = {
    "slot": "mon",
    "entries": [
        {"exercise": "push_up", "sets": 7},
        {"exercise": "bird_dog", "sets": 1, "equipment": ["none"], "superset": "A"},
    ],
    "done": True,
}
BODY: dict[str, Any] = {
    "places": [{"id": "club", "equipment": "full_gym"}, {"id": "home", "equipment": "bands_only"}],
    "week": {
        "slots": [*SLOTS[:2], {**SLOTS[2], "avoid": {"stress": ["overhead"], "muscles": ["calves"]}}],
    },
    "pins": [DONE, {"slot": "wed", "entries": [], "done": True}],
}


def _asked() -> Asked:
    request = parse(PlanRequest, json.dumps(BODY).encode())
    return Asked.of(request, to_problem(request, default_catalog()), default_catalog())


def test_what_was_done_is_read_in_its_order_and_with_its_equipment() -> None:
    problem = _asked().problem
    told = [(e.exercise, e.sets, e.equipment, e.superset) for e in problem.done["mon"].entries]
    assert told == [("push_up", 7, None, None), ("bird_dog", 1, ("none",), "A")]
    assert problem.done["wed"].entries == ()
    assert [slot.id for slot in problem.open_slots] == ["fri"]
    assert (problem.rules.sessions_min, problem.rules.sessions_max) == (2, 2), "a missed slot cannot be used"


def test_a_slot_avoids_words_and_what_trains_a_muscle() -> None:
    asked = _asked()
    friday = asked.problem.slot_by_id["fri"]
    assert friday.avoid.stress == {"overhead"}
    assert "standing_calf_raise" in friday.avoid.exercises
    assert asked.problem.slot_by_id["mon"].avoid.stress == frozenset()
    slots = resolve(asked.request, asked.problem, asked.catalog)["week"]["slots"]
    assert [("avoid" in slot) for slot in slots] == [False, False, True]
    overhead, calves = exclusion("stress", "overhead"), exclusion("exercise", "standing_calf_raise")
    at = [request_pointers(asked.request, "athlete.exclusions", subject) for subject in (overhead, calves)]
    assert at == [["/week/slots/2/avoid/stress/0"], ["/week/slots/2/avoid"]]


def test_history_is_told_as_such_in_a_conflict() -> None:
    problem = _asked().problem
    said = [
        statement(problem, "plan.pinned", subject)
        for subject in (entry("mon", "push_up"), at_slot("mon"), at_slot("wed"))
    ]
    assert said == [
        "7 sets of push up were done in 'mon'",
        "'mon' is over, and no more was done there",
        "'wed' is over, without a session",
    ]


def test_no_suggestion_touches_what_is_over() -> None:
    asked = _asked()
    for subject in (entry("mon", "push_up"), at_slot("mon"), at_slot("wed")):
        assert released(asked, subject) == []
    said = [step.change.statement for offer in (*moved(asked), *elsewhere(asked, "club")) for step in offer.steps]
    assert said
    assert all("'fri'" in one for one in said)
    days = {word for offer in one_more(asked) for step in offer.steps for word in step.change.statement.split()}
    assert not days & {"Monday", "Tuesday", "Wednesday"}
    assert days & {"Thursday", "Saturday", "Sunday"}
