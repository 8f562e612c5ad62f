"""What a caller gets: a week with its proof, a conflict, or the end of the budget."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, JsonValue

from solver.domain.subject import SubjectKind

Status = Literal["queued", "running", "optimal", "feasible", "infeasible", "timed_out", "cancelled", "failed"]
Number = int | float


class ResponseModel(BaseModel):
    """A part of an answer. Every field is always present."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )


class TermResponse(ResponseModel):
    """One term of the objective."""

    term: str = Field(description="Name of the term.", examples=["weekly_target_shortfall"])
    tier: int = Field(description="Tier it belongs to: 1 minima, 2 targets, 3 quality.", examples=[2])
    points: Number = Field(description="Its contribution, in the unit of its tier.", examples=[12])


class ScoreResponse(ResponseModel):
    """How much of every muscle's goal the week reaches; 100 when all targets are met."""

    value: float = Field(description="Score of this week.", examples=[92.4])
    bound: float = Field(
        description="No week that does as well by the weekly minima can score more than this; proven.", examples=[92.4]
    )
    gap: float = Field(description="Relative distance between score and bound; 0 means proven best.", examples=[0.0])
    terms: list[TermResponse] = Field(description="Every term of every tier.")


class TierResponse(ResponseModel):
    """One tier of the objective: earlier tiers are settled before later ones are looked at."""

    tier: int = Field(description="1 minima, 2 targets, 3 quality.", examples=[1])
    name: str = Field(description="What the tier is about.", examples=["minima"])
    sense: Literal["min", "max"] = Field(description="Whether less or more is better.", examples=["min"])
    unit: str = Field(description="Unit of value and bound.", examples=["weighted eighth sets below the targets"])
    value: Number = Field(description="What this week reaches.", examples=[0])
    bound: Number | None = Field(
        description="The proven limit of what any week can reach; null when time ended before this tier.", examples=[0]
    )
    gap: float | None = Field(
        description="Distance between value and bound, as a share of all that the tier can come to; 0 means proven.",
        examples=[0.0],
    )
    proven: bool = Field(description="Whether value is proven best.", examples=[True])
    terms: list[TermResponse] = Field(description="The tier's terms.")


class RepsResponse(ResponseModel):
    """Repetitions of one set."""

    min: int = Field(examples=[5])
    max: int = Field(examples=[8])


class TimedResponse(ResponseModel):
    """When an entry is done, ramp-up sets and setting up included, in a gym whose stations are shared."""

    start_second: int = Field(description="From the start of the session.", examples=[300])
    end_second: int = Field(description="From the start of the session.", examples=[865])
    starts_at: str | None = Field(
        description="Start with its offset (RFC 3339); null when the week has no start date.",
        examples=["2026-11-23T18:05:00+00:00"],
    )
    stations: list[str] = Field(description="What is held from start to end, one of each.", examples=[["rack"]])


class EntryResponse(ResponseModel):
    """One exercise of a session, in the order of doing."""

    exercise: str = Field(description="Exercise id of the catalog.", examples=["bird_dog"])
    name: str = Field(description="Name of the exercise.", examples=["Bird dog"])
    sets: int = Field(description="Number of sets.", examples=[2])
    reps: RepsResponse = Field(description="Repetitions of a set; 1 for a single hold or carry.")
    hold_seconds: int | None = Field(description="Seconds of each hold; null when nothing is held.", examples=[5])
    rest_seconds: int = Field(description="Rest between sets.", examples=[15])
    seconds: int = Field(description="Setup, work and the rests between sets.", examples=[210])
    reserve: RepsResponse | None = Field(
        default=None,
        description="Effort: repetitions in reserve (RIR) that are left at the end of a set; null where effort is not "
        "told in them, as with holds and drills.",
        examples=[{"min": 2, "max": 3}],
    )
    load_kg: float | None = Field(
        default=None,
        description="The load to begin with, where the request gives a working load for the exercise; null otherwise.",
        examples=[52.5],
    )
    equipment: list[str] = Field(description="What it is done with.", examples=[["none"]])
    superset: str | None = Field(
        description="Entries with the same label are done in alternation, the first of them first.", examples=[None]
    )
    cue: str = Field(description="What to mind.", examples=["Reach opposite arm and leg long."])
    serves: list[str] = Field(
        validation_alias=AliasChoices("for", "serves"),
        serialization_alias="for",
        description="Rules that this entry serves.",
        examples=[["mobility.thoracic"]],
    )
    timed: TimedResponse | None = Field(
        default=None,
        description="Its time inside the session and its stations, in the schedule of a gym; null otherwise. The two "
        "of a superset share one time.",
        examples=[None],
    )


