"""`/v1/swaps/{id}/apply`: take an alternative that was found."""

from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Request, Response

from service.bodies import read_marked
from service.dependencies import CurrentParts, parts_of
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.openapi import body_of, problems
from service.plans.schemas import PlanResponse
from service.studies.endpoints import LOCATION, StudyId, study_of
from service.swaps.applying import applied
from service.swaps.kind import SWAPS
from service.swaps.schemas import ApplyRequest
from service.tenants.access import CurrentCaller

router = APIRouter(tags=[SWAPS.name])
APPLY_EXAMPLES = {"alternative": {"summary": "Take this one", "value": {"exercise": "split_squat"}}}


async def _apply_request(request: Request) -> ApplyRequest:
    return await read_marked(request, ApplyRequest, parts_of(request))


@router.post(
    "/v1/swaps/{study_id}/apply",
    operation_id="applySwap",
    summary="Take an alternative",
    response_model=PlanResponse,
    status_code=201,
    responses={
        201: {"description": "The week with the alternative: verified, and a plan of its own.", "headers": LOCATION},
        **problems(
            "malformed-json",
            "bad-request",
            "not-found",
            "in-flight",
            "not-finished",
            "no-week",
            "rules-broken",
            "too-large",
            "unsupported-media-type",
            "invalid-request",
            "idempotency-mismatch",
            "rate-limited",
            "internal-error",
            "not-ready",
        ),
    },
    openapi_extra={**body_of(ApplyRequest, APPLY_EXAMPLES), "parameters": [IDEMPOTENCY_KEY]},
)
async def apply_swap(
    request: Request,
    study_id: StudyId,
    taken: Annotated[ApplyRequest, Depends(_apply_request)],
    parts: CurrentParts,
    caller: CurrentCaller,
) -> Response:
    """Replace the entry by an alternative and keep the week as a plan of its own; the plan it came from stays.

    Where the alternative needs more changes and the answer has found them, this is the plan with all of them. Refused
    with 422 when the week would break a rule.
    """

    async def make(plan_id: str) -> Response:
        study = await anyio.to_thread.run_sync(study_of, SWAPS, study_id, caller.tenant, parts)
        plan = await anyio.to_thread.run_sync(partial(applied, study, taken, plan_id, caller.tenant, parts))
        headers = {"Location": f"/v1/plans/{plan.id}"}
        return Response(plan.answer_json, 201, headers, media_type="application/json")

    return await once(request, parts.sessions, caller.tenant, taken.model_dump(mode="json", exclude_unset=True), make)
