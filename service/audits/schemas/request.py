"""A programme to be audited: the week as it is followed, and what is known of the athlete and the places."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from catalog.schema import Mechanic, PushPull, ShoulderRotation, Thoracic
from service.audits import limits
from service.plans import limits as plan_limits
from service.plans.schemas.request import (
    CALENDAR_DATE,
    CLOCK_TIME,
    AthleteRequest,
    Day,
    DecimalNumber,
    EquipmentId,
    EquipmentList,
    ExerciseId,
    MuscleId,
    OwnId,
    PlaceRequest,
    RequestModel,
    SolveRequest,
)
from service.plans.schemas.rules import RuleParameters
from service.validation.markers import Bounds, Known, Size

EXAMPLE_TEXT = "Mon: bench press 4x8, pull-ups 3x6\nThu: squat 5x5, dumbbell row 3x10"
EXAMPLE_CSV = "day,exercise,sets,reps\nmon,Bench press,4,8\nmon,Pull-ups,3,6\nthu,Squat,5,5\n"


class RepsRequest(RequestModel):
    """Repetitions of a set, from-to."""

    min: Annotated[int, Bounds(1, 999)] = Field(description="Fewest.", examples=[8])
    max: Annotated[int, Bounds(1, 999)] = Field(description="Most.", examples=[12])


def _reps_form(value: Any) -> str | None:
    """Repetitions are a number, a text such as `8-12` or `AMRAP`, or an object with min and max."""
    if isinstance(value, RepsRequest | dict):
        return "<span>"
    if isinstance(value, str):
        return "<text>"
    return "<number>" if isinstance(value, int) and not isinstance(value, bool) else None


Reps = Annotated[
    Annotated[RepsRequest, Tag("<span>")] | Annotated[str, Tag("<text>")] | Annotated[int, Tag("<number>")],
    Discriminator(
        _reps_form,
        custom_error_type="reps_form",
        custom_error_message="Input should be a number, a text such as 8-12, or an object with min and max",
    ),
]


class TimedRequest(RequestModel):
    """When an entry of a gym's schedule is done: understood and not used."""

    start_second: int | None = Field(default=None, description="From the start of the session.", examples=[300])
    end_second: int | None = Field(default=None, description="From the start of the session.", examples=[865])
    starts_at: str | None = Field(default=None, description="Start with its offset.", examples=[None])
    stations: list[str] = Field(default=[], description="Stations that are held.", examples=[["rack"]])


class FollowedEntryRequest(RequestModel):
    """One exercise of a session. Everything that an entry of a plan has is understood."""

    exercise: str | None = Field(
        default=None,
        description="Catalog id, or a name; either this or name is needed.",
        examples=["pull_up"],
    )
    name: str | None = Field(default=None, description="Name, used where there is no exercise.", examples=["Pull-ups"])
    sets: Annotated[int, Bounds(1, limits.MAX_SETS, "sets")] | None = Field(
        default=None, description="Number of sets. Without it 3 are taken, and the answer says so.", examples=[3]
    )
    reps: Reps | None = Field(
        default=None,
        description="Repetitions of a set; told again, but no rule asks for them.",
        examples=[{"min": 6, "max": 8}, 8, "8-12"],
    )
    hold_seconds: Annotated[int, Bounds(0, 3600, "seconds")] | None = Field(
        default=None, description="Seconds of each hold.", examples=[20]
    )
    rest_seconds: Annotated[int, Bounds(0, 3600, "seconds")] | None = Field(
        default=None,
        description="Understood, not used: the catalog's rests price a session.",
        examples=[90],
    )
    seconds: int | None = Field(default=None, description="Understood and not used.", examples=[300])
    reserve: RepsRequest | None = Field(
        default=None, description="Repetitions in reserve: understood and not used.", examples=[{"min": 2, "max": 3}]
    )
    load_kg: DecimalNumber | None = Field(default=None, description="Understood and not used.", examples=[52.5])
    equipment: EquipmentList | None = Field(
        default=None, description="What it is done with. Default: what the place has.", examples=[["pull_up_bar"]]
    )
    superset: str | None = Field(
        default=None, description="Two entries with the same label are done in alternation.", examples=["A"]
    )
    cue: str | None = Field(default=None, description="Understood and not used.", examples=["Chest to the bar."])
    serves: list[str] | None = Field(
        default=None, alias="for", description="Understood and not used.", examples=[["balance.upper_pull_push"]]
    )
    timed: TimedRequest | None = Field(default=None, description="Understood and not used.", examples=[None])


