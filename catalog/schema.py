"""The records of the catalog: frozen, closed vocabularies, every figure with its unit.

Muscle weights are integers in *quarter sets*: 4 means that one set of the exercise counts as one whole set for the
muscle, 2 as half a set (fractional counting, source PEL24).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

QUARTERS_PER_SET = 4
"""Muscle weights are counted in quarters of a set."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=64)]
Sentence = Annotated[str, StringConstraints(min_length=3, max_length=400)]
Quarters = Annotated[int, Field(ge=1, le=QUARTERS_PER_SET)]
_read_only = AfterValidator(lambda mapping: MappingProxyType(dict(mapping)))
MuscleQuarters = Annotated[Mapping[Identifier, Quarters], _read_only, PlainSerializer(dict, return_type=dict[str, int])]
NumberById = Annotated[Mapping[Identifier, int], _read_only, PlainSerializer(dict, return_type=dict[str, int])]

Experience = Literal["beginner", "intermediate", "advanced"]
Region = Literal["upper", "lower", "trunk", "full"]
Mechanic = Literal["drill", "isolation", "compound"]
PushPull = Literal["push", "pull", "neutral"]
RatioGroup = Literal["none", "upper", "lower"]
ShoulderRotation = Literal["neutral", "internal", "external"]
DoseUnit = Literal["reps", "hold", "timed"]
RowType = Literal["none", "led", "plain"]
RowImplement = Literal["none", "barbell", "dumbbell", "kettlebell", "cable", "machine", "band", "bodyweight"]
Thoracic = Literal["none", "rotation", "extension", "other"]
Loading = Literal["unloaded", "light", "loaded"]
Goal = Literal["strength", "hypertrophy", "general", "endurance"]
Role = Literal["main", "compound", "isolation", "control"]
Stress = Literal["overhead", "spinal_load", "deep_knee_flexion", "hanging", "wrist_extension", "impact"]


