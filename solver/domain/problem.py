"""The question, fully resolved: no default is left to guess, no number is left to scale."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from catalog.schema import Exercise, Experience, Goal, Span

MINUTES_PER_WEEK = 7 * 24 * 60

Basis = Literal["sets", "movements", "both"]


@dataclass(frozen=True)
class Avoidances:
    """What the athlete stays away from; ids of the catalog."""

    exercises: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    stress: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """Somewhere to train and what stands there. `none` is always among the equipment."""

    id: str
    equipment: frozenset[str]


@dataclass(frozen=True)
class Slot:
    """A time the athlete offers. The solver may leave it unused."""

    id: str
    start_minute: int
    """Clock minutes from the start of the week (00:00 of its first day) to the start of the session."""
    limit_seconds: int
    place: Place
    avoid: Avoidances = Avoidances()
    """What the athlete stays away from in this slot, beside what he always avoids. Its equipment says nothing: what is
    not there is the place's to tell."""

    @property
    def day(self) -> int:
        """Days since the start of the week, 0-6."""
        return self.start_minute // (24 * 60)


@dataclass(frozen=True)
class RequiredExercise:
    """An exercise the athlete wants in the week, with at least `min_sets` sets over all sessions."""

    exercise: str
    min_sets: int


@dataclass(frozen=True)
class WorkingLoad:
    """A load in grams that the athlete lifts for so many repetitions at most."""

    grams: int
    repetitions: int


@dataclass(frozen=True)
class Athlete:
    """Who trains. `stages` holds every ladder of the catalog; `stated_stages` those the caller gave himself."""

    experience: Experience
    skill_level: int
    stages: Mapping[str, int]
    stated_stages: frozenset[str] = frozenset()
    avoid: Avoidances = Avoidances()
    favourites: frozenset[str] = frozenset()
    dislikes: frozenset[str] = frozenset()
    must_include: tuple[RequiredExercise, ...] = ()
    goal: Goal = "general"
    """What he trains for: the exercises of the problem are dosed by it already (`solver.domain.prescription`)."""
    working_loads: Mapping[str, WorkingLoad] = field(default_factory=dict)
    """Exercise -> what he lifts in it."""


@dataclass(frozen=True)
class MuscleGoal:
    """One muscle's numbers for this athlete, in whole sets and clock hours, already scaled and overridden.

    `priority`: 0 not pursued, 1 to the target, 2 the same with double weight, 3 half-way from target to maximum
    with triple weight.
    """

    muscle: str
    weekly_min_sets: int
    weekly_target_sets: int
    weekly_max_sets: int
    session_max_sets: int
    recovery_hours: int
    recovery_free_sets: int
    priority: int
    required: bool = False
    weekly_target_eighths: int | None = None
    """The weekly target in eighth sets, where it is no whole number of sets, as a share of one; `weekly_target_sets`
    is then the nearest whole number. What the target is, says `solver.objective.stimulus.weekly_target_eighths`."""


@dataclass(frozen=True)
class BalanceRule:
    """Pull to push: `minimum`, and where there is one `maximum`, pulling units per pushing unit."""

    minimum: Fraction
    maximum: Fraction | None
    basis: Basis


@dataclass(frozen=True)
class RuleSettings:
    """Every rule parameter, resolved. `stated` and `loosened` name parameters as `rule_id:parameter`."""

    thoracic_distinct: int
    upper_balance: BalanceRule
    lower_balance: BalanceRule
    external_rotation_sets: int
    external_rotation_share: Fraction
    lower_trap_sets: int
    lower_trap_ratio: Fraction
    isometric_hold_sessions: int
    retraction_row_sets: int
    deadlift_loaded_stages: int
    sessions_min: int
    sessions_max: int
    sessions_per_day: int
    working_exercises_max: int
    drills_max: int
    warmup_seconds: int
    changeover_seconds: int
    stated: frozenset[str] = frozenset()
    """Parameters the caller gave outright: they conflict rather than being waived."""
    loosened: frozenset[str] = frozenset()
    """Parameters the caller set weaker than the default: marked in the answer."""