class FollowedSessionRequest(RequestModel):
    """One session of the week. Everything that a session of a plan has is understood."""

    slot: OwnId | None = Field(default=None, description="Your name for it. Default: from its day.", examples=["mon"])
    label: str | None = Field(default=None, description="Its title.", examples=["Push"])
    day: Day | None = Field(
        default=None, description="Day of the week. Sessions without one are spread over the week.", examples=["monday"]
    )
    start: Annotated[str, CLOCK_TIME] | None = Field(
        default=None, description="Local time of the start, HH:MM. Default 18:00.", examples=["18:00"]
    )
    starts_at: str | None = Field(default=None, description="Understood and not used.", examples=[None])
    place: str | None = Field(default=None, description="Id of a place. Default: the first.", examples=["club"])
    minutes: (
        Annotated[int, Bounds(plan_limits.MIN_SESSION_MINUTES, plan_limits.MAX_SESSION_MINUTES, "minutes")] | None
    ) = Field(default=None, description="Minutes there are. Without them no time is judged.", examples=[60])
    limit_seconds: (
        Annotated[int, Bounds(60 * plan_limits.MIN_SESSION_MINUTES, 60 * plan_limits.MAX_SESSION_MINUTES, "seconds")]
        | None
    ) = Field(default=None, description="The same in seconds, as a plan says it.", examples=[3600])
    seconds: int | None = Field(
        default=None, description="Understood and not used: the audit prices the session itself.", examples=[3480]
    )
    entries: Annotated[list[FollowedEntryRequest], Size(1, limits.MAX_ENTRIES)] = Field(
        description="Exercises in the order of doing.", examples=[[{"name": "Pull-ups", "sets": 3}]]
    )


class SessionsProgramme(RequestModel):
    """A week in the form of a plan's `week`; the week of a finished plan fits as it is."""

    sessions: Annotated[list[FollowedSessionRequest], Size(1, limits.MAX_SESSIONS)] = Field(
        description="Sessions in the order of the week.",
        examples=[[{"day": "monday", "entries": [{"name": "Pull-ups", "sets": 3}]}]],
    )


class TextProgramme(RequestModel):
    """A week in plain lines."""

    text: Annotated[str, Field(max_length=limits.MAX_TEXT_CHARACTERS)] = Field(
        description="A line for each day or for each exercise, with headings.", examples=[EXAMPLE_TEXT]
    )


class CsvProgramme(RequestModel):
    """A week as a table. The first row names the columns; `exercise` is needed."""

    csv: Annotated[str, Field(max_length=limits.MAX_TEXT_CHARACTERS)] = Field(
        description="Columns day, exercise, sets, reps, seconds, superset, start, minutes, place; others are left out.",
        examples=[EXAMPLE_CSV],
    )


def _programme_form(value: Any) -> str | None:
    """Which of the three forms a programme has."""
    for form, model in (("sessions", SessionsProgramme), ("text", TextProgramme), ("csv", CsvProgramme)):
        if isinstance(value, model) or (isinstance(value, dict) and form in value):
            return f"<{form}>"
    return "<sessions>" if isinstance(value, dict) else None


ProgrammeRequest = Annotated[
    Annotated[SessionsProgramme, Tag("<sessions>")]
    | Annotated[TextProgramme, Tag("<text>")]
    | Annotated[CsvProgramme, Tag("<csv>")],
    Discriminator(
        _programme_form,
        custom_error_type="programme_form",
        custom_error_message="Input should be an object with sessions, text or csv",
    ),
]


