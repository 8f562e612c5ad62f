"""Many plans in one request: refused line by line, fed as room comes, told in order, and never lost."""

from __future__ import annotations

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, select

from service.app import create_app
from service.batches.feeder import BatchFeeder
from service.batches.limits import MAX_BYTES, MAX_LINES
from service.batches.models import BatchLineRow, BatchRow
from service.batches.repository import BatchRepository
from service.db.models import PlanRow
from service.db.session import engine_of
from service.jobs.chores import submitting
from service.jobs.messages import Messages
from service.kept.room import Ahead
from service.settings import Settings
from service.tenants.keys import Scope
from tests.service.cli.commands import COMMAND, PLAIN, ROOT
from tests.service.running import in_process
from tests.service.tenants.asking import key_of, sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from tests.service.running import Service

NDJSON = {"Content-Type": "application/x-ndjson"}
QUICK: dict[str, Any] = {
    "places": [{"id": "home", "equipment": "bands_only"}],
    "week": {"slots": [{"id": "mon", "day": "monday", "minutes": 30}, {"id": "thu", "day": "thursday", "minutes": 30}]},
    "solve": {"time_limit_seconds": 5, "gap": 0.5},
}
IMPOSSIBLE: dict[str, Any] = {
    **QUICK,
    "week": {**QUICK["week"], "sessions": {"min": 3}},
}


def lines_of(*lines: object) -> bytes:
    return b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)


def sent(service: Service, body: bytes, **headers: str) -> httpx.Response:
    return service.post("/v1/batches", content=body, headers={**NDJSON, **headers})


def results(service: Service, batch_id: str, after: int = 0, **headers: str) -> list[dict[str, Any]]:
    answer = service.get(f"/v1/batches/{batch_id}/results?after={after}", headers=headers)
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def fed(service: Service, *, seats: int = 1, tenant_jobs: int = 0, queued_jobs: int = 0) -> bool:
    """One round of a worker with so many seats."""
    parts = service.app.state.parts
    ahead = Ahead(parts.sessions, seats=seats, tenant_jobs=tenant_jobs, queued_jobs=queued_jobs)
    feeder = BatchFeeder(parts.catalog, parts.sessions, ahead)
    messages = Messages(engine_of(parts.sessions))
    try:
        return feeder.see_to(submitting(messages))
    finally:
        messages.close()


def counts(service: Service, batch_id: str) -> dict[str, int]:
    told: dict[str, int] = service.get(f"/v1/batches/{batch_id}").json()["counts"]
    return {status: count for status, count in told.items() if count}


def finish(service: Service, *, repeatable: bool = True) -> int:
    """Say that every plan that waits was found; how many there were."""
    parts = service.app.state.parts
    with parts.sessions() as session:
        waiting = list(session.scalars(select(PlanRow.id).where(PlanRow.status == "queued")))
    for plan in waiting:
        parts.jobs.cancel(plan, "local")
        with parts.sessions.begin() as session:
            row = session.get(PlanRow, plan)
            assert row is not None
            row.status, row.repeatable = "optimal", repeatable
    return len(waiting)


def test_a_batch_is_solved_and_told_in_order(settings: Settings, database: Any) -> None:
    """With a real worker: what is asked twice is searched for once, and faults are told with their lines."""
    wrong = {"ref": "wrong", "athlete": {"priorities": {"glutes": 9}}, "weeks": 3}
    body = lines_of({"ref": "anna", **QUICK}, b"", b"{not json", wrong, QUICK, {"ref": "b", **IMPOSSIBLE})
    with in_process(create_app(settings), database) as service:
        asked = sent(service, body)
        assert (asked.status_code, asked.headers["location"]) == (202, f"/v1/batches/{asked.json()['id']}")
        batch = asked.json()
        assert (batch["lines"], batch["finished"], batch["counts"]["refused"]) == (5, 2, 2)
        for _ in range(400):
            told = service.get(f"/v1/batches/{batch['id']}").json()
            if told["status"] != "running":
                break
            time.sleep(0.05)
        assert (told["status"], told["finished"]) == ("done", 5)
        found = results(service, batch["id"])
        assert [(line["line"], line["ref"]) for line in found] == [
            (1, "anna"),
            (3, None),
            (4, "wrong"),
            (5, None),
            (6, "b"),
        ]
        first, broken, faulty, again, impossible = found
        assert first["status"] in ("optimal", "feasible")
        assert first["plan"] == again["plan"] == first["answer"]["id"]
        assert first["answer"] == service.get(f"/v1/plans/{first['plan']}").json()
        assert first["answer"]["origin"] == {"kind": "batch", "plan": None, "question": batch["id"]}
        assert impossible["status"] == impossible["answer"]["status"] == "infeasible"
        assert broken["problem"]["type"] == "/problems/malformed-json"
        assert {error["pointer"] for error in faulty["problem"]["errors"]} == {"/weeks"}
        assert service.stored() == 2
        assert results(service, batch["id"], after=4) == found[3:]
        assert "link" not in service.get(f"/v1/batches/{batch['id']}/results").headers


