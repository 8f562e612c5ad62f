"""Swaps over HTTP: asked, answered by a worker, and taken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from service.app import create_app
from service.errors import RequestError
from service.plans.schemas import PlanResponse
from service.plans.schemas.response import OriginResponse
from service.settings import Settings
from service.studies.examples import answers_of, documented_week
from service.studies.kind import StudyQuestion
from service.studies.weeks import week_of
from service.swaps.kind import SWAPS, require_entry
from service.swaps.schemas import SwapsResponse
from solver.verifier import verify
from tests.service.running import WAITING, in_process
from tests.service.studies.keeping import kept_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from tests.service.running import Service

QUESTION = {
    "slot": "mon",
    "exercise": "rack_pull_knee",
    "repairs": 1,
    "solve": {"time_limit_seconds": 60, "workers": 1},
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    database = tmp_path_factory.mktemp("swaps") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", max_concurrent_solves=1)
    with in_process(create_app(settings), database) as running:
        yield running


@pytest.fixture(scope="module")
def plan(service: Service) -> str:
    return kept_week(service).id


@pytest.fixture(scope="module")
def study(service: Service, plan: str) -> dict[str, Any]:
    asked = service.post(f"/v1/plans/{plan}/swaps", json=QUESTION, headers=WAITING)
    assert asked.status_code == 200, asked.text
    found: dict[str, Any] = asked.json()
    return found


def test_the_answer_tells_what_every_alternative_does(study: dict[str, Any]) -> None:
    answer = SwapsResponse.model_validate_json(json.dumps(study)).answer
    assert study["status"] == "done"
    assert answer is not None
    assert len(answer.alternatives) == answer.found > 10
    assert answer.left_out > 100
    assert {one.likeness for one in answer.alternatives} <= {"family", "pattern", "muscle"}
    for one in answer.alternatives:
        assert one.broken == [effect.rule for effect in one.rules if not effect.holds]
        assert one.keeps_rules == (not one.broken)
        assert one.seconds_change == one.worth.session_seconds - answer.before.session_seconds
        assert one.score_change == pytest.approx(one.worth.score - answer.before.score)
    assert answer.keeping_rules == sum(one.keeps_rules for one in answer.alternatives)


def test_a_repaired_alternative_is_a_plan_with_the_swap(
    service: Service, plan: str, study: dict[str, Any], catalog: Catalog
) -> None:
    (repaired,) = [one for one in study["answer"]["alternatives"] if one["repair"]]
    assert repaired["repair"]["status"] in ("optimal", "feasible")
    assert repaired["repair"]["changes"]
    kept = PlanResponse.model_validate_json(service.get(f"/v1/plans/{repaired['repair']['plan']}").content)
    assert kept.score is not None
    assert kept.score.value == repaired["repair"]["score"]
    assert kept.origin == OriginResponse(kind="swap", plan=plan, question=study["id"])
    week = week_of(kept, catalog)
    assert verify(week.problem, week.plan) == ()
    monday = next(session for session in week.plan.sessions if session.slot == "mon")
    assert (repaired["exercise"], repaired["sets"]) in [(e.exercise, e.sets) for e in monday.entries]
    assert "rack_pull_knee" not in [e.exercise for e in monday.entries]
    taken = service.post(f"/v1/swaps/{study['id']}/apply", json={"exercise": repaired["exercise"]})
    assert (taken.status_code, taken.json()["id"]) == (201, kept.id)


def test_an_equal_question_is_answered_from_storage(service: Service, plan: str, study: dict[str, Any]) -> None:
    again = service.post(f"/v1/plans/{plan}/swaps", json=QUESTION)
    assert (again.status_code, again.json()) == (200, study)


def test_taking_one_makes_a_verified_plan(service: Service, plan: str, catalog: Catalog) -> None:
    question = {"slot": "mon", "exercise": "leg_extension", "repairs": 0}
    study = service.post(f"/v1/plans/{plan}/swaps", json=question, headers=WAITING).json()
    best = study["answer"]["alternatives"][0]
    assert best["keeps_rules"]
    key = {"Idempotency-Key": "taken"}
    taken = service.post(f"/v1/swaps/{study['id']}/apply", json={"exercise": best["exercise"]}, headers=key)
    again = service.post(f"/v1/swaps/{study['id']}/apply", json={"exercise": best["exercise"]}, headers=key)
    assert taken.status_code == 201, taken.text
    assert again.content == taken.content
    kept = service.get(taken.headers["location"])
    assert kept.content == taken.content
    response = PlanResponse.model_validate_json(kept.content)
    week = week_of(response, catalog)
    assert verify(week.problem, week.plan) == ()
    assert (week.measured.score, week.measured.tiers[2]) == (best["worth"]["score"], best["worth"]["quality"])
    assert response.score is not None
    assert response.score.bound >= documented_week().response.score.value  # type: ignore[union-attr]
    assert response.request == documented_week().response.request
    assert response.origin == OriginResponse(kind="swap", plan=plan, question=study["id"])


@pytest.mark.parametrize(
    ("exercise", "code"),
    [("push_up", "not_an_alternative"), ("barbell_snatch", "unknown_id"), ("back_extension_45", "breaks_rules")],
)
def test_what_cannot_be_taken_is_refused(service: Service, study: dict[str, Any], exercise: str, code: str) -> None:
    refused = service.post(f"/v1/swaps/{study['id']}/apply", json={"exercise": exercise})
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/exercise", code)


def test_sets_that_break_a_rule_are_what_is_wrong_where_others_would_do(service: Service, plan: str) -> None:
    question = {"slot": "mon", "exercise": "leg_extension", "repairs": 0}
    study = service.post(f"/v1/plans/{plan}/swaps", json=question, headers=WAITING).json()
    best = study["answer"]["alternatives"][0]["exercise"]
    refused = service.post(f"/v1/swaps/{study['id']}/apply", json={"exercise": best, "sets": 20})
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/sets", "breaks_rules")
    assert "20 sets of" in error["message"]
    assert "[" not in error["message"]


def test_a_session_that_is_over_has_nothing_to_swap(catalog: Catalog) -> None:
    about = documented_week()
    body = about.request.model_dump(mode="json", exclude_unset=True)
    monday = about.plan.sessions[0]
    entries = [{"exercise": entry.exercise, "sets": entry.sets} for entry in monday.entries]
    pins = [{"slot": "mon", "entries": entries, "done": True}]
    response = about.response.model_copy(update={"request": {**body, "pins": pins}})
    with pytest.raises(RequestError) as refused:
        require_entry(week_of(response, catalog), "mon", monday.entries[0].exercise)
    (fault,) = refused.value.faults
    assert (fault.pointer, fault.code, fault.allowed) == ("/slot", "over", ["thu"])


def test_the_documented_alternatives_are_those_of_today(catalog: Catalog) -> None:
    class Patient:
        def is_cancelled(self) -> bool:
            return False

        def tell(self, progress: object) -> None:
            del progress

    about, documented = documented_week(), answers_of(SWAPS)["alternatives"]["value"]
    request = SWAPS.request.model_validate(documented["request"])
    studied = SWAPS.run(StudyQuestion("x", about.question.created_at, request, catalog, about), Patient())
    assert studied.answer is not None
    today = {**studied.answer.model_dump(mode="json"), "solver": documented["answer"]["solver"]}
    assert today == documented["answer"], "out of date: run python -m service.studies.examples swaps"


def test_stopped_work_keeps_what_was_measured(catalog: Catalog) -> None:
    class Stopped:
        told = 0

        def is_cancelled(self) -> bool:
            return self.told >= 3

        def tell(self, progress: object) -> None:
            del progress
            self.told += 1

    about = documented_week()
    request = SWAPS.request.model_validate(QUESTION)
    studied = SWAPS.run(StudyQuestion("x", about.question.created_at, request, catalog, about), Stopped())
    assert studied.outcome == "partial"
    assert studied.answer is not None
    assert studied.answer.found == 3
