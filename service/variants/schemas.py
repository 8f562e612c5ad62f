"""The JSON of a question for weeks to choose from, in both directions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from service.plans.schemas.request import DecimalNumber, PlanRequest, RequestModel, SolveRequest
from service.plans.schemas.response import ConflictResponse, EffortResponse, ResponseModel
from service.studies.schemas import PLAN_ID, StudyResponse
from service.validation.markers import Bounds, Size
from solver.pareto import FEWEST_GOALS, MINUTES_PER_STEP, MOST_GOALS, GoalName
from solver.variants import FEWEST_WEEKS, MOST_WEEKS, Ending

DEFAULT_WEEKS = 3
DEFAULT_SCORE_LOSS = 5
DEFAULT_DIFFERENCE = 0.4
MOST_SCORE_LOSS = 50
LEAST_DIFFERENCE = 0.05
TIME_LIMIT_SECONDS = 30


def _patient() -> SolveRequest:
    return SolveRequest(time_limit_seconds=TIME_LIMIT_SECONDS)


class VariantsRequest(RequestModel):
    """Several weeks for one wish: clearly different ones, or with `goals` a front. `{}` asks for three variants."""

    plan: PlanRequest = Field(
        default_factory=PlanRequest,
        description="What every week answers to, as for `POST /v1/plans`. Its `solve` counts where there is none "
        "beside it.",
        examples=[{"places": [{"id": "home", "equipment": "bands_only"}]}],
    )
    k: Annotated[int, Bounds(FEWEST_WEEKS, MOST_WEEKS, "weeks")] = Field(
        default=DEFAULT_WEEKS, description="How many weeks, the best one among them.", examples=[3]
    )
    max_score_loss: Annotated[DecimalNumber, Bounds(0, MOST_SCORE_LOSS, "percent")] = Field(
        default=DEFAULT_SCORE_LOSS,
        description="How much lower than the best week's score the others may be, in percent of it.",
        examples=[5],
    )
    min_difference: Annotated[DecimalNumber, Bounds(LEAST_DIFFERENCE, 1)] = Field(
        default=DEFAULT_DIFFERENCE,
        description="How different any two weeks are at least: of the marks of both, the share that only one has. A "
        "working exercise gives its week 3 marks and 1 more for every slot it stands in; sets, order and drills give "
        "none.",
        examples=[0.4],
    )
    goals: Annotated[list[GoalName], Size(FEWEST_GOALS, MOST_GOALS)] | None = Field(
        default=None,
        description="For a front instead: `stimulus` the score (minima and targets together), `minutes` of all "
        f"sessions together (in steps of {MINUTES_PER_STEP}), number of `sessions`, `fatigue` points (sets times how "
        "much each tires the body, 0 to 3), different items of `equipment` that are used. All but the score are better "
        "when lower. Every week of the front is better than any other in something; `k`, `max_score_loss` and "
        "`min_difference` do not apply.",
        examples=[["stimulus", "minutes"]],
    )
    solve: SolveRequest = Field(
        default_factory=_patient,
        description=f"How long to search for everything together. Default: {TIME_LIMIT_SECONDS} seconds.",
        examples=[{"time_limit_seconds": TIME_LIMIT_SECONDS}],
    )


class ChoiceScoreResponse(ResponseModel):
    """How much of every muscle's goal the week reaches; 100 when all targets are met."""

    value: float = Field(description="Score of this week.", examples=[98.1])
    bound: float = Field(
        description="Proven: no week scores more that does as well by the weekly minima and is as different from all "
        "weeks before it; of a front: that is as good in the other goals.",
        examples=[100.0],
    )
    gap: float = Field(description="Relative distance between the two.", examples=[0.019])


class WeekFiguresResponse(ResponseModel):
    """What a week costs."""

    minutes: float = Field(description="Length of all sessions together.", examples=[172.5])
    sessions: int = Field(examples=[3])
    sets: int = Field(description="All sets, drills included.", examples=[74])
    exercises: int = Field(description="Different exercises, drills included.", examples=[27])
    fatigue: int = Field(description="Fatigue points: sets times how much each tires the whole body.", examples=[43])
    equipment: list[str] = Field(description="The items it is done with.", examples=[["barbell", "dumbbells"]])