@dataclass(frozen=True)
class PinnedEntry:
    """An entry that stands: exactly `sets` sets of `exercise` in `slot` (0 keeps it out)."""

    slot: str
    exercise: str
    sets: int
    equipment: tuple[str, ...] | None = None
    """What it was done with, where that is known."""
    superset: str | None = None
    """The label it shared with what it was done in alternation with."""


@dataclass(frozen=True)
class PinnedSession:
    """A whole session that stands: exactly these entries and no other. Empty: the slot stays unused.

    `done`: it is history. It counts in every rule of the week, in its order and with its equipment, whatever the
    athlete could or should do today; nothing else can happen in its slot; and what it breaks by itself is not asked of
    the rest of the week (`solver.domain.past`).
    """

    slot: str
    entries: tuple[PinnedEntry, ...]
    done: bool = False

    def __post_init__(self) -> None:
        """Make one entry of those of one exercise, as everywhere: their sets add up, and their supersets end."""
        sets: Counter[str] = Counter()
        for entry in self.entries:
            sets[entry.exercise] += entry.sets
        if len(sets) == len(self.entries):
            return
        first = {entry.exercise: entry for entry in reversed(self.entries)}
        ended = {e.superset for e in self.entries if first[e.exercise].sets != sets[e.exercise]}
        merged = [replace(first[exercise], sets=number) for exercise, number in sets.items()]
        entries = tuple(replace(e, superset=None) if e.superset in ended else e for e in merged)
        object.__setattr__(self, "entries", entries)


@dataclass(frozen=True)
class PastSession:
    """A session that was trained before the week begins: nothing to decide, but muscles and spine still feel it."""

    name: str
    """What it is called where a rule speaks of it."""
    start_minute: int
    """Clock minutes from the start of the week to the start of the session: negative."""
    entries: tuple[tuple[str, int], ...]
    """Exercise id and sets."""


@dataclass(frozen=True)
class Problem:
    """A training week to be planned. Slots are in time order; exercises in id order."""

    exercises: tuple[Exercise, ...]
    muscles: tuple[MuscleGoal, ...]
    slots: tuple[Slot, ...]
    athlete: Athlete
    rules: RuleSettings
    pinned_entries: tuple[PinnedEntry, ...] = ()
    pinned_sessions: tuple[PinnedSession, ...] = ()
    week_repeats: bool = True
    """Recovery wraps from the last session to the first of the next week."""
    supersets: bool = False
    reserves: Mapping[str, Span] = field(default_factory=dict)
    """Exercise -> repetitions in reserve at the end of a set, where effort is told in them."""
    preceding: tuple[PastSession, ...] = ()
    """The sessions before the week, in time order: recovery counts from them too."""

    @cached_property
    def exercise_by_id(self) -> Mapping[str, Exercise]:
        return {e.id: e for e in self.exercises}

    @cached_property
    def slot_by_id(self) -> Mapping[str, Slot]:
        return {s.id: s for s in self.slots}

    @cached_property
    def done(self) -> Mapping[str, PinnedSession]:
        """What is history, by slot: sessions as they were done, and slots that stayed unused."""
        return {session.slot: session for session in self.pinned_sessions if session.done}

    @cached_property
    def open_slots(self) -> tuple[Slot, ...]:
        """The slots that are not history."""
        return tuple(slot for slot in self.slots if slot.id not in self.done)

    @cached_property
    def goal_by_muscle(self) -> Mapping[str, MuscleGoal]:
        return {g.muscle: g for g in self.muscles}


@dataclass(frozen=True)
class SolveBudget:
    """How long to look and how close to come.

    `time_limit_seconds` bounds the wall clock; the search itself counts deterministic time so that the same request
    gives the same plan. `gap` is the relative distance between score and bound at which to stop.
    """

    time_limit_seconds: float = 10.0
    gap: float = 0.0
    workers: int = 2
    seed: int = 1
    deterministic_seconds: float | None = None
    """Overrides the deterministic budget derived from the time limit; for tests and benchmarks."""


__all__ = [
    "MINUTES_PER_WEEK",
    "Athlete",
    "Avoidances",
    "BalanceRule",
    "Basis",
    "MuscleGoal",
    "PastSession",
    "PinnedEntry",
    "PinnedSession",
    "Place",
    "Problem",
    "RequiredExercise",
    "RuleSettings",
    "Slot",
    "SolveBudget",
    "WorkingLoad",
]
