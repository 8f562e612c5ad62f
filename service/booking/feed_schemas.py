"""The JSON of feeds, in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, Field

from service.booking.repository import EVERY_SECONDS
from service.plans.clock import rfc3339
from service.plans.schemas.request import OWN_ID, RequestModel
from service.plans.schemas.response import ResponseModel
from service.validation.markers import Bounds

if TYPE_CHECKING:
    from datetime import datetime

    from service.booking.repository import Feed

ID = "0199f4a2-8f00-7b31-9c42-5e6f70a1b2c3"
URL = "https://gym.example/feeds/slots"
_MOMENT = "2026-11-20T09:15:00.000+00:00"

FeedStatus = Literal["reading", "current", "failing", "paused"]
Every = Annotated[int, Bounds(1, 24 * 3600, "seconds")]


class SlotFeedRequest(RequestModel):
    """A feed of a booking system that is to be read."""

    name: Annotated[str, OWN_ID] = Field(
        description="Your name for it, which no other feed of yours has.", examples=["gym"]
    )
    url: str = Field(description="Address of its first page: https, and no internal address.", examples=[URL])
    every_seconds: Every = Field(
        default=EVERY_SECONDS,
        description="So long after its last page was reached it is looked whether there are more. Default: 60.",
        examples=[60],
    )


class SlotFeedChangeRequest(RequestModel):
    """What is to be different; what is not named stays."""

    every_seconds: Every | None = Field(default=None, description="How often it is looked for more.", examples=[300])
    paused: bool | None = Field(
        default=None, description="Whether it is left alone. False reads a paused one again, at once.", examples=[False]
    )


FEED_BODIES: tuple[type[BaseModel], ...] = (SlotFeedRequest, SlotFeedChangeRequest)


class SlotFeedResponse(ResponseModel):
    """A feed and how far it was read."""

    id: str = Field(description="Opaque, sorts by time.", examples=[ID])
    name: str = Field(description="Your name for it.", examples=["gym"])
    url: str = Field(description="Address of its first page.", examples=[URL])
    every_seconds: int = Field(description="How often it is looked for more.", examples=[60])
    created_at: str = Field(description="RFC 3339.", examples=[_MOMENT])
    status: FeedStatus = Field(
        description="`reading` until its last page is reached for the first time, `current` from then on, `failing` "
        "when the latest try came to nothing, `paused` when it is left alone, on request or after failing for 2 days.",
        examples=["current"],
    )
    current_at: str | None = Field(description="When its last page was reached last; null before.", examples=[_MOMENT])
    next_read_at: str | None = Field(
        description="When it is read next, null for at once or, when paused, never.", examples=[_MOMENT]
    )
    failing_since: str | None = Field(description="First failure since it was read; null without one.", examples=[None])
    failure: str | None = Field(
        description="What was wrong with the latest try; null when nothing was.", examples=[None]
    )
    paused_reason: str | None = Field(description="Why it is paused; null when it is not.", examples=[None])

    @classmethod
    def of(cls, feed: Feed) -> SlotFeedResponse:
        """What is shown of a feed."""
        paused = feed.paused_at is not None
        read: FeedStatus = "reading" if feed.current_at is None else "current"
        return cls(
            id=feed.id,
            name=feed.name,
            url=feed.url,
            every_seconds=feed.every_seconds,
            created_at=rfc3339(feed.created_at),
            status="paused" if paused else "failing" if feed.failing_since is not None else read,
            current_at=_told(feed.current_at),
            next_read_at=None if paused else _told(feed.next_at),
            failing_since=_told(feed.failing_since),
            failure=feed.failure,
            paused_reason=feed.paused_reason,
        )


def _told(moment: datetime | None) -> str | None:
    return None if moment is None else rfc3339(moment)


class SlotFeedPage(BaseModel):
    """A part of the list."""

    items: list[SlotFeedResponse]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])
