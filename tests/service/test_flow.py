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
    SolveStats,
    TimedOut,
    Violation,
)
from solver.domain.subject import at_slot
from solver.rulebook import RULES
from tests.service.running import WAITING, on_a_socket, stored_plans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from service.settings import Settings
    from solver.domain.outcome import Outcome
    from solver.domain.problem import Problem, SolveBudget

QUICK = {"time_limit_seconds": 20, "gap": 0.5, "workers": 1}
"""A search of some seconds that the gap ends, however slow the machine is."""
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
        answer = pool.submit(client.post, "/v1/plans", json={"week": week, "solve": QUICK}, headers=WAITING)
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
    response = httpx.post(
        f"{url}/v1/plans", json={"rules": rules, "solve": {"workers": 1}}, timeout=60, headers=WAITING
    )
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
    plan = httpx.post(f"{url}/v1/plans", json={}, timeout=20, headers=WAITING).json()
    assert plan["status"] == "timed_out"
    assert plan["conflict"] is None
    assert plan["week"] is None
    assert stored_plans(database) == 1


def test_without_a_wish_to_wait_the_answer_comes_at_once(url: str, solver: PatientSolver) -> None:
    asked = time.monotonic()
    response = httpx.post(f"{url}/v1/plans", json={}, timeout=20)
    assert time.monotonic() - asked < 2
    assert response.status_code == 202
    plan = PlanResponse.model_validate_json(response.content)
    assert plan.status in ("queued", "running")
    assert (plan.week, plan.score, plan.certificate, plan.solver.seconds) == (None, None, [], 0)
    assert response.headers["location"] == f"/v1/plans/{plan.id}"
    assert int(response.headers["retry-after"]) >= 1
    assert "preference-applied" not in response.headers
    assert solver.started.wait(10)
    running = httpx.get(url + response.headers["location"])
    assert running.status_code == 200
    assert running.json()["status"] == "running"
    solver.release.set()
    ended = httpx.get(url + response.headers["location"], headers=WAITING, timeout=20)
    assert ended.json()["status"] == "timed_out"
    assert ended.headers["preference-applied"] == "wait=90"


def test_a_wait_ends_when_its_time_is_over(url: str, solver: PatientSolver) -> None:
    asked = time.monotonic()
    response = httpx.post(f"{url}/v1/plans", json={}, timeout=20, headers={"Prefer": "respond-async, wait=1"})
    assert 1 <= time.monotonic() - asked < 4
    assert response.status_code == 202
    assert response.headers["preference-applied"] == "wait=1"
    solver.release.set()


def test_who_finds_the_queue_full_is_sent_away(settings: Settings, database: Path, solver: PatientSolver) -> None:
    with on_a_socket(replace(settings, queued_jobs=1)) as base:
        assert httpx.post(f"{base}/v1/plans", json={}).status_code == 202
        assert solver.started.wait(10)
        assert httpx.post(f"{base}/v1/plans", json={}).status_code == 202
        third = httpx.post(f"{base}/v1/plans", json={})
        wrong = httpx.post(f"{base}/v1/plans", json={"week": {"timezone": "Mars"}})
        solver.release.set()
    assert third.status_code == 429
    assert third.json()["type"] == "/problems/busy"
    assert int(third.headers["retry-after"]) >= 1
    assert wrong.status_code == 422, "a faulty request does not wait for a place"
    assert stored_plans(database) == 2


def test_hanging_up_does_not_lose_the_plan(url: str, database: Path, solver: PatientSolver) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{url}/v1/plans", json={}, timeout=1, headers=WAITING)
    assert solver.started.is_set()
    assert not solver.stopped.is_set()
    solver.release.set()
    (plan,) = httpx.get(f"{url}/v1/plans").json()["items"]
    assert httpx.get(f"{url}/v1/plans/{plan['id']}", headers=WAITING).json()["status"] == "timed_out"
    assert stored_plans(database) == 1


def test_a_search_outlives_the_server(settings: Settings, database: Path, solver: PatientSolver) -> None:
    """Stopped while it searches and somebody waits: that one hears where the plan is, and a new server goes on."""
    with ThreadPoolExecutor(1) as pool:
        with on_a_socket(settings) as base:
            waiting = pool.submit(httpx.post, f"{base}/v1/plans", json={}, timeout=30, headers=WAITING)
            assert solver.started.wait(10)
            told = time.monotonic()
        assert time.monotonic() - told < 5, "the server took long to stop"
        assert solver.stopped.is_set()
        response = waiting.result(1)
    assert response.status_code == 202
    solver.release.set()
    with on_a_socket(settings) as base:
        plan = httpx.get(base + response.headers["location"], headers=WAITING, timeout=30).json()
    assert plan["status"] == "timed_out"
    assert stored_plans(database) == 1


def test_what_was_proven_before_the_server_stopped_stays_proven(settings: Settings, solver: PatientSolver) -> None:
    element = ConflictElement("time.session", at_slot("mon"), "too short")
    solver.best = Infeasible(Conflict((element,), minimal=True), STATS)
    with on_a_socket(settings) as base:
        address = httpx.post(f"{base}/v1/plans", json={}).headers["location"]
        assert solver.started.wait(10)
    with on_a_socket(replace(settings, run_jobs=False)) as base:
        assert httpx.get(base + address).json()["status"] == "infeasible"


@pytest.mark.parametrize(
    "error", [InvalidPlanError((Violation("time.session", "mon", "secret"),)), ZeroDivisionError("secret")]
)
def test_a_search_that_breaks_is_a_failed_plan(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    """A plan that fails its own check is never given out; what broke is for the log."""

    def broken(*_: object, **__: object) -> Outcome:
        raise error

    monkeypatch.setattr("service.plans.service.optimise", broken)
    response = httpx.post(f"{url}/v1/plans", json={}, timeout=20, headers=WAITING)
    assert response.status_code == 200
    plan = PlanResponse.model_validate_json(response.content)
    assert plan.status == "failed"
    assert plan.failure
    assert plan.week is None
    assert "secret" not in response.text
    assert "secret" in caplog.text
    assert httpx.get(url + response.headers["location"]).content == response.content


def test_a_fault_of_ours_is_a_problem_document(url: str, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("service.plans.endpoints.ask", broken)
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
