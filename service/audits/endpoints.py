"""`/v1/audits`: find the mistakes in a programme that someone already follows, and keep one that makes none."""

from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Request, Response

from service.audits.answering import audited
from service.audits.examples import REQUESTS, keep_requests
from service.audits.keeping import kept
from service.audits.schemas import AuditRequest, AuditResponse, KeepRequest
from service.bodies import read_body
from service.dependencies import CurrentParts, Parts, parts_of
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.openapi import OF_A_KEY, OF_JSON, OF_US, body_of, problems
from service.plans.schemas import PlanResponse
from service.studies.endpoints import LOCATION
from service.tenants.access import CurrentCaller

router = APIRouter(prefix="/v1/audits", tags=["audits"])


async def _audit_request(request: Request) -> AuditRequest:
    return await read_body(request, AuditRequest, parts_of(request).settings.max_body_bytes)


@router.post(
    "",
    operation_id="createAudit",
    summary="Audit a programme",
    response_model=AuditResponse,
    responses=problems(
        "malformed-json",
        "too-large",
        "unsupported-media-type",
        "invalid-request",
        "busy",
        "internal-error",
        "not-ready",
    ),
    openapi_extra=body_of(AuditRequest, REQUESTS),
)
async def create_audit(
    request: Request,
    programme: Annotated[AuditRequest, Depends(_audit_request)],
    parts: Annotated[Parts, Depends(parts_of)],
) -> Response:
    """Measure a week that someone already follows, given as sessions, CSV or plain lines.

    For each of the six mistakes: made or not, the numbers, the lines that show it and what to do; then every other
    rule, the volume of every muscle, clashes of recovery and a score of balance. Lines that cannot be read are listed
    with candidates and count in nothing; verdicts they could turn round say so. With `repair` the answer waits for the
    nearest week that keeps every rule, in the same slots. Nothing is stored.
    """
    found = await audited(request, programme, parts)
    return Response(found.model_dump_json(), media_type="application/json")


async def _keep_request(request: Request) -> KeepRequest:
    return await read_body(request, KeepRequest, parts_of(request).settings.max_body_bytes)


@router.post(
    "/keep",
    operation_id="keepProgramme",
    summary="Keep a programme as a plan",
    response_model=PlanResponse,
    status_code=201,
    responses={
        201: {"description": "The week as a plan of its own.", "headers": LOCATION},
        **problems(*OF_JSON, *OF_A_KEY, *OF_US),
    },
    openapi_extra={**body_of(KeepRequest, keep_requests()), "parameters": [IDEMPOTENCY_KEY]},
)
async def keep_programme(
    request: Request,
    programme: Annotated[KeepRequest, Depends(_keep_request)],
    parts: CurrentParts,
    caller: CurrentCaller,
) -> Response:
    """Make a plan of a week that keeps every rule, such as the `week` of a repair: to be fetched, changed, compared and
    followed by calendars like any other.

    Nothing is searched for: the plan is `feasible`, with the bounds that need no proof, and its request asks for these
    sessions in these places. Refused with 422 when a part of the week is not understood, when the sets of an
    exercise are not told, or when it breaks a rule.
    """

    async def make(plan_id: str) -> Response:
        plan = await anyio.to_thread.run_sync(partial(kept, programme, plan_id, caller.tenant, parts))
        headers = {"Location": f"/v1/plans/{plan.id}"}
        return Response(plan.answer_json, 201, headers, media_type="application/json")

    body = programme.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return await once(request, parts.sessions, caller.tenant, body, make)
