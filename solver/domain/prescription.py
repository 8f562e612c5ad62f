"""What a training goal makes of an exercise: its sets, repetitions, rests and holds, its effort and its load.

The one home of prescriptions. A problem's exercises are prescribed before anything is planned, so that the model, the
verifier and the answer speak of the same doses. The figures are facts of the catalog (`goals.json`, with sources); what
is decided here is where they apply:

- drills, power work and carries stay as they are, and what keeps shoulders sound (control) keeps its light ranges;
- nothing gets heavier that cannot be loaded further, and nothing lighter whose load is the body;
- lifts of axial load 3 or skill 3 never get more repetitions than their own, nor less than two minutes of rest where
  they had them: technique fails before the muscle does;
- sets stay inside the exercise's own range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.schema import Span
from solver.domain.kinds import compound

if TYPE_CHECKING:
    from catalog.schema import Exercise, Experience, GoalDose, Role, TrainingGoal

MAIN_PART, POWER_PART = 4, 3
FULL_REST_SECONDS = 120
STEP_SECONDS = 5
LONG_SECONDS, LONG_STEP_SECONDS = 60, 15
"""A minute and more is counted in quarters of a minute."""
LONGEST_SET_SECONDS, LONGEST_HOLD_SECONDS = 300, 120
LEVELS: tuple[Experience, ...] = ("beginner", "intermediate", "advanced")
WEIGHTS = frozenset(
    {"dumbbells", "kettlebell", "barbell", "ez_bar", "trap_bar", "landmine", "smith_machine", "cable_machine"}
)
BANDS = frozenset({"resistance_band", "mini_band"})
MACHINE = "_machine"
EPLEY_REPETITIONS = 30
"""1RM = load x (1 + repetitions / 30) (EPL85); told for 10 repetitions at most (REY06)."""
LOAD_STEP_GRAMS = 2500


def role_of(e: Exercise) -> Role | None:
    """How goals dose an exercise; None for what they leave alone."""
    if e.is_drill or not e.counts_as_hard_set or e.dose_unit == "timed" or e.session_slot == POWER_PART:
        return None
    if e.dose_unit == "reps" and _keeps_shoulders_sound(e):
        return "control"
    if compound(e):
        return "main" if e.session_slot == MAIN_PART else "compound"
    return "isolation"


def _keeps_shoulders_sound(e: Exercise) -> bool:
    return e.lower_trap_direct or e.shoulder_rotation == "external" or e.pattern == "scapular_control"


def prescribe(e: Exercise, goal: TrainingGoal, experience: Experience) -> Exercise:
    """The exercise as this goal doses it; the same exercise where nothing changes."""
    dose = _dose(e, goal)
    if dose is None:
        return e
    heavy = LEVELS.index(experience) >= LEVELS.index(goal.heavy_from)
    repetitions = _repetitions(e, dose, heavy=heavy)
    hold = _hold(e, dose)
    sets = e.sets if dose.sets is None or e.dose_unit == "hold" else _inside(dose.sets, e.sets)
    changed = {
        "repetitions": repetitions,
        "sets": sets,
        "hold_seconds": hold,
        "rest_seconds": _rest(e, dose),
        "seconds_per_set": _seconds_per_set(e, repetitions, hold),
    }
    if all(getattr(e, name) == value for name, value in changed.items()):
        return e
    return e.model_copy(update=changed)


def reserve(e: Exercise, goal: TrainingGoal) -> Span | None:
    """Repetitions in reserve (RIR) at the end of a set; None where effort is not told in them, as with holds."""
    dose = _dose(e, goal)
    return None if dose is None or e.dose_unit == "hold" else dose.reserve


def takes_a_load(e: Exercise) -> bool:
    """Whether the exercise is done with a load in kilograms that can be chosen."""
    items = {item for alternative in e.equipment for item in alternative}
    return (
        e.dose_unit == "reps"
        and e.loading == "loaded"
        and e.row_implement != "bodyweight"
        and any(item in WEIGHTS or item.endswith(MACHINE) for item in items)
    )


def load_grams(e: Exercise, effort: Span, known_grams: int, known_repetitions: int) -> int | None:
    """The load for a set of a prescribed exercise, from one that was lifted for so many repetitions at most.

    Conservative: at the top of the range the least reserve is left, and it is rounded down to 2.5 kg; None when nothing
    is left then. In whole numbers throughout.
    """
    known = 0 if known_repetitions == 1 else known_repetitions
    most = e.repetitions.max + effort.min
    grams = known_grams * (EPLEY_REPETITIONS + known) // (EPLEY_REPETITIONS + most)
    return grams // LOAD_STEP_GRAMS * LOAD_STEP_GRAMS or None


def _dose(e: Exercise, goal: TrainingGoal) -> GoalDose | None:
    role = role_of(e)
    return None if role is None else next(dose for dose in goal.doses if dose.role == role)


def _repetitions(e: Exercise, dose: GoalDose, *, heavy: bool) -> Span:
    own, wanted = e.repetitions, dose.repetitions
    if wanted is None or e.dose_unit == "hold" or e.row_implement == "bodyweight":
        return own
    items = e.equipment[0]
    weighted = any(item in WEIGHTS or item.endswith(MACHINE) for item in items)
    if wanted.min + wanted.max < own.min + own.max:
        return wanted if heavy and weighted and e.loading == "loaded" else own
    strict = e.axial_load == 3 or e.skill_level == 3
    return wanted if not strict and (weighted or not BANDS.isdisjoint(items)) else own


def _hold(e: Exercise, dose: GoalDose) -> int:
    if e.dose_unit != "hold" or (dose.hold_percent < 100 and e.loading != "loaded"):
        return e.hold_seconds
    return min(LONGEST_HOLD_SECONDS, _share(e.hold_seconds, dose.hold_percent))


def _rest(e: Exercise, dose: GoalDose) -> int:
    rest = _share(e.rest_seconds, dose.rest_percent)
    strict = e.axial_load == 3 or e.skill_level == 3
    return max(rest, min(FULL_REST_SECONDS, e.rest_seconds)) if strict else rest


def _seconds_per_set(e: Exercise, repetitions: Span, hold: int) -> int:
    """Work grows with the repetitions, or by what is held longer on every side and repetition."""
    if e.dose_unit == "hold":
        longer = (hold - e.hold_seconds) * e.repetitions.max * (2 if e.unilateral else 1)
        return min(LONGEST_SET_SECONDS, e.seconds_per_set + longer)
    if repetitions == e.repetitions:
        return e.seconds_per_set
    before, after = e.repetitions.min + e.repetitions.max, repetitions.min + repetitions.max
    seconds = (2 * e.seconds_per_set * after + STEP_SECONDS * before) // (2 * STEP_SECONDS * before) * STEP_SECONDS
    return min(LONGEST_SET_SECONDS, max(STEP_SECONDS, seconds))


def _share(seconds: int, percent: int) -> int:
    """A share of so many seconds in steps that people set clocks by; all of them stay as they are."""
    if percent == 100:
        return seconds
    step = STEP_SECONDS if seconds * percent < 100 * LONG_SECONDS else LONG_STEP_SECONDS
    return (seconds * percent + 50 * step) // (100 * step) * step


def _inside(wanted: Span, own: Span) -> Span:
    low = min(max(wanted.min, own.min), own.max)
    return Span(min=low, max=max(low, min(wanted.max, own.max)))
