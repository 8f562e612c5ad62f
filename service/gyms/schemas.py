"""What a caller tells of a gym and its members, and what is asked about them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from service.gyms import limits
from service.machine import default_workers
from service.plans import limits as plan_limits
from service.plans.schemas import PlanRequest
from service.plans.schemas.request import (
    CALENDAR_DATE,
    DecimalNumber,
    EquipmentId,
    OwnId,
    PinnedSetsRequest,
    PlaceRequest,
    RequestModel,
    SlotRequest,
)
from service.studies.schemas import ID
from service.validation.markers import Bounds, Shape, Size

Count = Annotated[int, Bounds(0, limits.MAX_COUNT, "stations")]
MemberId = Annotated[str, Field(description="Your name for a member.", examples=["anna"])]

STATIONS = [
    {"id": "rack", "count": 2, "provides": ["rack", "barbell"]},
    {"id": "cable_tower", "count": 1, "provides": ["cable_machine"]},
]
PLACES = [{"id": "club", "equipment": "full_gym", "stations": STATIONS}]
SLOTS = [
    {"id": "mon-18", "day": "monday", "start": "18:00", "minutes": 60},
    {"id": "thu-18", "day": "thursday", "start": "18:00", "minutes": 60},
]
WEEK = {"starts_on": "2026-11-23", "timezone": "Europe/London", "slots": SLOTS}
GYM = {"name": "North gym", "places": PLACES, "week": WEEK}
PLAN = {"athlete": {"experience": "intermediate"}, "week": {"sessions": {"min": 2, "max": 2}}}
MEMBER = {"id": "anna", "plan": PLAN, "slots": ["mon-18", "thu-18"]}
BOOKED = {"slot": "mon-18", "entries": [{"exercise": "bird_dog", "sets": 2}]}


class StationRequest(RequestModel):
    """Equal stations, each of which gives one member at a time what it provides."""

    id: OwnId = Field(description="Your name for them.", examples=["rack"])
    count: Count = Field(
        description="How many there are; 0 when all are broken: what they alone provide is not there.", examples=[3]
    )
    provides: Annotated[list[EquipmentId], Size(1, plan_limits.MAX_LISTED_WORDS)] | None = Field(
        default=None,
        description="Items of the place that are used at it. Default: the item of its own name.",
        examples=[["rack", "barbell"]],
    )


class GymPlaceRequest(PlaceRequest):
    """Somewhere to train, what is there and what of it is shared: what no station provides is there for all at once."""

    stations: Annotated[list[StationRequest], Size(0, limits.MAX_STATIONS)] = Field(
        default=[], description="What is used by one member at a time.", examples=[STATIONS]
    )


class GymSlotRequest(SlotRequest):
    """A time on offer in a gym, and how many people it takes."""

    capacity: Annotated[int, Bounds(0, 100_000, "people")] | None = Field(
        default=None,
        description="How many members it takes, those who are booked included; null when it has no limit.",
        examples=[12],
    )
    remaining: Annotated[int, Bounds(0, 100_000, "people")] | None = Field(
        default=None,
        description="How many more may book, as the booking system tells it: so many members train in it at most, not "
        "counting those whose weeks are booked, who have their places. 0 is full; null when that is not known.",
        examples=[3],
    )


class GymWeekRequest(RequestModel):
    """When the gym can be used; the same for all."""

    starts_on: Annotated[str, CALENDAR_DATE] | None = Field(
        default=None,
        description="First day of the week. Without it the week starts on a Monday and sessions carry no dates.",
        examples=["2026-11-23"],
    )
    timezone: str = Field(default="UTC", description="IANA time zone of the slots.", examples=["Europe/London"])
    repeats: bool = Field(
        default=True, description="The same week follows again, so recovery wraps around its end.", examples=[True]
    )
    slots: Annotated[list[GymSlotRequest], Size(1, limits.MAX_SLOTS)] = Field(
        description="Times on offer; they may overlap, those of one member may not.", examples=[SLOTS]
    )


class GymRequest(RequestModel):
    """A gym that is shared."""

    name: str = Field(default="", description="What it is called, in your words.", examples=["North gym"])
    places: Annotated[list[GymPlaceRequest], Size(1, limits.MAX_PLACES)] = Field(
        description="Its rooms or branches.", examples=[PLACES]
    )
    week: GymWeekRequest = Field(description="When it can be used.", examples=[WEEK])
    most_lost_percent: Annotated[DecimalNumber, Bounds(0, 100, "per cent")] = Field(
        default=10,
        description="Share of the score of training alone that nobody should lose. Default: 10.",
        examples=[10],
    )


class BookedEntryRequest(PinnedSetsRequest):
    """An exercise of a session that is booked, and when and where the member was told that it begins."""

    start_second: Annotated[int, Bounds(0, 60 * plan_limits.MAX_SESSION_MINUTES, "seconds")] | None = Field(
        default=None,
        description="From the start of the session, for all of its entries or for none. It stands unless that is "
        "impossible; the answer names under `moved` what could not keep it. Default: what `before` says of the same "
        "session, else any time.",
        examples=[300],
    )
    stations: Annotated[list[OwnId], Size(0, limits.MAX_STATIONS)] | None = Field(
        default=None,
        description="Ids of the stations that it was told to be done at, with `start_second`. Default: any.",
        examples=[["rack"]],
    )


class BookedSessionRequest(RequestModel):
    """A session that is booked."""

    slot: str = Field(description="Id of a slot.", examples=["mon-18"])
    entries: Annotated[list[BookedEntryRequest], Size(1, plan_limits.MAX_ENTRIES_IN_PIN)] = Field(
        description="Everything that is done in it.", examples=[BOOKED["entries"]]
    )


class MemberRequest(RequestModel):
    """What a member may come to, and what he asks of his week."""

    plan: PlanRequest = Field(
        default_factory=PlanRequest,
        description="A request for a plan. The gym's places and its slots need not be repeated in it: its own "
        "`places` and `week.slots` are offered beside them. `solve` is of no matter to a schedule.",
        examples=[PLAN],
    )
    slots: Annotated[list[str], Size(1, plan_limits.MAX_SLOTS)] | None = Field(
        default=None,
        description="Ids of the gym's slots that the member can come to. Default: all.",
        examples=[["mon-18", "thu-18"]],
    )
    booked: Annotated[list[BookedSessionRequest], Size(1, plan_limits.MAX_SLOTS)] | None = Field(
        default=None,
        description="The whole week, where it is booked already and stands: its exercises, sets and slots stay, and so "
        "do the times inside its sessions that the member was told. It has to keep the member's rules.",
        examples=[None],
    )


class GymMemberRequest(MemberRequest):
    """A member of a gym."""

    id: OwnId = Field(description="Your name for the member.", examples=["anna"])


class ScheduleSolveRequest(RequestModel):
    """How long to search. The same gym gets the same schedule, unless the clock had a hand in it."""

    time_limit_seconds: Annotated[DecimalNumber, Bounds(1, limits.MAX_TIME_LIMIT_SECONDS, "seconds")] = Field(
        default=300,
        description="Wall-clock limit: then no week is searched again, and who has no times by then is left out. "
        "From half of it on, what found no time is given up quicker. Default: 300.",
        examples=[300],
    )
    effort: Annotated[DecimalNumber, Bounds(limits.MIN_EFFORT, limits.MAX_EFFORT, "deterministic seconds")] = Field(
        default=0.4,
        description="How long to search for one member's week alone, in deterministic seconds; one is what a core does "
        "in about one to three seconds. Default: 0.4.",
        examples=[0.4],
    )
    gap: Annotated[DecimalNumber, Bounds(0, plan_limits.MAX_GAP)] = Field(
        default=0.01,
        description="How close the sum of scores has to come to its bound before better weeks are looked for no more. "
        "Default: 0.01.",
        examples=[0.01],
    )
    workers: Annotated[int, Bounds(1, plan_limits.MAX_WORKERS, "threads")] = Field(
        default_factory=default_workers,
        description="Members' weeks that are searched side by side, one thread each; no matter to what is found. "
        "Default: one per core of the server, at most four.",
        examples=[2],
    )
    seed: Annotated[int, Bounds(0, plan_limits.MAX_SEED)] = Field(
        default=1, description="Seed of all searches.", examples=[1]
    )


class ScheduleRequest(RequestModel):
    """A gym with its members, to be scheduled."""

    gym: GymRequest = Field(description="What is shared.", examples=[GYM])
    members: Annotated[list[GymMemberRequest], Size(1, limits.MAX_MEMBERS)] = Field(
        description="Who trains in it.", examples=[[MEMBER]]
    )
    before: Annotated[str, Shape(r"[0-9a-f-]{36}", "the id of a schedule")] | None = Field(
        default=None,
        description="Id of the schedule to go on from: whoever is in it keeps his week as long as it is right and "
        "there is room for it.",
        examples=[ID],
    )
    solve: ScheduleSolveRequest = Field(
        default_factory=ScheduleSolveRequest, description="How long to search.", examples=[{"time_limit_seconds": 300}]
    )


class GymScheduleRequest(RequestModel):
    """How a kept gym is to be scheduled."""

    keep: bool = Field(
        default=True,
        description="Whether weeks of the gym's present schedule stay where they can. False begins anew.",
        examples=[True],
    )
    booked: Annotated[list[MemberId], Size(0, limits.MAX_MEMBERS)] = Field(
        default=[],
        description="Members whose week in the present schedule is booked and stands, whatever it costs the others.",
        examples=[["anna"]],
    )
    solve: ScheduleSolveRequest = Field(
        default_factory=ScheduleSolveRequest, description="How long to search.", examples=[{"time_limit_seconds": 300}]
    )


class StationChangeRequest(RequestModel):
    """How many of a station there are from now on."""

    count: Count = Field(description="How many there are; 0 when all are broken.", examples=[2])


BODIES = (GymRequest, GymMemberRequest, MemberRequest, StationChangeRequest, GymScheduleRequest)
