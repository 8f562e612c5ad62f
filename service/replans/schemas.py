"""What a caller tells of a week in its course, and what he gets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from service.plans import limits
from service.plans.schemas.request import (
    CLOCK_TIME,
    Day,
    EquipmentList,
    ExerciseId,
    ExerciseList,
    MuscleId,
    OfferedSlotRequest,
    PinRequest,
    RequestModel,
    SlotRequest,
    SolveRequest,
)
from service.plans.schemas.response import (
    ConflictResponse,
    EffortResponse,
    ResponseModel,
    SuggestionResponse,
    WaiverResponse,
)
from service.studies.schemas import PLAN_ID, StudyResponse
from service.validation.markers import Bounds, Known, Size

MOST_HURTS = 10
MOST_LOST = limits.MAX_PLACES

Minutes = Annotated[int, Bounds(limits.MIN_SESSION_MINUTES, limits.MAX_SESSION_MINUTES, "minutes")]
SlotName = Annotated[str, Field(description="Id of a slot of the plan.", examples=["mon"])]
Slots = Size(0, limits.MAX_SLOTS)


class NowRequest(RequestModel):
    """How far the week is: a slot reached, a moment, or a day with a time. One of the three."""

    slot: str | None = Field(
        default=None, description="Everything before this slot is over, it is what comes next.", examples=["wed"]
    )
    at: str | None = Field(
        default=None,
        description="RFC 3339 moment with offset; for plans whose week has a date.",
        examples=["2026-11-25T12:00:00+00:00"],
    )
    day: Day | None = Field(default=None, description="Day of the week, with `time`.", examples=["wednesday"])
    time: Annotated[str, CLOCK_TIME] | None = Field(
        default=None, description="Local time on that day, HH:MM. Default: 00:00.", examples=["12:00"]
    )


class DoneSetsRequest(RequestModel):
    """An exercise as it was really done."""

    exercise: ExerciseId = Field(description="Exercise id of the catalog.", examples=["face_pull"])
    sets: Annotated[int, Bounds(1, 20, "sets")] = Field(description="Sets that were done.", examples=[3])


class DoneRequest(RequestModel):
    """A session that was held."""

    slot: SlotName
    entries: Annotated[list[DoneSetsRequest], Size(1, limits.MAX_ENTRIES_IN_PIN)] | None = Field(
        default=None,
        description="Everything that was really done, in order, also what was not planned. Default: as it was planned.",
        examples=[[{"exercise": "face_pull", "sets": 2}]],
    )


class MovedRequest(RequestModel):
    """A session that is held at another time or place; what is not named stays."""

    slot: SlotName
    day: Day | None = Field(default=None, description="Its new day.", examples=["thursday"])
    start: Annotated[str, CLOCK_TIME] | None = Field(
        default=None, description="Its new local time, HH:MM.", examples=["19:00"]
    )
    place: str | None = Field(default=None, description="Id of another of the plan's places.", examples=["home"])
    minutes: Minutes | None = Field(default=None, description="Its new length.", examples=[45])


class ShortenedRequest(RequestModel):
    """A session that has less time."""

    slot: SlotName
    minutes: Minutes = Field(description="Minutes that are left for it.", examples=[30])


class LostRequest(RequestModel):
    """Equipment that is not there any more, for all sessions that are not over."""

    place: str | None = Field(
        default=None, description="Id of a place of the plan. Default: the first.", examples=["club"]
    )
    equipment: EquipmentList = Field(description="What is gone.", examples=[["barbell"]])


class HurtsRequest(RequestModel):
    """What is left out because it hurts; any of the four."""

    exercises: ExerciseList = Field(default=[], description="Exercises.", examples=[["pull_up"]])
    patterns: Annotated[list[Annotated[str, Known("patterns")]], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[], description="Movement patterns.", examples=[["lunge"]]
    )
    stress: Annotated[list[Annotated[str, Known("stress_tags")]], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[], description="Kinds of stress.", examples=[["overhead"]]
    )
    muscles: Annotated[list[MuscleId], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[],
        description="Muscles: nothing that gives one of them half a set or more a set.",
        examples=[["calves"]],
    )
    until: Literal["today", "week"] = Field(
        default="week", description="Today only, or for the rest of the week.", examples=["today"]
    )


class ReplanRequest(RequestModel):
    """What has become of a plan's week. Sessions that are over and not named were held as planned."""

    now: NowRequest | None = Field(
        default=None,
        description="How far the week is. Default: right after the last session told `done` or `missed`, else its "
        "beginning.",
        examples=[{"slot": "wed"}],
    )
    done: Annotated[list[DoneRequest], Slots] = Field(
        default=[], description="Sessions that were held.", examples=[[{"slot": "mon"}]]
    )
    missed: Annotated[list[SlotName], Slots] = Field(
        default=[],
        description="Sessions that were not held, or, with `now`, will not be: their slots stay unused.",
        examples=[["wed"]],
    )
    moved: Annotated[list[MovedRequest], Slots] = Field(
        default=[],
        description="Sessions that are held at another time or place.",
        examples=[[{"slot": "wed", "day": "thursday"}]],
    )
    shortened: Annotated[list[ShortenedRequest], Slots] = Field(
        default=[], description="Sessions that have less time.", examples=[[{"slot": "fri", "minutes": 30}]]
    )
    equipment_lost: Annotated[list[LostRequest], Size(0, MOST_LOST)] = Field(
        default=[], description="Equipment that is gone from now on.", examples=[[{"equipment": ["cable_machine"]}]]
    )
    hurts: Annotated[list[HurtsRequest], Size(0, MOST_HURTS)] = Field(
        default=[], description="What hurts.", examples=[[{"stress": ["overhead"], "until": "week"}]]
    )
    extra_slots: Annotated[list[SlotRequest], Slots] = Field(
        default=[],
        description="Times that are offered beside the plan's own; they may be used, and need not.",
        examples=[[{"id": "sat", "day": "saturday", "start": "10:00", "minutes": 45}]],
    )
    offered: Annotated[list[OfferedSlotRequest], Size(1, limits.MAX_OFFERED)] | None = Field(
        default=None,
        description="What has become of bookable slots, in the form of `week.offered`, for plans with dates. A "
        "slot of the plan that is full or cancelled now, or has left the week, stays unused from now on; one at "
        "another time moves; one that has room again, or that the plan did not have, may be used. Slots that are not "
        "named stay as they are, and so do those that are over.",
        examples=[
            [
                {
                    "id": "slot-20261123-1800",
                    "starts_at": "2026-11-23T18:00:00+00:00",
                    "ends_at": "2026-11-23T19:00:00+00:00",
                    "remaining": 0,
                }
            ]
        ],
    )
    pins: Annotated[list[PinRequest], Size(0, limits.MAX_PINS)] | None = Field(
        default=None,
        description="What stands in sessions that are not over; 0 sets keep out. Default: the plan's own pins.",
        examples=[[{"slot": "wed", "exercise": "face_pull", "sets": 0}]],
    )
    propose: bool = Field(
        default=False,
        description="Only propose the new week: the old one keeps its place in calendars, and nobody is told that it "
        "was replanned.",
        examples=[False],
    )
    prefer: Literal["fewest_changes", "best_week"] = Field(
        default="fewest_changes",
        description="What counts first: that the rest changes least; or minima and targets, before the changes. "
        "Quality comes last either way.",
        examples=["fewest_changes"],
    )
    solve: SolveRequest = Field(
        default_factory=SolveRequest,
        description="How long to search and how close to come, as in a plan's request.",
        examples=[{"time_limit_seconds": 10, "gap": 0.0}],
    )


