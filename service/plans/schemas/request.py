"""What a caller may ask for. Types and sizes are strict; ranges and ids are marked and judged all together."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from catalog.schema import Experience, Goal
from service.machine import default_workers
from service.plans import limits
from service.plans.schemas.rules import RuleParameters
from service.validation.markers import AsWritten, Bounds, Known, Shape, Size

OWN_ID = Shape(
    r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", "1 to 64 letters, digits, '_', '.' or '-', starting with a letter or digit"
)
SLOT_ID = Shape(
    r"[A-Za-z0-9][A-Za-z0-9_.:/?=&%#~@+-]{0,254}",
    "1 to 255 letters, digits and characters of URLs, starting with a letter or digit",
)
MOMENT = Shape(
    r"(20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})",
    "a date and time with its offset from UTC (RFC 3339), as 2026-11-23T18:00:00+00:00",
)
CLOCK_TIME = Shape(r"([01][0-9]|2[0-3]):[0-5][0-9]", "a time of day as HH:MM, from 00:00 to 23:59")
CALENDAR_DATE = Shape(r"(20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", "a date as YYYY-MM-DD, from 2000 to 2199")

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
OwnId = Annotated[str, OWN_ID]
SlotId = Annotated[str, SLOT_ID]
ExerciseId = Annotated[str, Known("exercises")]
MuscleId = Annotated[str, Known("muscles")]
EquipmentId = Annotated[str, Known("equipment")]
DecimalNumber = Annotated[float, AsWritten()]
Priority = Annotated[int, Bounds(0, 3)]
ExerciseList = Annotated[list[ExerciseId], Size(0, limits.MAX_LISTED_EXERCISES)]
EquipmentList = Annotated[list[EquipmentId], Size(0, limits.MAX_LISTED_WORDS)]


class RequestModel(BaseModel):
    """A part of a request: unknown fields, silent conversions and NaN are faults."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class AvoidRequest(RequestModel):
    """What never appears in the week."""

    exercises: ExerciseList = Field(default=[], description="Exercises to leave out.", examples=[["barbell_shrug"]])
    patterns: Annotated[list[Annotated[str, Known("patterns")]], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[], description="Movement patterns to leave out.", examples=[["lunge"]]
    )
    equipment: EquipmentList = Field(
        default=[], description="Equipment not to be used anywhere.", examples=[["smith_machine"]]
    )
    stress: Annotated[list[Annotated[str, Known("stress_tags")]], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[],
        description="Kinds of stress to stay away from: overhead, spinal_load, deep_knee_flexion, hanging, "
        "wrist_extension, impact.",
        examples=[["overhead"]],
    )


class MustIncludeRequest(RequestModel):
    """An exercise that has to be in the week."""

    exercise: ExerciseId = Field(description="Exercise id of the catalog.", examples=["pull_up"])
    min_sets: Annotated[int, Bounds(1, 20, "sets a week")] = Field(
        default=1, description="Sets of it over the whole week, at least.", examples=[3]
    )


class WorkingLoadRequest(RequestModel):
    """What the athlete lifts in an exercise."""

    kg: Annotated[DecimalNumber, Bounds(1, limits.MAX_LOAD_KG, "kg")] = Field(
        description="The load in kilograms: the bar with its plates, one dumbbell, the stack.", examples=[80]
    )
    reps: Annotated[int, Bounds(1, 10, "repetitions")] = Field(
        description="Repetitions that are possible with it at most; from more than ten no load can be told.",
        examples=[6],
    )


