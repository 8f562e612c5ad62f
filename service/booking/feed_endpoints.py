"""`/v1/feeds`: feeds of booking systems that the workers read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.bodies import read_marked
from service.booking.feed_schemas import (
    ID,
    URL,
    SlotFeedChangeRequest,
    SlotFeedPage,
    SlotFeedRequest,
    SlotFeedResponse,
)
from service.booking.repository import Feed, FeedRepository
from service.booking.work import FeedRules
from service.db.holding import hold_name
from service.dependencies import CurrentParts, Parts, parts_of
from service.errors import ApiError, Fault, pointer
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.openapi import OF_A_KEY, OF_JSON, OF_US, body_of, problems
from service.outbound.targets import TargetError
from service.reference.paging import PageQuery, page_of
from service.tenants.access import CurrentCaller

router = APIRouter(prefix="/v1/feeds", tags=["slots"])

MOST_FEEDS = 20
ON_REQUEST = "It was paused on request."

FeedId = Annotated[str, Path(description="Id of the feed.", examples=[ID])]

_LOCATION = {"Location": {"description": "Address of the feed.", "schema": {"type": "string"}}}

REQUESTS: dict[str, dict[str, Any]] = {
    "gym": {"summary": "Slots of a gym floor", "value": {"name": "gym", "url": URL, "every_seconds": 60}}
}
CHANGES: dict[str, dict[str, Any]] = {
    "again": {"summary": "Read it again", "value": {"paused": False}},
    "rarely": {"summary": "Every five minutes", "value": {"every_seconds": 300}},
}


async def _new(request: Request) -> SlotFeedRequest:
    parts = parts_of(request)
    targets = FeedRules.of(parts.settings).targets

    def elsewhere(asked: SlotFeedRequest) -> Iterator[Fault]:
        try:
            targets.target_of(asked.url)
        except TargetError as error:
            yield Fault(pointer("url"), "not_a_target", str(error))

    return await read_marked(request, SlotFeedRequest, parts, elsewhere)


async def _change(request: Request) -> SlotFeedChangeRequest:
    return await read_marked(request, SlotFeedChangeRequest, parts_of(request))


@router.post(
    "",
    operation_id="createFeed",
    summary="Have a feed read",
    response_model=SlotFeedResponse,
    status_code=201,
    responses={
        201: {"description": "The feed; it is read at once.", "headers": _LOCATION},
        **problems(*OF_JSON, *OF_A_KEY, "exists", "too-many", *OF_US),
    },
    openapi_extra={**body_of(SlotFeedRequest, REQUESTS), "parameters": [IDEMPOTENCY_KEY]},
)
async def create_feed(
    request: Request, asked: Annotated[SlotFeedRequest, Depends(_new)], parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """Have the slots of an OpenActive feed kept current, for `GET /v1/slots` and for plans that are watched.

    The workers read it page by page, with pauses, and go on where it was left. What fails is tried again later and
    later, up to every hour or as `Retry-After` says; after two days it is paused.
    A page holds at most 5,000 items, speaks of at most 20,000 slots and has at most 16 MiB.
    """

    async def make(feed_id: str) -> Response:
        made = await anyio.to_thread.run_sync(partial(_made, feed_id, asked, caller.tenant, parts))
        body = SlotFeedResponse.of(made).model_dump_json()
        return Response(body, 201, {"Location": f"/v1/feeds/{made.id}"}, media_type="application/json")

    return await once(request, parts.sessions, caller.tenant, asked.model_dump(mode="json", exclude_unset=True), make)


def _made(feed_id: str, asked: SlotFeedRequest, tenant: str, parts: Parts) -> Feed:
    """The feed under this id, which may be there already. Raises ApiError `exists`, `too-many`."""
    taken = ApiError("exists", f"You have a feed {asked.name!r} already.")
    try:
        with parts.sessions.begin() as session:
            hold_name(session, f"feeds of {tenant}")
            feeds = FeedRepository(session)
            known = feeds.find(feed_id, tenant)
            if known is not None:
                return known
            listed = feeds.listed(tenant)
            if any(feed.name == asked.name for feed in listed):
                raise taken
            if len(listed) >= MOST_FEEDS:
                raise ApiError("too-many", f"A tenant has at most {MOST_FEEDS} feeds.")
            now = datetime.now(UTC)
            feeds.add_new(feed_id, tenant, asked.name, asked.url, now, every_seconds=asked.every_seconds)
            return _feed_of(session, feed_id, tenant)
    except IntegrityError:
        # Another process has given it to one of its own between our look and our write.
        raise taken from None


def _feed_of(session: Session, feed_id: str, tenant: str) -> Feed:
    """A tenant's feed. Raises ApiError `not-found`, whoever else may have one under this id."""
    found = FeedRepository(session).find(feed_id, tenant)
    if found is None:
        raise ApiError("not-found", "There is no feed with this id.")
    return found


