"""`/v1/audits`: find the mistakes in a programme that someone already follows."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from service.audits.answering import audited
from service.audits.examples import REQUESTS
from service.audits.schemas import AuditRequest, AuditResponse
from service.bodies import read_body
from service.dependencies import Parts, parts_of
from service.openapi import body_of, problems

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
