"""Ensures that the deadlift is built rung by rung: drilled, never ahead, never back and forth (mistake 6)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from catalog.schema import LadderPlace
from solver.domain.kinds import DEADLIFT, FIRST_LOADED_STAGE, deadlift_stage, loaded_deadlift, working_hinge
from solver.domain.past import exercises_done
from solver.domain.subject import part
from solver.rules.rule import Rule
from solver.variables import PlanVars, counted

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.guard import Guard

LAST_STAGE = 6
FLOOR_STAGE = 6
TRAP_BAR_STAGE = 5
TRAP_BAR_RUNG = LadderPlace(ladder=DEADLIFT, stage=TRAP_BAR_STAGE)
"""The prerequisite that marks a trap-bar pull: the one pull from the floor that may come before the last rung."""


def _post(plan: PlanVars, guard: Guard) -> None:
    stage = plan.problem.athlete.stages[DEADLIFT]
    _drill_first(plan, guard, stage)
    _one_rung_at_a_time(plan, guard)
    _nothing_ahead_of_the_ladder(plan, guard, stage)
    if not plan.eligibility.waived(lambda e: deadlift_stage(e) == stage):
        trained = counted(plan.of(lambda e: deadlift_stage(e) == stage))
        guard.require(RULE.id, part("current stage"), trained >= 1)


def _drill_first(plan: PlanVars, guard: Guard, stage: int) -> None:
    """A hinge drill on every hinge day below the loaded stages, and in every ladder session from there on."""

    def needs_drill(e: Exercise) -> bool:
        return working_hinge(e) if stage < FIRST_LOADED_STAGE else deadlift_stage(e) > 1

    for slot in plan.problem.open_slots:
        drills = counted(plan.of(lambda e: e.is_hinge_drill, slot))
        for choice in plan.of(needs_drill, slot):
            guard.require(RULE.id, part("drill"), drills >= choice.present)


def _one_rung_at_a_time(plan: PlanVars, guard: Guard) -> None:
    """Loaded stages of the week: few, neighbours, and never falling from one session to the next."""
    stages = range(FIRST_LOADED_STAGE, LAST_STAGE + 1)
    trained = {
        k: plan.forced_by(f"deadlift stage {k}", plan.of(lambda e, k=k: deadlift_stage(e) == k))  # type: ignore[misc]
        for k in stages
    }
    done = {deadlift_stage(e) for slot in plan.problem.slots for e, _ in exercises_done(plan.problem, slot)}
    most = max(plan.problem.rules.deadlift_loaded_stages, len(done.intersection(stages)))
    guard.require(RULE.id, part("loaded stages"), cp_model.LinearExpr.sum(list(trained.values())) <= most)
    if most < 2:
        return
    for low, high in combinations(stages, 2):
        if high - low > 1 and not {low, high} <= done:
            guard.require(RULE.id, part("no jump"), trained[low] + trained[high] <= 1)
    for early, late in combinations(plan.problem.slots, 2):
        if {early.id, late.id} <= plan.problem.done.keys():
            continue
        for before in plan.of(loaded_deadlift, early):
            for after in plan.of(loaded_deadlift, late):
                if deadlift_stage(after.exercise) < deadlift_stage(before.exercise):
                    guard.require(RULE.id, part("no falling back"), before.present + after.present <= 1)


def _nothing_ahead_of_the_ladder(plan: PlanVars, guard: Guard, stage: int) -> None:
    """No loaded barbell hinge before the ladder is loaded, no pull from the floor before its last rung."""
    for choice in plan.choices:
        if choice.slot.id in plan.problem.done:
            continue
        e = choice.exercise
        needed = FIRST_LOADED_STAGE if e.barbell_hinge else 0
        if e.floor_pull:
            needed = TRAP_BAR_STAGE if e.prerequisite == TRAP_BAR_RUNG else FLOOR_STAGE
        if stage < max(needed, deadlift_stage(e)):
            guard.require(RULE.id, part("ahead of the ladder"), choice.present <= 0)


RULE = Rule("progression.deadlift", _post)