@router.get("", operation_id="listFeeds", summary="All feeds", responses=problems("invalid-request", *OF_US))
def list_feeds(query: Annotated[PageQuery, Query()], parts: CurrentParts, caller: CurrentCaller) -> SlotFeedPage:
    """Feeds of the key's tenant, the oldest first."""
    with parts.sessions() as session:
        found = sorted(FeedRepository(session).listed(caller.tenant), key=lambda feed: feed.id)
    page = page_of([(feed.id, SlotFeedResponse.of(feed)) for feed in found], query)
    return SlotFeedPage(items=page.items, next_cursor=page.next_cursor)


@router.get(
    "/{feed_id}",
    operation_id="getFeed",
    summary="Fetch a feed",
    responses=problems("not-found", "invalid-request", *OF_US),
)
def get_feed(feed_id: FeedId, parts: CurrentParts, caller: CurrentCaller) -> SlotFeedResponse:
    """How far it was read, and what is wrong with it if anything is."""
    with parts.sessions() as session:
        return SlotFeedResponse.of(_feed_of(session, feed_id, caller.tenant))


@router.patch(
    "/{feed_id}",
    operation_id="changeFeed",
    summary="Change a feed",
    responses=problems(*OF_JSON, "not-found", *OF_US),
    openapi_extra=body_of(SlotFeedChangeRequest, CHANGES),
)
def change_feed(
    feed_id: FeedId,
    asked: Annotated[SlotFeedChangeRequest, Depends(_change)],
    parts: CurrentParts,
    caller: CurrentCaller,
) -> SlotFeedResponse:
    """Change how often it is read, pause it, or read a paused one again: its failures are forgotten then."""
    with parts.sessions.begin() as session:
        feed = _feed_of(session, feed_id, caller.tenant)
        values: dict[str, object] = {}
        if asked.every_seconds is not None:
            values |= {"every_seconds": asked.every_seconds, "next_at": None}
        if asked.paused and feed.paused_at is None:
            values |= {"paused_at": datetime.now(UTC), "paused_reason": ON_REQUEST}
        elif asked.paused is False:
            healthy = ("paused_at", "paused_reason", "next_at", "failing_since", "failure")
            values |= {**dict.fromkeys(healthy), "failures": 0}
        if values:
            FeedRepository(session).change(feed.id, **values)
        return SlotFeedResponse.of(_feed_of(session, feed_id, caller.tenant))


@router.delete(
    "/{feed_id}",
    operation_id="deleteFeed",
    summary="End a feed",
    status_code=204,
    responses={204: {"description": "It is gone."}, **problems("not-found", "invalid-request", *OF_US)},
)
def delete_feed(feed_id: FeedId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Read it no more, and forget its slots. Plans that stand on them stay as they are, and are not kept current."""
    with parts.sessions.begin() as session:
        FeedRepository(session).remove(caller.tenant, _feed_of(session, feed_id, caller.tenant).name)
    return Response(status_code=204)
