"""`/v1/comparisons`: plans side by side."""

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Query, Request, Response

from service.bodies import read_body
from service.comparisons.asking import side_by_side
from service.comparisons.examples import REQUESTS
from service.comparisons.pictures import PictureName
from service.comparisons.schemas import ComparisonRequest, ComparisonResponse
from service.comparisons.showing import CONTENT, chosen_format, shown
from service.dependencies import CurrentParts, parts_of
from service.openapi import body_of, problems
from service.tenants.access import CurrentCaller

router = APIRouter(prefix="/v1/comparisons", tags=["comparisons"])

Picture = Annotated[
    PictureName | None,
    Query(
        description="Draw this and answer with `image/svg+xml`: `score` against minutes with bounds, `volume` of every "
        "muscle, `slack` of every rule, or `all` of them. Default with `Accept: image/svg+xml`: all.",
        examples=["volume"],
    ),
]


async def _comparison_request(request: Request) -> ComparisonRequest:
    return await read_body(request, ComparisonRequest, parts_of(request).settings.max_body_bytes)


@router.post(
    "",
    operation_id="createComparison",
    summary="Compare plans",
    response_model=ComparisonResponse,
    responses={
        200: {"description": "The plans side by side.", "content": CONTENT},
        **problems(
            "malformed-json",
            "not-acceptable",
            "not-finished",
            "too-large",
            "unsupported-media-type",
            "invalid-request",
            "internal-error",
            "not-ready",
        ),
    },
    openapi_extra=body_of(ComparisonRequest, REQUESTS),
)
async def create_comparison(
    request: Request,
    wish: Annotated[ComparisonRequest, Depends(_comparison_request)],
    parts: CurrentParts,
    caller: CurrentCaller,
    picture: Picture = None,
) -> Response:
    """Two to eight plans side by side: every figure, every rule's slack, every muscle, the time of every session.

    Each plan is held against the baseline: entry by entry, and in one sentence about what it costs and gains. Plans of
    different requests can be compared, too; `not_comparable` says what they do not have in common. As JSON, Markdown,
    CSV, a page with pictures or a picture by the `Accept` header. A plan that is still searched for is answered with
    409, one that has no week with 422; both point to it. Nothing is stored.
    """
    media = chosen_format(request, picture)
    found = await anyio.to_thread.run_sync(side_by_side, wish, caller.tenant, parts)
    return await anyio.to_thread.run_sync(shown, found, media, picture)
