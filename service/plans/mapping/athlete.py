"""Who trains: experience, stages, wishes, and each muscle's numbers scaled to the athlete."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.errors import Fault, pointer
from service.plans.mapping.rules import RuleValues
from service.validation.walk import range_fault
from solver.domain.prescription import prescribe, reserve, takes_a_load
from solver.domain.problem import Athlete, Avoidances, MuscleGoal, RequiredExercise, WorkingLoad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from catalog.catalog import Catalog
    from catalog.schema import Exercise, Experience, Span
    from service.plans.schemas.request import AthleteRequest, PlanRequest

GRAMS_PER_KG = 1000


def athlete_faults(athlete: AthleteRequest, catalog: Catalog) -> Iterator[Fault]:
    """Stages above a ladder's last, exercises wanted twice, and exercises both liked and disliked."""
    for ladder_id, stage in athlete.ladder_stages.items():
        ladder = catalog.ladders.get(ladder_id)
        if ladder is not None and stage > len(ladder.stages) and stage <= 10:
            yield range_fault(pointer("athlete", "ladder_stages", ladder_id), stage, 1, len(ladder.stages))
    seen: set[str] = set()
    for index, wanted in enumerate(athlete.must_include):
        if wanted.exercise in seen:
            at = pointer("athlete", "must_include", index, "exercise")
            yield Fault(at, "duplicate", f"{wanted.exercise} is already in must_include")
        seen.add(wanted.exercise)
    for name in athlete.working_loads:
        known = catalog.exercises.get(name)
        if known is not None and not takes_a_load(known):
            at = pointer("athlete", "working_loads", name)
            yield Fault(at, "no_load", f"{name} is not done with a load that can be chosen")
    for index, exercise in enumerate(athlete.dislikes):
        if exercise in athlete.favourites:
            at = pointer("athlete", "dislikes", index)
            yield Fault(at, "contradiction", f"{exercise} is among the favourites as well")


def experience_of(request: PlanRequest, catalog: Catalog) -> Experience:
    """The stated experience or the default."""
    return request.athlete.experience or catalog.defaults.experience


def athlete_of(request: PlanRequest, catalog: Catalog) -> Athlete:
    """The athlete of the problem; ladders that are not stated follow experience."""
    wishes, avoid = request.athlete, request.athlete.avoid
    experience = experience_of(request, catalog)
    return Athlete(
        experience=experience,
        skill_level=catalog.defaults.skill_level[experience],
        stages={**catalog.defaults.ladder_stages[experience], **wishes.ladder_stages},
        stated_stages=frozenset(wishes.ladder_stages),
        avoid=Avoidances(
            exercises=frozenset(avoid.exercises),
            patterns=frozenset(avoid.patterns),
            equipment=frozenset(avoid.equipment),
            stress=frozenset(avoid.stress),
        ),
        favourites=frozenset(wishes.favourites),
        dislikes=frozenset(wishes.dislikes),
        must_include=tuple(RequiredExercise(w.exercise, w.min_sets) for w in wishes.must_include),
        goal=wishes.goal,
        working_loads={
            name: WorkingLoad(round(GRAMS_PER_KG * load.kg), load.reps)
            for name, load in sorted(wishes.working_loads.items())
        },
    )


def prescribed(
    request: PlanRequest, catalog: Catalog, exercises: Iterable[Exercise]
) -> tuple[tuple[Exercise, ...], dict[str, Span]]:
    """The exercises as the athlete's goal doses them, in the order of their ids, and their repetitions in reserve."""
    goal, experience = catalog.goals[request.athlete.goal], experience_of(request, catalog)
    ordered = sorted(exercises, key=lambda exercise: exercise.id)
    reserves = {e.id: effort for e in ordered if (effort := reserve(e, goal)) is not None}
    return tuple(prescribe(e, goal, experience) for e in ordered), reserves


def default_goals(request: PlanRequest, catalog: Catalog) -> dict[str, MuscleGoal]:
    """Muscle -> its numbers for this athlete, before any rule of the request changes them."""
    percent: int = catalog.defaults.volume_scale_percent[experience_of(request, catalog)]
    conservative = RuleValues(request.rules).value("recovery.muscle", "mode") == "conservative"
    defaults, goal = catalog.defaults, catalog.goals[request.athlete.goal]

    def scaled(sets: int) -> int:
        return -(-sets * percent // 100)

    return {
        m.id: MuscleGoal(
            muscle=m.id,
            weekly_min_sets=scaled(m.weekly_min_sets),
            weekly_target_sets=max(
                scaled(m.weekly_min_sets), -(-scaled(m.weekly_target_sets) * goal.target_percent // 100)
            ),
            weekly_max_sets=scaled(m.weekly_max_sets),
            session_max_sets=scaled(m.max_sets_per_session),
            recovery_hours=m.recovery_hours_conservative if conservative else m.recovery_hours,
            recovery_free_sets=m.recovery_free_sets_per_day,
            priority=request.athlete.priorities.get(m.id, defaults.priorities.get(m.id, defaults.default_priority)),
            required=m.id in request.athlete.required_muscles,
        )
        for m in catalog.muscles.values()
    }


def muscle_goals(request: PlanRequest, goals: dict[str, MuscleGoal]) -> tuple[MuscleGoal, ...]:
    """The goals with the request's overrides, in the order of the catalog."""
    return tuple(_overridden(goal, RuleValues(request.rules)) for goal in goals.values())


def _overridden(goal: MuscleGoal, rules: RuleValues) -> MuscleGoal:
    """A target never lies outside what the request allows; a stated minimum may, and is then a conflict to explain."""
    stated_min = rules.per_muscle("volume.weekly_min").get(goal.muscle)
    weekly_max = rules.per_muscle("volume.weekly_max").get(goal.muscle, goal.weekly_max_sets)
    weekly_min = goal.weekly_min_sets if stated_min is None else stated_min
    required = goal.required or stated_min is not None
    return replace(
        goal,
        weekly_min_sets=weekly_min if required else min(weekly_min, weekly_max),
        weekly_target_sets=min(max(goal.weekly_target_sets, weekly_min), weekly_max),
        weekly_max_sets=weekly_max,
        session_max_sets=rules.per_muscle("volume.session_max").get(goal.muscle, goal.session_max_sets),
        recovery_hours=rules.per_muscle("recovery.muscle", "hours").get(goal.muscle, goal.recovery_hours),
        required=required,
    )
