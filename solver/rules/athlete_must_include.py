"""Ensures that what the athlete insists on is in the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.subject import of_exercise
from solver.rules.rule import Rule
from solver.variables import PlanVars, counted, weighted

if TYPE_CHECKING:
    from solver.guard import Guard


def _post(plan: PlanVars, guard: Guard) -> None:
    for wanted in plan.problem.athlete.must_include:
        choices = plan.of(lambda e, w=wanted: e.id == w.exercise)  # type: ignore[misc]
        guard.require(RULE.id, of_exercise(wanted.exercise), counted(choices) >= 1)
        guard.require(RULE.id, of_exercise(wanted.exercise), weighted(choices, lambda _: 1) >= wanted.min_sets)


RULE = Rule("athlete.must_include", _post)
