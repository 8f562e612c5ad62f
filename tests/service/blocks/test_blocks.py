"""Blocks over HTTP: asked, planned by a worker, every week kept as a plan of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from service.app import create_app
from service.blocks.schemas import BlockResponse
from service.plans.schemas import PlanResponse
from service.plans.schemas.response import OriginResponse
from service.settings import Settings
from service.studies.weeks import week_of
from solver.rulebook import BLOCK_RULES
from solver.verifier import verify
from tests.service.running import WAITING, in_process
from tests.service.studies.pointing import in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from tests.service.running import Service

TWO_EVENINGS = {
    "starts_on": "2026-12-21",
    "timezone": "Europe/London",
    "slots": [
        {"id": "mon", "day": "monday", "start": "18:00", "minutes": 60},
        {"id": "thu", "day": "thursday", "start": "18:00", "minutes": 60},
    ],
}
SHED = {"id": "shed", "equipment": ["barbell", "rack", "flat_bench", "dumbbells", "pull_up_bar"]}
QUICK = {"time_limit_seconds": 60, "workers": 1, "gap": 0.5}
QUESTION = {
    "weeks": 3,
    "plan": {"athlete": {"ladder_stages": {"deadlift": 1}}, "places": [SHED], "week": TWO_EVENINGS},
    "mesocycle": {"loading_weeks": 2},
    "solve": QUICK,
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    database = tmp_path_factory.mktemp("blocks") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", max_concurrent_solves=1)
    with in_process(create_app(settings), database) as running:
        yield running


@pytest.fixture(scope="module")
def study(service: Service) -> dict[str, Any]:
    asked = service.post("/v1/blocks", json=QUESTION, headers=WAITING)
    assert asked.status_code == 200, asked.text
    found: dict[str, Any] = asked.json()
    return found


def test_a_block_tells_its_weeks_stages_and_targets(study: dict[str, Any]) -> None:
    response = BlockResponse.model_validate_json(json.dumps(study))
    assert response.status == "done"
    assert response.answer is not None
    weeks = response.answer.weeks
    assert [week.percent for week in weeks] == [80, 105, 60]
    assert [week.starts_on for week in weeks] == ["2026-12-21", "2026-12-28", "2027-01-04"]
    assert [week.unloading for week in weeks] == [False, False, True]
    deadlift = next(path for path in response.answer.ladders if path.ladder == "deadlift")
    assert (deadlift.strict, deadlift.stages) == (True, [week.stages["deadlift"] for week in weeks])
    assert [step.ladder for week in weeks for step in week.entered if step.ladder == "deadlift"] == ["deadlift"] * (
        deadlift.stages[-1] - 1
    )
    assert deadlift.reasons == [
        "Begins at stage 1.",
        "Enters stage 2: 2 of 2 sessions on stage 1.",
        "Stays at stage 2: none is entered while unloading.",
    ]
    squat = next(path for path in response.answer.ladders if path.ladder == "squat")
    assert squat.reasons[1:] == ["Stays at stage 4, the last."] * 2
    for week in weeks:
        assert all(target.target <= target.max for target in week.targets)
        assert {target.muscle for target in week.targets} == {target.muscle for target in weeks[0].targets}
    assert [line.rule for line in response.answer.certificate] == [rule.id for rule in BLOCK_RULES]
    assert all(line.holds for line in response.answer.certificate)
    assert all(change.statement for week in weeks for change in week.changes)


def test_every_week_is_a_plan_with_its_dates(service: Service, study: dict[str, Any], catalog: Catalog) -> None:
    for week in study["answer"]["weeks"]:
        kept = PlanResponse.model_validate_json(service.get(f"/v1/plans/{week['plan']}").content)
        assert kept.week is not None
        assert kept.score is not None
        assert kept.origin == OriginResponse(kind="block", plan=None, question=study["id"])
        # the block's bound holds within its limits; of the week alone only what needs no proof
        assert (kept.score.value, kept.score.bound, kept.status) == (week["score"]["value"], 100, "feasible")
        assert str(kept.week.sessions[0].starts_at).startswith(week["starts_on"])
        assert kept.resolved["athlete"]["ladder_stages"]["deadlift"] == week["stages"]["deadlift"]
        # by its own request too, which asks for more: maxima of a full week
        read = week_of(kept, catalog)
        assert verify(read.problem, read.plan) == ()
    diary = service.get(f"/v1/plans/{week['plan']}", headers={"Accept": "text/calendar"})
    assert "DTSTART;TZID=Europe/London:20270104T180000" in diary.text


def test_a_week_says_what_it_was_planned_for_and_so_do_later_answers(service: Service, study: dict[str, Any]) -> None:
    for week in study["answer"]["weeks"]:
        kept = service.get(f"/v1/plans/{week['plan']}").json()
        (note,) = kept["notes"]
        assert f"Week {week['number']} of a training block, planned for {week['percent']} %" in note
        assert "full targets" in note
    entry = kept["week"]["sessions"][0]["entries"][0]
    question = {"slot": kept["week"]["sessions"][0]["slot"], "exercise": entry["exercise"], "repairs": 0, "limit": 1}
    swaps = service.post(f"/v1/plans/{kept['id']}/swaps", json=question, headers=WAITING).json()
    assert swaps["notes"] == kept["notes"]
    assert swaps["answer"]["before"]["score"] < week["score"]["value"]


def test_an_equal_question_is_answered_from_storage(service: Service, study: dict[str, Any]) -> None:
    again = service.post("/v1/blocks", json=QUESTION)
    assert (again.status_code, again.json()) == (200, study)
    assert service.get(f"/v1/blocks/{study['id']}").json() == study


def test_a_week_without_a_plan_is_told_with_pointers_into_the_block(service: Service) -> None:
    plan = {"week": TWO_EVENINGS, "places": [SHED], "rules": {"volume.weekly_min": {"glutes": 35}}}
    asked = service.post(
        "/v1/blocks", json={"weeks": 2, "plan": plan, "ladder_sessions": 1, "solve": QUICK}, headers=WAITING
    )
    told = asked.json()
    assert (asked.status_code, told["status"]) == (200, "infeasible")
    answer = told["answer"]
    assert (answer["conflict_week"], answer["weeks"], answer["certificate"]) == (1, [], [])
    assert "/plan/rules/volume.weekly_min/glutes" in [at for rule in answer["conflict"] for at in rule["request"]]
    assert 35 in in_force(answer)


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"weeks": 1}, ["/weeks"]),
        ({"weeks": 13, "plan": {"week": {"starts_on": "tomorrow"}}}, ["/plan/week/starts_on", "/weeks"]),
        ({"weeks": "8"}, ["/weeks"]),
        ({"week": {}}, ["/week"]),
        ({"plan": {"athlete": {"favourites": ["barbel_row"]}}}, ["/plan/athlete/favourites/0"]),
        ({"plan": {"athlete": {"ladder_stages": {"deadlift": 7}}}}, ["/plan/athlete/ladder_stages/deadlift"]),
        ({"plan": {"rules": {"balance.upper_pull_push": {"ratio": 9}}}}, ["/plan/rules/balance.upper_pull_push/ratio"]),
        ({"plan": {"solve": {"workers": 1}}, "solve": {"workers": 2}}, ["/plan/solve"]),
        ({"plan": {"pins": [{"slot": "mon", "entries": [], "done": True}]}}, ["/plan/pins/0/done"]),
        ({"plan": {"week": {"starts_on": "2199-12-30"}}}, ["/plan/week/starts_on"]),
        ({"mesocycle": {"start_percent": 100, "peak_percent": 90}}, ["/mesocycle/start_percent"]),
        ({"mesocycle": {"deload_percent": 85}}, ["/mesocycle/deload_percent"]),
        (
            {"mesocycle": {"deload_percent": 95, "loading_weeks": 0}},
            ["/mesocycle/deload_percent", "/mesocycle/loading_weeks"],
        ),
        ({"tolerance": -1, "ladder_sessions": 3}, ["/ladder_sessions", "/tolerance"]),
    ],
    ids=str,
)
def test_bad_input_is_pointed_at(service: Service, body: dict[str, Any], pointers: list[str]) -> None:
    refused = service.post("/v1/blocks", json=body)
    assert refused.status_code == 422, refused.text
    assert sorted(error["pointer"] for error in refused.json()["errors"]) == pointers


def test_a_block_can_be_stopped(service: Service) -> None:
    asked = service.post("/v1/blocks", json={"weeks": 12, "solve": {"workers": 1}})
    assert asked.status_code == 202
    stopped = service.post(asked.headers["location"] + "/cancel", headers=WAITING)
    assert stopped.json()["status"] == "cancelled"