class Record(BaseModel):
    """A frozen record; unknown fields and silent type conversions are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Span(Record):
    """An inclusive range of whole numbers, `min <= max`."""

    min: int = Field(ge=1)
    max: int = Field(ge=1)


class LadderPlace(Record):
    """A rung: the `stage` (1 is the easiest) of a `ladder`."""

    ladder: Identifier
    stage: int = Field(ge=1, le=10)


class Exercise(Record):
    """One exercise. Times are seconds; `seconds_per_set` already holds both sides of a unilateral set."""

    id: Identifier
    name: Sentence
    aliases: tuple[str, ...] = ()
    region: Region
    pattern: Identifier
    movement_family: Identifier
    mechanic: Mechanic
    push_pull: PushPull
    ratio_group: RatioGroup
    ratio_units: int = Field(ge=0, le=2)
    shoulder_rotation: ShoulderRotation
    scapular_retraction: bool
    row_type: RowType
    row_implement: RowImplement
    thoracic: Thoracic
    is_hinge_drill: bool
    barbell_hinge: bool
    """A working hip hinge loaded by a barbell or trap bar in every alternative (`progression.deadlift`)."""
    floor_pull: bool
    """A barbell or trap-bar pull that starts from the floor (`progression.deadlift`)."""
    lower_trap_direct: bool
    upper_trap_direct: bool
    counts_as_hard_set: bool
    loading: Loading
    """How far the load can be raised: `loaded` by plates, stack or dumbbells, `light` by bands or body weight, ..."""
    dose_unit: DoseUnit
    is_isometric: bool
    hold_seconds: int = Field(ge=0, le=120)
    repetitions: Span
    sets: Span
    seconds_per_set: int = Field(ge=5, le=300)
    rest_seconds: int = Field(ge=0, le=600)
    setup_seconds: int = Field(ge=0, le=300)
    warmup_seconds: int = Field(ge=0, le=600)
    unilateral: bool
    axial_load: int = Field(ge=0, le=3)
    systemic_fatigue: int = Field(ge=0, le=3)
    skill_level: int = Field(ge=1, le=3)
    session_slot: int = Field(ge=1, le=8)
    """1 mobility, 2 activation and skill, 3 power, 4 main, 5 secondary, 6 accessory, 7 core, 8 carry."""
    ladder: LadderPlace | None = None
    prerequisite: LadderPlace | None = None
    too_easy_from: Experience | None = None
    stress: frozenset[Stress] = frozenset()
    equipment: tuple[tuple[Identifier, ...], ...] = Field(min_length=1)
    """Alternatives, the preferred first; each is the list of items needed together. `none` is everywhere."""
    primary_muscles: MuscleQuarters
    secondary_muscles: MuscleQuarters
    guide_mistakes: frozenset[int] = frozenset()
    """Mistakes of the coaching guide (1-6) for which the guide itself names this exercise."""
    cue: Sentence
    sources: tuple[str, ...] = Field(min_length=1)
    """Codes of `sources.json`; `anatomy` and `judgement` stand for our own reasoning."""
    review: str | None = None
    """Where we changed a fact that was handed to us: what it was and why it is different now."""

    def __hash__(self) -> int:
        """By id: two records of one id are never in one catalog."""
        return hash(self.id)

    @property
    def muscle_quarters(self) -> Mapping[str, int]:
        """All weights, primary and secondary, in quarter sets per set."""
        return {**self.primary_muscles, **self.secondary_muscles}

    @property
    def volume_quarters(self) -> Mapping[str, int]:
        """Weights that count as training volume: hard sets, half a set or more (PEL24). Quarter sets per set."""
        if not self.counts_as_hard_set:
            return {}
        return {m: q for m, q in self.muscle_quarters.items() if 2 * q >= QUARTERS_PER_SET}

    @property
    def is_drill(self) -> bool:
        """True for mobility and hinge drills; everything else is a working exercise."""
        return self.mechanic == "drill"

    def stage_on(self, ladder: str) -> int | None:
        """The stage this exercise holds on `ladder`, or None when it is not on it."""
        return self.ladder.stage if self.ladder is not None and self.ladder.ladder == ladder else None


class Muscle(Record):
    """Weekly and daily set landmarks of one muscle, for an advanced athlete, in whole sets; recovery in hours."""

    id: Identifier
    name: Sentence
    region: Literal["upper", "trunk", "lower"]
    weekly_min_sets: int = Field(ge=0)
    weekly_target_sets: int = Field(ge=0)
    weekly_max_sets: int = Field(ge=0)
    max_sets_per_session: int = Field(ge=0)
    recovery_hours: int = Field(ge=0)
    recovery_hours_conservative: int = Field(ge=0)
    recovery_free_sets_per_day: int = Field(ge=0)
    sources: tuple[str, ...] = Field(min_length=1)


class Equipment(Record):
    """An item that stands at a place or does not."""

    id: Identifier
    name: Sentence
    what_it_is: Sentence


class EquipmentPreset(Record):
    """A named list of equipment."""

    id: Identifier
    name: Sentence
    equipment: frozenset[Identifier]


class Term(Record):
    """A word of a closed vocabulary (pattern, movement family, stress tag ...) and what it means."""

    id: Identifier
    name: Sentence
    meaning: Sentence


class LadderStage(Record):
    """A rung of a ladder: any one of its exercises trains it."""

    stage: int = Field(ge=1)
    exercises: tuple[Identifier, ...] = Field(min_length=1)
    min_sessions_before_advancing: int = Field(ge=0)
    advance_criterion: Sentence
    sources: tuple[str, ...] = Field(min_length=1)


class Ladder(Record):
    """A progression. On a `strict` ladder no stage is ever skipped."""

    id: Identifier
    name: Sentence
    strict: bool
    stages: tuple[LadderStage, ...] = Field(min_length=1)


class GoalDose(Record):
    """How a goal doses the exercises of one role; None leaves an exercise's own range."""

    role: Role
    repetitions: Span | None
    sets: Span | None
    rest_percent: int = Field(ge=25, le=200)
    """Of the exercise's own rest, so that the shorter rests of one-sided work stay shorter."""
    hold_percent: int = Field(ge=25, le=200)
    reserve: Span
    """Repetitions in reserve (RIR) at the end of a set."""


class TrainingGoal(Record):
    """What somebody trains for. Below the experience `heavy_from`, no exercise gets heavier than its own range."""

    id: Goal
    name: Sentence
    meaning: Sentence
    heavy_from: Experience
    target_percent: int = Field(ge=25, le=150)
    """Of the muscles' weekly targets: strength gains little from sets beyond the first ones of a week."""
    doses: tuple[GoalDose, ...] = Field(min_length=4, max_length=4)
    sources: tuple[str, ...] = Field(min_length=1)


class Source(Record):
    """Where a figure comes from and how closely it was read."""

    code: str
    citation: str
    where_seen: str
    finding: str
    status: str


class Retired(Record):
    """A tombstone: ids live forever, a retired one says what replaced it."""

    id: Identifier
    kind: Literal["exercise", "muscle", "equipment", "ladder"]
    replaced_by: Identifier | None
    reason: Sentence


class DefaultSlot(Record):
    """A slot of the default week."""

    id: Identifier
    day: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    start: Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")]
    minutes: int


class DefaultPlace(Record):
    """The default place: an id and the name of an equipment preset."""

    id: Identifier
    equipment: Identifier


class Defaults(Record):
    """What a request that says nothing gets."""

    slots: tuple[DefaultSlot, ...]
    place: DefaultPlace
    experience: Experience
    ladder_stages: Annotated[
        Mapping[Experience, NumberById],
        _read_only,
        PlainSerializer(lambda levels: {level: dict(stages) for level, stages in levels.items()}),
    ]
    skill_level: NumberById
    volume_scale_percent: NumberById
    default_priority: int = Field(ge=0, le=3)
    priorities: NumberById
    warmup_seconds: int
    changeover_seconds: int
    max_working_exercises: int
    max_drills: int