class SessionResponse(ResponseModel):
    """What is done in one slot."""

    slot: str = Field(description="Id of the slot.", examples=["mon"])
    day: str = Field(description="Day of the week.", examples=["monday"])
    start: str = Field(description="Local time of the start.", examples=["18:00"])
    starts_at: str | None = Field(
        description="Start with its offset (RFC 3339); null when the request names no start date.",
        examples=["2026-11-23T18:00:00+00:00"],
    )
    place: str = Field(description="Id of the place.", examples=["club"])
    seconds: int = Field(
        description="Length of the session, warm-up and changeovers included; in the schedule of a gym, the waits for "
        "stations as well.",
        examples=[3480],
    )
    limit_seconds: int = Field(description="Length of the slot.", examples=[3600])
    entries: list[EntryResponse] = Field(description="Exercises in order.")


class WeekResponse(ResponseModel):
    """The sessions in time order; unused slots do not appear."""

    sessions: list[SessionResponse]


class WaiverResponse(ResponseModel):
    """Why an inclusion was not asked for, and what would bring it back."""

    reason: str = Field(examples=["no bar at any place"])
    restored_by: str = Field(examples=["a pull_up_bar at one place"])


class CertificateLineResponse(ResponseModel):
    """One rule, measured on this week by the independent verifier."""

    rule: str = Field(description="Rule id.", examples=["balance.upper_pull_push"])
    title: str = Field(description="Title of the rule.", examples=["Upper body: pull to push"])
    mistake: int | None = Field(description="The guide's mistake that it answers, if any.", examples=[2])
    holds: bool = Field(description="Whether the week keeps the rule.", examples=[True])
    statement: str = Field(description="The measurement in one sentence.", examples=["pull 24 >= 2 x push 12"])
    measured: dict[str, Number | str] = Field(description="The numbers.", examples=[{"pull": 24, "push": 12}])
    limit: dict[str, Any] = Field(
        description="The limit; ratios as [numerator, denominator].", examples=[{"ratio": [2, 1]}]
    )
    slack: Number | None = Field(description="Distance to the limit, 0 when tight; null without a scale.", examples=[0])
    waived: WaiverResponse | None = Field(description="Set when an inclusion was not possible.", examples=[None])
    notes: list[str] = Field(description="Substitutions, dropped inclusions, loosened parameters.", examples=[[]])


class VolumeResponse(ResponseModel):
    """One muscle's week, in fractional sets, against this athlete's numbers."""

    muscle: str = Field(description="Muscle id.", examples=["glutes"])
    sets: float = Field(description="Fractional sets: direct work 1, indirect 0.5.", examples=[6.5])
    stimulus: float = Field(
        description="The same with half credit for exercises too easy for this athlete; what the score counts.",
        examples=[6.5],
    )
    min: int = Field(description="Weekly minimum.", examples=[2])
    target: float = Field(
        description="What the score is after: the weekly target; with priority 3 half-way from it to the maximum.",
        examples=[7],
    )
    weekly_target: Number = Field(description="Weekly target, whatever the priority.", examples=[7])
    max: int = Field(description="Weekly maximum.", examples=[13])
    priority: int = Field(description="0 not pursued ... 3 pursued past the target.", examples=[2])
    pursued: bool = Field(description="False with priority 0: the target is told, but not sought.", examples=[True])
    required: bool = Field(description="Whether the minimum is a hard rule.", examples=[False])


