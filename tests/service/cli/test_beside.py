"""`counterpull serve` has its searches made beside it: neither takes the other down, and none outlives the service."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.service.cli.commands import COMMAND, PLAIN, ROOT
from tests.service.jobs.toys import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = {"solve": {"time_limit_seconds": 60, "workers": 1}}
"""Three sessions in a full gym: a week that no search proves in that time."""


@contextmanager
def served(database: Path) -> Iterator[tuple[subprocess.Popen[bytes], httpx.Client]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*COMMAND, "serve", "--port", str(port), "--database", str(database), "--workers", "1"]
    # Into a file: a pipe that nobody reads stops who writes into it once it is full.
    with (
        database.with_suffix(".log").open("ab") as log,
        subprocess.Popen(command, cwd=ROOT, env=PLAIN, stderr=log) as process,
    ):
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
                wait_until(lambda: _answers(client), 30)
                yield process, client
        finally:
            process.kill()
            process.wait()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def _searching(client: httpx.Client, location: str) -> bool:
    return bool(client.get(location).json()["status"] == "running")


def _children(process: subprocess.Popen[bytes]) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()] or [
        int(pid)
        for task in Path(f"/proc/{process.pid}/task").iterdir()
        for pid in (task / "children").read_text().split()
    ]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_search_survives_its_worker_and_the_service(tmp_path: Path) -> None:
    database = tmp_path / "plans.db"
    with served(database) as (service, client):
        location = client.post("/v1/plans", json=LONG).headers["location"]
        wait_until(lambda: _searching(client, location), 30)
        (worker,) = _children(service)
        os.kill(worker, signal.SIGKILL)
        assert client.get("/health/live").status_code == 200
        wait_until(lambda: _attempt(client, location) == 2, 30)
        (second,) = _children(service)
        assert second != worker
        service.send_signal(signal.SIGKILL)
        service.wait()
        wait_until(lambda: not _lives(second), 20)
    with served(database) as (service, client):
        wait_until(lambda: _attempt(client, location) == 3, 30)
        wait_until(lambda: "progress" in _events(client, location), 30)
        client.post(f"{location}/cancel")
        wait_until(lambda: client.get(location).json()["status"] == "cancelled", 20)
        assert client.get(location).json()["week"] is not None
        assert _events(client, location).count("event: ended") == 1
        (third,) = _children(service)
        service.send_signal(signal.SIGTERM)
        told = time.monotonic()
        code = service.wait(timeout=20)
        log = database.with_suffix(".log").read_text()
        assert code == 0, log
        assert time.monotonic() - told < 15
        assert not _lives(third)
        assert "Traceback" not in log


def _events(client: httpx.Client, location: str) -> str:
    """What has arrived of the story of a search after a second."""
    told = ""
    try:
        with client.stream("GET", f"{location}/events", timeout=1) as response:
            for part in response.iter_text():
                told += part
    except httpx.ReadTimeout:
        pass
    return told


def _attempt(client: httpx.Client, location: str) -> int:
    return _events(client, location).count("event: running")
