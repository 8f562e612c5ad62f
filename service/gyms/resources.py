"""Kept gyms and members as they are told."""

from __future__ import annotations

from pydantic import BaseModel, Field, JsonValue

from service.gyms.schemas import GYM, MEMBER
from service.plans.schemas.response import ResponseModel
from service.studies.schemas import ID as SCHEDULE_ID
from service.studies.schemas import PLAN_ID

ID = "0199f4a2-a201-7b15-8d70-1b2c3d4e5f60"
MOMENT = "2026-11-20T09:15:00.000+00:00"


class GymResponse(ResponseModel):
    """A gym that is kept."""

    id: str = Field(description="Opaque, sorts by time.", examples=[ID])
    created_at: str = Field(description="RFC 3339.", examples=[MOMENT])
    changed_at: str = Field(description="RFC 3339; its members aside.", examples=[MOMENT])
    gym: dict[str, JsonValue] = Field(description="The gym as it was sent, with later changes.", examples=[GYM])
    members: int = Field(description="How many members it has.", examples=[30])
    schedule: str | None = Field(
        description="Id of its present schedule, the newest that came to its end with weeks; null without one.",
        examples=[SCHEDULE_ID],
    )


class GymPage(BaseModel):
    """A part of the list."""

    items: list[GymResponse]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])


class GymMemberResponse(ResponseModel):
    """A member of a gym, and his week in its present schedule."""

    id: str = Field(description="Your name for the member.", examples=["anna"])
    created_at: str = Field(description="RFC 3339.", examples=[MOMENT])
    changed_at: str = Field(description="RFC 3339.", examples=[MOMENT])
    member: dict[str, JsonValue] = Field(description="The member as he was sent.", examples=[MEMBER])
    plan: str | None = Field(
        description="Id of the plan of his week; null without one. What was changed since then is not in it.",
        examples=[PLAN_ID],
    )
    lost_percent: float | None = Field(
        description="What sharing costs him against training alone; null without a week.", examples=[1.3]
    )
    unplaced: str | None = Field(description="Why he has no week in it; null otherwise.", examples=[None])


class GymMemberPage(BaseModel):
    """A part of the list."""

    items: list[GymMemberResponse]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])
