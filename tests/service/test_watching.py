"""Searches over a real socket: watched event by event, cut off and gone on with, stopped with what there is."""

from __future__ import annotations

import json
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from service.jobs import streaming as events
from service.plans.schemas import PlanResponse
from service.settings import Settings
from solver.domain.outcome import Progress, Score, Solved, SolveStats, TimedOut
from solver.domain.plan import Entry, Plan, Session
from tests.service.running import WAITING, on_a_socket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from solver.domain.outcome import Outcome
    from solver.domain.problem import Problem, SolveBudget

STATS = SolveStats("none", 0.1, 0.1, 1, 1, stopped_by_clock=True)
WEEK = Plan((Session("mon", (Entry("face_pull", 3, ("cable_machine",)),)),))
BEST = Solved("feasible", WEEK, Score(12.0, 100.0, 0.88), (), (), STATS)


class TellingSolver:
    """Stands in for the pipeline: tells of its progress whenever it is allowed to, until released or stopped."""

    def __init__(self) -> None:
        self.best: Outcome = BEST
        self.step, self.release = threading.Semaphore(0), threading.Event()
        self.started = threading.Event()

    def __call__(
        self,
        problem: Problem,
        budget: SolveBudget,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> Outcome:
        del problem, budget
        assert on_progress is not None
        assert is_cancelled is not None
        self.started.set()
        score, deadline = 0.0, time.monotonic() + 20
        while not is_cancelled() and not self.release.is_set() and time.monotonic() < deadline:
            if self.step.acquire(timeout=0.02):
                score += 10
                on_progress(Progress(1.0, 2, score, 100.0, 1 - score / 100, None, None))
        return self.best


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = tmp_path_factory.mktemp("watching") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", max_concurrent_solves=1, plans_per_minute=0)
    with on_a_socket(settings) as base:
        yield base


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Iterator[TellingSolver]:
    telling = TellingSolver()
    monkeypatch.setattr("service.plans.service.optimise", telling)
    yield telling
    telling.release.set()


def _asked(url: str) -> str:
    # Each question is its own, or it would be answered from storage.
    response = httpx.post(f"{url}/v1/plans", json={}, headers={"Cache-Control": "no-cache"})
    assert response.status_code == 202
    return url + response.headers["location"]


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The events of a stream, read as the standard says; comments are left out."""
    event: dict[str, Any] = {}
    for line in lines:
        if not line:
            if "event" in event:
                yield {**event, "data": json.loads(event["data"])}
            event = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value


def test_a_search_is_told_from_its_beginning_to_its_end(url: str, solver: TellingSolver) -> None:
    plan = _asked(url)
    with httpx.stream("GET", f"{plan}/events", timeout=20) as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        told = []
        for event in _events(stream.iter_lines()):
            told.append(event)
            if event["event"] == "running":
                solver.step.release()
            if event["event"] == "progress":
                solver.release.set()
    assert [event["event"] for event in told] == ["queued", "running", "progress", "ended"]
    assert [int(event["id"]) for event in told] == [1, 2, 3, 4]
    assert told[2]["data"] == {"seconds": 1.0, "tier": 2, "score": 10.0, "bound": 100.0, "gap": 0.9}
    assert told[3]["data"] == {"state": "done", "status": "feasible", "reason": None}


def test_who_was_cut_off_goes_on_where_it_was(url: str, solver: TellingSolver) -> None:
    plan = _asked(url)
    with httpx.stream("GET", f"{plan}/events", timeout=20) as stream:
        assert next(_events(stream.iter_lines()))["id"] == "1"
    solver.release.set()
    assert httpx.get(plan, headers=WAITING, timeout=20).json()["status"] == "feasible"
    with httpx.stream("GET", f"{plan}/events", headers={"Last-Event-ID": "1"}, timeout=20) as stream:
        rest = [(event["id"], event["event"]) for event in _events(stream.iter_lines())]
    assert rest == [("2", "running"), ("3", "ended")]
    over = httpx.get(f"{plan}/events", headers={"Last-Event-ID": "3"})
    assert (over.status_code, over.content) == (204, b"")


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "9" * 30])
def test_a_number_that_no_event_has_is_refused(url: str, solver: TellingSolver, number: str) -> None:
    response = httpx.get(f"{_asked(url)}/events", headers={"Last-Event-ID": number})
    assert response.status_code == 400
    solver.release.set()


def test_events_are_no_json(url: str, solver: TellingSolver) -> None:
    response = httpx.get(f"{_asked(url)}/events", headers={"Accept": "application/json"})
    assert response.status_code == 406
    solver.release.set()


def test_a_silent_stream_stays_open(url: str, solver: TellingSolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "KEEP_ALIVE_SECONDS", 0.2)
    plan = _asked(url)
    assert solver.started.wait(10)
    with httpx.stream("GET", f"{plan}/events", headers={"Last-Event-ID": "2"}, timeout=20) as stream:
        comments = [line for line, _ in zip(stream.iter_lines(), range(6), strict=False) if line.startswith(":")]
    assert len(comments) >= 2


def test_slow_and_vanished_listeners_hold_nobody_up(url: str, solver: TellingSolver) -> None:
    """Listeners that never read and listeners that are gone: the search ends, and others hear of it."""
    plan = _asked(url)
    host, _, port = url.removeprefix("http://").partition(":")
    request = f"GET {plan.removeprefix(url)}/events HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    silent = [socket.create_connection((host, int(port))) for _ in range(10)]
    for connection in silent:
        connection.sendall(request)
    for connection in silent[:5]:
        connection.close()
    assert solver.started.wait(10)
    for _ in range(50):
        solver.step.release()
    solver.release.set()
    ended = httpx.get(plan, headers=WAITING, timeout=20)
    assert ended.json()["status"] == "feasible"
    with httpx.stream("GET", f"{plan}/events", timeout=20) as stream:
        assert [event["event"] for event in _events(stream.iter_lines())][-1] == "ended"
    for connection in silent[5:]:
        connection.close()


@pytest.mark.parametrize("stop", [("DELETE", ""), ("POST", "/cancel")])
def test_stopping_a_search_keeps_the_best_week_so_far(url: str, solver: TellingSolver, stop: tuple[str, str]) -> None:
    plan, (method, suffix) = _asked(url), stop
    assert solver.started.wait(10)
    response = httpx.request(method, plan + suffix, headers=WAITING, timeout=20)
    assert response.status_code == 200
    answer = PlanResponse.model_validate_json(response.content)
    assert answer.status == "cancelled"
    assert answer.week is not None
    assert [session.slot for session in answer.week.sessions] == ["mon"]
    assert httpx.get(plan).content == response.content
    again = httpx.request(method, plan + suffix)
    assert (again.status_code, again.content) == (200, response.content), "what has ended stays as it is"


def test_stopping_a_search_that_waits_for_its_turn(url: str, solver: TellingSolver) -> None:
    first = _asked(url)
    assert solver.started.wait(10)
    second = _asked(url)
    response = httpx.delete(second)
    assert response.status_code == 200
    assert response.json()["status"] == "cancelled"
    assert response.json()["week"] is None
    assert httpx.get(first).json()["status"] == "running"


def test_a_storm_of_stops_ends_in_one_answer(url: str, solver: TellingSolver) -> None:
    solver.best = TimedOut(STATS)
    plan = _asked(url)
    found = [httpx.delete(plan, timeout=20).status_code for _ in range(30)]
    assert set(found) <= {200, 202}
    assert httpx.get(plan, headers=WAITING, timeout=20).json()["status"] == "cancelled"
    with httpx.stream("GET", f"{plan}/events", timeout=20) as stream:
        kinds = [event["event"] for event in _events(stream.iter_lines())]
    assert kinds.count("ended") == 1


def test_lists_go_through_all_plans_once(url: str, solver: TellingSolver) -> None:
    solver.release.set()
    made = [_asked(url) for _ in range(3)]
    for plan in made:
        assert httpx.get(plan, headers=WAITING, timeout=20).json()["status"] == "feasible"
    found, cursor = [], ""
    while True:
        page = httpx.get(
            f"{url}/v1/plans", params={"limit": 2, "status": "feasible", **({"cursor": cursor} if cursor else {})}
        ).json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == sorted(set(found), reverse=True)
    assert {plan.rpartition("/")[2] for plan in made} <= set(found)
    wrong = httpx.get(f"{url}/v1/plans", params={"status": "done"})
    assert wrong.status_code == 422
