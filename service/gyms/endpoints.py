"""`/v1/gyms`: gyms that are kept, their members and their schedules."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel

from service.bodies import read_body
from service.conditional import IF_MATCH, require_match
from service.dependencies import CurrentParts, Parts, parts_of
from service.errors import Fault, RequestError
from service.gyms import service
from service.gyms.answers import ScheduleResponse
from service.gyms.examples import GYMS, MEMBERS, NEW_MEMBERS, STATION_CHANGES, WISHES
from service.gyms.kind import SCHEDULES
from service.gyms.repository import GymRepository
from service.gyms.resources import ID, GymMemberPage, GymMemberResponse, GymPage, GymResponse
from service.gyms.schemas import (
    GymMemberRequest,
    GymRequest,
    GymScheduleRequest,
    MemberRequest,
    StationChangeRequest,
)
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.kept.waiting import now_or_later
from service.openapi import OF_A_JOB, OF_A_KEY, OF_JSON, OF_US, body_of, problems
from service.prefer import APPLIED_HEADER
from service.prefer import PARAMETER as PREFER
from service.reference.paging import PageQuery, cursor_of, id_of
from service.studies.endpoints import LOCATION, study_of
from service.studies.schemas import StudyPage, StudySummary
from service.tenants.access import CurrentCaller
from service.validation.parsing import parse
from service.validation.walk import marker_faults

router = APIRouter(prefix="/v1/gyms", tags=["gyms"])

MOST_MEMBER_BYTES = 256 * 1024
"""Of one member's body: hundreds of them make one question."""
_JSON = "application/json"
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}

GymId = Annotated[str, Path(description="Id of the gym.", examples=[ID])]
MemberName = Annotated[str, Path(description="Your name for the member.", examples=["anna"])]
PlaceName = Annotated[str, Path(description="Id of the place.", examples=["club"])]
StationName = Annotated[str, Path(description="Id of the station.", examples=["rack"])]


def _reader(model: type[BaseModel], most: int | None = None) -> Callable[[Request], Any]:
    async def read(request: Request) -> BaseModel:
        parts = parts_of(request)
        own = parts.settings.max_body_bytes
        asked = await read_body(request, model, own if most is None else min(most, own))
        faults = list(marker_faults(asked, parts.catalog))
        if faults:
            raise RequestError(faults)
        return asked

    return read


NewGym = Annotated[GymRequest, Depends(_reader(GymRequest))]
NewMember = Annotated[GymMemberRequest, Depends(_reader(GymMemberRequest, MOST_MEMBER_BYTES))]
AMember = Annotated[MemberRequest, Depends(_reader(MemberRequest, MOST_MEMBER_BYTES))]
StationChange = Annotated[StationChangeRequest, Depends(_reader(StationChangeRequest))]
Wish = Annotated[GymScheduleRequest, Depends(_reader(GymScheduleRequest))]


def _json(body: BaseModel) -> bytes:
    return body.model_dump_json().encode()


def _answer(body: BaseModel, status: int, location: str | None = None) -> Response:
    return Response(_json(body), status, {"Location": location} if location else {}, media_type=_JSON)


async def _once(
    request: Request, parts: Parts, tenant: str, asked: BaseModel, make: Callable[[str], Response]
) -> Response:
    async def made(resource_id: str) -> Response:
        return await anyio.to_thread.run_sync(make, resource_id)

    return await once(request, parts.sessions, tenant, asked.model_dump(mode="json", exclude_unset=True), made)