class AthleteRequest(RequestModel):
    """Who trains."""

    experience: Experience | None = Field(
        default=None,
        description="Scales volume and skill. Default: intermediate.",
        examples=["intermediate"],
    )
    ladder_stages: Annotated[
        dict[Annotated[str, Known("ladders")], Annotated[int, Bounds(1, 10)]], Size(0, limits.MAX_LISTED_WORDS)
    ] = Field(
        default={},
        description="Ladder -> the stage reached, 1 being the easiest. Ladders not named follow experience.",
        examples=[{"deadlift": 3}],
    )
    priorities: Annotated[dict[MuscleId, Priority], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default={},
        description="Muscle -> 0 (not pursued), 1 (to its target), 2 (double weight) or 3 (past the target, triple).",
        examples=[{"glutes": 3}],
    )
    avoid: AvoidRequest = Field(
        default_factory=AvoidRequest,
        description="What never appears in the week.",
        examples=[{"exercises": ["barbell_shrug"], "stress": ["overhead"]}],
    )
    goal: Goal = Field(
        default="general",
        description="What the training is for: chooses sets, repetitions, rests, holds and effort of every exercise, "
        "and so the time that it takes. `general` leaves the catalog's own ranges.",
        examples=["general"],
    )
    working_loads: Annotated[dict[ExerciseId, WorkingLoadRequest], Size(0, limits.MAX_LISTED_EXERCISES)] = Field(
        default={},
        description="Exercise -> what is lifted in it; its entries then say a load.",
        examples=[{"dumbbell_bench_press": {"kg": 24, "reps": 8}}],
    )
    favourites: ExerciseList = Field(default=[], description="Exercises to prefer.", examples=[["face_pull"]])
    dislikes: ExerciseList = Field(
        default=[], description="Exercises to use only when they are worth it.", examples=[["box_jump"]]
    )
    must_include: Annotated[list[MustIncludeRequest], Size(0, limits.MAX_MUST_INCLUDE)] = Field(
        default=[],
        description="Exercises that have to be in the week.",
        examples=[[{"exercise": "pull_up", "min_sets": 3}]],
    )
    required_muscles: Annotated[list[MuscleId], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[],
        description="Muscles that have to reach their weekly minimum, whatever it costs.",
        examples=[["hamstrings"]],
    )


def _equipment_form(value: Any) -> str | None:
    """Which of the two ways of naming equipment was used."""
    if isinstance(value, str):
        return "<preset>"
    return "<list>" if isinstance(value, list) else None


class PlaceRequest(RequestModel):
    """Somewhere to train and what stands there."""

    id: OwnId = Field(description="Your name for the place.", examples=["club"])
    equipment: Annotated[
        Annotated[str, Tag("<preset>")] | Annotated[EquipmentList, Tag("<list>")],
        Discriminator(
            _equipment_form,
            custom_error_type="equipment_form",
            custom_error_message="Input should be the name of an equipment preset or a list of equipment ids",
        ),
    ] = Field(
        description="A preset (full_gym, home_dumbbells, bands_only, bodyweight, hotel) or a list of equipment ids.",
        examples=["full_gym", ["dumbbells", "resistance_band"]],
    )


class SlotAvoidRequest(RequestModel):
    """What does not appear in one slot, beside what the athlete avoids in the whole week."""

    exercises: ExerciseList = Field(default=[], description="Exercises to leave out here.", examples=[["pull_up"]])
    patterns: Annotated[list[Annotated[str, Known("patterns")]], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[], description="Movement patterns to leave out here.", examples=[["lunge"]]
    )
    stress: Annotated[list[Annotated[str, Known("stress_tags")]], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[], description="Kinds of stress to stay away from here.", examples=[["overhead"]]
    )
    muscles: Annotated[list[MuscleId], Size(0, limits.MAX_LISTED_WORDS)] = Field(
        default=[],
        description="Muscles to spare here: nothing that gives one of them half a set or more a set.",
        examples=[["hamstrings"]],
    )


class SlotRequest(RequestModel):
    """A time that is offered for training."""

    id: SlotId = Field(description="Your name for the slot; pins and answers refer to it.", examples=["mon"])
    day: Day = Field(description="Day of the week.", examples=["monday"])
    start: Annotated[str, CLOCK_TIME] = Field(
        default="18:00", description="Local time of the start, HH:MM.", examples=["18:00"]
    )
    minutes: Annotated[int, Bounds(limits.MIN_SESSION_MINUTES, limits.MAX_SESSION_MINUTES, "minutes")] = Field(
        default=60, description="Minutes from the warm-up to the last set; may run past midnight.", examples=[60]
    )
    place: str | None = Field(
        default=None, description="Id of one of the places. Default: the first place.", examples=["club"]
    )
    avoid: SlotAvoidRequest = Field(
        default_factory=SlotAvoidRequest,
        description="What does not appear in this slot, beside what the athlete avoids in the whole week.",
        examples=[{"stress": ["overhead"]}],
    )


