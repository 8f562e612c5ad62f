"""A plan's sessions in the caller's words: prices, cues, and what every entry is there for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from service.plans.clock import starts_at
from service.plans.mapping.athlete import GRAMS_PER_KG
from service.plans.mapping.resolved import clock_time
from service.plans.mapping.week import DAYS, first_weekday
from service.plans.schemas.response import (
    EntryResponse,
    RepsResponse,
    SessionResponse,
    VolumeResponse,
    WeekResponse,
)
from solver.domain import kinds
from solver.domain.eligibility import Eligibility
from solver.domain.prescription import load_grams
from solver.domain.pricing import PricedEntry, entry_price, session_seconds
from solver.objective.stimulus import EIGHTHS_PER_SET, target_eighths, weekly_stimulus, weekly_target
from solver.rulebook import RULES

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from service.plans.schemas import PlanRequest
    from solver.domain.plan import Entry, Plan, Session
    from solver.domain.problem import MuscleGoal, Problem


Help = Callable[["Exercise"], bool]

_SERVES: tuple[tuple[str, Help], ...] = (
    ("mobility.thoracic", kinds.thoracic_drill),
    ("balance.lower_pull_push", lambda e: kinds.posterior(e) or (kinds.quad_dominant(e) and kinds.compound(e))),
    ("shoulder.external_rotation", kinds.external_rotation),
    ("scapula.lower_trap", lambda e: e.lower_trap_direct),
    ("pull.isometric_hold", kinds.top_hold),
    ("row.retraction", kinds.led_row),
    ("progression.deadlift", lambda e: e.is_hinge_drill or kinds.deadlift_stage(e) > 0),
)
"""Which rules of the guide an exercise helps to keep, whoever the athlete is."""


class Purposes:
    """What entries are there for in the weeks of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        possible = Eligibility.of(problem).eligible
        self._substituted = not possible(kinds.upper_pull)
        self._horizontal_push = bool(possible(_horizontal_compound))
        self._required = {goal.muscle for goal in problem.muscles if goal.required}

    def rules(self, slot: str, exercise: Exercise) -> list[str]:
        """Ids of the rules that an entry of this exercise in this slot helps to keep, in the rulebook's order."""
        problem = self._problem
        served = {rule for rule, helps in _SERVES if helps(exercise)}
        if self._balances_upper_body(exercise):
            served.add("balance.upper_pull_push")
        if self._required & exercise.volume_quarters.keys():
            served.add("volume.weekly_min")
        if any(wanted.exercise == exercise.id for wanted in problem.athlete.must_include):
            served.add("athlete.must_include")
        single = any((pin.slot, pin.exercise) == (slot, exercise.id) for pin in problem.pinned_entries)
        if single or any(session.slot == slot for session in problem.pinned_sessions):
            served.add("plan.pinned")
        return [rule.id for rule in RULES if rule.id in served]

    def _balances_upper_body(self, exercise: Exercise) -> bool:
        """Pulls, what stands in for them, and the compound push that has to stay: a horizontal one where possible."""
        if kinds.upper_pull(exercise) or (self._substituted and kinds.scapular_pull(exercise)):
            return True
        if self._horizontal_push:
            return _horizontal_compound(exercise)
        return kinds.upper_push(exercise) and kinds.compound(exercise)


def _horizontal_compound(exercise: Exercise) -> bool:
    return kinds.compound(exercise) and exercise.pattern == "horizontal_push"


def present_week(request: PlanRequest, problem: Problem, plan: Plan) -> WeekResponse:
    """All sessions in time order."""
    purposes = Purposes(problem)
    return WeekResponse(sessions=[_session(request, problem, session, purposes) for session in plan.sessions])


def _session(request: PlanRequest, problem: Problem, session: Session, purposes: Purposes) -> SessionResponse:
    slot = problem.slot_by_id[session.slot]
    priced = [PricedEntry(problem.exercise_by_id[e.exercise], e.sets, e.superset) for e in session.entries]
    rules = problem.rules
    return SessionResponse(
        slot=slot.id,
        day=DAYS[(first_weekday(request.week.starts_on) + slot.day) % 7],
        start=clock_time(slot.start_minute),
        starts_at=starts_at(request.week.starts_on, request.week.timezone, slot.start_minute),
        place=slot.place.id,
        seconds=session_seconds(
            priced, warmup_seconds=rules.warmup_seconds, changeover_seconds=rules.changeover_seconds
        ),
        limit_seconds=slot.limit_seconds,
        entries=[_entry(problem, slot.id, entry, purposes) for entry in session.entries],
    )


def _entry(problem: Problem, slot: str, entry: Entry, purposes: Purposes) -> EntryResponse:
    exercise = problem.exercise_by_id[entry.exercise]
    return EntryResponse(
        exercise=exercise.id,
        name=exercise.name,
        sets=entry.sets,
        reps=RepsResponse(min=exercise.repetitions.min, max=exercise.repetitions.max),
        hold_seconds=exercise.hold_seconds or None,
        rest_seconds=exercise.rest_seconds,
        seconds=entry_price(exercise).seconds(entry.sets),
        reserve=_reserve(problem, exercise),
        load_kg=_load(problem, exercise),
        equipment=list(entry.equipment),
        superset=entry.superset,
        cue=exercise.cue,
        serves=purposes.rules(slot, exercise),
    )


def _reserve(problem: Problem, exercise: Exercise) -> RepsResponse | None:
    effort = problem.reserves.get(exercise.id)
    return None if effort is None else RepsResponse(min=effort.min, max=effort.max)


def _load(problem: Problem, exercise: Exercise) -> float | None:
    """Kilograms, where the athlete told what he lifts."""
    effort, known = problem.reserves.get(exercise.id), problem.athlete.working_loads.get(exercise.id)
    if effort is None or known is None:
        return None
    grams = load_grams(exercise, effort, known.grams, known.repetitions)
    return None if grams is None else grams / GRAMS_PER_KG


def _pursued_target(goal: MuscleGoal) -> float:
    """Sets a week that the score is after; of a muscle that is not pursued its plain target."""
    return target_eighths(goal) / EIGHTHS_PER_SET if goal.priority else float(weekly_target(goal))


def present_volume(problem: Problem, plan: Plan) -> list[VolumeResponse]:
    """Every muscle's week in whole and fractional sets."""
    quarters: dict[str, int] = {}
    for session in plan.sessions:
        for entry in session.entries:
            for muscle, weight in problem.exercise_by_id[entry.exercise].volume_quarters.items():
                quarters[muscle] = quarters.get(muscle, 0) + weight * entry.sets
    stimulus = weekly_stimulus(problem, plan)
    return [
        VolumeResponse(
            muscle=goal.muscle,
            sets=quarters.get(goal.muscle, 0) / QUARTERS_PER_SET,
            stimulus=stimulus[goal.muscle] / EIGHTHS_PER_SET,
            min=goal.weekly_min_sets,
            target=_pursued_target(goal),
            weekly_target=weekly_target(goal),
            max=goal.weekly_max_sets,
            priority=goal.priority,
            pursued=goal.priority > 0,
            required=goal.required,
        )
        for goal in problem.muscles
    ]
