"""`/v1/plans`: ask for a week, fetch an answer."""

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Request, Response

from service.accept import require_json_accepted
from service.bodies import read_body
from service.db.models import DEFAULT_TENANT
from service.db.session import SessionFactory
from service.dependencies import Parts, Sessions, parts_of
from service.errors import ApiError
from service.openapi import body_of, problems
from service.plans.examples import REQUESTS
from service.plans.jobs import submit
from service.plans.repository import PlanRepository, StoredPlan
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.service import ask

router = APIRouter(prefix="/v1/plans", tags=["plans"])

PATIENCE_SECONDS = 120.0
"""How long an answer is held at most."""

_ID = "0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"
_LOCATION = {"Location": {"description": "Address of the answer.", "schema": {"type": "string"}}}


async def _plan_request(request: Request) -> PlanRequest:
    return await read_body(request, PlanRequest, parts_of(request).settings.max_body_bytes)


@router.post(
    "",
    operation_id="createPlan",
    summary="Plan a week",
    response_model=PlanResponse,
    responses={
        200: {"description": "The finished answer, also when there is no such week.", "headers": _LOCATION},
        **problems(
            "malformed-json",
            "too-large",
            "unsupported-media-type",
            "invalid-request",
            "busy",
            "internal-error",
            "not-ready",
        ),
    },
    openapi_extra=body_of(PlanRequest, REQUESTS),
)
async def create_plan(
    wish: Annotated[PlanRequest, Depends(_plan_request)], parts: Annotated[Parts, Depends(parts_of)]
) -> Response:
    """Find the best week inside the request's time limit.

    The answer waits until the search is over: `optimal` when it is proven best, `feasible` with its gap when time ran
    out, `infeasible` with the rules that collide, `timed_out` when neither a week nor a proof was found in time,
    `cancelled` with the best week so far when the service is stopped meanwhile. It is stored and stays at its
    `Location`.
    """
    question = await anyio.to_thread.run_sync(ask, wish, parts.catalog)
    kept = await anyio.to_thread.run_sync(submit, question, DEFAULT_TENANT, parts.jobs, parts.sessions)
    if not kept.finished:
        await parts.jobs.wait_for_end(kept.id, DEFAULT_TENANT, PATIENCE_SECONDS)
        kept = await anyio.to_thread.run_sync(_find, parts.sessions, kept.id)
    status = 200 if kept.finished else 202
    return Response(
        kept.answer_json, status, media_type="application/json", headers={"Location": f"/v1/plans/{kept.id}"}
    )


def _find(sessions: SessionFactory, plan_id: str) -> StoredPlan:
    with sessions() as session:
        found = PlanRepository(session).find(plan_id, DEFAULT_TENANT)
    if found is None:
        raise ApiError("not-found", "There is no plan with this id.")
    return found


@router.get(
    "/{plan_id}",
    operation_id="getPlan",
    summary="Fetch an answer",
    response_model=PlanResponse,
    responses=problems("not-found", "not-acceptable", "invalid-request"),
)
def get_plan(
    request: Request, plan_id: Annotated[str, Path(description="Id of the plan.", examples=[_ID])], sessions: Sessions
) -> Response:
    """The stored answer, byte for byte as it was first given."""
    require_json_accepted(request)
    return Response(_find(sessions, plan_id).answer_json, media_type="application/json")