class ChoiceResponse(ResponseModel):
    """One of the weeks."""

    plan: str = Field(description="Id under which the week is kept as a plan.", examples=[PLAN_ID])
    score: ChoiceScoreResponse = Field(description="What it is worth.")
    quality: int = Field(description="Tier 3 of the objective: points; more is better.", examples=[-19])
    figures: WeekFiguresResponse = Field(description="What it costs.")
    difference: float = Field(description="How different it is from the first week, 0 to 1.", examples=[0.42])
    proven: bool = Field(
        description="Whether it is proven that no other week in its place is better; of a front: that no week is as "
        "good in every goal and better in one.",
        examples=[False],
    )
    statement: str = Field(
        description="How it differs from the first week, the best found, and its cost; or what it is on the front.",
        examples=["42 % different: Leg press and 2 others instead of Goblet squat; costs 0.4 of score."],
    )


class GoalValueResponse(ResponseModel):
    """One goal at one point of a front."""

    goal: GoalName = Field(description="The goal.", examples=["minutes"])
    value: float = Field(
        description=f"What the week has: a score for `stimulus`, minutes rounded up to {MINUTES_PER_STEP}, else a "
        "number.",
        examples=[120],
    )
    bound: float = Field(
        description="Proven: no week that is as good in the other goals is better than this in it.", examples=[115]
    )
    proven: bool = Field(description="Whether the two meet.", examples=[False])


class FrontPointResponse(ResponseModel):
    """A week of a front."""

    plan: str = Field(description="Id under which the week is kept as a plan.", examples=[PLAN_ID])
    goals: list[GoalValueResponse] = Field(description="Its value in every goal.")
    proven: bool = Field(description="Whether it is proven that no week dominates it.", examples=[False])


class LimitResponse(ResponseModel):
    """A stretch of one goal."""

    goal: GoalName = Field(examples=["minutes"])
    least: float = Field(description="From here.", examples=[75])
    most: float | None = Field(description="To here; null for no end.", examples=[90])


class UnexploredResponse(ResponseModel):
    """A part of a front that time was too short for: the best weeks under limits in these stretches are not known."""

    limits: list[LimitResponse] = Field(description="The stretch of every goal that is limited.")
    statement: str = Field(description="In words.", examples=["limits of 75 to 90 minutes"])


class FrontResponse(ResponseModel):
    """A front: weeks of which none is as good as another in every goal."""

    goals: list[GoalName] = Field(description="The first is optimised, the others are limited.")
    points: list[FrontPointResponse] = Field(description="The best in the first goal first.")
    complete: bool = Field(
        description="Whether it is proven that the front has these points and no other.", examples=[False]
    )
    unexplored: list[UnexploredResponse] = Field(description="What nobody has looked at; empty when nothing is left.")


class VariantsAnswer(ResponseModel):
    """The weeks, how different they are, and with `goals` the front that they make."""

    weeks: list[ChoiceResponse] = Field(description="The best first.")
    differences: list[list[float]] = Field(
        description="Of every week to every other, in their order.", examples=[[[0.0, 0.42], [0.42, 0.0]]]
    )
    ending: Ending | None = Field(
        description="Why there are no more variants: `enough` all that were asked for, `no_other` proven that there is "
        "no further one, `out_of_time` neither. Null for a front and without a week.",
        examples=["enough"],
    )
    front: FrontResponse | None = Field(description="The front; null where none was asked for.")
    conflict: list[ConflictResponse] | None = Field(
        description="With `infeasible`: rules that cannot hold together, in terms of the request; null otherwise."
    )
    conflict_minimal: bool | None = Field(
        description="Whether any one of them can be left out and the others hold; null without a conflict.",
        examples=[None],
    )
    resolved: dict[str, JsonValue] | None = Field(
        description="What is in force by `plan` of the request, which `conflict[].resolved` points into; null "
        "without a conflict."
    )
    statement: str = Field(description="The answer in short.", examples=["3 weeks, all that were asked for."])
    solver: EffortResponse


class VariantsResponse(StudyResponse[VariantsAnswer]):
    """A question for weeks to choose from and what is known of its answer."""
