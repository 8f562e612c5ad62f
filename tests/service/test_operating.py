"""What an operator sees: numbers, log lines that belong together, traces where they were asked for, and plain 503s."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from service import metrics
from service.app import create_app
from service.logs import JsonLines
from service.tracing import ENDPOINTS
from tests.service.cli.commands import PLAIN, ROOT
from tests.service.running import WAITING, in_process, on_a_socket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.settings import Settings
    from tests.service.running import Service

IMPOSSIBLE = {
    "rules": {"volume.weekly_min": {"calves": 12}, "volume.weekly_max": {"calves": 6}},
    "solve": {"time_limit_seconds": 1, "workers": 1},
}


def _numbers(service: Service) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample of /metrics by name and labels."""
    text = service.get("/metrics").text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_numbers_tell_of_requests_searches_and_the_queue(settings: Settings, database: Path) -> None:
    asked = ("counterpull_http_requests_total", (("method", "POST"), ("route", "/v1/plans"), ("status", "202")))
    lost = ("counterpull_refused_total", (("problem", "not-found"),))
    with in_process(create_app(replace(settings, run_jobs=False)), database) as service:
        before = _numbers(service)
        service.post("/v1/plans", json={})
        service.get("/v1/plans/none")
        service.get("/nowhere/at/all")
        after = _numbers(service)
    assert after[asked] - before.get(asked, 0) == 1
    assert after[lost] - before.get(lost, 0) == 2
    assert after["counterpull_jobs", (("state", "queued"),)] == 1
    assert after["counterpull_jobs", (("state", "running"),)] == 0
    assert 0 < after["counterpull_oldest_queued_seconds", ()] < 60
    assert before["counterpull_oldest_queued_seconds", ()] == 0
    routes = {dict(labels)["route"] for name, labels in after if name.startswith("counterpull_http")}
    assert not [route for route in routes if "none" in route or "nowhere" in route], "a path of a caller is kept"


def test_the_numbers_tell_how_searches_ended(solving: Service) -> None:
    reused = ("counterpull_answers_reused_total", ())
    before = _numbers(solving)
    first = solving.post("/v1/plans", json=IMPOSSIBLE, headers=WAITING)
    # Which of the two is a question of how busy the machine is.
    status = first.json()["status"]
    assert status in ("infeasible", "timed_out")
    ended = ("counterpull_solves_total", (("status", status),))
    seconds = ("counterpull_solve_seconds_count", (("status", status),))
    after = _numbers(solving)
    assert after[ended] - before.get(ended, 0) == 1
    assert after[seconds] - before.get(seconds, 0) == 1
    again = solving.post("/v1/plans", json=IMPOSSIBLE)
    if again.status_code == 200:
        assert _numbers(solving)[reused] - before[reused] == 1


def test_the_numbers_of_a_worker_beside_the_service_are_shown(
    settings: Settings, database: Path, tmp_path: Path
) -> None:
    """Searches are counted where they are made, and shown once; everything else is the service's own."""
    file, ended = tmp_path / "worker.prom", ("counterpull_solves_total", (("status", "optimal"),))
    with metrics.written_to(file):
        metrics.count_solve("optimal", 1.5, 0.0)
    made = dict(re.findall(r"^(counterpull_solves_total\S*optimal\S*) (\S+)$", file.read_text(), flags=re.MULTILINE))
    metrics.count_solve("optimal", 1.5, 0.0)
    beside = replace(settings, run_jobs=False, metrics_file=file)
    with in_process(create_app(beside), database) as service:
        numbers = _numbers(service)
        text = service.get("/metrics").text
    assert [numbers[ended]] == [float(value) for value in made.values()]
    assert text.count("# TYPE counterpull_solve_seconds histogram") == 1
    assert text.count("# TYPE counterpull_http_requests_total counter") == 1


def test_all_lines_of_a_request_carry_its_id(
    service: Service, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[dict[str, Any]] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(JsonLines().format(record)))

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("service.plans.endpoints.ask", broken)
    collector = Collect()
    logging.getLogger("service").addHandler(collector)
    try:
        with caplog.at_level(logging.INFO):
            service.post("/v1/plans", json={}, headers={"X-Request-Id": "mine-1"})
    finally:
        logging.getLogger("service").removeHandler(collector)
    mine = [line["message"] for line in lines if line.get("request_id") == "mine-1"]
    assert mine == ["unhandled error", "request"]


def test_a_service_that_goes_down_is_not_ready(service: Service) -> None:
    assert service.get("/health/ready").status_code == 200
    service.portal.call(service.app.state.parts.closing.begin)
    assert service.get("/health/ready").status_code == 503
    assert service.get("/health/live").status_code == 200


class Collector:
    """Receives spans over OTLP/HTTP on a loopback port."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    import gzip

                    body = gzip.decompress(body)
                sent = ExportTraceServiceRequest.FromString(body)
                collector.spans += [s for r in sent.resource_spans for scope in r.scope_spans for s in scope.spans]
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                del format, args

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def collector() -> Iterator[Collector]:
    found = Collector()
    yield found
    found.server.shutdown()
    found.server.server_close()


SERVE = """
import sys, threading, time, httpx
from service.settings import Settings
from service.tracing import configure_tracing
from tests.service.running import on_a_socket
send = configure_tracing()
with on_a_socket(Settings(database_url=sys.argv[1], run_jobs=False)) as url:
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    httpx.get(f"{url}/v1/plans/none", headers={"traceparent": trace, "x-request-id": "mine"})
    httpx.get(f"{url}/calendars/a-secret.ics")
send()
"""


def test_traces_go_where_they_are_asked_for(collector: Collector, database: Path) -> None:
    """In a process of its own: the tracer is one for the whole process."""
    endpoint = f"http://127.0.0.1:{collector.server.server_address[1]}"
    environment = {**PLAIN, "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}
    subprocess.run(
        [sys.executable, "-c", SERVE, f"sqlite:///{database}"], cwd=ROOT, env=environment, check=True, timeout=60
    )
    (span,) = [s for s in collector.spans if s.name == "GET /v1/plans/{plan_id}"]
    assert span.trace_id.hex() == "0af7651916cd43dd8448eb211c80319c", "the caller's trace goes on"
    attributes = {a.key: a.value for a in span.attributes}
    assert attributes["http.response.status_code"].int_value == 404
    assert attributes["counterpull.request_id"].string_value == "mine"
    assert any(s.name == "GET /calendars/{token}.ics" for s in collector.spans)
    assert "a-secret" not in str(collector.spans), "whoever knows the address can read the calendar"


def test_without_an_endpoint_nothing_is_traced(settings: Settings) -> None:
    assert not [name for name in ENDPOINTS if os.environ.get(name)]
    with on_a_socket(replace(settings, run_jobs=False)) as url:
        assert httpx.get(f"{url}/health/live").status_code == 200
    from opentelemetry import trace

    assert not trace.get_current_span().is_recording()
