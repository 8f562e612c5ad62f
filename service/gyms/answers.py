"""What is told of a schedule."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from service.plans.schemas.response import ResponseModel
from service.studies.schemas import ID, PLAN_ID, StudyResponse

Change = Literal["new", "kept", "times", "changed"]
Reason = Literal["infeasible", "timed_out", "no_room"]
WhyMoved = Literal["no_station", "not_possible"]
Level = Annotated[list[int], Field(min_length=2, max_length=2)]


class PlainEntryResponse(ResponseModel):
    """An entry without a time."""

    exercise: str = Field(description="Exercise id of the catalog.", examples=["barbell_back_squat"])
    sets: int = Field(description="Number of sets.", examples=[3])
    equipment: list[str] = Field(description="What it is done with.", examples=[["barbell", "rack"]])
    superset: str | None = Field(description="Entries with the same label are done in alternation.", examples=[None])


class PlainSessionResponse(ResponseModel):
    """A session without times."""

    slot: str = Field(description="Id of the slot.", examples=["mon-18"])
    entries: list[PlainEntryResponse] = Field(description="What is done, in order.")


class ScheduledEntryResponse(PlainEntryResponse):
    """An entry with its time and its stations. The two of a superset share one time."""

    start_second: int = Field(description="From the start of the session.", examples=[300])
    end_second: int = Field(description="From the start of the session.", examples=[865])
    stations: list[str] = Field(description="What is held from start to end, one of each.", examples=[["rack"]])


class ScheduledSessionResponse(ResponseModel):
    """A session in the order of time. The general warm-up comes before the first entry."""

    slot: str = Field(description="Id of the slot.", examples=["mon-18"])
    day: str = Field(description="Day of the week.", examples=["monday"])
    start: str = Field(description="Local time of the start.", examples=["18:00"])
    starts_at: str | None = Field(
        description="Start with its offset (RFC 3339); null when the gym's week has no start date.",
        examples=["2026-11-23T18:00:00+00:00"],
    )
    place: str = Field(description="Id of the place.", examples=["club"])
    entries: list[ScheduledEntryResponse] = Field(description="What is done, in order.")


class AloneResponse(ResponseModel):
    """A member's best week with the gym to himself, as far as it was searched."""

    score: float = Field(description="Its score.", examples=[92.4])
    bound: float = Field(
        description="No week of the member that does as well by the weekly minima scores more; proven.",
        examples=[93.1],
    )
    minima: int = Field(description="What it lacks to the weekly minima, in weighted eighth sets.", examples=[0])
    shortfall: int = Field(description="What it lacks to minima and targets together.", examples=[40])
    sessions: list[PlainSessionResponse] | None = Field(
        description="Its week, where that is another than the member's in the schedule; null where it is the same."
    )


class ScheduledMemberResponse(ResponseModel):
    """A member's week in the schedule."""

    member: str = Field(description="Your name for the member.", examples=["anna"])
    plan: str = Field(description="Id of the plan that it is kept as.", examples=[PLAN_ID])
    change: Change = Field(
        description="Against the schedule before: `new` to it, `kept` as it was, `times` of entries moved inside "
        "sessions, `changed` in what is done or when.",
        examples=["new"],
    )
    booked: bool = Field(description="Whether the week was booked and stood.", examples=[False])
    score: float = Field(description="Score of the week.", examples=[91.2])
    minima: int = Field(description="What it lacks to the weekly minima, in weighted eighth sets.", examples=[0])
    lost_percent: float = Field(
        description="Share of the score alone that sharing costs; of a booked week, which is not searched, 0.",
        examples=[1.3],
    )
    alone: AloneResponse = Field(description="What it is measured against.")
    sessions: list[ScheduledSessionResponse] = Field(description="In time order.")


class UnplacedResponse(ResponseModel):
    """A member without a week."""

    member: str = Field(description="Your name for the member.", examples=["bert"])
    reason: Reason = Field(
        description="`infeasible` proven: he has no week, whoever else trains; `timed_out` none was found in the time; "
        "`no_room` none was found beside the others, which is no proof that there is none.",
        examples=["no_room"],
    )
    statement: str = Field(description="The same in words.")
    request: dict[str, JsonValue] = Field(
        description="His request made whole, to be sent as `POST /v1/plans`: its answer names what collides and what "
        "would help."
    )


class ScheduleScoreResponse(ResponseModel):
    """Sums over the members that have a week."""

    value: float = Field(description="Of their scores.", examples=[270.4])
    bound: float = Field(
        description="No weeks of these members that do as well by everybody's minima sum up to more, whatever they "
        "share; proven.",
        examples=[275.0],
    )
    gap: float = Field(description="Relative distance between value and bound.", examples=[0.016727])
    alone: float = Field(description="Of their scores each alone.", examples=[274.1])


class FairnessResponse(ResponseModel):
    """What sharing costs the members, one by one."""

    allowed_percent: float = Field(description="What nobody should lose more than, as asked for.", examples=[10.0])
    most_percent: float = Field(description="What the member loses who loses most.", examples=[2.4])
    keeps: bool = Field(description="Whether nobody loses more than allowed.", examples=[True])
    losses_percent: list[float] = Field(
        description="Every member's loss, the largest first: of two schedules the fairer has the smaller first number, "
        "or after equal ones the smaller next.",
        examples=[[2.4, 1.3, 0.0]],
    )
    statement: str = Field(description="The same in words.")


class StationUseResponse(ResponseModel):
    """How full a station is over the week."""

    place: str = Field(description="Id of the place.", examples=["club"])
    station: str = Field(description="Id of the station.", examples=["rack"])
    count: int = Field(description="How many there are.", examples=[2])
    peak: int = Field(description="The most that are held at one moment.", examples=[2])
    full_seconds: int = Field(description="For so long all are held.", examples=[1730])
    levels: list[Level] = Field(
        description="[second from the first midnight of the week, how many are held from then on], in time order.",
        examples=[[[64800, 1], [65365, 2], [66000, 0]]],
    )


