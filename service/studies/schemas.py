"""What all studies' answers have in common, and studies in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast

from pydantic import BaseModel, Field, JsonValue

from service.plans.clock import rfc3339
from service.plans.schemas.response import ResponseModel
from service.reference.paging import PageQuery

if TYPE_CHECKING:
    from service.studies.repository import StudyLine

Status = Literal["queued", "running", "done", "partial", "infeasible", "timed_out", "cancelled", "failed"]
Answer = TypeVar("Answer", bound=BaseModel)

ID = "0199f4a2-9b1c-7a42-8c60-5f0d1e2b3c4d"
PLAN_ID = "0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"


class StudyResponse(ResponseModel, Generic[Answer]):
    """A question and what is known of its answer."""

    id: str = Field(description="Opaque, sorts by time.", examples=[ID])
    status: Status = Field(
        description="`queued` and `running` until the work has ended; then how: `done` everything that was "
        "asked for is found and, of a replan or a front, proven (within `solve.gap` where that is asked for); "
        "`partial` time ran out before that: the answer has what was found and proven by then, "
        "`infeasible` proven impossible, `timed_out` out of time "
        "with nothing, `cancelled` stopped from outside with what was found by then, `failed` by a fault of ours.",
        examples=["done"],
    )
    created_at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00.000+00:00"])
    plan: str | None = Field(description="Id of the plan that it is about; null for none.", examples=[PLAN_ID])
    request: dict[str, JsonValue] = Field(description="The request as it was sent.", examples=[{}])
    answer: Answer | None = Field(description="What was found; null before there is anything.")
    catalog: str = Field(description="Hash of the catalog that was used.", examples=["sha256:2f7c..."])
    notes: list[str] = Field(
        default=[], description="The notes of the plan that it is about, which its answer is read with.", examples=[[]]
    )
    failure: str | None = Field(
        default=None, description="With `failed`: what became of the work; null otherwise.", examples=[None]
    )


class StudySummary(BaseModel):
    """A question without its content."""

    id: str = Field(description="Opaque, sorts by time.", examples=[ID])
    status: Status = Field(description="How far the work is, or how it ended.", examples=["done"])
    created_at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00.000+00:00"])
    plan: str | None = Field(description="Id of the plan that it is about; null for none.", examples=[PLAN_ID])

    @classmethod
    def of(cls, study: StudyLine) -> StudySummary:
        """The summary of a kept study."""
        status = cast("Status", study.status)
        return cls(id=study.id, status=status, created_at=rfc3339(study.created_at), plan=study.plan)


class StudyPage(BaseModel):
    """A part of the list."""

    items: list[StudySummary]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])


class StudyQuery(PageQuery):
    """Which studies are wanted."""

    status: Status | None = Field(default=None, description="Only those that are so far, or ended so.")
    plan: str | None = Field(
        default=None,
        max_length=64,
        description="Only those about the plan of this id; variants and blocks are about none.",
    )
