"""A programme to be kept as a plan."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from service.audits.schemas.request import EXAMPLE_TEXT, AuditRequest, FollowedWeekRequest, ProgrammeRequest
from service.plans import limits
from service.plans.schemas.request import CALENDAR_DATE, AthleteRequest, PlaceRequest, RequestModel, SolveRequest
from service.plans.schemas.rules import RuleParameters
from service.validation.markers import Size


class KeptWeekRequest(FollowedWeekRequest):
    """How the week lies in the calendar."""

    starts_on: Annotated[str, CALENDAR_DATE] | None = Field(
        default=None, description="First day of the week. Without it sessions carry no dates.", examples=["2026-11-23"]
    )
    timezone: str = Field(default="UTC", description="IANA time zone of the sessions.", examples=["Europe/London"])


class KeepRequest(RequestModel):
    """A week that keeps every rule, and what an audit was told of it. Only `programme` is needed."""

    programme: ProgrammeRequest = Field(
        description="The week, in any form that an audit reads; the `week` of a repair fits as it is.",
        examples=[{"text": EXAMPLE_TEXT}],
    )
    athlete: AthleteRequest = Field(
        default_factory=AthleteRequest,
        description="Who trains, as in a plan's request. Default: intermediate.",
        examples=[{"experience": "intermediate", "ladder_stages": {"deadlift": 3}}],
    )
    places: Annotated[list[PlaceRequest], Size(1, limits.MAX_PLACES)] | None = Field(
        default=None,
        description="Where training happens, as in a plan's request. Default: what the audit assumes.",
        examples=[[{"id": "club", "equipment": "full_gym"}]],
    )
    week: KeptWeekRequest = Field(
        default_factory=KeptWeekRequest,
        description="How the week lies in the calendar.",
        examples=[{"starts_on": "2026-11-23", "timezone": "Europe/London"}],
    )
    rules: RuleParameters = Field(
        default={},
        description="Rule id -> its parameters, as in a plan's request.",
        examples=[{"balance.upper_pull_push": {"ratio": 2.0}}],
    )
    solve: SolveRequest = Field(
        default_factory=SolveRequest,
        description="How long to search when the plan is asked about later, as in a plan's request.",
        examples=[{"time_limit_seconds": 10}],
    )

    @property
    def audited(self) -> AuditRequest:
        """The same as an audit reads it."""
        return AuditRequest(
            programme=self.programme,
            athlete=self.athlete,
            places=self.places,
            week=FollowedWeekRequest(starts_on=self.week.starts_on, repeats=self.week.repeats),
            rules=self.rules,
            solve=self.solve,
        )
