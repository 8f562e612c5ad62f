"""Slots as they are listed: the very form that `week.offered` of a request takes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from service.errors import ApiError, Fault
from service.plans.limits import MAX_OFFERED
from service.plans.schemas.request import MOMENT
from service.plans.schemas.response import ResponseModel

if TYPE_CHECKING:
    from service.booking.slots import BookableSlot


class SlotsQuery(BaseModel):
    """Which slots are wanted."""

    model_config = ConfigDict(extra="forbid")

    feed: str | None = Field(default=None, max_length=64, description="Name of a feed; else of all.")
    after: str | None = Field(
        default=None, max_length=40, description="RFC 3339; the earliest start. Default: now.", examples=[None]
    )
    before: str | None = Field(
        default=None, max_length=40, description="RFC 3339; starts before that. Default: any time.", examples=[None]
    )
    limit: int = Field(default=MAX_OFFERED, ge=1, le=MAX_OFFERED, description="Slots at most.")

    def window(self) -> tuple[datetime, datetime]:
        """The two ends. Raises ApiError `invalid-request`."""
        last = datetime.max.replace(tzinfo=UTC)
        return _moment("after", self.after, datetime.now(UTC)), _moment("before", self.before, last)


def _moment(name: str, text: str | None, default: datetime) -> datetime:
    if text is None:
        return default
    # A plus sign that is not escaped arrives as a space.
    text = text.replace(" ", "+")
    try:
        if re.fullmatch(MOMENT.pattern, text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    fault = Fault("", "malformed", f"{name} is {MOMENT.words}", parameter=name)
    raise ApiError("invalid-request", fault.message, (fault,))


class BookableSlotResponse(ResponseModel):
    """A slot of a booking system."""

    id: str = Field(description="The booking system's own id.", examples=["https://gym.example/slots/7"])
    starts_at: str = Field(description="RFC 3339.", examples=["2026-11-23T18:00:00+00:00"])
    ends_at: str = Field(description="RFC 3339.", examples=["2026-11-23T19:00:00+00:00"])
    location: str | None = Field(
        description="The booking system's own id of the facility or series.",
        examples=["https://gym.example/facilities/1"],
    )
    capacity: int | None = Field(description="How many it is for; null when that is not known.", examples=[12])
    remaining: int | None = Field(description="How many more may book; null when that is not known.", examples=[3])
    cancelled: bool = Field(description="It does not take place.", examples=[False])

    @classmethod
    def of(cls, slot: BookableSlot) -> BookableSlotResponse:
        """What is told of a kept slot."""
        capacity = slot.capacity
        if capacity is not None and slot.remaining is not None:
            # Systems that overbook say so by more places than there are.
            capacity = max(capacity, slot.remaining)
        return cls(
            id=slot.id,
            starts_at=slot.starts_at.isoformat(),
            ends_at=slot.ends_at.isoformat(),
            location=slot.place,
            capacity=capacity,
            remaining=slot.remaining,
            cancelled=slot.cancelled,
        )


class BookableSlotsResponse(ResponseModel):
    """Slots in the order of their starts."""

    items: list[BookableSlotResponse] = Field(description="As `week.offered` takes them.")
    more: bool = Field(description="There are more in the window.", examples=[False])
