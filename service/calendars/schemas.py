"""What is said of the address of a calendar."""

from __future__ import annotations

from pydantic import Field

from service.plans.schemas.response import ResponseModel


class FeedResponse(ResponseModel):
    """The address of a plan's calendar, told once."""

    plan: str = Field(description="Id of the plan.", examples=["0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"])
    address: str = Field(
        description="Path on this service to subscribe to. Whoever has it can read the calendar. It cannot be asked "
        "for again; an `Idempotency-Key` keeps it for 24 hours.",
        examples=["/calendars/0Rr0t9bBvX1kO0nQ0yq4cJ2m7uT5dS8wE3zF6hK9lPA.ics"],
    )
    created_at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00.000+00:00"])
