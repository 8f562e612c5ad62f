"""Auditing a programme that someone follows. Nothing of it is kept, but for the mended week on demand."""

import json
from datetime import UTC, datetime

from fastapi import Request, Response

from service.audits.answering import audited
from service.audits.keeping import kept
from service.audits.schemas import AuditRequest
from service.dependencies import CurrentParts
from service.errors import RequestError
from service.ids import new_id
from service.validation.parsing import parse
from service.web.endpoints import seen
from service.web.entry import PageCaller
from service.web.frame import page
from service.web.pages.auditing import EXAMPLE, AuditPage, audit_body, audit_form, audit_page, keep_request
from service.web.posted import Sent
from service.web.routing import page_router

router = page_router()


@router.get("/audit")
def begin(request: Request, parts: CurrentParts, _: PageCaller) -> Response:
    """The form; with `?example` filled in."""
    text = EXAMPLE if "example" in request.query_params else ""
    return page(request, "audit", AuditPage(audit_form(None, parts.catalog, text=text)))


@router.post("/audit")
async def audit(request: Request, sent: Sent, parts: CurrentParts, _: PageCaller) -> Response:
    """What the programme does; with the nearest week that keeps every rule where the form asks to mend it."""
    form = audit_form(sent, parts.catalog)
    try:
        wish = parse(AuditRequest, json.dumps(audit_body(form, repair="mend" in sent)).encode())
        found = await audited(request, wish, parts)
    except RequestError as error:
        said = [fault.message for fault in error.faults]
        return page(request, "audit", AuditPage(audit_form(sent, parts.catalog, faults=said)), status=422)
    return page(request, "audit", audit_page(form, found, parts.catalog))


@router.post("/audit/keep")
def keep(sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Keep a mended week as a plan, and go to it."""
    plan = kept(keep_request(sent, datetime.now(UTC).date()), new_id(), caller.tenant, parts)
    return seen(f"/plans/{plan.id}")