@router.post(
    "",
    operation_id="createGym",
    summary="Keep a gym",
    response_model=GymResponse,
    status_code=201,
    responses={
        201: {"description": "The gym is kept.", "headers": LOCATION},
        **problems(*OF_JSON, *OF_A_KEY, "too-many", *OF_US),
    },
    openapi_extra={**body_of(GymRequest, GYMS), "parameters": [IDEMPOTENCY_KEY]},
)
async def create_gym(request: Request, gym: NewGym, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Keep a gym: its places with their stations and how many of each there are, and the times it can be used."""

    def make(gym_id: str) -> Response:
        service.require_gym(gym, parts.catalog)
        with parts.sessions.begin() as session:
            made = service.told_gym(session, service.create(session, gym_id, caller.tenant, gym))
        return _answer(made, 201, f"/v1/gyms/{made.id}")

    return await _once(request, parts, caller.tenant, gym, make)


@router.get("", operation_id="listGyms", summary="All gyms", responses=problems("invalid-request", *OF_US))
def list_gyms(query: Annotated[PageQuery, Query()], parts: CurrentParts, caller: CurrentCaller) -> GymPage:
    """Gyms of the key's tenant, the newest first."""
    before = None if query.cursor is None else id_of(query.cursor)
    with parts.sessions() as session:
        found = GymRepository(session).listed(caller.tenant, limit=query.limit + 1, before=before)
        items = [service.told_gym(session, gym) for gym in found[: query.limit]]
    more = len(found) > query.limit
    return GymPage(items=items, next_cursor=cursor_of(items[-1].id) if more else None)


@router.get(
    "/{gym_id}",
    operation_id="getGym",
    summary="Fetch a gym",
    response_model=GymResponse,
    responses=problems("not-found", "invalid-request", *OF_US),
)
def get_gym(gym_id: GymId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """A gym as it is kept, without its members."""
    with parts.sessions() as session:
        return _answer(service.told_gym(session, service.gym_of(session, gym_id, caller.tenant)), 200)


@router.put(
    "/{gym_id}",
    operation_id="putGym",
    summary="Change a gym",
    responses=problems(*OF_JSON, "not-found", "changed-meanwhile", *OF_US),
    openapi_extra={**body_of(GymRequest, GYMS), "parameters": [IF_MATCH]},
)
def put_gym(request: Request, gym_id: GymId, gym: NewGym, parts: CurrentParts, caller: CurrentCaller) -> GymResponse:
    """Put another form of the gym in its place. Its members stay; whether they fit is judged when it is scheduled."""
    with parts.sessions.begin() as session:
        known = service.gym_of(session, gym_id, caller.tenant, to_change=True)
        require_match(request, _json(service.told_gym(session, known)))
        service.require_gym(gym, parts.catalog)
        return service.told_gym(session, service.change(session, known, gym, caller.tenant))


@router.patch(
    "/{gym_id}/places/{place}/stations/{station}",
    operation_id="changeStation",
    summary="Say how many of a station there are",
    responses=problems(*OF_JSON, "not-found", *OF_US),
    openapi_extra=body_of(StationChangeRequest, STATION_CHANGES),
)
def change_station(
    gym_id: GymId,
    place: PlaceName,
    station: StationName,
    change: StationChange,
    parts: CurrentParts,
    caller: CurrentCaller,
) -> GymResponse:
    """A machine is broken, or there is one more. Then schedule the gym again: as few weeks change as can be."""
    with parts.sessions.begin() as session:
        known = service.gym_of(session, gym_id, caller.tenant, to_change=True)
        gym = service.with_count(service.read_gym(known), place, station, change.count)
        return service.told_gym(session, service.change(session, known, gym, caller.tenant))


@router.delete(
    "/{gym_id}",
    operation_id="deleteGym",
    summary="Forget a gym",
    status_code=204,
    responses={204: {"description": "It is gone."}, **problems("not-found", "invalid-request", *OF_US)},
)
def delete_gym(gym_id: GymId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Forget a gym and its members. Its schedules and their plans stay as answers of their own."""
    with parts.sessions.begin() as session:
        GymRepository(session).remove(service.gym_of(session, gym_id, caller.tenant).id)
    return Response(status_code=204)


@router.post(
    "/{gym_id}/members",
    operation_id="createGymMember",
    summary="Add a member",
    response_model=GymMemberResponse,
    status_code=201,
    responses={
        201: {"description": "The member is kept.", "headers": LOCATION},
        **problems(*OF_JSON, *OF_A_KEY, "not-found", "exists", "too-many", *OF_US),
    },
    openapi_extra={**body_of(GymMemberRequest, NEW_MEMBERS), "parameters": [IDEMPOTENCY_KEY]},
)
async def create_gym_member(
    request: Request, gym_id: GymId, member: NewMember, parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """Add somebody who trains in the gym, with a request for a plan of his own and the slots that he can come to."""

    def make(_: str) -> Response:
        return _kept_member(request, gym_id, member, parts, caller.tenant, new=True)

    return await _once(request, parts, caller.tenant, member, make)


def _kept_member(
    request: Request, gym_id: str, member: GymMemberRequest, parts: Parts, tenant: str, *, new: bool
) -> Response:
    with parts.sessions() as session:
        known = service.gym_of(session, gym_id, tenant)
    # Whether he still fits when the gym is changed meanwhile is judged when it is scheduled.
    service.require_member(service.read_gym(known), member, parts.catalog)
    with parts.sessions.begin() as session:
        gym = service.gym_of(session, gym_id, tenant, to_change=True)
        if not new:
            there = GymRepository(session).member(gym.id, member.id) is not None
            require_match(request, _json(_told_member(session, gym_id, member.id, tenant)) if there else None)
        added = service.put_member(session, gym, member, new=new)
        told = _told_member(session, gym_id, member.id, tenant)
    return _answer(told, 201 if added else 200, f"/v1/gyms/{gym_id}/members/{member.id}")


def _told_member(session: Any, gym_id: str, member: str, tenant: str) -> GymMemberResponse:
    gym = service.gym_of(session, gym_id, tenant)
    kept = service.member_of(session, gym, member)
    present = service.present_schedule(session, gym_id, tenant)
    return service.told_members([kept], None if present is None else present.answer)[0]


@router.get(
    "/{gym_id}/members",
    operation_id="listGymMembers",
    summary="All members",
    responses=problems("not-found", "invalid-request", *OF_US),
)
def list_gym_members(
    gym_id: GymId, query: Annotated[PageQuery, Query()], parts: CurrentParts, caller: CurrentCaller
) -> GymMemberPage:
    """Members of a gym by name, each with his plan in its present schedule."""
    after = "" if query.cursor is None else id_of(query.cursor)
    with parts.sessions() as session:
        service.gym_of(session, gym_id, caller.tenant)
        found = GymRepository(session).members(gym_id, after=after, limit=query.limit + 1)
        present = service.present_schedule(session, gym_id, caller.tenant)
    items = service.told_members(found[: query.limit], None if present is None else present.answer)
    more = len(found) > query.limit
    return GymMemberPage(items=items, next_cursor=cursor_of(items[-1].id) if more else None)


@router.get(
    "/{gym_id}/members/{member}",
    operation_id="getGymMember",
    summary="Fetch a member",
    response_model=GymMemberResponse,
    responses=problems("not-found", "invalid-request", *OF_US),
)
def get_gym_member(gym_id: GymId, member: MemberName, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """A member with his plan in the gym's present schedule."""
    with parts.sessions() as session:
        return _answer(_told_member(session, gym_id, member, caller.tenant), 200)


@router.put(
    "/{gym_id}/members/{member}",
    operation_id="putGymMember",
    summary="Add or change a member",
    response_model=GymMemberResponse,
    responses={
        200: {"description": "The member is kept in the place of the former.", "headers": LOCATION},
        201: {"description": "The member is new.", "model": GymMemberResponse, "headers": LOCATION},
        **problems(*OF_JSON, "not-found", "too-many", "changed-meanwhile", *OF_US),
    },
    openapi_extra={**body_of(MemberRequest, MEMBERS), "parameters": [IF_MATCH]},
)
def put_gym_member(
    request: Request, gym_id: GymId, member: MemberName, wanted: AMember, parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """Keep a member under your name for him, in the place of the one that there may be."""
    named = parse(GymMemberRequest, _named(member, wanted))
    faults = [fault for fault in marker_faults(named, parts.catalog) if fault.pointer == "/id"]
    if faults:
        raise RequestError([Fault("", fault.code, fault.message, fault.allowed) for fault in faults])
    return _kept_member(request, gym_id, named, parts, caller.tenant, new=False)


def _named(member: str, wanted: MemberRequest) -> bytes:
    return (
        GymMemberRequest.model_construct(
            {"id", *wanted.model_fields_set}, id=member, **{n: getattr(wanted, n) for n in wanted.model_fields_set}
        )
        .model_dump_json(exclude_unset=True)
        .encode()
    )


@router.delete(
    "/{gym_id}/members/{member}",
    operation_id="deleteGymMember",
    summary="Remove a member",
    status_code=204,
    responses={204: {"description": "The member is gone."}, **problems("not-found", "invalid-request", *OF_US)},
)
def delete_gym_member(gym_id: GymId, member: MemberName, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Forget a member. His plan stays; the gym's next schedule is without him."""
    with parts.sessions.begin() as session:
        gym = service.gym_of(session, gym_id, caller.tenant)
        GymRepository(session).remove_member(gym.id, service.member_of(session, gym, member).id)
    return Response(status_code=204)


@router.post(
    "/{gym_id}/schedules",
    operation_id="createGymSchedule",
    summary="Schedule a kept gym",
    response_model=ScheduleResponse,
    responses={
        200: {"description": "The finished schedule.", "headers": {**LOCATION, **APPLIED_HEADER}},
        202: {
            "description": "The work is not over.",
            "model": ScheduleResponse,
            "headers": {**LOCATION, **_RETRY_AFTER, **APPLIED_HEADER},
        },
        **problems("malformed-json", "not-found", "scheduling", *OF_A_JOB),
    },
    openapi_extra={**body_of(GymScheduleRequest, WISHES), "parameters": [PREFER, IDEMPOTENCY_KEY]},
)
async def create_gym_schedule(
    request: Request, gym_id: GymId, wish: Wish, parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """Find weeks for all members of a gym as they are now, with times at which there are stations for all.

    The answer is a schedule of its own at `/v1/schedules/{id}`. Weeks of the present schedule stay where they can, and
    `diff` tells what has changed; where nothing has changed at all, the present schedule is the answer. A fault that
    lies in what is kept is told by member and field.
    """
    fresh = "no-cache" in request.headers.get("cache-control", "").lower()

    async def make(schedule_id: str) -> Response:
        ask = partial(service.ask_schedule, schedule_id, gym_id, wish, caller.tenant, parts, fresh=fresh)
        kept = await anyio.to_thread.run_sync(ask)
        find = partial(study_of, SCHEDULES, kept.id, caller.tenant, parts)
        return await now_or_later(request, kept, find, f"/v1/schedules/{kept.id}", parts, caller.tenant)

    return await once(request, parts.sessions, caller.tenant, wish.model_dump(mode="json", exclude_unset=True), make)


@router.get(
    "/{gym_id}/schedules",
    operation_id="listGymSchedules",
    summary="Schedules of a gym",
    responses=problems("not-found", "invalid-request", *OF_US),
)
def list_gym_schedules(
    gym_id: GymId, query: Annotated[PageQuery, Query()], parts: CurrentParts, caller: CurrentCaller
) -> StudyPage:
    """The newest first."""
    before = None if query.cursor is None else id_of(query.cursor)
    with parts.sessions() as session:
        service.gym_of(session, gym_id, caller.tenant)
        found = GymRepository(session).schedules(gym_id, limit=query.limit + 1, before=before)
    items = [StudySummary.of(schedule) for schedule in found[: query.limit]]
    more = len(found) > query.limit
    return StudyPage(items=items, next_cursor=cursor_of(items[-1].id) if more else None)
