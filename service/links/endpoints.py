"""`/v1/plans/{id}/link`: an address that shows a week to whoever has it."""

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from service.dependencies import CurrentParts
from service.errors import ApiError
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.idempotency.repository import Kept
from service.links.schemas import LinkResponse
from service.links.service import end_link, linked_plan, make_link
from service.openapi import OF_A_KEY, OF_US, problems
from service.plans.clock import rfc3339
from service.studies.endpoints import PlanId
from service.tenants.access import CurrentCaller

ROUTE = "/shared/{token}"
"""The page that a link opens."""

router = APIRouter(tags=["plans"])


@router.post(
    "/v1/plans/{plan_id}/link",
    operation_id="createPlanLink",
    summary="Share a plan's week",
    status_code=201,
    responses={
        201: {
            "description": "The address, told this once.",
            "headers": {"Location": {"description": "Address of the page.", "schema": {"type": "string"}}},
        },
        **problems("bad-request", "invalid-request", "not-found", "not-finished", "no-week", *OF_A_KEY, *OF_US),
    },
    response_model=LinkResponse,
    openapi_extra={"parameters": [IDEMPOTENCY_KEY]},
)
async def create_plan_link(request: Request, plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Make an address whose page shows the week, for reading and printing, to whoever has it.

    It shows this plan alone. A plan has one address: making it anew ends the former. It cannot be guessed, and is told
    only here; keep it as a secret. With an `Idempotency-Key`, a repetition within 24 hours gets the same address,
    or a new one when that is void.
    """

    async def make(_: str) -> Response:
        token, now = await anyio.to_thread.run_sync(make_link, plan_id, caller.tenant, parts.sessions)
        made = LinkResponse(plan=plan_id, address=ROUTE.format(token=token), created_at=rfc3339(now))
        return Response(made.model_dump_json(), 201, {"Location": made.address}, media_type="application/json")

    def holds(answer: Kept) -> bool:
        return linked_plan(answer.headers["location"].rpartition("/")[2], parts.sessions) is not None

    return await once(request, parts.sessions, caller.tenant, None, make, holds)


@router.delete(
    "/v1/plans/{plan_id}/link",
    operation_id="deletePlanLink",
    summary="Take a link back",
    status_code=204,
    responses={
        204: {"description": "The address is void."},
        **problems("not-found", "invalid-request", *OF_US),
    },
)
def delete_plan_link(plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Make the address void, at once and for good."""
    if not end_link(plan_id, caller.tenant, parts.sessions):
        raise ApiError("not-found", "There is no link to a plan with this id.")
    return Response(status_code=204)
