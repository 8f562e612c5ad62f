"""What compose.yaml starts, without containers: PostgreSQL, a process for HTTP, two workers; and each of them lost."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml

from service.plans.schemas import PlanResponse
from tests.service.cli.commands import COMMAND, PLAIN, ROOT, TWO_SESSIONS_WITH_BANDS, counterpull
from tests.service.jobs.toys import wait_until
from tests.service.running import WAITING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import Cluster

Process = subprocess.Popen[bytes]


class Fleet:
    """The processes of one installation, started as compose.yaml says."""

    def __init__(self, url: str, stack: ExitStack, folder: Path) -> None:
        self._stack, self._folder = stack, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = {
            **PLAIN,
            "COUNTERPULL_DATABASE_URL": url,
            "COUNTERPULL_MAX_CONCURRENT_SOLVES": "1",
            "COUNTERPULL_HEARTBEAT_SECONDS": "0.5",
            "COUNTERPULL_STALE_SECONDS": "3",
        }
        made = counterpull("keys", "create", **self.environment)
        assert made.returncode == 0, made.stderr
        self.client = stack.enter_context(
            httpx.Client(
                base_url=f"http://127.0.0.1:{self.port}",
                headers={"Authorization": f"Bearer {made.stdout.strip()}"},
                timeout=60,
            )
        )

    def start(self, *command: str, **environment: str) -> Process:
        """Start one process; its log goes to a file."""
        log = self._stack.enter_context((self._folder / f"{len(list(self._folder.iterdir()))}.log").open("wb"))
        started = subprocess.Popen(
            [*COMMAND, *command], cwd=ROOT, env={**self.environment, **environment}, stderr=log, stdout=log
        )
        self._stack.callback(started.wait)
        self._stack.callback(started.kill)
        return started

    def api(self) -> Process:
        started = self.start("serve", "--no-jobs", "--port", str(self.port))
        wait_until(lambda: self.status("/health/ready") == 200, 30)
        return started

    def worker(self, name: str) -> Process:
        return self.start("worker", COUNTERPULL_WORKER_ID=name)

    def status(self, path: str) -> int:
        try:
            return self.client.get(path).status_code
        except httpx.TransportError:
            return 0

    def ask(self, seed: int, seconds: int) -> str:
        """Ask for a week that no other seed has asked for; returns its address."""
        body = {**TWO_SESSIONS_WITH_BANDS, "solve": {"time_limit_seconds": seconds, "workers": 1, "seed": seed}}
        response = self.client.post("/v1/plans", json=body)
        assert response.status_code == 202, response.text
        return str(response.headers["location"])

    def finished(self, location: str) -> PlanResponse:
        for _ in range(3):
            plan = PlanResponse.model_validate_json(self.client.get(location, headers=WAITING, timeout=100).content)
            if plan.status not in ("queued", "running"):
                return plan
        raise AssertionError(f"{location} is {plan.status}")

    def logged(self, message: str) -> list[dict[str, Any]]:
        lines = [line for log in self._folder.iterdir() for line in log.read_text("utf-8").splitlines()]
        return [found for line in lines if line.startswith("{") and (found := json.loads(line))["message"] == message]


@contextmanager
def _fleet(url: str, folder: Path) -> Iterator[Fleet]:
    with ExitStack() as stack:
        yield Fleet(url, stack, folder)


@pytest.fixture
def fleet(postgres_url: str, tmp_path: Path) -> Iterator[Fleet]:
    with _fleet(postgres_url, tmp_path) as made:
        yield made


def test_two_workers_do_what_is_asked_over_http_and_survive_each_other(fleet: Fleet) -> None:
    api = fleet.api()
    workers = {name: fleet.worker(name) for name in ("worker-1", "worker-2")}
    assert fleet.client.get("/v1/meta", headers={"Authorization": ""}).status_code == 401
    plans = [fleet.finished(location) for location in [fleet.ask(seed, 1) for seed in range(4)]]
    assert {plan.status for plan in plans} <= {"optimal", "feasible"}
    assert all(line.holds for plan in plans for line in plan.certificate)

    # One search on each worker, then one worker and the HTTP process are killed.
    long = [fleet.ask(seed, 8) for seed in (10, 11)]
    wait_until(lambda: all(fleet.client.get(x).json()["status"] == "running" for x in long), 30)
    workers["worker-1"].send_signal(signal.SIGKILL)
    api.send_signal(signal.SIGKILL)
    api.wait()
    fleet.api()
    ended = [fleet.finished(location) for location in long]
    assert {plan.status for plan in ended} <= {"optimal", "feasible"}
    assert sorted(line["job"] for line in fleet.logged("a job ended")) == sorted(p.id for p in plans + ended)


def test_while_the_database_is_away_it_is_said_and_afterwards_all_is_as_before(
    cluster: Cluster, postgres_url: str, tmp_path: Path
) -> None:
    with _fleet(postgres_url, tmp_path) as fleet:
        fleet.api()
        location = fleet.ask(1, 1)
        cluster.stop()
        try:
            assert fleet.status("/health/ready") == 503
            assert fleet.status("/health/live") == 200
            refused = fleet.client.get(location)
            asked = fleet.client.post("/v1/plans", json={})
        finally:
            cluster.start()
        for response in (refused, asked):
            assert response.status_code == 503
            assert response.json()["type"] == "/problems/not-ready"
            assert int(response.headers["retry-after"]) >= 1
        wait_until(lambda: fleet.status("/health/ready") == 200, 20)
        assert fleet.client.get(location).json()["status"] == "queued"
        assert len(fleet.client.get("/v1/plans").json()["items"]) == 1, "nothing half-written"
        fleet.worker("worker-1")
        assert fleet.finished(location).status in ("optimal", "feasible")


def test_compose_starts_the_same() -> None:
    """The commands of compose.yaml are those that are tested here."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    commands = {name: part.get("command") for name, part in services.items()}
    assert commands == {
        "database": None,
        "tables": ["db", "upgrade"],
        "api": ["serve", "--host", "0.0.0.0", "--port", "8000", "--no-jobs"],
        "worker-1": ["worker"],
        "worker-2": ["worker"],
    }
    names = [services[name]["environment"]["COUNTERPULL_WORKER_ID"] for name in ("worker-1", "worker-2")]
    assert len(set(names)) == 2
    assert all(
        "DATABASE_PASSWORD:?" in services[n]["environment"]["COUNTERPULL_DATABASE_URL"]
        for n in commands
        if n != "database"
    )
    assert services["api"]["ports"] == ["127.0.0.1:8000:8000"]
