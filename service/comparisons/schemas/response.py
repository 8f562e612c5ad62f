"""Plans side by side. Rows hold one value for each plan, in the order of `plans`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.plans.schemas.response import Number, ResponseModel, Status
from solver.domain.change import ChangeKind

_ID = "0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"
_OTHER = "0199f4a3-11b2-7e44-8d0c-5f6e1a2b3c4d"

Better = Literal["more", "less"]
Aspect = Literal["catalog", "score", "quality", "bounds", "slots", "rules", "fatigue", "changes"]


class SessionTimeResponse(ResponseModel):
    """One session against its time."""

    slot: str = Field(description="Id of the slot.", examples=["mon"])
    day: str = Field(description="Day of the week.", examples=["monday"])
    start: str = Field(description="Local time of the start.", examples=["18:00"])
    place: str = Field(description="Id of the place.", examples=["club"])
    seconds: int = Field(description="Length of the session.", examples=[3480])
    limit_seconds: int = Field(description="Length of the slot.", examples=[3600])


class ComparedEntryResponse(ResponseModel):
    """An entry before or after a change."""

    slot: str = Field(examples=["mon"])
    exercise: str = Field(description="Exercise id.", examples=["goblet_squat"])
    name: str = Field(examples=["Goblet squat"])
    sets: int = Field(examples=[4])


class DifferenceResponse(ResponseModel):
    """One difference from the baseline. `before` is null for what comes new, `after` for what goes."""

    kind: ChangeKind = Field(description="What happens to the entry or the session.", examples=["swap"])
    slot: str = Field(
        description="Where, in the slots of the baseline; for a move, where it goes from.", examples=["mon"]
    )
    weight: int = Field(description="Its part of the distance.", examples=[29])
    before: ComparedEntryResponse | None = Field(description="The entry in the baseline.")
    after: ComparedEntryResponse | None = Field(description="The entry in this plan.")
    statement: str = Field(examples=["mon: Goblet squat, 4 sets -> Split squat, 3 sets"])


class PairedSlotResponse(ResponseModel):
    """Slots of different names that were taken for each other."""

    slot: str = Field(description="Slot of this plan.", examples=["thu"])
    baseline_slot: str = Field(description="Slot of the baseline.", examples=["wed"])


class MuscleChangeResponse(ResponseModel):
    """A muscle that gets more or fewer sets that count for the score than in the baseline."""

    muscle: str = Field(description="Muscle id.", examples=["glutes"])
    name: str = Field(description="Name of the muscle.", examples=["Glutes"])
    sets: float = Field(
        description="Fractional sets more or fewer, half of each where it is too easy; always positive.", examples=[2.5]
    )


class AgainstResponse(ResponseModel):
    """A plan held against the baseline. Differences are this plan's value less the baseline's."""

    statement: str = Field(
        description="What the plan costs and gains against the baseline, in one sentence.",
        examples=["Two days scores 78.9, 3.9 less than Three days, ..."],
    )
    score: float | None = Field(description="Null when the scores do not measure the same.", examples=[-3.9])
    score_inside_gaps: bool | None = Field(
        description="True when a longer search could turn the score difference round: the plan that scores less may, "
        "by its bound, reach the other's score. False for weeks of the same request, whose difference is exact.",
        examples=[False],
    )
    seconds: int = Field(description="Of all sessions together.", examples=[-1740])
    sessions: int = Field(examples=[-1])
    sets: int = Field(examples=[-6])
    fatigue: int | None = Field(description="Points of systemic fatigue.", examples=[-8])
    gained: list[MuscleChangeResponse] = Field(description="Muscles with more sets, the largest difference first.")
    lost: list[MuscleChangeResponse] = Field(description="Muscles with fewer sets, the largest difference first.")
    distance: int | None = Field(description="The weights of all changes; null when there is no list.", examples=[151])
    changes: list[DifferenceResponse] | None = Field(
        description="What makes this week out of the baseline's, in the order of the week; null when a week cannot be "
        "read any more."
    )
    paired_slots: list[PairedSlotResponse] = Field(description="Slots that were taken for others of another name.")


class ComparedPlanResponse(ResponseModel):
    """One of the plans."""

    id: str = Field(examples=[_ID])
    label: str = Field(description="What it is called here.", examples=["Three days"])
    status: Status = Field(description="How its search ended.", examples=["optimal"])
    created_at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00+00:00"])
    catalog: str = Field(description="Hash of the catalog it was made with.", examples=["sha256:2f7c..."])
    sessions: list[SessionTimeResponse] = Field(description="Time of each session against its slot.")
    equipment: list[str] = Field(description="Items that its entries are done with.", examples=[["dumbbells"]])
    against_baseline: AgainstResponse | None = Field(description="Null for the baseline itself.")


class MetricRow(ResponseModel):
    """One figure of every plan."""

    metric: str = Field(description="Stable name.", examples=["fatigue"])
    name: str = Field(description="Name for people.", examples=["Systemic fatigue"])
    unit: str = Field(examples=["points"])
    better: Better | None = Field(description="Which way is better; null when neither is by itself.", examples=["less"])
    comparable: bool = Field(description="False when the plans do not measure it alike.", examples=[True])
    values: list[Number | None] = Field(description="One for each plan; null where there is none.", examples=[[41, 33]])
    best: list[str] = Field(
        description="Plans with the best value; empty when all are alike or not comparable.", examples=[[_OTHER]]
    )


class RuleRow(ResponseModel):
    """One rule and how near every plan comes to it."""

    rule: str = Field(description="Rule id.", examples=["balance.upper_pull_push"])
    title: str = Field(examples=["Upper body: pull to push"])
    mistake: int | None = Field(description="The guide's mistake that it answers, if any.", examples=[2])
    unit: str | None = Field(description="Unit of the slack; null for a rule without a scale.", examples=["pull units"])
    slack: list[Number | None] = Field(
        description="Distance to each plan's own limit, 0 when tight, negative when broken; null without a scale.",
        examples=[[0, 4]],
    )
    holds: list[bool | None] = Field(
        description="Whether each plan keeps the rule; null where its certificate does not tell.",
        examples=[[True, True]],
    )
    waived: list[bool] = Field(description="Whether an inclusion was not possible.", examples=[[False, False]])
    statements: list[str] = Field(
        description="Each plan's measurement in words.", examples=[["pull 24 >= 2 x push 12", "pull 20 >= 2 x push 8"]]
    )
    tightest: list[str] = Field(
        description="Plans that come nearest to the limit; empty when all come equally near.", examples=[[_ID]]
    )


class MuscleOfPlanResponse(ResponseModel):
    """A muscle's week in one plan, in fractional sets."""

    sets: float = Field(description="Fractional sets: direct work 1, indirect 0.5.", examples=[6.5])
    stimulus: float = Field(description="The same with half credit for what is too easy.", examples=[6.5])
    min: int = Field(description="Weekly minimum.", examples=[2])
    target: float = Field(description="What the score is after.", examples=[7])
    max: int = Field(description="Weekly maximum.", examples=[13])
    pursued: bool = Field(description="Whether the target is sought.", examples=[True])


