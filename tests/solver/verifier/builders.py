"""Small words for building problems and plans by hand; nothing here comes from the packaged catalog."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from catalog.schema import Exercise, LadderPlace, Span
from solver.domain.plan import Entry, Plan, Session
from solver.domain.problem import Athlete, BalanceRule, MuscleGoal, Place, Problem, RuleSettings, Slot
from solver.verifier import certify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.domain.outcome import CertificateLine

DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
GYM = Place("gym", frozenset({"barbell", "dumbbells", "pull_up_bar"}))
FLOOR = Place("floor", frozenset())

NEUTRAL: dict[str, Any] = {
    "region": "trunk",
    "mechanic": "isolation",
    "push_pull": "neutral",
    "ratio_group": "none",
    "ratio_units": 0,
    "shoulder_rotation": "neutral",
    "scapular_retraction": False,
    "row_type": "none",
    "row_implement": "none",
    "thoracic": "none",
    "is_hinge_drill": False,
    "barbell_hinge": False,
    "floor_pull": False,
    "lower_trap_direct": False,
    "upper_trap_direct": False,
    "counts_as_hard_set": True,
    "loading": "unloaded",
    "dose_unit": "reps",
    "is_isometric": False,
    "hold_seconds": 0,
    "repetitions": Span(min=8, max=12),
    "sets": Span(min=1, max=6),
    "seconds_per_set": 30,
    "rest_seconds": 60,
    "setup_seconds": 0,
    "warmup_seconds": 0,
    "unilateral": False,
    "axial_load": 0,
    "systemic_fatigue": 0,
    "skill_level": 1,
    "session_slot": 6,
    "equipment": (("none",),),
    "primary_muscles": {},
    "secondary_muscles": {},
    "cue": "Steady and clean.",
    "sources": ("judgement",),
}


def exercise(identifier: str, **changes: Any) -> Exercise:
    """An exercise that no rule minds, with the facts under test changed. `muscles` are quarters per set."""
    facts = {"pattern": identifier, "movement_family": identifier, **NEUTRAL, **changes}
    facts["primary_muscles"] = facts.pop("muscles", facts["primary_muscles"])
    return Exercise(id=identifier, name=identifier.replace("_", " ").capitalize(), **facts)


def drill(identifier: str, **changes: Any) -> Exercise:
    """A mobility drill."""
    return exercise(identifier, **{"mechanic": "drill", "counts_as_hard_set": False, "session_slot": 1, **changes})


def thoracic(identifier: str, kind: str) -> Exercise:
    """A thoracic drill: rotation, extension or other."""
    return drill(identifier, pattern="mobility", thoracic=kind)


def upper(identifier: str, push_pull: str, **changes: Any) -> Exercise:
    """A compound upper-body exercise of the ratio."""
    facts = {"region": "upper", "mechanic": "compound", "ratio_group": "upper", "ratio_units": 2, "session_slot": 5}
    return exercise(identifier, push_pull=push_pull, **{**facts, **changes})


def lower(identifier: str, push_pull: str, **changes: Any) -> Exercise:
    """A compound lower-body exercise of the ratio."""
    facts = {"region": "lower", "mechanic": "compound", "ratio_group": "lower", "ratio_units": 2, "session_slot": 5}
    return exercise(identifier, push_pull=push_pull, **{**facts, **changes})


def rung(ladder: str, stage: int) -> LadderPlace:
    """A place on a ladder."""
    return LadderPlace(ladder=ladder, stage=stage)


def slot(identifier: str, *, hour: int = 18, minutes: int = 60, place: Place = GYM, day: str | None = None) -> Slot:
    """A slot on the day it is named after."""
    start_minute = DAYS[day or identifier] * 24 * 60 + hour * 60
    return Slot(identifier, start_minute, minutes * 60, place)


WEEK = (slot("mon"), slot("wed"), slot("fri"))


def goal(muscle: str, **changes: Any) -> MuscleGoal:
    """A muscle with limits that nothing small reaches."""
    facts = {
        "weekly_min_sets": 0,
        "weekly_target_sets": 10,
        "weekly_max_sets": 40,
        "session_max_sets": 20,
        "recovery_hours": 48,
        "recovery_free_sets": 2,
        "priority": 1,
    }
    return MuscleGoal(muscle, **{**facts, **changes})


SETTINGS = RuleSettings(
    thoracic_distinct=3,
    upper_balance=BalanceRule(Fraction(2), None, "sets"),
    lower_balance=BalanceRule(Fraction(2), Fraction(3), "sets"),
    external_rotation_sets=4,
    external_rotation_share=Fraction(1, 4),
    lower_trap_sets=4,
    lower_trap_ratio=Fraction(1),
    isometric_hold_sessions=1,
    retraction_row_sets=2,
    deadlift_loaded_stages=1,
    sessions_min=1,
    sessions_max=3,
    sessions_per_day=1,
    working_exercises_max=10,
    drills_max=3,
    warmup_seconds=300,
    changeover_seconds=60,
)


def settings(**changes: Any) -> RuleSettings:
    """The default parameters with some changed."""
    return replace(SETTINGS, **changes)


def athlete(**changes: Any) -> Athlete:
    """An intermediate without special wishes."""
    facts: dict[str, Any] = {"experience": "intermediate", "skill_level": 2, "stages": {"deadlift": 3, "pull_up": 6}}
    return Athlete(**{**facts, **changes})


def problem(*exercises: Exercise, **changes: Any) -> Problem:
    """A problem over these exercises; `rules` and `who` take settings and athlete."""
    facts: dict[str, Any] = {
        "muscles": (),
        "slots": WEEK,
        "athlete": changes.pop("who", athlete()),
        "rules": changes.pop("rules", SETTINGS),
    }
    return Problem(exercises=exercises, **{**facts, **changes})


Line = Entry | tuple[str, int]


def week(**sessions: Sequence[Line]) -> Plan:
    """A plan: per slot its entries in order, `(exercise, sets)` on a clear floor or a whole `Entry`."""
    return Plan(
        tuple(
            Session(name, tuple(line if isinstance(line, Entry) else Entry(*line, ("none",)) for line in lines))
            for name, lines in sessions.items()
        )
    )


def line_for(rule: str, question: Problem, plan: Plan) -> CertificateLine:
    """The certificate line of one rule."""
    return next(line for line in certify(question, plan) if line.rule == rule)


def violated(question: Problem, plan: Plan) -> set[str]:
    """The ids of all broken rules."""
    return {line.rule for line in certify(question, plan) if not line.holds}


def subjects(line: CertificateLine) -> list[str]:
    """What the violations of a line are about."""
    return [violation.subject for violation in line.violations]