class TaggedExerciseRequest(RequestModel):
    """An exercise that the catalog does not have: `like` one it has, or with pattern, push_pull and muscles."""

    name: Annotated[str, Field(min_length=3, max_length=80)] = Field(
        description="As the programme writes it.", examples=["Jefferson curl"]
    )
    aliases: Annotated[list[str], Size(0, 10)] = Field(default=[], description="Other spellings.", examples=[["JC"]])
    like: ExerciseId | None = Field(
        default=None,
        description="An exercise of the catalog that it counts like, but for what is said here.",
        examples=["romanian_deadlift"],
    )
    pattern: Annotated[str, Known("patterns")] | None = Field(
        default=None, description="Movement pattern.", examples=["hip_hinge"]
    )
    push_pull: PushPull | None = Field(default=None, description="What it does in the ratios.", examples=["pull"])
    mechanic: Mechanic | None = Field(
        default=None, description="Default: what is usual for the pattern.", examples=["compound"]
    )
    muscles: Annotated[dict[MuscleId, Annotated[DecimalNumber, Bounds(0.25, 1, "sets a set")]], Size(0, 23)] = Field(
        default={},
        description="Muscle -> its share of a set: 1 direct, 0.5 indirect.",
        examples=[{"hamstrings": 1}],
    )
    shoulder_rotation: ShoulderRotation | None = Field(
        default=None, description="Rotation under load. Default neutral.", examples=["neutral"]
    )
    row_type: Literal["none", "led", "plain"] | None = Field(
        default=None,
        description="Led by the shoulder blades, or plain. Default: no row.",
        examples=["none"],
    )
    thoracic: Thoracic | None = Field(
        default=None, description="Of a thoracic drill: its direction. Default none.", examples=["none"]
    )
    equipment: Annotated[list[EquipmentId], Size(1, 10)] | None = Field(
        default=None, description="Items needed together. Default: none, or those of `like`.", examples=[["barbell"]]
    )


class FollowedWeekRequest(RequestModel):
    """How the week lies in the calendar."""

    starts_on: Annotated[str, CALENDAR_DATE] | None = Field(
        default=None,
        description="A first day of the week; only its weekday matters. Default: the day of the first session.",
        examples=["2026-11-23"],
    )
    repeats: bool = Field(
        default=True, description="The same week follows again, so recovery wraps around its end.", examples=[True]
    )


class AuditRequest(RequestModel):
    """A programme and what is known of the one who follows it. Only `programme` is needed."""

    programme: ProgrammeRequest = Field(
        description="The week: an object with `sessions`, `text` or `csv`.", examples=[{"text": EXAMPLE_TEXT}]
    )
    athlete: AthleteRequest = Field(
        default_factory=AthleteRequest,
        description="Who trains, as in a plan's request. Default: intermediate.",
        examples=[{"experience": "intermediate", "ladder_stages": {"deadlift": 3}}],
    )
    places: Annotated[list[PlaceRequest], Size(1, plan_limits.MAX_PLACES)] | None = Field(
        default=None,
        description="Where training happens, as in a plan's request. Without them equipment is not judged: a gym is "
        "assumed where the programme uses one, else what it uses.",
        examples=[[{"id": "club", "equipment": "full_gym"}]],
    )
    week: FollowedWeekRequest = Field(
        default_factory=FollowedWeekRequest,
        description="How the week lies in the calendar.",
        examples=[{"repeats": True}],
    )
    rules: RuleParameters = Field(
        default={},
        description="Rule id -> its parameters, as in a plan's request.",
        examples=[{"balance.upper_pull_push": {"ratio": 2.0}}],
    )
    exercises: Annotated[list[TaggedExerciseRequest], Size(0, limits.MAX_TAGGED)] = Field(
        default=[],
        description="Exercises of the programme that nobody knows, with tags.",
        examples=[[{"name": "Jefferson curl", "like": "romanian_deadlift"}]],
    )
    repair: bool = Field(
        default=False,
        description="Search also for the nearest week that keeps every rule, in the same slots. Takes as long as "
        "`solve` allows.",
        examples=[False],
    )
    solve: SolveRequest = Field(
        default_factory=SolveRequest,
        description="How long to search for the repair, as in a plan's request.",
        examples=[{"time_limit_seconds": 10, "gap": 0.0}],
    )


__all__ = [
    "AuditRequest",
    "CsvProgramme",
    "FollowedEntryRequest",
    "FollowedSessionRequest",
    "SessionsProgramme",
    "TaggedExerciseRequest",
    "TextProgramme",
]
