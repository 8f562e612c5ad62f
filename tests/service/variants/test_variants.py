"""Weeks to choose from over HTTP: asked, answered by a worker, and kept as plans."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from service.app import create_app
from service.plans.schemas import PlanResponse
from service.plans.schemas.response import OriginResponse
from service.settings import Settings
from service.studies.weeks import week_of
from service.validation.parsing import parse
from service.variants.kind import ended
from service.variants.mapping import resolved
from service.variants.schemas import VariantsAnswer, VariantsRequest, VariantsResponse
from solver.domain.contrast import contrast
from solver.domain.outcome import SolveStats
from solver.pareto import ParetoFront
from solver.verifier import verify
from tests.service.running import WAITING, in_process
from tests.service.studies.pointing import in_force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from service.studies.weeks import KeptWeek
    from solver.domain.problem import SolveBudget
    from tests.service.running import Service

SMALL = {
    "places": [{"id": "home", "equipment": "bodyweight"}],
    "week": {
        "slots": [
            {"id": "mon", "day": "monday", "minutes": 30},
            {"id": "thu", "day": "thursday", "minutes": 30},
        ]
    },
}
SOON = {"time_limit_seconds": 30, "gap": 0.5, "workers": 1}
"""Ends as soon as there is something to tell."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    database = tmp_path_factory.mktemp("variants") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", max_concurrent_solves=1)
    with in_process(create_app(settings), database) as running:
        yield running


def _asked(service: Service, **wish: Any) -> VariantsResponse:
    answered = service.post("/v1/variants", json={"plan": SMALL, "solve": SOON, **wish}, headers=WAITING)
    assert answered.status_code == 200, answered.text
    return VariantsResponse.model_validate_json(json.dumps(answered.json()))


def _kept(service: Service, answer: VariantsAnswer, catalog: Catalog) -> list[KeptWeek]:
    """The plans of an answer's weeks, each of which keeps every rule."""
    found = [service.get(f"/v1/plans/{week.plan}") for week in answer.weeks]
    plans = [week_of(PlanResponse.model_validate_json(one.content), catalog) for one in found]
    for plan in plans:
        assert verify(plan.problem, plan.plan) == ()
    return plans


@pytest.fixture(scope="module")
def study(service: Service) -> VariantsResponse:
    return _asked(service, k=3, min_difference=0.3, max_score_loss=40)


def test_variants_are_plans_that_differ_as_told(service: Service, study: VariantsResponse, catalog: Catalog) -> None:
    answer = study.answer
    assert study.status == "done"
    assert answer is not None
    assert answer.ending == "enough"
    assert answer.front is None
    plans = _kept(service, answer, catalog)
    problem = plans[0].problem
    for one, plan in enumerate(plans):
        week = answer.weeks[one]
        assert plan.response.origin == OriginResponse(kind="variant", plan=None, question=study.id)
        assert (week.score.value, week.quality) == (plan.measured.score, plan.measured.tiers[2])
        assert week.score.value >= 0.6 * answer.weeks[0].score.value - 1e-3
        assert week.figures.minutes == pytest.approx(sum(plan.measured.seconds.values()) / 60, abs=0.05)
        assert week.difference == answer.differences[0][one]
        for other in range(len(plans)):
            share = contrast(problem, plan.plan, plans[other].plan)
            assert answer.differences[one][other] == pytest.approx(float(share), abs=1e-4)
            assert one == other or share >= 0.3


def test_an_equal_question_is_answered_from_storage(service: Service, study: VariantsResponse) -> None:
    again = _asked(service, k=3, min_difference=0.3, max_score_loss=40)
    assert (again.id, again.answer) == (study.id, study.answer)


