"""What a line of a batch may ask for, and what is told of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field

from service.plans.clock import rfc3339
from service.plans.schemas import PlanRequest
from service.plans.schemas.response import ResponseModel
from service.validation.markers import Shape

if TYPE_CHECKING:
    from service.batches.repository import Batch

ID = "0199f4a2-a1b2-7c3d-8e4f-5a6b7c8d9e0f"
REF = Shape(r"[!-~]{1,100}", "1 to 100 printable ASCII characters without spaces")

Status = Literal["running", "done", "cancelled"]
LineStatus = Literal[
    "refused",
    "waiting",
    "queued",
    "running",
    "optimal",
    "feasible",
    "infeasible",
    "timed_out",
    "cancelled",
    "failed",
    "deleted",
]
UNFINISHED: tuple[LineStatus, ...] = ("waiting", "queued", "running")


class BatchLineRequest(PlanRequest):
    """One line of a batch: the request of a plan, with a name of the caller's own."""

    ref: Annotated[str, REF] | None = Field(
        default=None, description="Your name for the line; its result has it again.", examples=["member-17"]
    )


class BatchCounts(ResponseModel):
    """Lines by how far they are. All together they are `lines`."""

    refused: int = Field(description="With a fault; the result says which.", examples=[1])
    waiting: int = Field(description="Valid, and waiting for room in the queue.", examples=[40])
    queued: int = Field(description="Plans whose search waits.", examples=[4])
    running: int = Field(description="Plans whose search runs.", examples=[2])
    optimal: int = Field(description="Plans that are proven best.", examples=[30])
    feasible: int = Field(description="Plans that may not be the best.", examples=[20])
    infeasible: int = Field(description="Proven to have no week.", examples=[2])
    timed_out: int = Field(description="Out of time with neither a week nor a proof.", examples=[0])
    cancelled: int = Field(description="Stopped, or never begun.", examples=[1])
    failed: int = Field(description="By a fault of ours.", examples=[0])
    deleted: int = Field(description="Plans that are not kept any longer.", examples=[0])


class BatchResponse(ResponseModel):
    """A batch and how far it is."""

    id: str = Field(description="Opaque, sorts by time.", examples=[ID])
    status: Status = Field(
        description="`running` until no line is unfinished; then `cancelled` when it was stopped, else `done`.",
        examples=["running"],
    )
    created_at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00.000+00:00"])
    lines: int = Field(description="Lines of it, without empty ones.", examples=[100])
    finished: int = Field(description="Lines that have their result.", examples=[54])
    counts: BatchCounts = Field(description="Lines by how far they are.")

    @classmethod
    def of(cls, batch: Batch) -> BatchResponse:
        """What is told of a kept batch."""
        counts = {status: batch.counts.get(status, 0) for status in get_args(LineStatus)}
        return cls(
            id=batch.id,
            status=batch.status,
            created_at=rfc3339(batch.created_at),
            lines=batch.lines,
            finished=batch.lines - batch.unfinished,
            counts=BatchCounts(**counts),
        )


class BatchPage(ResponseModel):
    """A part of the list."""

    items: list[BatchResponse] = Field(description="Batches, the newest first.")
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])