class ConflictResponse(ResponseModel):
    """One of the rules that cannot hold together."""

    rule: str = Field(description="Rule id.", examples=["volume.weekly_min"])
    subject: str = Field(description="What it is about: a muscle, slot, exercise ...", examples=["glutes"])
    about: SubjectKind = Field(
        description="What kind of thing the subject is; `part` is a part of the rule, `rule` all of it.",
        examples=["muscle"],
    )
    statement: str = Field(description="What it asks for, in words.", examples=["glutes get at least 20 sets"])
    request: list[str] = Field(
        description="JSON Pointers to the parts of the request that say so, or that would have to; empty for the whole "
        "of a request that leaves it to defaults.",
        examples=[["/rules/volume.weekly_min/glutes"]],
    )
    resolved: list[str] = Field(
        description="JSON Pointers into `resolved` of this answer, to the values that are in force, stated or default.",
        examples=[["/muscles/glutes/weekly_min_sets"]],
    )


class SetOperation(ResponseModel):
    """A JSON Patch operation (RFC 6902) that sets a value of the request."""

    op: Literal["add", "replace"] = Field(description="`add` where there is none yet.", examples=["replace"])
    path: str = Field(description="JSON Pointer to the value.", examples=["/rules/volume.weekly_min/glutes"])
    value: JsonValue = Field(description="The new value.", examples=[8])


class RemoveOperation(ResponseModel):
    """A JSON Patch operation (RFC 6902) that takes something out of the request."""

    op: Literal["remove"] = Field(examples=["remove"])
    path: str = Field(description="JSON Pointer to what goes.", examples=["/athlete/avoid/stress/0"])


PatchOperation = Annotated[SetOperation | RemoveOperation, Field(discriminator="op")]


class SuggestionResponse(ResponseModel):
    """A change of the request that is proven to give a plan."""

    change: list[PatchOperation] = Field(
        description="JSON Patch (RFC 6902) on `request` of this answer; the changed request can be sent as it is."
    )
    statement: str = Field(description="The change in words.", examples=["ask for 8 sets of glutes instead of 20"])
    cost: Number = Field(
        description="How far the request moves, in steps of five more minutes a week; the README says what costs how "
        "much.",
        examples=[12],
    )
    score: float = Field(
        description="Score of a verified week that the changed request allows, from a short search: a longer one "
        "usually finds a better week.",
        examples=[88.0],
    )


class EffortResponse(ResponseModel):
    """How an answer was found, whatever was asked."""

    version: str = Field(description="Solver library and version.", examples=["or-tools 9.15.6755"])
    seconds: float = Field(description="Wall-clock seconds of the whole search.", examples=[1.3])
    deterministic_seconds: float = Field(description="Search effort in deterministic time.", examples=[0.9])
    stopped_by_clock: bool = Field(description="The wall clock ended the search: a rerun may differ.", examples=[False])
    seed: int = Field(description="Seed of the search.", examples=[1])
    workers: int = Field(description="Search threads.", examples=[2])


class SolverResponse(EffortResponse):
    """How a week was found, enough to find it again."""

    build_seconds: float = Field(description="Wall-clock seconds to build the model.", examples=[0.2])
    first_plan_seconds: float | None = Field(description="When the first plan was there.", examples=[0.4])
    variables: int = Field(description="Size of the model.", examples=[1500])
    constraints: int = Field(description="Size of the model.", examples=[4000])


class LeftOutSlotResponse(ResponseModel):
    """An offered slot that the plan could not use."""

    slot: str = Field(description="Its id.", examples=["slot-20261124-1800"])
    reason: Literal["full", "cancelled", "other_week", "too_short", "ambiguous_time"] = Field(
        description="`other_week` than the one from `starts_on`; `ambiguous_time` begins at a time of day that comes "
        "for the second time, as the clocks go back.",
        examples=["full"],
    )
    statement: str = Field(examples=["slot-20261124-1800 is full."])


class FallbackResponse(ResponseModel):
    """Where a session could go when its slot fills up."""

    slot: str = Field(description="The slot of the session.", examples=["slot-20261123-1800"])
    fallbacks: list[str] = Field(
        description="Unused slots that could take the session as it stands, every rule of the week measured anew and "
        "kept; at most three, the nearest in time first.",
        examples=[["slot-20261123-1930"]],
    )


class BookingResponse(ResponseModel):
    """What became of the slots that a booking system offers."""

    left_out: list[LeftOutSlotResponse] = Field(description="Those that could not be used, and why.")
    fallbacks: list[FallbackResponse] = Field(description="One for each session of the week; empty without a plan.")


