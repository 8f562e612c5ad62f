"""`/v1/slots`: what booking systems offer, as their feeds have told."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.booking.repository import FeedRepository
from service.booking.schemas import BookableSlotResponse, BookableSlotsResponse, SlotsQuery
from service.dependencies import Sessions
from service.openapi import OF_US, problems
from service.tenants.access import CurrentCaller

router = APIRouter(prefix="/v1/slots", tags=["slots"])


@router.get(
    "",
    operation_id="listSlots",
    summary="Bookable slots",
    responses=problems("invalid-request", *OF_US),
)
def list_slots(
    query: Annotated[SlotsQuery, Query()], sessions: Sessions, caller: CurrentCaller
) -> BookableSlotsResponse:
    """Slots of the tenant's feeds that start in a window, the earliest first, full and cancelled ones as well.

    They are what `week.offered` of a request takes; which `place` of the request a `location` is, only you know.
    """
    after, before = query.window()
    with sessions() as session:
        found = FeedRepository(session).slots(
            caller.tenant, feed=query.feed, after=after, before=before, limit=query.limit + 1
        )
    items = [BookableSlotResponse.of(slot) for slot in found[: query.limit]]
    return BookableSlotsResponse(items=items, more=len(found) > query.limit)