class ChangedEntryResponse(ResponseModel):
    """An entry before or after a change."""

    slot: str = Field(examples=["wed"])
    exercise: str = Field(description="Exercise id.", examples=["face_pull"])
    sets: int = Field(examples=[3])


class ChangeReasonResponse(ResponseModel):
    """A rule that the week would break without the change."""

    rule: str = Field(description="Rule id.", examples=["scapula.lower_trap"])
    mended: bool = Field(description="True when the week as it stood broke it, and the change mends it.")
    statement: str = Field(examples=["The week has 2 external-rotation sets, it needs 4."])


class ReplanChangeResponse(ResponseModel):
    """One change between the week as it was planned and the new one."""

    kind: Literal["drop", "sets", "swap", "move", "add", "open", "close", "order"] = Field(examples=["swap"])
    slot: str = Field(description="Where it happens; for a move, where the entry comes from.", examples=["wed"])
    before: ChangedEntryResponse | None = Field(description="What goes; null for what comes new or a whole session.")
    after: ChangedEntryResponse | None = Field(description="What comes; null for what goes or a whole session.")
    weight: int = Field(description="Its part of the distance.", examples=[26])
    given: bool = Field(description="Whether it is what has happened, not what was decided.", examples=[False])
    reasons: list[ChangeReasonResponse] = Field(description="Rules that it is there for.")
    statement: str = Field(description="The change in a sentence.", examples=["fri: Leg press, 3 sets -> 4 sets."])


