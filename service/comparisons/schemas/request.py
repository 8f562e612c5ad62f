"""Which plans to put side by side."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from service.comparisons import limits
from service.plans.schemas.request import RequestModel
from service.validation.markers import Shape, Size

PLAN_ID = Shape(r"[A-Za-z0-9-]{1,64}", "the id of a plan, as its answer tells it")
LABEL = Shape(
    rf"[^\x00-\x1f\x7f]{{1,{limits.MAX_LABEL_CHARACTERS}}}",
    f"1 to {limits.MAX_LABEL_CHARACTERS} characters in one line",
)
EXAMPLE_IDS = ("0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1", "0199f4a3-11b2-7e44-8d0c-5f6e1a2b3c4d")

PlanId = Annotated[str, PLAN_ID]


class ComparisonRequest(RequestModel):
    """Two to eight plans with a week. Weeks found by other questions are plans as well."""

    plans: Annotated[list[PlanId], Size(limits.MIN_PLANS, limits.MAX_PLANS)] = Field(
        description="Ids of the plans, in the order in which they are to be shown; each once.",
        examples=[list(EXAMPLE_IDS)],
    )
    baseline: PlanId | None = Field(
        default=None,
        description="The plan that the others are held against. Default: the first.",
        examples=[EXAMPLE_IDS[0]],
    )
    labels: Annotated[dict[PlanId, Annotated[str, LABEL]], Size(0, limits.MAX_PLANS)] = Field(
        default={},
        description="Plan id -> what to call it. Default: A, B, C ... in the order of `plans`.",
        examples=[{EXAMPLE_IDS[0]: "Three days", EXAMPLE_IDS[1]: "Two days"}],
    )
