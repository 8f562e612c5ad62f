"""`/v1/batches`: many independent plans in one request, their progress and their results line by line."""

import hashlib
from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from service.batches.examples import BODY, RESULTS
from service.batches.limits import MAX_BYTES, MAX_LINES, MAX_UNFED
from service.batches.repository import Batch, BatchRepository
from service.batches.schemas import ID, BatchPage, BatchResponse
from service.batches.service import accept, first_unfinished, found, stop, told
from service.bodies import read_raw
from service.dependencies import CurrentParts
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.openapi import OF_A_JOB, OF_US, problems
from service.reference.paging import PageQuery, cursor_of, id_of
from service.tenants.access import CurrentCaller

router = APIRouter(prefix="/v1/batches", tags=["batches"])

NDJSON = "application/x-ndjson"
RETRY = {"Retry-After": "2"}

_LOCATION = {"Location": {"description": "Address of the batch.", "schema": {"type": "string"}}}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            NDJSON: {
                "schema": {
                    "type": "string",
                    "format": "binary",
                    "minLength": 1,
                    "description": "JSON objects of the form `BatchLineRequest`, one a line.",
                },
                "itemSchema": {"$ref": "#/components/schemas/BatchLineRequest"},
                "example": BODY,
            }
        },
    },
    "parameters": [IDEMPOTENCY_KEY],
}
_RESULTS: dict[str, Any] = {
    NDJSON: {
        "schema": {"type": "string", "format": "binary"},
        "itemSchema": {
            "type": "object",
            "required": ["line", "ref", "status", "plan", "answer", "problem"],
            "properties": {
                "line": {"type": "integer", "minimum": 1},
                "ref": {"type": ["string", "null"]},
                "status": {"type": "string"},
                "plan": {"type": ["string", "null"]},
                "answer": {"anyOf": [{"$ref": "#/components/schemas/PlanResponse"}, {"type": "null"}]},
                "problem": {"anyOf": [{"$ref": "#/components/schemas/ProblemDetails"}, {"type": "null"}]},
            },
        },
        "example": RESULTS,
    }
}

BatchId = Annotated[str, Path(description="Id of the batch.", examples=[ID])]


class ResultsQuery(BaseModel):
    """Which results are wanted."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(
        default=0, ge=0, le=2**31 - 1, description="Number of the last line that you have; only later ones are sent."
    )


@router.post(
    "",
    status_code=202,
    operation_id="createBatch",
    summary="Plan many weeks",
    response_model=BatchResponse,
    responses={
        202: {"description": "The batch is kept.", "headers": {**_LOCATION, **_RETRY_AFTER}},
        **problems(
            *OF_A_JOB,
        ),
    },
    openapi_extra=_BODY,
    description="A request for a plan on every line, each with a `ref` of your own if you like, independent of one "
    f"another: 1 to {MAX_LINES} lines, at most {MAX_BYTES} bytes. A line with a fault is refused on its own: its "
    "result says what is wrong, with JSON Pointers into the line. All others become ordinary plans of the tenant; "
    "equal lines share one, and what was answered before is answered from storage. They are fed to the queue as room "
    "comes, a few ahead of the workers, so that they keep nobody else waiting, and are not counted among the searches "
    f"a minute. At most {MAX_UNFED} batches of a tenant may have lines without a plan at a time.",
)
async def create_batch(request: Request, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Keep a batch."""
    raw = await read_raw(request, NDJSON, MAX_BYTES)

    async def make(batch_id: str) -> Response:
        batch = await anyio.to_thread.run_sync(partial(accept, batch_id, raw, caller.tenant, parts))
        return _shown(batch, 202)

    return await once(request, parts.sessions, caller.tenant, hashlib.sha256(raw).hexdigest(), make)


@router.get(
    "",
    operation_id="listBatches",
    summary="All batches",
    responses=problems("invalid-request", *OF_US),
)
def list_batches(query: Annotated[PageQuery, Query()], parts: CurrentParts, caller: CurrentCaller) -> BatchPage:
    """Batches of the key's tenant, the newest first."""
    before = None if query.cursor is None else id_of(query.cursor)
    with parts.sessions() as session:
        batches = BatchRepository(session).listed(caller.tenant, limit=query.limit + 1, before=before)
    items = [BatchResponse.of(batch) for batch in batches[: query.limit]]
    more = len(batches) > query.limit
    return BatchPage(items=items, next_cursor=cursor_of(items[-1].id) if more else None)


@router.get(
    "/{batch_id}",
    operation_id="getBatch",
    summary="Fetch a batch",
    responses=problems("not-found", "invalid-request", *OF_US),
)
def get_batch(batch_id: BatchId, parts: CurrentParts, caller: CurrentCaller) -> BatchResponse:
    """How far it is: its lines, counted by what became of them."""
    return BatchResponse.of(found(batch_id, caller.tenant, parts.sessions))


@router.get(
    "/{batch_id}/results",
    operation_id="getBatchResults",
    summary="Fetch results",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Results in the order of the lines, as far as they are finished.",
            "content": _RESULTS,
            "headers": {
                "Link": {
                    "description": 'With rel="next", where the results go on; without it these were the last.',
                    "schema": {"type": "string"},
                },
                **_RETRY_AFTER,
            },
        },
        **problems("not-found", "invalid-request", *OF_US),
    },
)
def get_results(
    batch_id: BatchId, query: Annotated[ResultsQuery, Query()], parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """One JSON object a line: `line` (its number in the request, from 1), `ref`, `status`, `plan` (its id), and
    `answer`, the whole plan, or `problem`, why there is none.

    They are sent in the order of the request until the first line that has no result yet. `after` goes on behind the
    last line that arrived, also of an answer that broke off; the `Link` header says where while there is more to come.
    """
    found(batch_id, caller.tenant, parts.sessions)
    stop_before = first_unfinished(batch_id, query.after, parts.sessions)
    headers = {}
    if stop_before is not None:
        headers = {"Link": f'</v1/batches/{batch_id}/results?after={stop_before - 1}>; rel="next"', **RETRY}
    lines = told(batch_id, query.after, stop_before, parts.sessions)
    return StreamingResponse(lines, 200, headers, media_type=NDJSON)


_STOPPED: dict[int | str, dict[str, Any]] = {
    200: {"description": "The batch is over."},
    202: {"description": "Some searches have yet to stop.", "model": BatchResponse, "headers": _RETRY_AFTER},
    **problems("not-found", "invalid-request", *OF_US),
}


@router.post(
    "/{batch_id}/cancel",
    operation_id="cancelBatch",
    summary="Stop a batch",
    response_model=BatchResponse,
    responses=_STOPPED,
)
async def cancel_batch(batch_id: BatchId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Begin no more of its searches and stop those under way, each with the best week so far.

    What has ended stays as it is, and every result can still be fetched.
    """
    batch = await anyio.to_thread.run_sync(stop, batch_id, caller.tenant, parts)
    return _shown(batch, 202 if batch.status == "running" else 200)


router.add_api_route(
    "/{batch_id}",
    cancel_batch,
    methods=["DELETE"],
    operation_id="deleteBatch",
    summary="Stop a batch",
    description="The same as `POST .../cancel`: what has ended stays at this address.",
    response_model=BatchResponse,
    responses=_STOPPED,
)


def _shown(batch: Batch, status: int) -> Response:
    headers = {"Location": f"/v1/batches/{batch.id}", **(RETRY if batch.status == "running" else {})}
    return Response(BatchResponse.of(batch).model_dump_json(), status, headers, media_type="application/json")