def test_a_front_tells_what_every_point_has(service: Service, catalog: Catalog) -> None:
    study = _asked(service, goals=["equipment", "minutes"])
    answer = study.answer
    assert study.status == "done"
    assert answer is not None
    assert answer.front is not None
    assert answer.front.complete
    assert answer.front.goals == ["minutes", "equipment"]
    assert [point.plan for point in answer.front.points] == [week.plan for week in answer.weeks]
    for point, plan, week in zip(answer.front.points, _kept(service, answer, catalog), answer.weeks, strict=True):
        assert point.proven
        assert plan.response.origin == OriginResponse(kind="front", plan=None, question=study.id)
        minutes, items = point.goals
        assert minutes.value == -(-sum(plan.measured.seconds.values()) // 300) * 5
        assert items.value == len(week.figures.equipment)
        assert all(goal.bound == goal.value for goal in point.goals)


def test_a_front_whose_points_are_not_proven_is_partial_though_every_limit_was_looked_at() -> None:
    stats = SolveStats("", 1.0, 1.0, 1, 1, stopped_by_clock=True)
    front = ParetoFront(("minutes", "sessions"), (), complete=False, unexplored=(), stats=stats)
    assert ended(front) == "partial"
    assert ended(replace(front, complete=True)) == "done"


def test_an_impossible_wish_is_told_in_its_own_terms(service: Service) -> None:
    wish = {**SMALL, "athlete": {"must_include": [{"exercise": "barbell_back_squat", "min_sets": 3}]}}
    for goals in ({}, {"goals": ["minutes", "sessions"]}):
        study = _asked(service, plan=wish, **goals)
        assert study.status == "infeasible"
        assert study.answer is not None
        assert study.answer.weeks == []
        assert {at for rule in study.answer.conflict or [] for at in rule.request} >= {
            "/plan/athlete/must_include/0",
            "/plan/places/0/equipment",
        }
        assert {"exercise": "barbell_back_squat", "min_sets": 3} in in_force(study.answer.model_dump(mode="json"))


def test_how_long_to_search_is_said_beside_the_plan_or_in_it(catalog: Catalog) -> None:
    def budget(**wish: Any) -> SolveBudget:
        return resolved(parse(VariantsRequest, json.dumps(wish).encode()), catalog).budget

    inside, beside = {"plan": {"solve": {"workers": 1, "seed": 7}}}, {"solve": {"workers": 1, "seed": 7}}
    assert budget(**inside) == budget(**beside) == budget(**inside, **beside)
    assert (budget(**inside).seed, budget(**inside).time_limit_seconds) == (7, 30)
    assert budget(plan={"solve": {"time_limit_seconds": 5}}).time_limit_seconds == 5


@pytest.mark.parametrize(
    ("wish", "pointer", "code"),
    [
        ({"k": 1}, "/k", "out_of_range"),
        ({"k": 9}, "/k", "out_of_range"),
        ({"max_score_loss": 51}, "/max_score_loss", "out_of_range"),
        ({"min_difference": 0}, "/min_difference", "out_of_range"),
        ({"min_difference": 1.01}, "/min_difference", "out_of_range"),
        ({"goals": ["minutes"]}, "/goals", "wrong_size"),
        ({"goals": ["minutes", "minutes"]}, "/goals/1", "duplicate"),
        ({"goals": ["minutes", "speed"]}, "/goals/1", "unknown_choice"),
        ({"goals": ["minutes", "sessions"], "k": 3}, "/k", "contradiction"),
        ({"plan": {"athlete": {"favourites": ["face_pul"]}}}, "/plan/athlete/favourites/0", "unknown_id"),
        ({"plan": {"week": {"sessions": {"min": 3, "max": 2}}}}, "/plan/week/sessions/min", "contradiction"),
        ({"plan": {"solve": {"seed": 1}}, "solve": {"seed": 2}}, "/plan/solve", "contradiction"),
    ],
)
def test_faults_point_into_the_request(service: Service, wish: dict[str, Any], pointer: str, code: str) -> None:
    refused = service.post("/v1/variants", json=wish)
    assert refused.status_code == 422, refused.text
    assert (pointer, code) in [(error["pointer"], error["code"]) for error in refused.json()["errors"]]
