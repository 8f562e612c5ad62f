"""The JSON of a question for swaps, in both directions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from service.audits.schemas.repair import ChangeResponse
from service.plans.schemas.request import ExerciseId, RequestModel, SlotId, SolveRequest
from service.plans.schemas.response import CertificateLineResponse, EffortResponse, Number, ResponseModel
from service.studies.schemas import PLAN_ID, StudyResponse
from service.validation.markers import Bounds

MAX_REPAIRS = 5
MAX_ALTERNATIVES = 500
MAX_SETS = 20
Likeness = Literal["family", "pattern", "muscle", "region", "none"]
TIME_LIMIT_SECONDS = 2.5
"""The default: what is measured after the search has ended comes on top of it."""


def _brief() -> SolveRequest:
    return SolveRequest(time_limit_seconds=TIME_LIMIT_SECONDS)


class SwapsRequest(RequestModel):
    """An entry of the plan's week that something else is wanted for."""

    slot: SlotId = Field(description="Slot of the session.", examples=["mon"])
    exercise: ExerciseId = Field(description="Exercise of the entry that may go.", examples=["leg_extension"])
    all: bool = Field(
        default=False,
        description="Tell every exercise that is possible there, also those that share no family, pattern or primary "
        "muscle with the entry's.",
        examples=[False],
    )
    limit: Annotated[int, Bounds(1, MAX_ALTERNATIVES, "alternatives")] = Field(
        default=MAX_ALTERNATIVES, description="How many alternatives to tell, the first of them.", examples=[50]
    )
    repairs: Annotated[int, Bounds(0, MAX_REPAIRS, "alternatives")] = Field(
        default=2,
        description="For so many of the first alternatives that break a rule, find out what else would have to change.",
        examples=[2],
    )
    solve: SolveRequest = Field(
        default_factory=_brief,
        description=f"How long to look for that. Default: {TIME_LIMIT_SECONDS} seconds for everything.",
        examples=[{"time_limit_seconds": TIME_LIMIT_SECONDS}],
    )


class ApplyRequest(RequestModel):
    """The alternative that is taken."""

    exercise: ExerciseId = Field(description="Exercise of the alternative.", examples=["step_up"])
    sets: Annotated[int, Bounds(1, MAX_SETS, "sets")] | None = Field(
        default=None, description="Its sets. Default: those of the answer.", examples=[3]
    )


class SwapEntryResponse(ResponseModel):
    """The entry that may go."""

    slot: str = Field(examples=["mon"])
    exercise: str = Field(description="Exercise id.", examples=["leg_extension"])
    name: str = Field(examples=["Leg extension"])
    sets: int = Field(examples=[2])


class WorthResponse(ResponseModel):
    """What a week is worth."""

    score: float = Field(description="As a plan's score.", examples=[92.4])
    minima: int = Field(description="Tier 1: weighted eighth sets below the minima; less is better.", examples=[0])
    targets: int = Field(description="Tier 2: weighted eighth sets below the targets; less is better.", examples=[61])
    quality: int = Field(description="Tier 3: points; more is better.", examples=[112])
    session_seconds: int = Field(description="Length of the session with the entry.", examples=[3480])


class RuleEffectResponse(ResponseModel):
    """A rule that the alternative measures otherwise."""

    rule: str = Field(description="Rule id.", examples=["balance.lower_pull_push"])
    title: str = Field(description="Title of the rule.", examples=["Lower body: posterior chain to quadriceps"])
    holds: bool = Field(description="Whether the week with the alternative keeps it.", examples=[True])
    slack_before: Number | None = Field(description="Distance to the limit as it stands.", examples=[2])
    slack_after: Number | None = Field(description="The same with the alternative.", examples=[0])
    statement: str = Field(description="The measurement with the alternative.", examples=["posterior 16 >= 2 x quad 8"])


class SwapRepairResponse(ResponseModel):
    """What else would have to change for the alternative to keep every rule."""

    status: Literal["optimal", "feasible", "infeasible", "timed_out"] = Field(
        description="`optimal` nothing less would do, `feasible` something less may, `infeasible` proven that no week "
        "with this entry keeps every rule, `timed_out` neither.",
        examples=["optimal"],
    )
    plan: str | None = Field(description="Id of that week, kept as a plan of its own.", examples=[PLAN_ID])
    changes: list[ChangeResponse] = Field(description="What else changes; empty without such a week.")
    score: float | None = Field(description="Score of that week.", examples=[90.1])
    statement: str = Field(description="In short.", examples=["1 more change makes a week that keeps every rule."])


class AlternativeResponse(ResponseModel):
    """What could stand in the entry's place."""

    exercise: str = Field(description="Exercise id.", examples=["step_up"])
    name: str = Field(examples=["Step-up"])
    likeness: Likeness = Field(
        description="The closest thing that it shares with the entry's exercise: a movement family (a variant of it), "
        "a pattern, a primary muscle, no more than the kind of work and the region of the body, or nothing.",
        examples=["muscle"],
    )
    sets: int = Field(
        description="Those with which it keeps every rule and is worth most; with which it breaks the fewest rules "
        "where it keeps them with none.",
        examples=[3],
    )
    equipment: list[str] = Field(description="What it is done with.", examples=[["dumbbells", "box"]])
    keeps_rules: bool = Field(description="Whether all else can stay as it is.", examples=[True])
    worth: WorthResponse = Field(description="The week with it.")
    score_change: float = Field(description="Score gained, or lost when negative.", examples=[-0.8])
    seconds_change: int = Field(description="Seconds by which the session gets longer.", examples=[60])
    rules: list[RuleEffectResponse] = Field(
        description="Every rule that is measured otherwise; all others stay as in `rules` of the answer."
    )
    broken: list[str] = Field(description="Ids of the rules that the week with it breaks.", examples=[[]])
    repair: SwapRepairResponse | None = Field(
        description="What else would have to change; null when nothing has to, or it was not looked for."
    )


class SwapsAnswer(ResponseModel):
    """The alternatives to the entry: first those that keep all rules, then the others. In both parts the most alike
    come first; of those that are equally alike, those that break the fewest rules, then those that are worth most."""

    entry: SwapEntryResponse = Field(description="The entry that may go.")
    before: WorthResponse = Field(description="The week as it stands.")
    rules: list[CertificateLineResponse] = Field(description="Every rule, measured on the week as it stands.")
    alternatives: list[AlternativeResponse] = Field(description="The most alike and the best first.")
    found: int = Field(description="How many alternatives there are, also those that `limit` cut off.", examples=[24])
    left_out: int = Field(
        description="How many more exercises are possible there, left out because they have too little in common with "
        "the entry's: `all` in the request tells them too. 0 where none has more in common.",
        examples=[140],
    )
    keeping_rules: int = Field(description="How many of them keep every rule.", examples=[23])
    solver: EffortResponse


class SwapsResponse(StudyResponse[SwapsAnswer]):
    """A question for swaps and what is known of its answer."""
