"""What a front may be asked over. Every goal is a whole number that is never negative; less is better.

Each is said twice, as an expression on the variables of a model and as plain arithmetic on a finished plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from ortools.sat.python import cp_model

from solver.domain import metrics
from solver.model import MINIMA, TARGETS, Objective, measured
from solver.timing import session_seconds
from solver.variables import Expression, PlanVars, weighted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

GoalName = Literal["stimulus", "minutes", "sessions", "fatigue", "equipment"]
GOAL_NAMES: tuple[GoalName, ...] = get_args(GoalName)
MINUTES_PER_STEP = 5
"""Total time counts in steps of so many minutes: two weeks a few seconds apart are no choice for anybody."""
SECONDS_PER_STEP = 60 * MINUTES_PER_STEP


@dataclass(frozen=True)
class Goal:
    """One goal. `unit` is what one step of its value is.

    `express` may exceed `measure`, never fall short of it, and where it is minimised or limited the two can be equal.
    """

    name: GoalName
    unit: str
    express: Callable[[PlanVars, Objective], Expression]
    measure: Callable[[Problem, Plan], int]


def _shortfall(problem: Problem, plan: Plan) -> int:
    return sum(sum(measured(problem, plan, tier).values()) for tier in (MINIMA, TARGETS))


def _time_steps(plan: PlanVars, _: Objective) -> Expression:
    slots = plan.problem.slots
    plan.seconds_count = True
    steps = plan.shared_int("time steps", sum(-(-slot.limit_seconds // SECONDS_PER_STEP) for slot in slots))
    seconds = cp_model.LinearExpr.sum([session_seconds(plan, slot) for slot in slots])
    plan.define("time steps", SECONDS_PER_STEP * steps >= seconds)
    return steps


def _steps_taken(problem: Problem, plan: Plan) -> int:
    return -(-metrics.total_seconds(problem, plan) // SECONDS_PER_STEP)


def _items(plan: PlanVars, _: Objective) -> Expression:
    plan.items_count = True
    needing = plan.needing(plan.choices)
    flags = [plan.caused_by(f"item {i}", uses) for i, uses in sorted(needing.items()) if i != metrics.NO_EQUIPMENT]
    return cp_model.LinearExpr.sum(flags)


STIMULUS = Goal(
    "stimulus",
    "weighted eighth sets below minima and targets",
    lambda _, objective: objective.minima + objective.targets,
    _shortfall,
)
MINUTES = Goal("minutes", f"{MINUTES_PER_STEP} minutes", _time_steps, _steps_taken)
SESSIONS = Goal("sessions", "sessions", lambda plan, _: plan.sessions, lambda _, plan: metrics.session_count(plan))
FATIGUE = Goal(
    "fatigue",
    "fatigue points",
    lambda plan, _: weighted(plan.choices, metrics.fatigue_per_set),
    metrics.systemic_fatigue,
)
EQUIPMENT = Goal("equipment", "items", _items, lambda _, plan: len(metrics.equipment_used(plan)))

GOALS: Mapping[GoalName, Goal] = {goal.name: goal for goal in (STIMULUS, MINUTES, SESSIONS, FATIGUE, EQUIPMENT)}
"""By name, in the order in which they are minimised: the first of a front's goals is searched for, the rest limited."""
