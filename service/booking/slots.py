"""A bookable slot, whatever system it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class BookableSlot:
    """A time that may be booked. Numbers are people, or parties where the system counts those; None is not known."""

    id: str
    starts_at: datetime
    ends_at: datetime
    place: str | None
    """The system's own id of where or what it is."""
    capacity: int | None
    remaining: int | None
    cancelled: bool
