"""Ensures that a muscle has recovered before it is loaded again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from catalog.schema import QUARTERS_PER_SET
from solver.domain.clock import pairs_within, past_volume, sessions_within
from solver.domain.past import volume_done
from solver.domain.subject import of_muscle
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.domain.problem import MuscleGoal, Slot
    from solver.guard import Guard
    from solver.variables import PlanVars


def _post(plan: PlanVars, guard: Guard) -> None:
    done = plan.problem.done.keys()
    for goal in plan.problem.muscles:
        windows = sessions_within(plan.problem, goal.recovery_hours)
        crowded = {slot.id for window in windows for slot in window}
        loaded = {s.id: _loaded(plan, guard, goal, s) for s in plan.problem.slots if s.id in crowded}
        for early, late in pairs_within(plan.problem, goal.recovery_hours):
            if not {early.id, late.id} <= done:
                guard.require(RULE.id, of_muscle(goal.muscle), loaded[early.id] + loaded[late.id] <= 1)
        for window in windows:
            together = cp_model.LinearExpr.sum([plan.volume(goal.muscle, slot) for slot in window])
            most = max(QUARTERS_PER_SET * goal.session_max_sets, volume_done(plan.problem, goal.muscle, window))
            guard.require(RULE.id, of_muscle(goal.muscle), together <= most)
        _after_what_was_trained(plan, guard, goal)


def _after_what_was_trained(plan: PlanVars, guard: Guard, goal: MuscleGoal) -> None:
    """Sessions before the week load the muscle too, and count in every window that begins with one of them."""
    problem, muscle, span = plan.problem, goal.muscle, goal.recovery_hours * 60
    free, most = QUARTERS_PER_SET * goal.recovery_free_sets, QUARTERS_PER_SET * goal.session_max_sets
    for past in problem.preceding:
        window = [slot for slot in problem.slots if slot.start_minute - past.start_minute < span]
        if past_volume(problem, past, muscle) > free:
            for slot in window:
                if slot.id not in problem.done:
                    guard.require(RULE.id, of_muscle(muscle), plan.volume(muscle, slot) <= free)
        inside = [p for p in problem.preceding if 0 <= p.start_minute - past.start_minute < span]
        already = sum(past_volume(problem, p, muscle) for p in inside)
        if window and already:
            together = cp_model.LinearExpr.sum([plan.volume(muscle, slot) for slot in window])
            left = max(0, most - already, volume_done(problem, muscle, window))
            guard.require(RULE.id, of_muscle(muscle), together <= left)


def _loaded(plan: PlanVars, guard: Guard, goal: MuscleGoal, slot: Slot) -> cp_model.IntVar:
    """A flag that must be 1 when the muscle gets more than its daily free sets in the slot."""
    loaded = plan.model.new_bool_var(f"loads {goal.muscle}@{slot.id}")
    free = QUARTERS_PER_SET * goal.recovery_free_sets
    most = max(QUARTERS_PER_SET * goal.session_max_sets, volume_done(plan.problem, goal.muscle, [slot]))
    beyond = max(most - free, 0) if not guard.explaining else 10_000
    guard.require(RULE.id, of_muscle(goal.muscle), plan.volume(goal.muscle, slot) <= free + beyond * loaded)
    return loaded


RULE = Rule("recovery.muscle", _post)
