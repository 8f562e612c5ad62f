"""The JSON of a what-if, in both directions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from service.plans.schemas.request import Day, EquipmentList, MuscleId, RequestModel, SolveRequest
from service.plans.schemas.response import EffortResponse, PatchOperation, ResponseModel
from service.studies.schemas import PLAN_ID, StudyResponse
from service.validation.markers import Bounds, Known, Size

TIME_LIMIT_SECONDS = 58
"""The default: a minute together with building the models and measuring what was found."""
MAX_MINUTES = 60
MAX_LISTED = 20
MAX_OPERATIONS = 20

Verdict = Literal["gain", "loss", "none", "unproven", "impossible", "unknown", "unanswered"]
What = Literal["equipment", "minutes", "slot", "stage", "rule", "change"]


def _long() -> SolveRequest:
    return SolveRequest(time_limit_seconds=TIME_LIMIT_SECONDS)


class RuleTurnRequest(RequestModel):
    """A rule whose numbers are turned one step both ways."""

    rule: str = Field(description="Rule id; `GET /v1/rules` lists them.", examples=["balance.upper_pull_push"])
    muscle: MuscleId | None = Field(
        default=None, description="For rules with numbers per muscle: which muscle's.", examples=["glutes"]
    )


class ChangeRequest(RequestModel):
    """Any other change."""

    change: Annotated[list[PatchOperation], Size(1, MAX_OPERATIONS)] = Field(
        description="JSON Patch (RFC 6902: add, replace, remove) on the plan's `request`.",
        examples=[[{"op": "add", "path": "/athlete", "value": {"experience": "advanced"}}]],
    )


class WhatIfRequest(RequestModel):
    """Which changes are tried, each alone. `{}` asks for every missing item, ten minutes, one day and every stage."""

    equipment: EquipmentList | None = Field(
        default=None,
        description="Items, each tried at every place that lacks it. Default: all that a place lacks; [] for none.",
        examples=[["dumbbells", "cable_machine"]],
    )
    minutes: Annotated[list[Annotated[int, Bounds(1, MAX_MINUTES, "minutes")]], Size(0, MAX_LISTED)] = Field(
        default=[10], description="So many minutes more, each tried for every slot.", examples=[[5, 10, 15]]
    )
    days: Annotated[list[Day], Size(0, 7)] | None = Field(
        default=None,
        description="Days for one more slot, of the usual start, length and place, that may stay unused. Default: the "
        "free day that is furthest from the others; [] for none.",
        examples=[["saturday"]],
    )
    stages: Annotated[list[Annotated[str, Known("ladders")]], Size(0, MAX_LISTED)] | None = Field(
        default=None, description="Ladders, each one stage up. Default: all; [] for none.", examples=[["deadlift"]]
    )
    rules: Annotated[list[RuleTurnRequest], Size(0, MAX_LISTED)] = Field(
        default=[],
        description="Rules, each of their numbers one step tighter and one step looser.",
        examples=[[{"rule": "balance.upper_pull_push"}]],
    )
    changes: Annotated[list[ChangeRequest], Size(0, MAX_LISTED)] = Field(
        default=[],
        description="Any other changes of the plan's request.",
        examples=[[{"change": [{"op": "add", "path": "/athlete", "value": {"experience": "advanced"}}]}]],
    )
    solve: SolveRequest = Field(
        default_factory=_long,
        description=f"How long to search, for all changes together. Default: {TIME_LIMIT_SECONDS} seconds.",
        examples=[{"time_limit_seconds": TIME_LIMIT_SECONDS}],
    )


class WhatIfOptionResponse(ResponseModel):
    """What one change buys."""

    what: What = Field(description="What is changed.", examples=["minutes"])
    change: list[PatchOperation] = Field(
        description="JSON Patch (RFC 6902) on the plan's `request`; the changed request can be sent as it is."
    )
    statement: str = Field(description="The change in words.", examples=["give 'mon' 70 minutes instead of 60"])
    verdict: Verdict = Field(
        description="`gain`, `loss` and `none` are proven; `unproven`: the difference lies inside the gap; "
        "`impossible`: proven that no week is left; `unknown`: no week was found in time; `unanswered`: there was no "
        "time for it.",
        examples=["gain"],
    )
    says: str = Field(
        description="What it buys in a line.", examples=["score +3.6, proven to be between +2.9 and +4.6"]
    )
    gain: float | None = Field(
        description="Score of the best week found with it, less that of the best found without; null without one.",
        examples=[3.6],
    )
    at_least: float | None = Field(
        description="Proven: the best week possible with it scores at least so much more than the best without; null "
        "where nothing is proven.",
        examples=[2.9],
    )
    at_most: float | None = Field(description="Proven: and at most so much more.", examples=[4.6])
    searched: bool = Field(
        description="False where it is proven without a search that nothing changes, and where there was no time.",
        examples=[True],
    )
    plan: str | None = Field(
        description="Id of the week with it, kept as a plan of its own; null where none better than without it is.",
        examples=[PLAN_ID],
    )


class WhatIfAnswer(ResponseModel):
    """The changes, those that gain most first."""

    score: float = Field(description="Of the best week without a change that is known now.", examples=[92.4])
    bound: float = Field(
        description="Proven: without a change no week (as good in the minima) scores more.", examples=[92.4]
    )
    better: str | None = Field(
        description="Id of a better week without any change, if one was met on the way; kept as a plan of its own.",
        examples=[None],
    )
    options: list[WhatIfOptionResponse] = Field(description="Every change that was asked for, the most gained first.")
    unanswered: int = Field(description="How many of them there was no time for.", examples=[0])
    solver: EffortResponse


class WhatIfResponse(StudyResponse[WhatIfAnswer]):
    """A what-if and what is known of its answer."""
