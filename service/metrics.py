"""What this process counts, for Prometheus. Every process, API or worker, has its own numbers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
    start_http_server,
    write_to_textfile,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CONTENT_TYPE = CONTENT_TYPE_LATEST
_file: Path | None = None
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_REQUESTS = Counter(
    "counterpull_http_requests_total", "Requests answered.", ("method", "route", "status"), registry=REGISTRY
)
_REQUEST_SECONDS = Histogram(
    "counterpull_http_request_seconds",
    "Seconds from a request to the end of its answer.",
    ("method", "route"),
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
    registry=REGISTRY,
)
_REFUSED = Counter(
    "counterpull_refused_total", "Requests refused with a problem document.", ("problem",), registry=REGISTRY
)
_SOLVES = Counter("counterpull_solves_total", "Searches that ended in this process.", ("status",), registry=REGISTRY)
_SOLVE_SECONDS = Histogram(
    "counterpull_solve_seconds",
    "Seconds of a search.",
    ("status",),
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120),
    registry=REGISTRY,
)
_GAP = Histogram(
    "counterpull_solve_gap",
    "Gap of the score that a search left, as a share of its bound.",
    buckets=(0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
    registry=REGISTRY,
)
_REUSED = Counter("counterpull_answers_reused_total", "Plans answered from storage.", registry=REGISTRY)
_JOBS = Gauge(
    "counterpull_jobs", "Unfinished searches of all processes on this database.", ("state",), registry=REGISTRY
)

_WAIT = Gauge(
    "counterpull_oldest_queued_seconds",
    "Seconds that the first of the waiting searches has waited; it grows when nobody makes plans.",
    registry=REGISTRY,
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request; `route` is the path's pattern, never the path."""
    _REQUESTS.labels(method, route, str(status)).inc()
    _REQUEST_SECONDS.labels(method, route).observe(seconds)


def count_problem(code: str) -> None:
    """Count a problem document."""
    _REFUSED.labels(code).inc()


def count_solve(status: str, seconds: float, gap: float | None) -> None:
    """Count a search that has ended; `gap` is that of the score, None without a plan."""
    _SOLVES.labels(status).inc()
    _SOLVE_SECONDS.labels(status).observe(seconds)
    if gap is not None:
        _GAP.observe(gap)
    if _file is not None:
        write_to_textfile(str(_file), REGISTRY)


def count_reuse() -> None:
    """Count an answer that was there already."""
    _REUSED.inc()


class AddressError(Exception):
    """The numbers cannot be shown where the settings say."""


@contextmanager
def shown_at(address: str | None) -> Iterator[None]:
    """Show the numbers of a process without HTTP of its own at `host:port`. Raises AddressError when that is taken."""
    if address is None:
        yield
        return
    host, _, port = address.rpartition(":")
    try:
        server, thread = start_http_server(int(port), host.strip("[]"), REGISTRY)
    except OSError as error:
        raise AddressError(f"Cannot show the numbers at {address}: {error.strerror}.") from None
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def written_to(file: Path | None) -> Iterator[None]:
    """Write the numbers of this process to a file after every search."""
    global _file
    _file = file
    try:
        yield
    finally:
        _file = None


def tell_queue(jobs: Iterable[tuple[str, int]], longest_wait: float) -> None:
    """Note how many searches are unfinished, by state, and for how many seconds the first that waits has waited."""
    for state, count in jobs:
        _JOBS.labels(state).set(count)
    _WAIT.set(longest_wait)


def exposition(worker: Path | None = None) -> str:
    """All numbers in the text format of Prometheus.

    What there is to tell of searches comes from the file of a `worker`, when this process has one beside it.
    """
    own = generate_latest(REGISTRY).decode()
    if worker is None or not worker.exists():
        return own
    lines = [line for line in own.splitlines() if not _of_searches(line)]
    lines += [line for line in worker.read_text("utf-8").splitlines() if _of_searches(line)]
    return "\n".join(lines) + "\n"


def _of_searches(line: str) -> bool:
    return line.removeprefix("# HELP ").removeprefix("# TYPE ").startswith("counterpull_solve")
