"""`/v1/plans`: ask for a week, watch the search, stop it, fetch the answer."""

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.responses import StreamingResponse

from service.bodies import read_body
from service.dependencies import CurrentParts, parts_of
from service.errors import ApiError
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.jobs import streaming as events
from service.kept.waiting import now_or_later, waited_for
from service.openapi import OF_A_JOB, OF_US, body_of, problems
from service.plans.asking import asked
from service.plans.examples import REQUESTS
from service.plans.repository import PlanRepository, StoredPlan
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.schemas.summary import PlanPage, PlanQuery, PlanSummary
from service.plans.service import ask
from service.plans.showing import CONTENT, chosen_format, shown
from service.prefer import APPLIED_HEADER
from service.prefer import PARAMETER as PREFER
from service.reference.paging import cursor_of, id_of
from service.tenants.access import CurrentCaller

router = APIRouter(prefix="/v1/plans", tags=["plans"])

_ID = "0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"
_LOCATION = {"Location": {"description": "Address of the plan.", "schema": {"type": "string"}}}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_PENDING: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "The search is not over.",
        "model": PlanResponse,
        "headers": {**_LOCATION, **_RETRY_AFTER, **APPLIED_HEADER},
    }
}
_FINISHED = {**_LOCATION, **APPLIED_HEADER}

PlanId = Annotated[str, Path(description="Id of the plan.", examples=[_ID])]


async def _plan_request(request: Request) -> PlanRequest:
    return await read_body(request, PlanRequest, parts_of(request).settings.max_body_bytes)