class RelocatedResponse(ResponseModel):
    """A session that was in a slot that is not offered any more."""

    slot: str = Field(description="Where it was.", examples=["mon"])
    to: str = Field(description="Where it goes as it stands, before anything else changes.", examples=["tue"])
    statement: str = Field(examples=["The session of mon goes to tue."])


class DistanceResponse(ResponseModel):
    """How far the new week is from the plan: the weights of all changes together."""

    value: int = Field(description="Of this week.", examples=[282])
    given: int = Field(description="The part of it that has happened: sessions and entries not held.", examples=[210])
    bound: int = Field(
        description="Proven: no week that keeps as much, and with `best_week` is as good, is nearer.", examples=[282]
    )
    gap: float = Field(description="Relative distance between value and bound; 0 means proven nearest.", examples=[0.0])


class UnkeptResponse(ResponseModel):
    """Something that a rule says and the week does not keep."""

    rule: str = Field(description="Rule id.", examples=["pull.isometric_hold"])
    title: str = Field(description="Title of the rule.", examples=["Isometric hold"])
    subject: str = Field(description="Slot, muscle, exercise ... or empty.", examples=[""])
    statement: str = Field(examples=["A top-position hold stands in 0 sessions of the week, it is needed in 1."])
    because: str = Field(description="Why.", examples=["What was done and what is left leave no room for it."])


class WaivedResponse(WaiverResponse):
    """An inclusion that the plan kept and that is not asked of the week as it has become."""

    rule: str = Field(description="Rule id.", examples=["pull.isometric_hold"])


class BeforeAfterResponse(ResponseModel):
    """The score of the week as it stands, with the rest as it was planned, and of the new one."""

    before: float = Field(description="What was done, and the rest as it was planned.", examples=[85.3])
    after: float = Field(description="The new week.", examples=[88.7])


class ReplanAnswer(ResponseModel):
    """The rest of the week planned anew, or why there is no such rest."""

    plan: str | None = Field(
        description="Id of the plan that holds the new week; null without one.", examples=[PLAN_ID]
    )
    request: dict[str, JsonValue] = Field(
        description="The plan's request as it has become; `conflict` and `suggestions` speak of it.", examples=[{}]
    )
    prefer: Literal["fewest_changes", "best_week"] = Field(description="What counted first.")
    distance: DistanceResponse | None = Field(description="Null without a week.")
    score: BeforeAfterResponse | None = Field(description="Null without a week.")
    relocated: list[RelocatedResponse] = Field(
        default=[],
        description="Sessions that lost their slots and went to others; `changes` and `distance` count from there.",
        examples=[[{"slot": "mon", "to": "tue", "statement": "The session of mon goes to tue."}]],
    )
    changes: list[ReplanChangeResponse] = Field(description="Everything that differs, in the order of the slots.")
    broken: list[UnkeptResponse] = Field(
        description="Limits that what was done exceeds; the rest adds nothing to them."
    )
    unkept: list[UnkeptResponse] = Field(
        description="What rules ask for and what was done leaves no room for: the fewest such parts, and by the least."
    )
    unkept_proven: bool = Field(description="Whether it is proven that no week leaves less unkept.", examples=[True])
    waived: list[WaivedResponse] = Field(description="Inclusions that are asked for no more, and why.")
    below_minimum: list[str] = Field(
        default=[],
        description="A sentence on every muscle that ends below its weekly minimum and did not in the plan.",
        examples=[["Calves: 2 sets that count, less than the weekly 4."]],
    )
    conflict: list[ConflictResponse] | None = Field(description="Rules that exclude each other; null with a week.")
    conflict_minimal: bool | None = Field(
        description="Whether any one of them can be left out so that the others hold; null without a conflict.",
        examples=[None],
    )
    suggestions: list[SuggestionResponse] = Field(description="Changes of `request` that would help; each was tried.")
    suggestions_untried: int | None = Field(
        description="Kinds of change that were left undecided; null without a conflict.", examples=[None]
    )
    resolved: dict[str, JsonValue] | None = Field(
        description="What is in force by `request`, which `conflict[].resolved` points into; null without a conflict."
    )
    solver: EffortResponse


class ReplanResponse(StudyResponse[ReplanAnswer]):
    """A replanning and what is known of its answer."""
