"""`/v1/plans/{id}/calendar` and `/calendars/{token}.ics`: an address that calendar applications subscribe to."""

from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Path, Request, Response
from opentelemetry import trace

from service.calendars.ical import written
from service.calendars.repository import CalendarRepository, Feed
from service.calendars.schemas import FeedResponse
from service.calendars.service import end_calendar, make_calendar
from service.calendars.tokens import hash_of
from service.dependencies import CurrentParts, Parts
from service.errors import ApiError
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.idempotency.repository import Kept
from service.openapi import OF_US, problems
from service.plans.clock import rfc3339
from service.studies.endpoints import PlanId
from service.tenants.access import CurrentCaller

CALENDAR = "text/calendar"
ROUTE = "/calendars/{token}.ics"

router = APIRouter(tags=["plans"])
public_router = APIRouter(tags=["plans"])
"""For callers without a key: the address is the key."""

_EXAMPLE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Counterpull//Training week//EN\r\n...\r\nBEGIN:VEVENT\r\n"
    "UID:0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1-mon@counterpull\r\nSEQUENCE:0\r\n"
    "DTSTART;TZID=Europe/London:20261123T180000\r\nDURATION:PT58M\r\nRRULE:FREQ=WEEKLY\r\n...\r\nEND:VCALENDAR\r\n"
)
_CONTENT: dict[str, Any] = {CALENDAR: {"schema": {"type": "string"}, "example": _EXAMPLE}}

Token = Annotated[
    str,
    Path(
        description="What `POST /v1/plans/{plan_id}/calendar` has told.",
        examples=["0Rr0t9bBvX1kO0nQ0yq4cJ2m7uT5dS8wE3zF6hK9lPA"],
    ),
]


@router.post(
    "/v1/plans/{plan_id}/calendar",
    operation_id="createPlanCalendar",
    summary="Subscribe to a plan's calendar",
    status_code=201,
    responses={
        201: {
            "description": "The address, told this once.",
            "headers": {"Location": {"description": "Address of the calendar.", "schema": {"type": "string"}}},
        },
        **problems(
            "bad-request",
            "not-found",
            "not-finished",
            "no-week",
            "no-dates",
            "in-flight",
            "idempotency-mismatch",
            "invalid-request",
            "internal-error",
            "not-ready",
        ),
    },
    response_model=FeedResponse,
    openapi_extra={"parameters": [IDEMPOTENCY_KEY]},
)
async def create_plan_calendar(
    request: Request, plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """Make an address that calendar applications subscribe to without a key.

    It shows the plan's sessions, and when the plan is replanned those of the newest week. A plan and all its replans
    have one address: making it anew ends the former. It cannot be guessed, and is told only here; keep it as a secret.
    With an `Idempotency-Key`, a repetition within 24 hours gets the same address, or a new one when that is void.
    """

    async def make(_: str) -> Response:
        token, now = await anyio.to_thread.run_sync(make_calendar, plan_id, caller.tenant, parts)
        made = FeedResponse(plan=plan_id, address=ROUTE.format(token=token), created_at=rfc3339(now))
        return Response(made.model_dump_json(), 201, {"Location": made.address}, media_type="application/json")

    def holds(answer: Kept) -> bool:
        token = answer.headers["location"].rpartition("/")[2].removesuffix(".ics")
        with parts.sessions() as session:
            return _feed(CalendarRepository(session, parts.catalog), token) is not None

    return await once(request, parts.sessions, caller.tenant, None, make, holds)


@router.delete(
    "/v1/plans/{plan_id}/calendar",
    operation_id="deletePlanCalendar",
    summary="End a plan's calendar",
    status_code=204,
    responses={
        204: {"description": "The address is void."},
        **problems("not-found", "invalid-request", *OF_US),
    },
)
def delete_plan_calendar(plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Make the address of the plan and its replans void, at once and for good."""
    if not end_calendar(plan_id, caller.tenant, parts):
        raise ApiError("not-found", "This plan's calendar has no address.")
    return Response(status_code=204)


@public_router.get(
    ROUTE,
    operation_id="readCalendar",
    summary="Read a calendar",
    response_class=Response,
    responses={
        200: {"description": "The sessions as events.", "content": _CONTENT},
        **problems("not-found", "rate-limited", "invalid-request", *OF_US),
    },
)
async def read_calendar(request: Request, token: Token, parts: CurrentParts) -> Response:
    """The sessions of a plan, as its latest replan has left them; for calendar applications that subscribe to it.

    An event keeps its UID over replans; `SEQUENCE` counts its changes, and a session that is no more is `CANCELLED`.
    Where the week repeats, events repeat weekly by the clock of their time zone, and a replan changes its own week.
    """
    # The path is a secret: it is to be in no trace.
    trace.get_current_span().set_attribute("url.path", ROUTE)
    client = "" if request.client is None else request.client.host
    text = await anyio.to_thread.run_sync(partial(_read, token, client, parts))
    headers = {"Content-Disposition": 'inline; filename="training.ics"'}
    return Response(text, 200, headers, media_type=CALENDAR)


def _read(token: str, client: str, parts: Parts) -> str:
    with parts.sessions() as session:
        calendars = CalendarRepository(session, parts.catalog)
        feed = _feed(calendars, token)
        # By address, so that one that is asked for too often spoils no other; who guesses, by where it comes from.
        parts.shares.calendar(f"from {client}" if feed is None else feed.root)
        diary = None if feed is None else calendars.diary_now(feed.root)
    if diary is None:
        raise ApiError("not-found", "There is no calendar at this address, or none any more.")
    return written(diary)


def _feed(calendars: CalendarRepository, token: str) -> Feed | None:
    hashed = hash_of(token)
    return None if hashed is None else calendars.feed(hashed)
