"""The sample request of the HTTP contract, word for word: understood in every part, and what cannot be is said."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.plans.schemas import PlanResponse
from tests.service.running import WAITING

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from tests.service.running import Service

TEXT = (Path(__file__).parent / "contract_sample.json").read_bytes()
JSON = {"content-type": "application/json"}


def _asked(solving: Service, body: dict[str, Any]) -> PlanResponse:
    response = solving.solved(body)
    assert response.status_code == 200, response.text
    return PlanResponse.model_validate_json(response.content)


def test_more_sessions_than_slots_is_a_conflict_and_no_fault(solving: Service) -> None:
    """Three sessions of two slots: a finished answer that says which two parts of the request collide."""
    response = solving.post("/v1/plans", content=TEXT, headers={**JSON, **WAITING})
    assert response.status_code == 200, response.text
    answer = PlanResponse.model_validate_json(response.content)
    assert answer.status == "infeasible"
    assert answer.request == json.loads(TEXT)
    assert answer.conflict_minimal is True
    assert [(c.rule, c.subject, c.statement, c.request) for c in answer.conflict or []] == [
        (
            "structure.sessions",
            "min",
            "the week has at least 3 sessions, out of 2 slots",
            ["/week/sessions/min", "/week/slots"],
        )
    ]


def test_more_sessions_than_days_allow_is_a_conflict_of_both(solving: Service) -> None:
    day = {"day": "monday", "minutes": 60}
    slots = [{"id": "am", "start": "08:00", **day}, {"id": "pm", "start": "18:00", **day}]
    answer = _asked(solving, {"week": {"slots": slots, "sessions": {"min": 2}}})
    assert answer.status == "infeasible"
    assert answer.conflict_minimal is True
    assert [(c.subject, c.statement, c.request) for c in answer.conflict or []] == [
        ("min", "the week has at least 2 sessions", ["/week/sessions/min", "/week/slots"]),
        ("per_day", "a day has at most 1 session", ["/week/slots"]),
    ]


def test_with_a_third_slot_it_is_a_week_that_keeps_every_wish(solving: Service, catalog: Catalog) -> None:
    body = copy.deepcopy(json.loads(TEXT))
    thursday = {"id": "thu", "day": "thursday", "start": "18:00", "minutes": 60, "place": "club"}
    body["week"]["slots"].insert(1, thursday)
    body["solve"]["time_limit_seconds"] = 4
    answer = _asked(solving, body)

    assert answer.status in ("optimal", "feasible")
    assert answer.week is not None
    assert [(s.slot, s.starts_at, s.place) for s in answer.week.sessions] == [
        ("mon", "2026-11-23T18:00:00+00:00", "club"),
        ("thu", "2026-11-26T18:00:00+00:00", "club"),
        ("sat", "2026-11-28T09:30:00+00:00", "home"),
    ]
    sets = {(s.slot, e.exercise): e.sets for s in answer.week.sessions for e in s.entries}
    assert sets["mon", "face_pull"] == 3
    assert sum(n for (_, exercise), n in sets.items() if exercise == "pull_up") >= 3
    planned = {exercise for _, exercise in sets}
    assert "barbell_shrug" not in planned
    assert not [e for e in planned if "overhead" in catalog.exercises[e].stress]
    assert all(line.holds for line in answer.certificate)


def test_every_part_of_it_is_understood(solving: Service) -> None:
    resolved: Any = PlanResponse.model_validate_json(
        solving.post("/v1/plans", content=TEXT, headers={**JSON, **WAITING}).content
    )
    resolved, asked = resolved.resolved, json.loads(TEXT)
    athlete = resolved["athlete"]
    assert athlete["experience"] == "intermediate"
    assert athlete["ladder_stages"]["deadlift"] == 3
    assert athlete["priorities"]["glutes"] == 3
    assert athlete["avoid"] == {**asked["athlete"]["avoid"], "equipment": []}
    assert athlete["favourites"] == ["face_pull"]
    assert athlete["must_include"] == asked["athlete"]["must_include"]
    assert resolved["places"][1] == {"id": "home", "equipment": ["dumbbells", "none", "resistance_band"]}
    assert resolved["week"] == {**asked["week"], "sessions": {"min": 3, "max": 3}}
    rules = resolved["rules"]
    assert rules["balance.upper_pull_push"]["ratio"] == 2
    assert rules["structure.exercises"]["max"] == 8
    assert rules["structure.sessions"] == {"per_day": 1}
    assert rules["recovery.muscle"] == {"mode": "conservative"}
    assert resolved["muscles"]["quadriceps"]["recovery_hours"] == 72
    assert resolved["muscles"]["calves"]["weekly_max_sets"] == 10
    assert resolved["pins"] == asked["pins"]
    assert resolved["supersets"] is False
    assert resolved["solve"]["time_limit_seconds"] == 10
