"""The JSON of a question for a block, in both directions."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, JsonValue

from service.audits.schemas.repair import ChangeKind
from service.plans import limits
from service.plans.schemas.request import DecimalNumber, PlanRequest, RequestModel, SolveRequest
from service.plans.schemas.response import ConflictResponse, EffortResponse, Number, ResponseModel
from service.studies.schemas import PLAN_ID, StudyResponse
from service.validation.markers import Bounds
from solver.blocks.domain import FEWEST_WEEKS, MOST_WEEKS, Cause, Mesocycle

DEFAULT_WEEKS = 8
TIME_LIMIT_SECONDS = limits.MAX_TIME_LIMIT_SECONDS
MAX_TOLERANCE = 20
_CYCLE = Mesocycle()


class MesocycleRequest(RequestModel):
    """How the weeks ramp up and unload, in percent of the weekly targets. The defaults are judgement."""

    loading_weeks: Annotated[int, Bounds(1, 6, "weeks")] = Field(
        default=_CYCLE.loading_weeks,
        description="Weeks over which the targets climb evenly; the week after them unloads.",
        examples=[3],
    )
    start_percent: Annotated[int, Bounds(50, 100, "percent")] = Field(
        default=_CYCLE.start_percent, description="Of the targets, in the first week of a cycle.", examples=[80]
    )
    peak_percent: Annotated[int, Bounds(80, 130, "percent")] = Field(
        default=_CYCLE.peak_percent,
        description="Of the targets, in the last week before unloading. No target passes a muscle's maximum.",
        examples=[105],
    )
    deload_percent: Annotated[int, Bounds(40, 90, "percent")] | None = Field(
        default=_CYCLE.deload_percent,
        description="Of the targets and maxima, and of the hard sets of the week before; null: no week unloads.",
        examples=[60],
    )


def _patient() -> SolveRequest:
    return SolveRequest(time_limit_seconds=TIME_LIMIT_SECONDS)


class BlockRequest(RequestModel):
    """A training block. Everything has a default: `{}` asks for eight weeks of the week that `POST /v1/plans` plans."""

    weeks: Annotated[int, Bounds(FEWEST_WEEKS, MOST_WEEKS, "weeks")] = Field(
        default=DEFAULT_WEEKS, description="How many weeks.", examples=[8]
    )
    plan: PlanRequest = Field(
        default_factory=PlanRequest,
        description="What every week answers to, as for `POST /v1/plans`. `week.starts_on` dates the first week; "
        "`athlete.ladder_stages` are the stages before it. Its own `solve` does not apply: the block has one.",
        examples=[{"athlete": {"ladder_stages": {"deadlift": 1}}}],
    )
    mesocycle: MesocycleRequest = Field(
        default_factory=MesocycleRequest, description="How the weeks ramp up and unload.", examples=[{}]
    )
    tolerance: Annotated[DecimalNumber, Bounds(0, MAX_TOLERANCE, "points")] = Field(
        default=2.0,
        description="Points of score that a week may give up so that less changes from the weeks before.",
        examples=[2],
    )
    ladder_sessions: Annotated[int, Bounds(1, 2, "sessions a week")] = Field(
        default=2,
        description="Sessions a week that train the stage of the deadlift ladder, where the rules leave such a week.",
        examples=[2],
    )
    solve: SolveRequest = Field(
        default_factory=_patient,
        description=f"How long to search for all weeks together. Default: {TIME_LIMIT_SECONDS} seconds.",
        examples=[{"time_limit_seconds": TIME_LIMIT_SECONDS}],
    )


class BlockScoreResponse(ResponseModel):
    """How much of the week's own targets it reaches; 100 when all are met."""

    value: float = Field(description="Score of this week.", examples=[97.2])
    bound: float = Field(
        description="No week for the same targets, within the block's limits, can score more; proven.", examples=[99.1]
    )
    gap: float = Field(description="Relative distance between the two.", examples=[0.0192])


class NearnessResponse(ResponseModel):
    """How little changes: 20 for an exercise that goes or comes, 6 for its place in a session, 1 for a set; from the
    block's pattern and from the week before, or the same week of the cycle before."""

    distance: int = Field(description="The weights of all changes.", examples=[79])
    bound: int = Field(
        description="No week that keeps the rules, and the score within the tolerance, is nearer; proven.",
        examples=[79],
    )
    proven: bool = Field(description="Whether the two meet.", examples=[True])


class AdvanceResponse(ResponseModel):
    """A stage that is entered with a week."""

    ladder: str = Field(description="Ladder id.", examples=["deadlift"])
    before: int = Field(description="The stage so far.", examples=[2])
    after: int = Field(description="The stage from this week on.", examples=[3])
    sessions: int = Field(description="Sessions on the stage so far.", examples=[2])
    needed: int = Field(description="Sessions that the ladder asks for.", examples=[2])
    criterion: str = Field(
        description="What the athlete is to manage first; who does not, stays on the stage.",
        examples=["3x8 empty bar, every rep identical, hips finish the lift"],
    )


class BlockTargetResponse(ResponseModel):
    """One muscle's numbers in one week."""

    muscle: str = Field(description="Muscle id.", examples=["glutes"])
    min: int = Field(description="Weekly minimum in this week.", examples=[2])
    target: Number = Field(description="Weekly target in this week, to the eighth of a set.", examples=[6.375])
    max: int = Field(description="Weekly maximum in this week, never above the muscle's own.", examples=[11])
    sets: float = Field(description="Fractional sets of the week.", examples=[6.5])


class BlockEntryResponse(ResponseModel):
    """An entry before or after a change."""

    slot: str = Field(examples=["mon"])
    exercise: str = Field(description="Exercise id.", examples=["rack_pull_knee"])
    name: str = Field(examples=["Rack pull from knee height"])
    sets: int = Field(examples=[3])


