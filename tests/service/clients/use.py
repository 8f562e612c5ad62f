"""A program of a customer: asks a running service by the client that was made from its document.

Run by the environment that makes clients, with the made package `client` on its path and the address and a key of the
service as arguments. Checked by mypy as well, so that its lines show what the types know.
"""

from __future__ import annotations

import json
import sys
import time
from http import HTTPStatus
from io import BytesIO
from uuid import uuid4

import httpx
from client import AuthenticatedClient, Client
from client.api.audits import create_audit
from client.api.batches import create_batch, get_batch, get_batch_results
from client.api.plans import create_plan, delete_plan, get_plan, list_plans
from client.api.reference import list_exercises, list_rules
from client.api.service import get_meta, get_readiness
from client.models.audit_request import AuditRequest
from client.models.batch_response import BatchResponse
from client.models.plan_request import PlanRequest
from client.models.plan_response import PlanResponse
from client.models.problem_details import ProblemDetails
from client.models.solve_request import SolveRequest
from client.models.text_programme import TextProgramme
from client.types import File

WEEK = PlanRequest.from_dict(
    {
        "places": [{"id": "home", "equipment": "bands_only"}],
        "week": {"slots": [{"id": "mon", "day": "monday", "minutes": 40}, {"id": "thu", "day": "thursday"}]},
        "solve": {"time_limit_seconds": 20.0, "gap": 0.5, "workers": 1},
    }
)


def plan_and_fetch(client: AuthenticatedClient) -> None:
    key = str(uuid4())
    made = create_plan.sync_detailed(client=client, body=WEEK, prefer="wait=60", idempotency_key=key)
    assert made.status_code is HTTPStatus.OK
    plan = made.parsed
    assert isinstance(plan, PlanResponse)
    assert plan.status in ("optimal", "feasible"), plan.status
    assert plan.score is not None
    assert plan.score.bound is None or plan.score.value <= plan.score.bound
    assert plan.week is not None
    first = plan.week.sessions[0]
    assert (first.slot, first.place) == ("mon", "home")
    assert sum(entry.sets for entry in first.entries) >= 1
    assert all(line.holds for line in plan.certificate)

    again = create_plan.sync_detailed(client=client, body=WEEK, idempotency_key=key)
    assert again.parsed == plan
    assert get_plan.sync(plan.id, client=client) == plan
    page = list_plans.sync(client=client, limit=5)
    assert page is not None
    assert not isinstance(page, ProblemDetails)
    assert plan.id in [item.id for item in page.items]


def plan_many(client: AuthenticatedClient) -> None:
    """What was planned above, and a line with a fault: lines go as they are, and come as they are."""
    lines = [{"ref": "known", **WEEK.to_dict()}, {"ref": "wrong", "weeks": 1}]
    body = File(BytesIO("".join(f"{json.dumps(line)}\n" for line in lines).encode()))
    batch = create_batch.sync(client=client, body=body)
    assert isinstance(batch, BatchResponse)
    assert (batch.lines, batch.counts.refused) == (2, 1)
    while batch.status == "running":
        time.sleep(0.1)
        found = get_batch.sync(batch.id, client=client)
        assert isinstance(found, BatchResponse)
        batch = found
    told = get_batch_results.sync(batch.id, client=client)
    assert isinstance(told, File)
    results = [json.loads(line) for line in told.payload.read().splitlines()]
    assert [(result["line"], result["ref"]) for result in results] == [(1, "known"), (2, "wrong")]
    assert results[0]["answer"]["week"]["sessions"]
    assert results[1]["problem"]["errors"][0]["pointer"] == "/weeks"


def ask_later_and_stop(client: AuthenticatedClient) -> None:
    body = PlanRequest(solve=SolveRequest(time_limit_seconds=30.0, workers=1))
    asked = create_plan.sync_detailed(client=client, body=body)
    assert asked.status_code is HTTPStatus.ACCEPTED
    assert isinstance(asked.parsed, PlanResponse)
    assert asked.headers["location"] == f"/v1/plans/{asked.parsed.id}"
    stopped = delete_plan.sync(asked.parsed.id, client=client, prefer="wait=20")
    assert isinstance(stopped, PlanResponse)
    assert stopped.status == "cancelled"


def be_wrong(client: AuthenticatedClient, stranger: AuthenticatedClient) -> None:
    wrong = PlanRequest.from_dict({"places": [{"id": "home", "equipment": ["dumbells"]}]})
    refused = create_plan.sync_detailed(client=client, body=wrong)
    assert refused.status_code is HTTPStatus.UNPROCESSABLE_ENTITY
    problem = refused.parsed
    assert isinstance(problem, ProblemDetails)
    assert problem.type_ == "/problems/invalid-request"
    assert problem.errors
    fault = problem.errors[0]
    assert fault.pointer == "/places/0/equipment/0"
    assert fault.nearest
    assert fault.nearest[0] == "dumbbells"

    missing = get_plan.sync("none", client=client)
    assert isinstance(missing, ProblemDetails)
    assert (missing.status, missing.type_) == (404, "/problems/not-found")
    unknown = list_rules.sync(client=stranger)
    assert isinstance(unknown, ProblemDetails)
    assert unknown.status == 401


def look_up(client: AuthenticatedClient, anybody: Client) -> None:
    assert get_readiness.sync_detailed(client=anybody).status_code is HTTPStatus.OK
    meta = get_meta.sync(client=client)
    assert meta is not None
    assert not isinstance(meta, ProblemDetails)
    assert meta.version
    exercises = list_exercises.sync(client=client, muscle="glutes", limit=3)
    assert exercises is not None
    assert not isinstance(exercises, ProblemDetails)
    assert len(exercises.items) == 3
    audit = create_audit.sync(client=client, body=AuditRequest(programme=TextProgramme("Monday\nBench press 5x5\n")))
    assert audit is not None
    assert not isinstance(audit, ProblemDetails)
    assert len(audit.mistakes) == 6


def main() -> None:
    url, key = sys.argv[1:]
    with AuthenticatedClient(base_url=url, token=key, timeout=httpx.Timeout(90)) as client:
        plan_and_fetch(client)
        plan_many(client)
        ask_later_and_stop(client)
        look_up(client, Client(base_url=url))
        be_wrong(client, AuthenticatedClient(base_url=url, token="cpk_none"))


if __name__ == "__main__":
    main()