@router.post(
    "",
    operation_id="createPlan",
    summary="Plan a week",
    response_model=PlanResponse,
    responses={
        200: {"description": "The finished answer, also when there is no such week.", "headers": _FINISHED},
        **_PENDING,
        **problems(
            "malformed-json",
            *OF_A_JOB,
        ),
    },
    openapi_extra={**body_of(PlanRequest, REQUESTS), "parameters": [PREFER, IDEMPOTENCY_KEY]},
)
async def create_plan(
    request: Request, wish: Annotated[PlanRequest, Depends(_plan_request)], parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """Have the best week searched for, inside the request's time limit.

    Answered with 202 and the `Location` of the plan, which tells how far it is, or with 200 and the finished plan when
    the same question has a lasting answer already or `Prefer: wait=N` left the time to find it. With `Cache-Control:
    no-cache` the search is done anew. The search ends `optimal` when the week is proven best, `feasible` with its gap
    when time ran out, `infeasible` with the rules that collide, `timed_out` when neither a week nor a proof was found
    in time, `cancelled` with the best week so far when it was stopped.
    """
    fresh = "no-cache" in request.headers.get("cache-control", "").lower()

    async def make(plan_id: str) -> Response:
        question = replace(await anyio.to_thread.run_sync(ask, wish, parts.catalog), id=plan_id)
        plan = await anyio.to_thread.run_sync(partial(asked, question, caller.tenant, parts, fresh=fresh))
        return await _now_or_later(request, plan, parts, caller.tenant)

    return await once(request, parts.sessions, caller.tenant, wish.model_dump(mode="json", exclude_unset=True), make)


async def _now_or_later(request: Request, plan: StoredPlan, parts: CurrentParts, tenant: str) -> Response:
    return await now_or_later(
        request, plan, partial(_plan, plan.id, tenant, parts), f"/v1/plans/{plan.id}", parts, tenant
    )


def _plan(plan_id: str, tenant: str, parts: CurrentParts) -> StoredPlan:
    """A tenant's plan. Raises ApiError `not-found`, whoever else may have one under this id."""
    with parts.sessions() as session:
        plan = PlanRepository(session).find(plan_id, tenant)
    if plan is None:
        raise ApiError("not-found", "There is no plan with this id.")
    return plan


@router.get(
    "",
    operation_id="listPlans",
    summary="All plans",
    responses=problems("invalid-request", *OF_US),
)
def list_plans(query: Annotated[PlanQuery, Query()], parts: CurrentParts, caller: CurrentCaller) -> PlanPage:
    """Plans of the key's tenant, the newest first."""
    before = None if query.cursor is None else id_of(query.cursor)
    with parts.sessions() as session:
        found = PlanRepository(session).summaries(
            caller.tenant, limit=query.limit + 1, before=before, status=query.status, origins=query.origin
        )
    items = [PlanSummary.of(plan) for plan in found[: query.limit]]
    more = len(found) > query.limit
    return PlanPage(items=items, next_cursor=cursor_of(items[-1].id) if more else None)


@router.get(
    "/{plan_id}",
    operation_id="getPlan",
    summary="Fetch a plan",
    response_model=PlanResponse,
    responses={
        200: {
            "description": "What is known of the plan; JSON also before it is finished.",
            "content": CONTENT,
            "headers": APPLIED_HEADER,
        },
        **problems("not-found", "not-acceptable", "not-finished", "invalid-request", *OF_US),
    },
    openapi_extra={"parameters": [PREFER]},
)
async def get_plan(request: Request, plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """The plan as JSON, or a finished one as Markdown, as a page or as a calendar, by the `Accept` header.

    The JSON of a finished plan stays the same byte for byte.
    """
    media = chosen_format(request)
    find = partial(_plan, plan_id, caller.tenant, parts)
    plan = await anyio.to_thread.run_sync(find)
    plan, headers = await waited_for(request, plan, find, parts, caller.tenant)
    return await anyio.to_thread.run_sync(shown, plan, media, parts, headers)


@router.get(
    "/{plan_id}/events",
    operation_id="watchPlan",
    summary="Watch a search",
    response_class=StreamingResponse,
    responses={
        200: {"description": "Events as they happen; the last is `ended`.", "content": events.CONTENT},
        204: {"description": "Nothing more will happen after `Last-Event-ID`: do not come back."},
        **problems("bad-request", "not-found", "not-acceptable", "invalid-request", *OF_US),
    },
    openapi_extra={"parameters": [events.PARAMETER]},
)
async def watch_plan(request: Request, plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Server-Sent Events: `queued`, `running`, `progress` with best score, bound, gap and seconds, and at last `ended`.

    Who is cut off goes on with `Last-Event-ID`; browsers do so by themselves.
    """
    await anyio.to_thread.run_sync(_plan, plan_id, caller.tenant, parts)
    return await events.told(request, plan_id, caller.tenant, parts)


_CANCELLED: dict[int | str, dict[str, Any]] = {
    200: {"description": "The plan, as its search has ended.", "headers": _FINISHED},
    **_PENDING,
    **problems("not-found", "invalid-request", *OF_US),
}


@router.post(
    "/{plan_id}/cancel",
    operation_id="cancelPlan",
    summary="Stop a search",
    response_model=PlanResponse,
    responses=_CANCELLED,
    openapi_extra={"parameters": [PREFER]},
)
async def cancel_plan(request: Request, plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Stop the search and keep the best week so far.

    A running search takes a moment to end, for which `Prefer: wait=N` waits. What has ended stays as it is.
    """
    # Looked for first: under the id there may be a job of another kind.
    await anyio.to_thread.run_sync(_plan, plan_id, caller.tenant, parts)
    await anyio.to_thread.run_sync(parts.jobs.cancel, plan_id, caller.tenant)
    plan = await anyio.to_thread.run_sync(_plan, plan_id, caller.tenant, parts)
    return await _now_or_later(request, plan, parts, caller.tenant)


router.add_api_route(
    "/{plan_id}",
    cancel_plan,
    methods=["DELETE"],
    operation_id="deletePlan",
    summary="Stop a search",
    description="The same as `POST .../cancel`: the search stops, and the best week so far stays at this address.",
    response_model=PlanResponse,
    responses=_CANCELLED,
    openapi_extra={"parameters": [PREFER]},
)