def test_every_fault_of_a_line_is_told_with_its_pointer(service: Service) -> None:
    batch = sent(service, lines_of({"ref": "a b", "athlete": {"priorities": {"glutes": 9}}})).json()
    assert (batch["status"], batch["counts"]["refused"]) == ("done", 1)
    (line,) = results(service, batch["id"])
    assert (line["status"], line["plan"], line["answer"]) == ("refused", None, None)
    assert {error["pointer"] for error in line["problem"]["errors"]} == {"/ref", "/athlete/priorities/glutes"}


def test_lines_get_their_plans_as_room_comes(service: Service) -> None:
    lines = [{**QUICK, "solve": {**QUICK["solve"], "seed": seed}} for seed in range(1, 6)]
    batch = sent(service, lines_of(*lines)).json()["id"]
    assert counts(service, batch) == {"waiting": 5}
    assert fed(service)
    assert counts(service, batch) == {"queued": 2, "waiting": 3}
    assert not fed(service), "two wait already for the one seat"
    assert not fed(service, seats=9, tenant_jobs=2)
    assert not fed(service, seats=9, queued_jobs=2)
    head = service.get(f"/v1/batches/{batch}/results")
    assert (head.text, head.headers["link"]) == ("", f'</v1/batches/{batch}/results?after=0>; rel="next"')
    assert finish(service) == 2
    assert [line["line"] for line in results(service, batch)] == [1, 2]
    while fed(service, seats=9):
        pass
    assert counts(service, batch) == {"queued": 3, "optimal": 2}
    assert finish(service) == 3
    assert service.get(f"/v1/batches/{batch}").json()["status"] == "done"


def test_what_is_known_takes_no_room(service: Service) -> None:
    """Equal lines share a plan; an equal question from before is answered from storage, also in a full queue."""
    first = sent(service, lines_of(QUICK, QUICK, QUICK)).json()["id"]
    assert fed(service)
    assert counts(service, first) == {"queued": 3}
    assert finish(service) == 1
    second = sent(service, lines_of({"ref": "again", **QUICK})).json()["id"]
    assert fed(service)
    assert {line["plan"] for line in (*results(service, first), *results(service, second))} == {
        results(service, first)[0]["plan"]
    }
    assert service.stored() == 1


def test_workers_that_feed_at_once_give_each_line_one_plan(database_url: str, tmp_path: Path) -> None:
    lines = [{**QUICK, "solve": {**QUICK["solve"], "seed": seed}} for seed in range(1, 9)]
    settings = Settings(database_url=database_url, run_jobs=False, requests_per_minute=0)
    with in_process(create_app(settings), tmp_path) as service:
        batch = sent(service, lines_of(*lines)).json()["id"]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: fed(service, seats=9), range(4)))
        assert counts(service, batch) == {"queued": 8}
        assert service.stored() == 8, "a plan was made that belongs to no line"
        assert service.post(f"/v1/batches/{batch}/cancel").json()["status"] == "cancelled"


