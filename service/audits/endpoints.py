"""`/v1/audits`: find the mistakes in a programme that someone already follows."""

from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Request, Response

from service.audits.examples import REQUESTS
from service.audits.question import AuditQuestion, ask
from service.audits.schemas import AuditRequest, AuditResponse
from service.audits.service import answer_to
from service.bodies import read_body
from service.dependencies import Parts, parts_of
from service.openapi import body_of, problems
from service.solving import Stop

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
    question = await anyio.to_thread.run_sync(ask, programme, parts.catalog)
    if not programme.repair:
        found = await anyio.to_thread.run_sync(answer_to, question)
    else:
        async with parts.seats.seat(programme.solve.workers):
            found = await parts.seats.run(request, partial(_repaired, question))
    return Response(found.model_dump_json(), media_type="application/json")


def _repaired(question: AuditQuestion, stop: Stop) -> AuditResponse:
    return answer_to(question, is_cancelled=stop)