class SlotUseResponse(ResponseModel):
    """How many members train in a slot of the gym."""

    slot: str = Field(description="Id of the slot.", examples=["mon-18"])
    capacity: int | None = Field(description="As asked; null without a limit.", examples=[12])
    remaining: int | None = Field(description="As asked; null where that was not told.", examples=[3])
    booked: int = Field(description="Members in it whose weeks are booked.", examples=[1])
    others: int = Field(description="All other members in it.", examples=[3])
    left: int | None = Field(description="How many more could have trained in it; null without a limit.", examples=[0])


class CheckResponse(ResponseModel):
    """This answer, checked by a program of its own: station by station over time, and every member's rules anew."""

    holds: bool = Field(description="Whether everything holds; an answer for which it does not is never given.")
    moments: int = Field(description="Moments at which a station is taken or given back.", examples=[48])
    sessions: int = Field(description="Sessions whose times were checked.", examples=[6])
    slots: int = Field(
        default=0, description="Slots with a limit, in each of which the members were counted.", examples=[2]
    )
    as_told: int = Field(
        default=0,
        description="Booked sessions that begin everything when and where their members were told.",
        examples=[1],
    )
    statement: str = Field(description="The result in words.")


class MovedBookingResponse(ResponseModel):
    """A booked session that does not keep the times that its member was told."""

    member: str = Field(description="Your name for the member.", examples=["anna"])
    slot: str = Field(description="Id of the slot.", examples=["mon-18"])
    reason: WhyMoved = Field(
        description="`no_station`: with all that is booked there are too few stations for it; `not_possible`: the "
        "session cannot be done at those times, or at those stations, whoever else trains.",
        examples=["no_station"],
    )
    statement: str = Field(description="The same in words.")


class MovedEntryResponse(ResponseModel):
    """An exercise whose sets in a slot are others than before."""

    slot: str = Field(examples=["mon-18"])
    exercise: str = Field(description="Exercise id of the catalog.", examples=["barbell_back_squat"])
    sets_before: int = Field(description="0 where it is new.", examples=[3])
    sets_after: int = Field(description="0 where it is gone.", examples=[0])


class ChangedMemberResponse(ResponseModel):
    """A member whose week is another than in the schedule before."""

    member: str = Field(description="Your name for the member.", examples=["anna"])
    change: Literal["new", "times", "changed", "unplaced", "gone"] = Field(
        description="`unplaced` has no week any more, `gone` is no member any more; the others as in `members`.",
        examples=["changed"],
    )
    plan_before: str | None = Field(description="Id of the plan before; null for who is new.", examples=[PLAN_ID])
    plan: str | None = Field(description="Id of the plan now; null without one.", examples=[PLAN_ID])
    score_before: float | None = Field(examples=[92.4])
    score: float | None = Field(examples=[91.2])
    entries: list[MovedEntryResponse] = Field(description="What is done otherwise; empty where only times moved.")


class ScheduleDiffResponse(ResponseModel):
    """What is different from the schedule before."""

    before: str = Field(description="Id of that schedule.", examples=[ID])
    kept: int = Field(description="Members whose week and times are as they were.", examples=[27])
    changed: list[ChangedMemberResponse] = Field(description="All others.")
    statement: str = Field(description="The same in words.")


class ClashSessionResponse(ResponseModel):
    """A session that takes part in a clash."""

    member: str = Field(examples=["anna"])
    slot: str = Field(examples=["mon-18"])


class BookedClashResponse(ResponseModel):
    """Sessions at one place for which no times were found in which the booked ones stand."""

    place: str = Field(description="Id of the place.", examples=["club"])
    sessions: list[ClashSessionResponse]


class ScheduleStatsResponse(ResponseModel):
    """How the schedule was found, enough to find it again."""

    version: str = Field(description="Version of the solver library.", examples=["9.15.6755"])
    seconds: float = Field(description="Wall-clock seconds.", examples=[12.4])
    alone_seconds: float = Field(description="Of them, for everybody's week alone.", examples=[8.1])
    rounds: int = Field(description="Rounds of repair.", examples=[3])
    searches: int = Field(description="Weeks searched, those alone included.", examples=[14])
    stopped_by_clock: bool = Field(
        description="The wall clock had a hand in it: a rerun may differ. Give it more time.", examples=[False]
    )
    workers: int = Field(examples=[2])
    seed: int = Field(examples=[1])


class ScheduleAnswer(ResponseModel):
    """Weeks for the members of a gym, with their times."""

    statement: str = Field(description="The result in a sentence.")
    score: ScheduleScoreResponse
    fairness: FairnessResponse
    members: list[ScheduledMemberResponse] = Field(description="Those that have a week, in the order of the request.")
    unplaced: list[UnplacedResponse] = Field(description="Those that have none.")
    slots: list[SlotUseResponse] = Field(default=[], description="Every slot of the gym.")
    moved: list[MovedBookingResponse] = Field(
        default=[], description="Booked sessions that do not keep the times that their members were told."
    )
    stations: list[StationUseResponse] = Field(description="Every station of the gym.")
    check: CheckResponse
    diff: ScheduleDiffResponse | None = Field(description="Null where no schedule before was named.")
    clash: BookedClashResponse | None = Field(
        description="Set when no schedule was found for the sake of booked weeks; `members` is empty then."
    )
    solver: ScheduleStatsResponse


class ScheduleResponse(StudyResponse[ScheduleAnswer]):
    """A gym with its members and what is known of their schedule."""
