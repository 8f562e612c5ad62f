"""What-if over HTTP and before it: which changes are tried, that they can be sent, and what is said of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonpatch
import pytest

from service.app import create_app
from service.errors import RequestError
from service.plans.mapping import to_problem
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.schemas.response import OriginResponse
from service.settings import Settings
from service.studies.examples import answers_of, documented_week
from service.studies.weeks import week_of
from service.validation.parsing import parse
from service.whatif.changes import Trials
from service.whatif.kind import WHAT_IFS
from service.whatif.presenter import says
from service.whatif.schemas import WhatIfRequest, WhatIfResponse
from solver.verifier import verify
from solver.whatif import Finding
from tests.service.running import WAITING, in_process
from tests.service.studies.keeping import kept_week

if TYPE_CHECKING:
    from pathlib import Path

    from catalog.catalog import Catalog

ABOUT = documented_week()
NOTHING: dict[str, Any] = {"equipment": [], "minutes": [], "days": [], "stages": []}


def tried(**wish: Any) -> list[tuple[str, str]]:
    request = parse(WhatIfRequest, json.dumps({**NOTHING, **wish}).encode())
    return [(one.what, one.statement) for one in Trials(ABOUT).all(request)]


def test_every_change_is_said_and_makes_the_request_that_it_says(catalog: Catalog) -> None:
    wish = {"rules": [{"rule": "balance.upper_pull_push"}, {"rule": "volume.weekly_max", "muscle": "glutes"}]}
    trials = Trials(ABOUT).all(parse(WhatIfRequest, json.dumps(wish).encode()))
    assert {one.what for one in trials} == {"equipment", "minutes", "slot", "stage", "rule"}
    for one in trials:
        body = jsonpatch.apply_patch(ABOUT.response.request, list(one.operations))
        request = parse(PlanRequest, json.dumps(body).encode())
        assert request == one.request
        assert to_problem(request, catalog) == one.option.problem
        assert one.option.problem != ABOUT.problem


def test_the_documented_changes_are_those_of_today() -> None:
    documented = answers_of(WHAT_IFS)["minutes and a day"]["value"]
    trials = Trials(ABOUT).all(parse(WhatIfRequest, json.dumps(documented["request"]).encode()))
    told = {option["statement"]: option["change"] for option in documented["answer"]["options"]}
    assert told == {one.statement: list(one.operations) for one in trials}
    assert ABOUT.response.score is not None
    assert documented["answer"]["score"] >= ABOUT.response.score.value
    assert documented["answer"]["bound"] <= ABOUT.response.score.bound


def test_one_more_slot_may_stay_unused() -> None:
    request = parse(WhatIfRequest, json.dumps({**NOTHING, "days": ["saturday"]}).encode())
    (one,) = Trials(ABOUT).all(request)
    rules = one.option.problem.rules
    assert (rules.sessions_min, rules.sessions_max) == (2, 3)
    assert one.statement == "offer one more slot of 60 minutes on Saturday"


def test_what_is_over_is_left_alone() -> None:
    entries = [{"exercise": entry.exercise, "sets": entry.sets} for entry in ABOUT.plan.sessions[0].entries]
    body = ABOUT.request.model_dump(mode="json", exclude_unset=True)
    pins = [{"slot": "mon", "entries": entries, "done": True}]
    about = week_of(ABOUT.response.model_copy(update={"request": {**body, "pins": pins}}), ABOUT.question.catalog)
    wish = {**NOTHING, "minutes": [10], "days": ["monday", "saturday"]}
    trials = Trials(about).all(parse(WhatIfRequest, json.dumps(wish).encode()))
    assert [one.statement for one in trials] == [
        "give 'thu' 70 minutes instead of 60",
        "offer one more slot of 60 minutes on Saturday",
    ]


def test_what_is_there_already_is_not_tried() -> None:
    assert tried(equipment=["dumbbells"]) == []
    assert tried(minutes=[10]) == [
        ("minutes", "give 'mon' 70 minutes instead of 60"),
        ("minutes", "give 'thu' 70 minutes instead of 60"),
    ]
    assert [what for what, _ in tried(rules=[{"rule": "mobility.thoracic"}])] == ["rule", "rule"]
    assert tried(rules=[{"rule": "progression.deadlift"}]) == [
        ("rule", "raise the number of loaded deadlift stages a week to 2 instead of 1")
    ]


@pytest.mark.parametrize(
    ("wish", "at", "code"),
    [
        ({"rules": [{"rule": "balance.uper_pull_push"}]}, "/rules/0/rule", "unknown_id"),
        ({"rules": [{"rule": "structure.order"}]}, "/rules/0/rule", "no_number"),
        ({"changes": [{"change": [{"op": "remove", "path": "/athlete/stage"}]}]}, "/changes/0/change", "bad_patch"),
        (
            {"changes": [{"change": [{"op": "add", "path": "/supersets", "value": 3}]}]},
            "/changes/0/change",
            "bad_request",
        ),
    ],
)
def test_what_cannot_be_tried_is_told(wish: dict[str, Any], at: str, code: str) -> None:
    with pytest.raises(RequestError) as refused:
        tried(**wish)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(at, code)]


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (Finding(0, "gain", 3.4, 2.741, 4.2), "score +3.4, proven to be between +2.74 and +4.2"),
        (Finding(0, "loss", -2.0, -2.0, -2.0), "score -2; this is proven"),
        (Finding(0, "unproven", 0.18, -0.2, 0.66), "score +0.18, unproven: between -0.2 and +0.66"),
        (Finding(0, "unproven", -0.5), "score -0.5, unproven"),
        (Finding(0, "impossible"), "no week is left; this is proven"),
        (Finding(0, "none", 0.0, 0.0, 0.0, pruned=True), "changes nothing of the score; this is proven"),
    ],
)
def test_findings_are_said_as_far_as_they_are_proven(finding: Finding, said: str) -> None:
    assert says(finding) == said


def test_an_answer_names_weeks_that_are_plans_of_the_changed_requests(tmp_path: Path, catalog: Catalog) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'plans.db'}", max_concurrent_solves=1)
    with in_process(create_app(settings), tmp_path) as service:
        plan = kept_week(service)
        body = {**NOTHING, "minutes": [15], "solve": {"time_limit_seconds": 4, "workers": 2}}
        asked = service.post(f"/v1/plans/{plan.id}/what-if", json=body, headers=WAITING)
        assert asked.status_code == 200, asked.text
        address = asked.headers["location"]
        assert address == f"/v1/what-ifs/{asked.json()['id']}"
        study = WhatIfResponse.model_validate_json(asked.content)
        assert study.answer is not None
        assert plan.score is not None
        assert len(study.answer.options) == 2
        assert study.answer.score >= plan.score.value
        assert study.answer.bound <= plan.score.bound
        for option in study.answer.options:
            assert option.gain is None or option.at_most is None or option.gain <= option.at_most
            if option.plan is None:
                continue
            kept = PlanResponse.model_validate_json(service.get(f"/v1/plans/{option.plan}").content)
            changed = jsonpatch.apply_patch(plan.request, [op.model_dump(mode="json") for op in option.change])
            assert kept.request == changed
            assert kept.origin == OriginResponse(kind="what-if", plan=plan.id, question=study.id)
            week = week_of(kept, catalog)
            assert verify(week.problem, week.plan) == ()
            assert week.measured.score == pytest.approx(study.answer.score + (option.gain or 0), abs=2e-4)
        assert '"of":' in service.get(f"{address}/events").text
