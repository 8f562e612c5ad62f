"""`/v1/plans`: ask for a week, fetch an answer."""

from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Request, Response

from service.accept import require_json_accepted
from service.bodies import read_body
from service.dependencies import Parts, Sessions, parts_of
from service.errors import ApiError
from service.openapi import body_of, problems
from service.plans.examples import REQUESTS
from service.plans.presenter import Question
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.service import answer, ask
from service.solving import Stop, going_down

router = APIRouter(prefix="/v1/plans", tags=["plans"])

CLIENT_CLOSED_REQUEST = 499
"""For the log only: the caller hung up before there was an answer."""

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
    request: Request, wish: Annotated[PlanRequest, Depends(_plan_request)], parts: Annotated[Parts, Depends(parts_of)]
) -> Response:
    """Find the best week inside the request's time limit.

    The answer waits until the search is over: `optimal` when it is proven best, `feasible` with its gap when time ran
    out, `infeasible` with the rules that collide, `timed_out` when neither a week nor a proof was found in time,
    `cancelled` with the best week so far when the service is stopped meanwhile. It is stored and stays at its
    `Location`.
    """
    question = await anyio.to_thread.run_sync(ask, wish, parts.catalog)
    async with parts.seats.seat(wish.solve.workers):
        text = await parts.seats.run(request, partial(_answer_and_keep, question, parts))
    if text is None:
        return Response(status_code=CLIENT_CLOSED_REQUEST)
    return Response(text, media_type="application/json", headers={"Location": f"/v1/plans/{question.id}"})


def _answer_and_keep(question: Question, parts: Parts, stop: Stop) -> str | None:
    """Search and store the answer in one transaction; None, and nothing stored, for a caller who hung up.

    Raises ApiError `not-ready` when the service is going down before there was a week or a proof that there is none.
    """
    finished = answer(question, is_cancelled=stop)
    if stop.caller_gone:
        return None
    if finished.status == "cancelled" and finished.week is None:
        raise going_down()
    with parts.sessions.begin() as session:
        return PlanRepository(session).add(finished, question.created_at)


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
    with sessions() as session:
        text = PlanRepository(session).answer_json(plan_id)
    if text is None:
        raise ApiError("not-found", "There is no plan with this id.")
    return Response(text, media_type="application/json")
