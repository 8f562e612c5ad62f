"""The request read back with every default filled in, so that nobody has to guess what was solved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.plans.mapping.athlete import GRAMS_PER_KG
from service.plans.mapping.problem import to_budget
from service.plans.mapping.week import DAYS, first_weekday, resolved_places
from solver.objective.stimulus import weekly_target

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest
    from solver.domain.problem import Avoidances, MuscleGoal, Problem, RuleSettings


def resolve(request: PlanRequest, problem: Problem, catalog: Catalog) -> dict[str, Any]:
    """The request's own form with all defaults, plus `muscles`: what each muscle gets, in sets and hours."""
    budget = to_budget(request)
    return {
        "athlete": _athlete(problem, catalog),
        "places": [
            {"id": place.id, "equipment": sorted(place.equipment)}
            for place in resolved_places(request, catalog).values()
        ],
        "week": _week(request, problem),
        "rules": _rules(request, problem.rules),
        "muscles": {goal.muscle: _muscle(goal) for goal in problem.muscles},
        "pins": [pin.model_dump(mode="json") for pin in request.pins],
        "objective": {},
        "supersets": problem.supersets,
        "solve": {
            "time_limit_seconds": budget.time_limit_seconds,
            "gap": budget.gap,
            "workers": budget.workers,
            "seed": budget.seed,
        },
    }


def _athlete(problem: Problem, catalog: Catalog) -> dict[str, Any]:
    athlete = problem.athlete
    return {
        "experience": athlete.experience,
        "skill_level": athlete.skill_level,
        "ladder_stages": {ladder: athlete.stages[ladder] for ladder in sorted(catalog.ladders)},
        "priorities": {goal.muscle: goal.priority for goal in problem.muscles},
        "avoid": {
            "exercises": sorted(athlete.avoid.exercises),
            "patterns": sorted(athlete.avoid.patterns),
            "equipment": sorted(athlete.avoid.equipment),
            "stress": sorted(athlete.avoid.stress),
        },
        "goal": athlete.goal,
        "working_loads": {
            name: {"kg": load.grams / GRAMS_PER_KG, "reps": load.repetitions}
            for name, load in athlete.working_loads.items()
        },
        "favourites": sorted(athlete.favourites),
        "dislikes": sorted(athlete.dislikes),
        "must_include": [{"exercise": w.exercise, "min_sets": w.min_sets} for w in athlete.must_include],
        "required_muscles": [goal.muscle for goal in problem.muscles if goal.required],
    }


def _week(request: PlanRequest, problem: Problem) -> dict[str, Any]:
    first = first_weekday(request.week.starts_on)
    return {
        "starts_on": request.week.starts_on,
        "timezone": request.week.timezone,
        "repeats": problem.week_repeats,
        "sessions": {"min": problem.rules.sessions_min, "max": problem.rules.sessions_max},
        "slots": [
            {
                "id": slot.id,
                "day": DAYS[(first + slot.day) % 7],
                "start": clock_time(slot.start_minute),
                "minutes": slot.limit_seconds // 60,
                "place": slot.place.id,
                **_avoided(slot.avoid),
            }
            for slot in problem.slots
        ],
    }


def _avoided(avoid: Avoidances) -> dict[str, Any]:
    """What a slot avoids; left out where that is nothing."""
    lists = {"exercises": avoid.exercises, "patterns": avoid.patterns, "stress": avoid.stress}
    return {"avoid": {name: sorted(words) for name, words in lists.items()}} if any(lists.values()) else {}


def clock_time(minute: int) -> str:
    """HH:MM of a minute of the week."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _rules(request: PlanRequest, rules: RuleSettings) -> dict[str, Any]:
    """Rule id -> parameters. Numbers per muscle stand under `muscles`."""
    upper, lower = rules.upper_balance, rules.lower_balance
    assert lower.maximum is not None
    recovery = request.rules.get("recovery.muscle", {})
    return {
        "mobility.thoracic": {"distinct": rules.thoracic_distinct},
        "balance.upper_pull_push": {"ratio": float(upper.minimum), "basis": upper.basis},
        "balance.lower_pull_push": {
            "min": float(lower.minimum),
            "max": float(lower.maximum),
            "basis": lower.basis,
        },
        "shoulder.external_rotation": {
            "sets": rules.external_rotation_sets,
            "share": float(rules.external_rotation_share),
        },
        "scapula.lower_trap": {"sets": rules.lower_trap_sets, "ratio": float(rules.lower_trap_ratio)},
        "pull.isometric_hold": {"sessions": rules.isometric_hold_sessions},
        "row.retraction": {"sets": rules.retraction_row_sets},
        "progression.deadlift": {"loaded_stages": rules.deadlift_loaded_stages},
        "time.session": {"warmup_seconds": rules.warmup_seconds, "changeover_seconds": rules.changeover_seconds},
        "recovery.muscle": {"mode": recovery.get("mode", "normal")},
        "structure.sessions": {"per_day": rules.sessions_per_day},
        "structure.exercises": {"max": rules.working_exercises_max, "drills": rules.drills_max},
    }


def _muscle(goal: MuscleGoal) -> dict[str, Any]:
    return {
        "weekly_min_sets": goal.weekly_min_sets,
        "weekly_target_sets": weekly_target(goal),
        "weekly_max_sets": goal.weekly_max_sets,
        "session_max_sets": goal.session_max_sets,
        "recovery_hours": goal.recovery_hours,
        "recovery_free_sets": goal.recovery_free_sets,
    }
