"""The service on a real socket: ask, fetch, ask for too much, hang up, stay awake."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from service.plans.schemas import PlanResponse
from solver.domain.outcome import (
    Conflict,
    ConflictElement,
    Infeasible,
    InvalidPlanError,
    Score,
    Solved,
    SolveStats,
    TimedOut,
    Violation,
)
from solver.domain.plan import Entry, Plan, Session
from solver.domain.subject import at_slot
from solver.rulebook import RULES
from tests.service.running import on_a_socket, stored_plans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from service.settings import Settings
    from solver.domain.outcome import Outcome
    from solver.domain.problem import Problem, SolveBudget

QUICK = {"time_limit_seconds": 3, "workers": 1}
STATS = SolveStats("none", 0.1, 0.1, 1, 1, stopped_by_clock=True)


@pytest.fixture
def url(settings: Settings) -> Iterator[str]:
    with on_a_socket(settings) as base:
        yield base


class PatientSolver:
    """Stands in for the pipeline: searches until it is told to stop, and then has found `best`."""

    def __init__(self) -> None:
        self.best: Outcome = TimedOut(STATS)
        self.started = threading.Event()
        self.stopped = threading.Event()
        self.release = threading.Event()

    def __call__(
        self,
        problem: Problem,
        budget: SolveBudget,
        *,
        on_progress: object = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> Outcome:
        del problem, budget, on_progress
        assert is_cancelled is not None
        self.started.set()
        deadline = time.monotonic() + 20
        while not is_cancelled() and not self.release.is_set() and time.monotonic() < deadline:
            time.sleep(0.01)
        if is_cancelled():
            self.stopped.set()
        return self.best


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> PatientSolver:
    patient = PatientSolver()
    monkeypatch.setattr("service.plans.service.optimise", patient)
    return patient


def test_a_week_is_planned_and_kept_while_the_service_stays_awake(url: str, database: Path) -> None:
    """One real search: the answer is complete, stored byte for byte, and health is answered meanwhile."""
    week = {"starts_on": "2026-11-23", "timezone": "Europe/London"}
    with httpx.Client(base_url=url, timeout=60) as client, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(client.post, "/v1/plans", json={"week": week, "solve": QUICK})
        waits = []
        while not answer.done():
            asked = time.monotonic()
            assert httpx.get(f"{url}/health/live", timeout=10).status_code == 200
            waits.append(time.monotonic() - asked)
            time.sleep(0.1)
        response = answer.result()
        kept = client.get(response.headers["location"])

    assert len(waits) >= 5
    assert max(waits) < 2, "a health check waited for the search"
    assert response.status_code == 200
    assert kept.status_code == 200
    assert kept.content == response.content
    assert stored_plans(database) == 1
    plan = PlanResponse.model_validate_json(response.content)
    assert response.headers["location"] == f"/v1/plans/{plan.id}"
    assert plan.status in ("optimal", "feasible")
    assert plan.request == {"week": week, "solve": QUICK}
    assert [line.rule for line in plan.certificate] == [rule.id for rule in RULES]
    assert all(line.holds for line in plan.certificate)
    assert plan.week is not None
    starts = [(s.slot, s.starts_at) for s in plan.week.sessions]
    assert starts == [
        ("mon", "2026-11-23T18:00:00+00:00"),
        ("wed", "2026-11-25T18:00:00+00:00"),
        ("fri", "2026-11-27T18:00:00+00:00"),
    ]
    assert all(session.seconds <= session.limit_seconds for session in plan.week.sessions)
    served = {rule for session in plan.week.sessions for entry in session.entries for rule in entry.serves}
    assert served >= {"mobility.thoracic", "pull.isometric_hold", "row.retraction", "progression.deadlift"}


def test_wishes_that_collide_are_a_finished_answer(url: str, database: Path) -> None:
    rules = {"volume.weekly_min": {"calves": 12}, "volume.weekly_max": {"calves": 6}}
    response = httpx.post(f"{url}/v1/plans", json={"rules": rules, "solve": {"workers": 1}}, timeout=60)
    assert response.status_code == 200
    plan = response.json()
    assert plan["status"] == "infeasible"
    assert plan["week"] is None
    assert plan["score"] is None
    assert plan["conflict_minimal"] is True
    assert [(c["rule"], c["subject"], c["request"]) for c in plan["conflict"]] == [
        ("volume.weekly_max", "calves", ["/rules/volume.weekly_max/calves"]),
        ("volume.weekly_min", "calves", ["/rules/volume.weekly_min/calves"]),
    ]
    assert [c["statement"] for c in plan["conflict"]] == [
        "calves may get at most 6 sets a week",
        "calves must get at least 12 sets a week",
    ]
    assert stored_plans(database) == 1


def test_out_of_time_is_told_apart_from_impossible(url: str, database: Path, solver: PatientSolver) -> None:
    solver.release.set()
    plan = httpx.post(f"{url}/v1/plans", json={}, timeout=20).json()
    assert plan["status"] == "timed_out"
    assert plan["conflict"] is None
    assert plan["week"] is None
    assert stored_plans(database) == 1


def test_who_waits_too_long_is_sent_away(url: str, database: Path, solver: PatientSolver) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(httpx.post, f"{url}/v1/plans", json={}, timeout=20)
        assert solver.started.wait(10)
        second = httpx.post(f"{url}/v1/plans", json={}, timeout=20)
        wrong = httpx.post(f"{url}/v1/plans", json={"supersets": True}, timeout=20)
        solver.release.set()
        assert first.result().status_code == 200
    assert second.status_code == 429
    assert second.json()["type"] == "/problems/busy"
    assert int(second.headers["retry-after"]) >= 1
    assert wrong.status_code == 422, "a faulty request does not wait for a solver"
    assert stored_plans(database) == 1


def test_a_seat_is_free_again_after_a_search(url: str, database: Path, solver: PatientSolver) -> None:
    solver.release.set()
    assert [httpx.post(f"{url}/v1/plans", json={}, timeout=20).status_code for _ in range(3)] == [200, 200, 200]
    assert stored_plans(database) == 3


def test_hanging_up_stops_the_search_and_stores_nothing(url: str, database: Path, solver: PatientSolver) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url}/v1/plans", json={}, timeout=1)
    assert solver.started.is_set()
    assert solver.stopped.wait(10), "the search went on for nobody"
    solver.release.set()
    assert httpx.post(f"{url}/v1/plans", json={}, timeout=20).status_code == 200
    assert stored_plans(database) == 1


def test_stopping_the_server_gives_the_best_week_so_far(
    settings: Settings, database: Path, solver: PatientSolver
) -> None:
    session = Session("mon", (Entry("face_pull", 3, ("cable_machine",)),))
    solver.best = Solved("feasible", Plan((session,)), Score(12.0, 100.0, 0.88), (), (), STATS)
    response = _stopped_meanwhile(settings, solver)
    assert response.status_code == 200
    plan = PlanResponse.model_validate_json(response.content)
    assert plan.status == "cancelled"
    assert plan.week is not None
    assert [s.slot for s in plan.week.sessions] == ["mon"]
    assert stored_plans(database) == 1


def test_what_was_proven_before_the_server_stopped_stays_proven(settings: Settings, solver: PatientSolver) -> None:
    element = ConflictElement("time.session", at_slot("mon"), "too short")
    solver.best = Infeasible(Conflict((element,), minimal=True), STATS)
    assert _stopped_meanwhile(settings, solver).json()["status"] == "infeasible"


def test_stopping_the_server_before_there_is_a_week_is_said(
    settings: Settings, database: Path, solver: PatientSolver
) -> None:
    response = _stopped_meanwhile(settings, solver)
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "/problems/not-ready"
    assert int(response.headers["retry-after"]) >= 1
    assert stored_plans(database) == 0


def _stopped_meanwhile(settings: Settings, solver: PatientSolver) -> httpx.Response:
    """What a caller gets whose search is running when the server is told to stop."""
    with ThreadPoolExecutor(1) as pool:
        with on_a_socket(settings) as base:
            waiting = pool.submit(httpx.post, f"{base}/v1/plans", json={}, timeout=30)
            assert solver.started.wait(10)
            told = time.monotonic()
        assert time.monotonic() - told < 4, "the server took long to stop"
        assert solver.stopped.is_set()
        return waiting.result(1)


def test_who_waits_for_a_turn_when_the_server_stops_is_told_so(settings: Settings, solver: PatientSolver) -> None:
    with ThreadPoolExecutor(2) as pool:
        with on_a_socket(replace(settings, queue_seconds=30)) as base:
            pool.submit(httpx.post, f"{base}/v1/plans", json={}, timeout=30)
            assert solver.started.wait(10)
            second = pool.submit(httpx.post, f"{base}/v1/plans", json={}, timeout=30)
            time.sleep(0.5)
        assert second.result(1).status_code == 503
        assert second.result(1).json()["type"] == "/problems/not-ready"


def test_who_would_wait_behind_too_many_is_sent_away_at_once(settings: Settings, solver: PatientSolver) -> None:
    with on_a_socket(replace(settings, queue_length=1, queue_seconds=20)) as base, ThreadPoolExecutor(2) as pool:
        first = pool.submit(httpx.post, f"{base}/v1/plans", json={}, timeout=30)
        assert solver.started.wait(10)
        second = pool.submit(httpx.post, f"{base}/v1/plans", json={}, timeout=30)
        time.sleep(0.5)
        asked = time.monotonic()
        third = httpx.post(f"{base}/v1/plans", json={}, timeout=30)
        assert time.monotonic() - asked < 5
        solver.release.set()
        assert [first.result().status_code, second.result().status_code] == [200, 200]
    assert third.status_code == 429
    assert third.json()["type"] == "/problems/busy"
    assert int(third.headers["retry-after"]) >= 1


def test_a_plan_that_fails_its_own_check_is_never_given_out(
    url: str, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Outcome:
        raise InvalidPlanError((Violation("time.session", "mon", "secret detail"),))

    monkeypatch.setattr("service.plans.service.optimise", broken)
    response = httpx.post(f"{url}/v1/plans", json={}, timeout=20)
    assert response.status_code == 500
    assert response.json()["type"] == "/problems/internal-error"
    assert "secret" not in response.text
    assert stored_plans(database) == 0


def test_a_fault_of_ours_is_a_problem_document_too(url: str, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Outcome:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("service.plans.service.optimise", broken)
    response = httpx.post(f"{url}/v1/plans", json={}, timeout=20)
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "secret" not in response.text
    assert stored_plans(database) == 0


def test_a_large_body_is_refused_over_the_wire(url: str, database: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"x": "'
        for _ in range(10):
            yield b"x" * 1_000_000

    response = httpx.post(f"{url}/v1/plans", content=pieces(), headers={"content-type": "application/json"}, timeout=20)
    assert response.status_code == 413
    assert stored_plans(database) == 0


def test_the_server_does_not_say_what_it_is(url: str) -> None:
    assert "server" not in httpx.get(f"{url}/health/live").headers
