"""`counterpull serve`: up until told to stop, or a plain reason why not."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.service.cli.commands import COMMAND, PLAIN, ROOT, counterpull
from tests.service.jobs.toys import wait_until

if TYPE_CHECKING:
    from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_it_gets_ready_and_stops_cleanly(tmp_path: Path) -> None:
    port, database = free_port(), tmp_path / "plans.db"
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--database", str(database)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=PLAIN,
    ) as running:
        try:
            assert _ready(f"http://127.0.0.1:{port}/health/ready", seconds=60)
        finally:
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=30)
    assert running.returncode == 0
    assert database.is_file()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_it_during_a_search_tells_the_caller_where_the_plan_will_be(
    tmp_path: Path, number: signal.Signals
) -> None:
    """A real search of a minute, for which somebody waits, stopped after a few seconds; the next start goes on."""
    port, database = free_port(), tmp_path / "plans.db"
    url = f"http://127.0.0.1:{port}"
    with (
        subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port), "--database", str(database)],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=PLAIN,
        ) as running,
        ThreadPoolExecutor(1) as pool,
    ):
        try:
            assert _ready(f"{url}/health/ready", seconds=60)
            wish = {"solve": {"time_limit_seconds": 60}}
            asked = pool.submit(httpx.post, f"{url}/v1/plans", json=wish, headers={"Prefer": "wait=50"}, timeout=60)
            with httpx.Client(base_url=url) as client:
                wait_until(lambda: _statuses(client) == ["running"], 30, every=0.1)
            time.sleep(2)
            assert not asked.done()
        finally:
            running.send_signal(number)
            told = time.monotonic()
            _, log = running.communicate(timeout=30)
    assert time.monotonic() - told < 15
    assert running.returncode == 0, log.decode()
    assert b"Traceback" not in log
    response = asked.result(1)
    assert response.status_code == 202
    assert response.json()["status"] in ("queued", "running")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT id, state FROM jobs").fetchall() == [
            (response.headers["location"].rpartition("/")[2], "queued")
        ]


def _statuses(client: httpx.Client) -> list[str]:
    return [plan["status"] for plan in client.get("/v1/plans").json()["items"]]


def _ready(url: str, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    # One client: to make another takes as long as ten questions.
    with httpx.Client() as client:
        while time.monotonic() < deadline:
            try:
                if client.get(url).status_code == 200:
                    return True
            except httpx.TransportError:
                pass
            time.sleep(0.1)
    return False


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = counterpull("serve", "--port", port, "--database", str(tmp_path / "plans.db"))
    assert done.returncode == 2
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr


def test_a_database_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    done = counterpull("serve", "--port", "0", "--database", str(tmp_path / "missing" / "plans.db"))
    assert done.returncode == 2
    assert "Cannot open the database" in done.stderr


def test_a_setting_that_makes_no_sense_is_said() -> None:
    done = counterpull("serve", COUNTERPULL_LOG_LEVEL="loud")
    assert done.returncode == 2
    assert "COUNTERPULL_LOG_LEVEL" in done.stderr