@contextmanager
def worker(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, which is killed in the end."""
    command = [*COMMAND, "worker", "--database", url, "--workers", "1", "--name", "one"]
    with subprocess.Popen(command, env=PLAIN, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_batch_outlives_the_worker_that_is_killed_over_it(service: Service, settings: Settings) -> None:
    lines = [{**QUICK, "solve": {**QUICK["solve"], "seed": seed}} for seed in range(1, 4)]
    batch = sent(service, lines_of(*lines)).json()["id"]

    def wait_until(finished: int) -> None:
        deadline = time.monotonic() + 90
        while service.get(f"/v1/batches/{batch}").json()["finished"] < finished:
            assert time.monotonic() < deadline, counts(service, batch)
            time.sleep(0.02)

    with worker(settings.database_url):
        wait_until(1)
    assert service.get(f"/v1/batches/{batch}").json()["status"] == "running"
    with worker(settings.database_url):
        wait_until(3)
    found = results(service, batch)
    assert [line["line"] for line in found] == [1, 2, 3]
    assert all(line["status"] in ("optimal", "feasible") for line in found)
    assert service.stored() == len({line["plan"] for line in found}) == 3


def test_a_batch_that_is_stopped_begins_nothing_more(service: Service) -> None:
    lines = [{**QUICK, "solve": {**QUICK["solve"], "seed": seed}} for seed in range(1, 5)]
    batch = sent(service, lines_of(*lines, b"{")).json()["id"]
    fed(service)
    stopped = service.post(f"/v1/batches/{batch}/cancel")
    assert (stopped.status_code, stopped.json()["status"]) == (200, "cancelled")
    assert counts(service, batch) == {"cancelled": 4, "refused": 1}
    assert not fed(service)
    assert service.request("DELETE", f"/v1/batches/{batch}").json() == stopped.json()
    assert [line["status"] for line in results(service, batch)] == ["cancelled"] * 4 + ["refused"]
    assert results(service, batch)[3]["plan"] is None


def test_a_line_that_cannot_be_asked_any_more_holds_nothing_up(service: Service) -> None:
    batch = sent(service, lines_of(QUICK, {**QUICK, "supersets": True})).json()["id"]
    with sessions_of(service).begin() as session:
        row = session.get(BatchLineRow, (batch, 1))
        assert row is not None
        row.request_json = '{"athlete": {"favourites": ["forgotten_lift"]}}'
    fed(service)
    assert counts(service, batch) == {"refused": 1, "queued": 1}
    assert results(service, batch)[0]["problem"]["errors"][0]["pointer"] == "/athlete/favourites/0"


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        (b"\n \n", 422, "invalid-request"),
        (b"{}\n" * (MAX_LINES + 1), 422, "invalid-request"),
        (b" " * (MAX_BYTES + 1), 413, "too-large"),
    ],
)
def test_a_batch_has_its_limits(service: Service, body: bytes, status: int, problem: str) -> None:
    refused = sent(service, body)
    assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{problem}")
    assert service.get("/v1/batches").json()["items"] == []


def test_other_media_types_are_refused(service: Service) -> None:
    refused = service.post("/v1/batches", json=QUICK)
    assert (refused.status_code, refused.headers["accept-post"]) == (415, "application/x-ndjson")


def test_a_batch_sent_twice_is_made_once(service: Service) -> None:
    body, key = lines_of(QUICK), {"Idempotency-Key": "monday"}
    first, again, other = sent(service, body, **key), sent(service, body, **key), sent(service, body + body, **key)
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert other.status_code == 422
    assert [item["id"] for item in service.get("/v1/batches").json()["items"]] == [first.json()["id"]]


def test_batches_of_another_tenant_are_not_there(service: Service) -> None:
    owner, other = (key_of(sessions_of(service), tenant, Scope.ADMIN) for tenant in ("gym-a", "gym-b"))
    batch = sent(service, lines_of(QUICK), **owner).json()["id"]
    for method, path in (("GET", ""), ("GET", "/results"), ("POST", "/cancel"), ("DELETE", "")):
        said = [
            service.request(method, f"/v1/batches/{id_}{path}", headers=other)
            for id_ in (batch, "01a203e4-0000-7000-8000-000000000000")
        ]
        assert [answer.status_code for answer in said] == [404, 404], path
        assert said[0].json()["detail"] == said[1].json()["detail"], "it tells that there is one"
    assert service.get("/v1/batches", headers=other).json()["items"] == []
    assert service.get(f"/v1/batches/{batch}", headers=owner).json()["counts"]["waiting"] == 1
    fed(service)
    (plan,) = service.get("/v1/plans", headers=owner).json()["items"]
    assert service.get(f"/v1/plans/{plan['id']}", headers=other).status_code == 404


def test_a_batch_is_forgotten_with_its_last_plan(service: Service) -> None:
    batch = sent(service, lines_of(QUICK, {**QUICK, "supersets": True})).json()["id"]
    soon = datetime.now(UTC) + timedelta(days=1)

    def tidied() -> list[str]:
        with sessions_of(service).begin() as session:
            BatchRepository(session).forget(soon)
            return list(session.scalars(select(BatchRow.id)))

    while fed(service):
        finish(service)
    plans = [line["plan"] for line in results(service, batch)]
    with sessions_of(service).begin() as session:
        session.execute(delete(PlanRow).where(PlanRow.id == plans[0]))
    assert tidied() == [batch]
    assert counts(service, batch) == {"deleted": 1, "optimal": 1}
    with sessions_of(service).begin() as session:
        session.execute(delete(PlanRow))
    assert tidied() == []
    with sessions_of(service)() as session:
        assert session.scalars(select(BatchLineRow.line)).all() == []