class MuscleRow(ResponseModel):
    """One muscle in every plan."""

    muscle: str = Field(description="Muscle id.", examples=["glutes"])
    name: str = Field(description="Name of the muscle.", examples=["Glutes"])
    plans: list[MuscleOfPlanResponse | None] = Field(description="One for each plan; null where it is unknown.")


class NoteResponse(ResponseModel):
    """Something that the plans do not have in common, and what that means for the comparison."""

    about: Aspect = Field(description="What cannot be compared, or only with care.", examples=["bounds"])
    plans: list[str] = Field(description="The plans concerned.", examples=[[_ID, _OTHER]])
    statement: str = Field(examples=["The plans answer different requests: each bound holds for its own alone."])


class ComparisonResponse(ResponseModel):
    """Two to eight plans side by side."""

    baseline: str = Field(description="Id of the plan that the others are held against.", examples=[_ID])
    plans: list[ComparedPlanResponse] = Field(description="The plans, in the order asked for.")
    metrics: list[MetricRow] = Field(description="Every figure of every plan.")
    rules: list[RuleRow] = Field(description="Every rule, in the order of the rulebook.")
    volume: list[MuscleRow] = Field(description="Every muscle's sets against its minimum, target and maximum.")
    not_comparable: list[NoteResponse] = Field(description="What the plans do not have in common; often empty.")
