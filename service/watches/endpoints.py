"""`/v1/plans/{id}/watch`: keep a plan current with what becomes of its bookable slots."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from service.bodies import read_marked
from service.booking.repository import FeedRepository
from service.calendars.repository import CalendarRepository
from service.dependencies import CurrentParts, Parts, parts_of
from service.errors import ApiError, Fault, RequestError, pointer
from service.openapi import OF_JSON, OF_US, body_of, problems
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse
from service.studies.endpoints import PlanId
from service.studies.weeks import KeptWeek, week_of
from service.tenants.access import CurrentCaller
from service.validation.walk import unknown_fault
from service.watches.looking import slots_of_interest, week_bounds
from service.watches.repository import Watch, WatchRepository
from service.watches.schemas import SLOT, WatchRequest, WatchResponse

router = APIRouter(prefix="/v1/plans/{plan_id}/watch", tags=["plans"])


REQUESTS: dict[str, dict[str, Any]] = {
    "defaults": {"summary": "With the fewest changes", "value": {}},
    "booked": {"summary": "One slot is booked already", "value": {"booked": [SLOT]}},
}


async def _asked(request: Request) -> WatchRequest:
    return await read_marked(request, WatchRequest, parts_of(request))


@router.put(
    "",
    operation_id="watchSlots",
    summary="Keep a plan current",
    responses=problems(*OF_JSON, "not-found", "not-finished", "no-week", "no-dates", "no-slots", *OF_US),
    openapi_extra=body_of(WatchRequest, REQUESTS),
)
def watch_slots(
    plan_id: PlanId, asked: Annotated[WatchRequest, Depends(_asked)], parts: CurrentParts, caller: CurrentCaller
) -> WatchResponse:
    """Have a plan replanned as soon as a feed tells that a slot with a session is full, moved or cancelled.

    The rest changes least, and keeps every rule; `plan.replanned` and `schedule.changed` are told, and the calendar is
    raised. When there is no such week, `plan.failed` tells the rules that collide, the lost sessions are cancelled in
    the calendar and the others in doubt, and any further change of the slots is a new try. A plan and its replans have
    one watch, which goes on with the newest; put anew, it is replaced. Say in `booked` which places the member has.
    """
    with parts.sessions.begin() as session:
        calendars, watches = CalendarRepository(session, parts.catalog), WatchRepository(session)
        root = calendars.root_of(plan_id)
        # Held before anything is read that is to be true when the watch is written.
        calendars.hold(root)
        watches.hold(caller.tenant)
        known = watches.taken(root)
        about = _week(session, calendars.newest(root), caller.tenant, parts)
        slots, bounds = slots_of_interest(about.request), week_bounds(about.request)
        _require_known(asked.booked, slots)
        if bounds is None:
            raise ApiError("no-dates", "The plan's request names no date: it would need week.starts_on.")
        if not FeedRepository(session).known_slots(caller.tenant, slots):
            raise ApiError("no-slots", "No feed has told of any slot of this plan; its slots would be week.offered.")
        watch = _watch(known, root, about, asked, caller.tenant, bounds[1])
        # Of one without a week, any slot that has room may help.
        held = [one.slot for one in about.plan.sessions] if watch.failure_json is None else slots
        watches.put(watch, held)
        return WatchResponse.of(watch)


def _week(session: Session, plan_id: str, tenant: str, parts: Parts) -> KeptWeek:
    kept = PlanRepository(session).find(plan_id, tenant)
    if kept is None:
        raise ApiError("not-found", "There is no plan with this id.")
    if not kept.finished:
        raise ApiError("not-finished", "The search for this plan is not over.", (), {"Retry-After": "2"})
    return week_of(PlanResponse.model_validate_json(kept.answer_json), parts.catalog)


def _require_known(booked: list[str], slots: list[str]) -> None:
    faults: list[Fault] = [
        unknown_fault(pointer("booked", index), slot, "slot", tuple(slots))
        for index, slot in enumerate(booked)
        if slot not in slots
    ]
    if faults:
        raise RequestError(faults)


def _watch(
    known: Watch | None, root: str, about: KeptWeek, asked: WatchRequest, tenant: str, ends_at: datetime
) -> Watch:
    """The watch as it is from now on; what is under way goes on."""
    text = asked.model_dump_json(exclude_unset=True)
    if known is not None:
        return replace(known, plan=about.id, request_json=text, due=True, tried=None, tries=0)
    return Watch(
        root=root,
        tenant=tenant,
        plan=about.id,
        created_at=datetime.now(UTC),
        ends_at=ends_at,
        request_json=text,
        due=True,
        job=None,
        tried=None,
        tries=0,
        slots_json=None,
        failure_json=None,
    )


@router.get(
    "",
    operation_id="getWatch",
    summary="How current a plan is",
    responses=problems("not-found", "invalid-request", *OF_US),
)
def get_watch(plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller) -> WatchResponse:
    """Which of the replans counts, whether its slots are still as planned, and if not, what is done about it."""
    with parts.sessions() as session:
        return WatchResponse.of(_found(session, plan_id, caller.tenant, parts))


def _found(session: Session, plan_id: str, tenant: str, parts: Parts) -> Watch:
    found = WatchRepository(session).find(CalendarRepository(session, parts.catalog).root_of(plan_id))
    if found is None or found.tenant != tenant:
        raise ApiError("not-found", "There is no plan with this id that is kept current.")
    return found


@router.delete(
    "",
    operation_id="deleteWatch",
    summary="Keep a plan current no more",
    status_code=204,
    responses={204: {"description": "It stays as it is."}, **problems("not-found", "invalid-request", *OF_US)},
)
def delete_watch(plan_id: PlanId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Leave the plan as it is, whatever becomes of its slots. A replan that is under way goes on."""
    with parts.sessions.begin() as session:
        WatchRepository(session).remove(_found(session, plan_id, caller.tenant, parts).root)
    return Response(status_code=204)