class BlockChangeResponse(ResponseModel):
    """A change from the week before. `before` is null for what comes new, `after` for what goes."""

    kind: ChangeKind = Field(description="What happens to the entry or the session.", examples=["swap"])
    slot: str = Field(description="Where; for a move, where the entry comes from.", examples=["mon"])
    before: BlockEntryResponse | None = Field(description="The entry in the week before.")
    after: BlockEntryResponse | None = Field(description="The entry in this week.")
    cause: Cause = Field(
        description="`stage` a ladder stage was entered, `deload` the week unloads, `after_deload` the one before did, "
        "`rule` a rule would be broken, `ramp` the targets change, `score` the week scores more, `minima` it is nearer "
        "to the minima, `limit` a limit of the block needs it, `near` the week is nearer with it to those it is drawn "
        "from, `order` it only comes elsewhere in its session, `unproven` nothing asks for it: a nearer week was not "
        "found in time.",
        examples=["stage"],
    )
    statement: str = Field(
        description="The reason in words.", examples=["Deadlift: stage 3 after 2 sessions on stage 2, 2 needed."]
    )
    rule: str | None = Field(description="The rule that would be broken without the change.", examples=[None])
    score_without: float | None = Field(
        description="Score of the week without the change; null where that would break a rule.", examples=[96.1]
    )


class BlockWeekResponse(ResponseModel):
    """One week of the block."""

    number: int = Field(description="From 1.", examples=[3])
    plan: str = Field(description="Id of the week, kept as a plan of its own.", examples=[PLAN_ID])
    starts_on: str | None = Field(description="Its first day; null without dates.", examples=["2026-12-07"])
    percent: int = Field(description="What it is after, in percent of the targets.", examples=[105])
    unloading: bool = Field(description="Whether it is a week of unloading.", examples=[False])
    score: BlockScoreResponse
    hard_sets: int = Field(description="All hard sets of the week.", examples=[65])
    most_hard_sets: int | None = Field(
        description="What it may hold; null for no limit. In a week of unloading the fewest that were found where "
        "there is none within the cycle's share.",
        examples=[68],
    )
    given_up: bool = Field(
        description="Whether a limit of the block (hard sets, sessions on a ladder) was given up here because no week "
        "within it was found in time.",
        examples=[False],
    )
    stages: dict[str, int] = Field(description="Ladder -> stage in this week.", examples=[{"deadlift": 3}])
    sessions: dict[str, int] = Field(description="Ladder -> sessions on that stage.", examples=[{"deadlift": 2}])
    entered: list[AdvanceResponse] = Field(description="Stages that begin with this week.")
    targets: list[BlockTargetResponse] = Field(description="Every muscle's numbers.")
    changes: list[BlockChangeResponse] = Field(description="What changes from the week before, and why.")
    nearness: NearnessResponse


class LadderPathResponse(ResponseModel):
    """A ladder from week to week."""

    ladder: str = Field(description="Ladder id.", examples=["deadlift"])
    name: str = Field(examples=["Deadlift"])
    strict: bool = Field(description="Whether no stage is ever skipped.", examples=[True])
    stages: list[int] = Field(description="The stage of each week.", examples=[[1, 2, 3, 3]])
    sessions: list[int] = Field(description="Sessions on it in each week.", examples=[[2, 2, 2, 1]])
    reasons: list[str] = Field(
        description="Why the stage of each week is what it is.",
        examples=[["Begins at stage 1.", "Enters stage 2: 2 of 2 sessions on stage 1."]],
    )


class BlockLineResponse(ResponseModel):
    """One rule of a block, measured on all weeks by checks of their own."""

    rule: str = Field(description="Rule id.", examples=["block.unloading"])
    title: str = Field(description="Title of the rule.", examples=["A week of unloading is one"])
    sentence: str = Field(description="The rule in words.", examples=["A week of unloading holds at most ..."])
    holds: bool = Field(description="Whether the block keeps it.", examples=[True])
    statement: str = Field(
        description="The measurement in one sentence.", examples=["hard sets of week 4: 39 <= 39 after 65"]
    )
    measured: dict[str, Number | str] = Field(description="The numbers.", examples=[{"week 4": 39}])
    limit: dict[str, Any] = Field(description="The limits.", examples=[{"week 4": 39}])
    slack: Number | None = Field(description="Distance to the limit, 0 when tight; null without a scale.", examples=[0])
    notes: list[str] = Field(description="What else is to be known.", examples=[[]])


class BlockAnswer(ResponseModel):
    """The weeks as far as they are planned. Each is the best found for what went before it; none is planned for the
    sake of a later one, so the block as a whole is verified but not proven best."""

    weeks: list[BlockWeekResponse] = Field(description="In their order.")
    ladders: list[LadderPathResponse] = Field(description="Every ladder from week to week.")
    certificate: list[BlockLineResponse] = Field(
        description="Every rule of a block; empty unless all weeks are planned."
    )
    conflict: list[ConflictResponse] | None = Field(
        description="With `infeasible`: rules that cannot hold together in the first week without a plan, in terms of "
        "the request; null otherwise."
    )
    conflict_minimal: bool | None = Field(
        description="Whether any one of them can be left out and the others hold; null without a conflict.",
        examples=[None],
    )
    conflict_week: int | None = Field(
        description="The first week without a plan; null without a conflict.", examples=[None]
    )
    resolved: dict[str, JsonValue] | None = Field(
        description="What is in force in that week, which `conflict[].resolved` points into; null without a conflict."
    )
    unfinished: int | None = Field(description="The week at which time ran out or the work was stopped.")
    solver: EffortResponse


class BlockResponse(StudyResponse[BlockAnswer]):
    """A question for a block and what is known of its answer."""