class OfferedSlotRequest(RequestModel):
    """A time that a booking system offers, on its day."""

    id: SlotId = Field(description="The booking system's own id; plans refer to it.", examples=["slot-20261123-1800"])
    starts_at: Annotated[str, MOMENT] = Field(description="RFC 3339.", examples=["2026-11-23T18:00:00+00:00"])
    ends_at: Annotated[str, MOMENT] = Field(description="RFC 3339.", examples=["2026-11-23T19:00:00+00:00"])
    place: str | None = Field(
        default=None, description="Id of one of the places. Default: the first place.", examples=["club"]
    )
    location: str | None = Field(
        default=None,
        description="The booking system's own id of where it is, as `GET /v1/slots` tells it; no matter to the plan.",
        examples=["https://gym.example/facilities/1"],
    )
    capacity: Annotated[int, Bounds(0, 100_000, "people")] | None = Field(
        default=None, description="How many people it is for; null when that is not known.", examples=[12]
    )
    remaining: Annotated[int, Bounds(0, 100_000, "people")] | None = Field(
        default=None, description="How many more may book; 0 is full, null is not known.", examples=[3]
    )
    cancelled: bool = Field(default=False, description="It does not take place.", examples=[False])


class SessionsRequest(RequestModel):
    """How many of the offered slots are used; a minimum that they cannot reach is answered with `infeasible`."""

    min: Annotated[int, Bounds(1, limits.MAX_SLOTS, "sessions a week")] | None = Field(
        default=None,
        description="Fewest sessions. Default: every slot that days allow and no pin keeps unused, at most six.",
        examples=[3],
    )
    max: Annotated[int, Bounds(1, limits.MAX_SLOTS, "sessions a week")] | None = Field(
        default=None,
        description="Most sessions. Default: every slot that days allow and no pin keeps unused, at most six.",
        examples=[4],
    )


class WeekRequest(RequestModel):
    """When training is possible."""

    starts_on: Annotated[str, CALENDAR_DATE] | None = Field(
        default=None,
        description="First day of the week. Without it the week starts on a Monday and sessions carry no dates.",
        examples=["2026-11-23"],
    )
    timezone: str = Field(default="UTC", description="IANA time zone of the slots.", examples=["Europe/London"])
    repeats: bool = Field(
        default=True, description="The same week follows again, so recovery wraps around its end.", examples=[True]
    )
    sessions: SessionsRequest = Field(
        default_factory=SessionsRequest, description="How many slots are used.", examples=[{"min": 3, "max": 4}]
    )
    slots: Annotated[list[SlotRequest], Size(1, limits.MAX_SLOTS)] | None = Field(
        default=None,
        description="Times on offer. Default: Monday, Wednesday and Friday at 18:00 for 60 minutes.",
        examples=[[{"id": "mon", "day": "monday", "start": "18:00", "minutes": 60, "place": "club"}]],
    )
    offered: Annotated[list[OfferedSlotRequest], Size(1, limits.MAX_OFFERED)] | None = Field(
        default=None,
        description="Instead of `slots`: what a booking system offers. Those of the week from `starts_on` with room "
        "left become its `slots`, at most 21, and the week does not repeat. Such slots may overlap where a day has one "
        "session. With `slots` beside it, those count.",
        examples=[
            [
                {
                    "id": "slot-20261123-1800",
                    "starts_at": "2026-11-23T18:00:00+00:00",
                    "ends_at": "2026-11-23T19:00:00+00:00",
                    "place": "club",
                    "capacity": 12,
                    "remaining": 3,
                }
            ]
        ],
    )


class PinnedSetsRequest(RequestModel):
    """An exercise with its sets inside a pinned session."""

    exercise: ExerciseId = Field(description="Exercise id of the catalog.", examples=["face_pull"])
    sets: Annotated[int, Bounds(0, 20, "sets")] = Field(
        description="Exactly this many sets, also where a plan of ours would have fewer or more.", examples=[3]
    )
    equipment: EquipmentList | None = Field(
        default=None,
        description="What it was done with, in a session that is `done`. Default: the preferred of what is there.",
        examples=[["dumbbells"]],
    )
    superset: Annotated[str, Shape(r"[A-Za-z0-9]{1,8}", "1 to 8 letters or digits")] | None = Field(
        default=None,
        description="In a session that is `done`, a label shared with the entry it was done in alternation with.",
        examples=[None],
    )


class PinnedEntryRequest(RequestModel):
    """One entry that stands: exactly `sets` sets of `exercise` in `slot`; 0 keeps it out of that slot."""

    slot: str = Field(description="Id of a slot.", examples=["mon"])
    exercise: ExerciseId = Field(description="Exercise id of the catalog.", examples=["face_pull"])
    sets: Annotated[int, Bounds(0, 20, "sets")] = Field(description="Exactly this many sets; 0 for none.", examples=[3])


