"""Plans in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from pydantic import BaseModel, Field

from service.plans.clock import rfc3339
from service.plans.schemas.response import ASKED, OriginKind, OriginResponse, Status
from service.reference.paging import PageQuery

if TYPE_CHECKING:
    from service.plans.repository import PlanLine


class PlanSummary(BaseModel):
    """A plan without its content; `GET /v1/plans/{id}` has that."""

    id: str = Field(description="Opaque, sorts by time.", examples=["0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"])
    status: Status = Field(description="How far the search is, or how it ended.", examples=["optimal"])
    created_at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00.000+00:00"])
    origin: OriginResponse | None = Field(
        description="How it came to be; null where it was not written down.", examples=[ASKED.model_dump()]
    )

    @classmethod
    def of(cls, plan: PlanLine) -> PlanSummary:
        """The summary of a kept plan."""
        status = cast("Status", plan.status)
        return cls(id=plan.id, status=status, created_at=rfc3339(plan.created_at), origin=plan.origin)


class PlanPage(BaseModel):
    """A part of the list."""

    items: list[PlanSummary]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])


class PlanQuery(PageQuery):
    """Which plans are wanted."""

    status: Status | None = Field(default=None, description="Only plans whose search is so far, or ended so.")
    origin: list[OriginKind] = Field(
        default=[],
        max_length=len(get_args(OriginKind)),
        description="Only plans that came to be so; repeat it for several.",
        examples=[["asked"]],
    )