OriginKind = Literal[
    "asked", "batch", "audit", "variant", "front", "swap", "what-if", "replan", "block", "schedule", "lock"
]


class OriginResponse(ResponseModel):
    """How a plan came to be."""

    kind: OriginKind = Field(
        description="`asked` by itself, or in a `batch`; a programme that was kept (`audit`); otherwise it came "
        "out of another question: a `variant`, a point of a `front`, a `swap` that was taken, a `what-if`, a `replan`, "
        "a week of a `block` or of a gym's `schedule`, or the same week with an entry locked (`lock`).",
        examples=["replan"],
    )
    plan: str | None = Field(
        description="Id of the plan that it came out of, or, in a gym's schedule, whose place it takes; null for none.",
        examples=["0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"],
    )
    question: str | None = Field(
        description="Id of the question that it answers, at `/v1/batches`, `/v1/variants` (also for a front), "
        "`/v1/swaps`, `/v1/what-ifs`, `/v1/replans`, `/v1/blocks` or `/v1/schedules`; null for `asked`, `audit` and "
        "`lock`.",
        examples=["0199f4a2-9b1c-7a42-8c60-5f0d1e2b3c4d"],
    )


ASKED = OriginResponse(kind="asked", plan=None, question=None)
"""The origin of a plan that was asked for by itself."""


class PlanResponse(ResponseModel):
    """A question and what is known of its answer. `week` is set when there is a plan, `conflict` when there provably is
    none."""

    id: str = Field(description="Opaque, sorts by time.", examples=["0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"])
    status: Status = Field(
        description="`queued` and `running` until the search has ended; then how: `optimal` proven best, `feasible` "
        "out of time, `cancelled` stopped from outside with the best week so far if there was one, `infeasible` proven "
        "impossible, `timed_out` neither week nor proof, `failed` by a fault of ours.",
        examples=["optimal"],
    )
    created_at: str = Field(description="RFC 3339.", examples=["2026-11-20T09:15:00+00:00"])
    origin: OriginResponse | None = Field(
        default=None,
        description="How it came to be. It stays what it was at first when an equal question gets the same plan again; "
        "null where it was not written down, as in plans of earlier versions.",
        examples=[ASKED.model_dump()],
    )
    request: dict[str, JsonValue] = Field(
        description="The request as it was sent, with the usable ones of `week.offered` as `week.slots`.", examples=[{}]
    )
    resolved: dict[str, JsonValue] = Field(
        description="The request with every default filled in, and the numbers each muscle gets.",
        examples=[{"week": {"sessions": {"min": 3, "max": 3}}}],
    )
    score: ScoreResponse | None = Field(description="Null without a plan.")
    tiers: list[TierResponse] = Field(description="The objective's tiers in order; empty without a plan.")
    week: WeekResponse | None = Field(description="The plan; null without one.")
    certificate: list[CertificateLineResponse] = Field(description="Every rule, measured; empty without a plan.")
    volume: list[VolumeResponse] = Field(description="Every muscle's sets; empty without a plan.")
    booking: BookingResponse | None = Field(
        default=None, description="What became of the slots in `week.offered`; null without them."
    )
    conflict: list[ConflictResponse] | None = Field(description="A set of rules that cannot hold together.")
    conflict_minimal: bool | None = Field(
        description="True when the conflict's rules are proven to hold together once any one of them is left out.",
        examples=[None],
    )
    suggestions: Annotated[
        list[SuggestionResponse],
        Field(
            description="Up to five changes of an infeasible request, the cheapest first, each proven to give a plan."
        ),
    ]
    suggestions_untried: int | None = Field(
        description="Kinds of change that time did not allow to try to the end; null when none were asked for.",
        examples=[None],
    )
    catalog: str = Field(description="Hash of the catalog that was used.", examples=["sha256:2f7c..."])
    solver: SolverResponse = Field(description="All zeros of effort before the search has ended.")
    notes: list[str] = Field(
        default=[],
        description="What else is to be known of the plan, as that it was planned for a part of the targets.",
        examples=[[]],
    )
    failure: str | None = Field(
        default=None, description="With `failed`: what became of the search; null otherwise.", examples=[None]
    )