class PinnedSessionRequest(RequestModel):
    """A whole session that stands: these entries and no other; an empty list keeps the slot unused."""

    slot: str = Field(description="Id of a slot.", examples=["fri"])
    entries: Annotated[list[PinnedSetsRequest], Size(0, limits.MAX_ENTRIES_IN_PIN)] = Field(
        description="Everything that is done in the slot.", examples=[[{"exercise": "bird_dog", "sets": 2}]]
    )
    done: bool = Field(
        default=False,
        description="It is history: told as it was done, in this order. It counts in every rule of the week, whatever "
        "was possible; limits that it exceeds by itself are told, not asked of the rest. No entries: it was missed.",
        examples=[False],
    )


def _pin_form(value: Any) -> str | None:
    """A pin with `entries` fixes a whole session, any other object a single entry."""
    if isinstance(value, PinnedSessionRequest):
        return "<session>"
    if isinstance(value, PinnedEntryRequest):
        return "<entry>"
    if not isinstance(value, dict):
        return None
    return "<session>" if "entries" in value else "<entry>"


PinRequest = Annotated[
    Annotated[PinnedEntryRequest, Tag("<entry>")] | Annotated[PinnedSessionRequest, Tag("<session>")],
    Discriminator(_pin_form, custom_error_type="pin_form", custom_error_message="Input should be an object"),
]


class ObjectiveRequest(RequestModel):
    """Reserved: the order of the objective's tiers is fixed for now."""


class SolveRequest(RequestModel):
    """How long to search and how close to come."""

    time_limit_seconds: Annotated[
        DecimalNumber, Bounds(limits.MIN_TIME_LIMIT_SECONDS, limits.MAX_TIME_LIMIT_SECONDS, "seconds")
    ] = Field(default=10.0, description="Wall-clock limit of the search in seconds.", examples=[10])
    gap: Annotated[DecimalNumber, Bounds(0, limits.MAX_GAP)] = Field(
        default=0.0,
        description="Stop when the score is this close to its proven bound; 0 means proven best.",
        examples=[0.0],
    )
    workers: Annotated[int, Bounds(1, limits.MAX_WORKERS, "threads")] = Field(
        default_factory=default_workers,
        description="Search threads. Default: one per core of the server, at most four.",
        examples=[2],
    )
    seed: Annotated[int, Bounds(0, limits.MAX_SEED)] = Field(
        default=1,
        description="Seed of the search: the same request with the same seed gives the same plan.",
        examples=[1],
    )


class PlanRequest(RequestModel):
    """A training week to be planned. Everything has a default: `{}` asks for three 60-minute sessions in a full gym."""

    athlete: AthleteRequest = Field(
        default_factory=AthleteRequest, description="Who trains.", examples=[{"experience": "intermediate"}]
    )
    places: Annotated[list[PlaceRequest], Size(1, limits.MAX_PLACES)] | None = Field(
        default=None,
        description="Where training is possible. Default: one fully equipped gym.",
        examples=[[{"id": "club", "equipment": "full_gym"}]],
    )
    week: WeekRequest = Field(
        default_factory=WeekRequest, description="When training is possible.", examples=[{"starts_on": "2026-11-23"}]
    )
    rules: RuleParameters = Field(
        default={},
        description="Rule id -> its parameters. `GET /v1/rules` lists them with their defaults and bounds.",
        examples=[{"balance.upper_pull_push": {"ratio": 2.0}, "volume.weekly_max": {"calves": 10}}],
    )
    pins: Annotated[list[PinRequest], Size(0, limits.MAX_PINS)] = Field(
        default=[],
        description="Entries and sessions that are done or locked.",
        examples=[[{"slot": "mon", "exercise": "face_pull", "sets": 3}]],
    )
    objective: ObjectiveRequest = Field(
        default_factory=ObjectiveRequest, description="Reserved; leave it empty.", examples=[{}]
    )
    supersets: bool = Field(
        default=False,
        description="Whether two exercises may be done in alternation where the minutes ask for it: opposing or "
        "distant work, never lifts of the highest axial load or skill, never two that need the same item.",
        examples=[False],
    )
    solve: SolveRequest = Field(
        default_factory=SolveRequest,
        description="How long to search and how close to come.",
        examples=[{"time_limit_seconds": 10, "gap": 0.0}],
    )
