"""Plans as jobs: real searches by real workers, which are killed, stopped and told to stop."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from service.db import schema
from service.db.session import close_database, open_database
from service.jobs.running import jobs_of
from service.plans.jobs import submit
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.service import ask
from service.works import works
from tests.service.cli.commands import COMMAND, PLAIN, ROOT, TWO_SESSIONS_WITH_BANDS
from tests.service.jobs.toys import QUICK, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from service.jobs.job import Job
    from service.jobs.jobs import Jobs
    from service.jobs.pace import Pace

GYM = "gym"
IN_A_HURRY = {"COUNTERPULL_HEARTBEAT_SECONDS": "0.2", "COUNTERPULL_STALE_SECONDS": "1"}


class Desk:
    """Where plans are asked for."""

    def __init__(self, catalog: Catalog, sessions: SessionFactory, jobs: Jobs) -> None:
        self._catalog, self._sessions, self.jobs = catalog, sessions, jobs

    def ask(self, request: dict[str, Any], tenant: str = GYM) -> str:
        question = ask(PlanRequest.model_validate(request), self._catalog)
        return submit(question, tenant, self.jobs, self._sessions).id

    def plan(self, plan_id: str) -> PlanResponse:
        with self._sessions() as session:
            plan = PlanRepository(session).find(plan_id, GYM)
        assert plan is not None
        return PlanResponse.model_validate_json(plan.answer_json)

    def job(self, plan_id: str) -> Job:
        job = self.jobs.find(plan_id, GYM)
        assert job is not None
        return job

    def until_a_week_is_found(self, plan_id: str, attempt: int) -> None:
        def found() -> bool:
            events = self.jobs.events(plan_id, GYM)
            starts = [event.seq for event in events if event.data.get("attempt") == attempt]
            return bool(starts) and any(e.seq > starts[0] and e.data.get("score") is not None for e in events)

        wait_until(found, 30)


@contextmanager
def desk(url: str, catalog: Catalog, pace: Pace | None = None) -> Iterator[Desk]:
    sessions = open_database(url)
    try:
        with jobs_of(sessions, works(catalog, sessions), pace, "here") as jobs:
            yield Desk(catalog, sessions, jobs)
    finally:
        close_database(sessions)


@contextmanager
def worker(url: str, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """`counterpull worker`."""
    command = [*COMMAND, "worker", "--name", name]
    environment = {**PLAIN, **IN_A_HURRY, "COUNTERPULL_DATABASE_URL": url}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def test_a_search_outlives_its_workers_and_keeps_its_best_week_when_it_is_cancelled(
    postgres_url: str, catalog: Catalog
) -> None:
    """One search: its first worker is killed, its second told to stop, in its third somebody cancels it."""
    with desk(postgres_url, catalog) as here:
        plan_id = here.ask({**TWO_SESSIONS_WITH_BANDS, "solve": {"time_limit_seconds": 60, "workers": 1}})
        assert here.plan(plan_id).status == "queued"
        with worker(postgres_url, "first") as first:
            here.until_a_week_is_found(plan_id, 1)
            assert here.plan(plan_id).status == "running"
            first.send_signal(signal.SIGKILL)
            first.wait()
        with worker(postgres_url, "second") as second:
            here.until_a_week_is_found(plan_id, 2)
            second.send_signal(signal.SIGTERM)
            _, log = second.communicate(timeout=20)
            assert second.returncode == 0, log.decode()
        assert (here.job(plan_id).state, here.job(plan_id).losses) == ("queued", 1)
        assert here.plan(plan_id).status == "queued"
        with worker(postgres_url, "third"):
            here.until_a_week_is_found(plan_id, 3)
            here.jobs.cancel(plan_id, GYM)
            wait_until(lambda: here.job(plan_id).ended)
        plan = here.plan(plan_id)
        assert (here.job(plan_id).state, plan.status) == ("cancelled", "cancelled")
        assert plan.week is not None
        assert all(line.holds for line in plan.certificate)
        ends = [event for event in here.jobs.events(plan_id, GYM) if event.kind == "ended"]
        assert [event.data["status"] for event in ends] == ["cancelled"]
    assert [json.loads(line)["message"] for line in log.splitlines()][-1] == "stopped"


def test_an_equal_question_gets_the_answer_that_is_there(tmp_path: Path, catalog: Catalog) -> None:
    url = f"sqlite:///{tmp_path / 'plans.db'}"
    schema.upgrade(url)
    request = {**TWO_SESSIONS_WITH_BANDS, "solve": {"time_limit_seconds": 2, "workers": 1}}
    with desk(url, catalog, replace(QUICK, seats=1)) as here:
        plan_id = here.ask(request)
        wait_until(lambda: here.job(plan_id).ended, 30)
        plan = here.plan(plan_id)
        assert plan.status in ("optimal", "feasible")
        asked = time.monotonic()
        assert here.ask(request) == plan_id
        assert time.monotonic() - asked < 1
        others = [here.ask(request, "other"), here.ask({**request, "solve": {**request["solve"], "seed": 2}})]
        assert plan_id not in others
        for other, tenant in zip(others, ("other", GYM), strict=True):
            here.jobs.cancel(other, tenant)


def test_a_search_that_is_cancelled_before_its_turn_is_answered_at_once(postgres_url: str, catalog: Catalog) -> None:
    with desk(postgres_url, catalog) as here:
        plan_id = here.ask({})
        here.jobs.cancel(plan_id, GYM)
        plan = here.plan(plan_id)
    assert (plan.status, plan.week, plan.failure) == ("cancelled", None, None)
    assert plan.resolved["week"]
