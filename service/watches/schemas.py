"""The JSON of watches, in both directions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, Field

from service.plans import limits
from service.plans.clock import rfc3339
from service.plans.schemas.request import RequestModel, SolveRequest
from service.plans.schemas.response import ConflictResponse, ResponseModel
from service.studies.schemas import ID, PLAN_ID
from service.validation.markers import Size

if TYPE_CHECKING:
    from service.watches.repository import Watch

SLOT = "slot-20261123-1800"

WatchStatus = Literal["checking", "current", "replanning", "failed", "over"]
FailureStatus = Literal["infeasible", "timed_out", "cancelled", "failed"]


class WatchRequest(RequestModel):
    """How a plan is kept current."""

    booked: Annotated[list[str], Size(0, limits.MAX_SLOTS)] = Field(
        default=[],
        description="Ids of slots in which the member has a place already: that they are full is no reason to leave "
        "them. That they move or do not take place is.",
        examples=[[SLOT]],
    )
    prefer: Literal["fewest_changes", "best_week"] = Field(
        default="fewest_changes", description="As for a replan.", examples=["fewest_changes"]
    )
    solve: SolveRequest = Field(
        default_factory=SolveRequest,
        description="How long each replan searches, as in a plan's request.",
        examples=[{"time_limit_seconds": 10, "gap": 0.0}],
    )


class WatchFailureResponse(ResponseModel):
    """Why a plan has lost slots and has no week in their place."""

    status: FailureStatus = Field(
        description="`infeasible` when it is proven that there is none, else how the search ended.",
        examples=["infeasible"],
    )
    at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00.000+00:00"])
    replan: str | None = Field(description="Id of the replan; its answer has suggestions too.", examples=[ID])
    slots: list[str] = Field(
        description="Slots with a session that cannot be used any more, or not at that time.", examples=[[SLOT]]
    )
    conflict: list[ConflictResponse] = Field(
        description="Rules that exclude each other; empty when nothing is proven.", examples=[[]]
    )
    reason: str | None = Field(description="With `failed`: what became of it; else null.", examples=[None])


class WatchResponse(ResponseModel):
    """A plan that is kept current."""

    plan: str = Field(description="Id of the plan that counts: the newest of the replans.", examples=[PLAN_ID])
    status: WatchStatus = Field(
        description="`current` when every slot with a session can be used as planned, by the latest word of the feeds; "
        "`checking` while that is looked at, `replanning` while a week is sought without what cannot; `failed` when "
        "there was none, until the slots change again; `over` when the week is.",
        examples=["current"],
    )
    booked: list[str] = Field(description="Slots in which the member has a place.", examples=[[SLOT]])
    replan: str | None = Field(description="Id of the replan under way; null without one.", examples=[None])
    failure: WatchFailureResponse | None = Field(description="Null unless the latest replan found no week.")
    created_at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00.000+00:00"])
    ends_at: str = Field(description="When the week is over; RFC 3339.", examples=["2026-11-30T00:00:00.000+00:00"])

    @classmethod
    def of(cls, watch: Watch) -> WatchResponse:
        """What is shown of a watch."""
        asked = WatchRequest.model_validate_json(watch.request_json)
        failure = watch.failure_json
        return cls(
            plan=watch.plan,
            status=_status(watch),
            booked=asked.booked,
            replan=watch.job,
            failure=None if failure is None else WatchFailureResponse.model_validate(json.loads(failure)),
            created_at=rfc3339(watch.created_at),
            ends_at=rfc3339(watch.ends_at),
        )


def _status(watch: Watch) -> WatchStatus:
    if watch.job is not None:
        return "replanning"
    if datetime.now(UTC) >= watch.ends_at:
        return "over"
    if watch.due:
        return "checking"
    return "current" if watch.failure_json is None else "failed"


WATCH_BODIES: tuple[type[BaseModel], ...] = (WatchRequest,)
