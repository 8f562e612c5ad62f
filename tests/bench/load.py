"""How the service carries load, as ratios of one run: `python -m tests.bench.load`, about a minute.

Reads beside two searches against reads without; what the service adds to a search; the time of a question that has its
answer; searches done by two workers against one. A busy machine makes all of them worse, so no test holds them.
"""

from __future__ import annotations

import json
import math
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from service.db import schema
from tests.postgres import running_server
from tests.service.cli.commands import COMMAND, PLAIN, ROOT, TWO_SESSIONS_WITH_BANDS
from tests.service.running import WAITING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

READS = 400
QUESTIONS = 12
ANEW = {"Cache-Control": "no-cache"}
CONFLICT = {"rules": {"volume.weekly_min": {"calves": 12}, "volume.weekly_max": {"calves": 6}}}


def _question(seed: int, seconds: int) -> dict[str, Any]:
    return {**TWO_SESSIONS_WITH_BANDS, "solve": {"time_limit_seconds": seconds, "workers": 1, "seed": seed}}


@contextmanager
def _started(*command: str, **environment: str) -> Iterator[None]:
    process = subprocess.Popen([*COMMAND, *command], cwd=ROOT, env={**PLAIN, **environment}, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def _service(*options: str, **environment: str) -> Iterator[httpx.Client]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    limits = {f"COUNTERPULL_{name}_PER_MINUTE": "0" for name in ("REQUESTS", "PLANS")}
    with (
        _started("serve", "--port", str(port), *options, **limits, **environment),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client,
    ):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if client.get("/health/ready").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield client


def _milliseconds(ask: Callable[[], httpx.Response], times: int) -> list[float]:
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        assert ask().status_code == 200
        found.append((time.perf_counter() - begun) * 1000)
    return sorted(found)


def _p(share: float, values: list[float]) -> float:
    return values[max(0, math.ceil(share * len(values)) - 1)]


def one_machine(folder: Path) -> dict[str, float]:
    """The default installation: one SQLite file, a worker beside the HTTP process."""
    with _service("--database", str(folder / "plans.db"), "--workers", "2") as client:
        added = []
        for seed in range(8):
            begun = time.perf_counter()
            body = {**CONFLICT, "solve": {"workers": 1, "seed": seed, "time_limit_seconds": 3}}
            plan = client.post("/v1/plans", json=body, headers=WAITING)
            added.append((time.perf_counter() - begun - plan.json()["solver"]["seconds"]) * 1000)
        location = plan.headers["location"]
        same = _milliseconds(lambda: client.post("/v1/plans", json=body), 100)
        idle = _milliseconds(lambda: client.get(location), READS)
        running = [client.post("/v1/plans", json=_question(s, 30)).headers["location"] for s in (1, 2)]
        while any(client.get(x).json()["status"] == "queued" for x in running):
            time.sleep(0.1)
        time.sleep(1)
        busy = _milliseconds(lambda: client.get(location), READS)
        for one in running:
            client.delete(one)
    return {
        "read p99 idle ms": _p(0.99, idle),
        "read p99 with two searches ms": _p(0.99, busy),
        "read p99 ratio (at most 3)": _p(0.99, busy) / _p(0.99, idle),
        "added to a search, median ms (at most 50)": _p(0.5, sorted(added)),
        "same question, median ms (at most 10)": _p(0.5, same),
        "same question, p99 ms": _p(0.99, same),
    }


def _seconds_for_all(client: httpx.Client, first: int) -> float:
    begun = time.perf_counter()
    asked = [client.post("/v1/plans", json=_question(first + i, 1), headers=ANEW) for i in range(QUESTIONS)]
    for one in asked:
        while client.get(one.headers["location"], headers=WAITING).json()["status"] in ("queued", "running"):
            pass
    return time.perf_counter() - begun


def many_processes(url: str) -> dict[str, float]:
    """PostgreSQL, and one or two workers with a seat each."""
    database = {"COUNTERPULL_DATABASE_URL": url, "COUNTERPULL_MAX_CONCURRENT_SOLVES": "1"}
    with _service("--no-jobs", **database) as client, ExitStack() as workers:
        found = []
        for count in (1, 2):
            workers.enter_context(_started("worker", COUNTERPULL_WORKER_ID=f"load-{count}", **database))
            # The first search of a worker waits for the solver library to load.
            _seconds_for_all(client, 1000 * count)
            found.append(_seconds_for_all(client, 2000 * count))
    return {
        "searches a second, one worker": QUESTIONS / found[0],
        "searches a second, two workers": QUESTIONS / found[1],
        "two workers against one (near 2)": found[0] / found[1],
    }


def main() -> None:
    """Measure and print as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        found = one_machine(Path(folder))
    for server in running_server():
        if server is None:
            print("no PostgreSQL: the workers are not measured", file=sys.stderr)
            continue
        name = server.create()
        schema.upgrade(server.url(name))
        found.update(many_processes(server.url(name)))
        server.drop(name)
    print(json.dumps({name: round(value, 2) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    main()
