"""Variety: many patterns in the week, each spread over its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.kinds import working
from solver.objective.quality.term import Distinct, entries_of
from solver.variables import counted

if TYPE_CHECKING:
    from collections.abc import Hashable

    from catalog.schema import Exercise
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.variables import Expression, PlanVars

PATTERN_POINTS = 4
CROWDED_POINTS = -2
FREE_REPEATS = 1
"""So many entries of a session may share a pattern with another before it costs anything."""


def _pattern(_: Problem, e: Exercise, __: str) -> Hashable | None:
    return e.pattern if working(e) else None


PATTERNS = Distinct("patterns", _pattern, lambda _: PATTERN_POINTS)


class CrowdedDays:
    """Every entry beyond the first free one that repeats a pattern of its session."""

    name = "patterns repeated in a day"

    def express(self, plan: PlanVars) -> Expression:
        crowded = []
        for slot in plan.problem.slots:
            at_work = plan.of(working, slot)
            patterns = sorted({c.exercise.pattern for c in at_work})
            days = [
                plan.any_present(f"day of {p}@{slot.id}", [c for c in at_work if c.exercise.pattern == p])
                for p in patterns
            ]
            repeats = plan.model.new_int_var(0, len(at_work), f"repeats@{slot.id}")
            plan.model.add(repeats >= counted(at_work) - cp_model.LinearExpr.sum(days) - FREE_REPEATS)
            crowded.append(repeats)
        return CROWDED_POINTS * cp_model.LinearExpr.sum(crowded)

    def measure(self, problem: Problem, plan: Plan) -> int:
        patterns: dict[str, list[str]] = {session.slot: [] for session in plan.sessions}
        for e, _, slot in entries_of(problem, plan):
            if working(e):
                patterns[slot].append(e.pattern)
        return CROWDED_POINTS * sum(max(0, len(p) - len(set(p)) - FREE_REPEATS) for p in patterns.values())


CROWDED_DAYS = CrowdedDays()
