"""`volume.weekly_min`: every muscle that the request marks as required reaches its weekly minimum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import words
from solver.verifier.lines import at_least, in_sets, line, number, show

if TYPE_CHECKING:
    from solver.verifier.facts import Facts

RULE = "volume.weekly_min"


def check(facts: Facts) -> CertificateLine:
    """Slack: sets beyond the minimum of the required muscle nearest to it."""
    required = [
        (goal, in_sets(facts.weekly_volume_quarters.get(goal.muscle, 0)))
        for goal in facts.problem.muscles
        if goal.required
    ]
    violations = [
        Violation(
            RULE,
            goal.muscle,
            f"{words(goal.muscle).capitalize()}: {counted(sets, 'set')} in the week, "
            f"fewer than the {goal.weekly_min_sets} required.",
        )
        for goal, sets in required
        if sets < goal.weekly_min_sets
    ]
    tightest = min(required, key=lambda week: week[1] - week[0].weekly_min_sets, default=None)
    if tightest is None:
        statement = "no muscle is required"
    else:
        goal, sets = tightest
        least = counted(goal.weekly_min_sets, "set")
        statement = f"{words(goal.muscle)} {show(sets)} {at_least(sets, goal.weekly_min_sets)} {least}"
        statement += f", nearest of {len(required)} required"
    return line(
        RULE,
        statement,
        measured={goal.muscle: number(sets) for goal, sets in required},
        limit={goal.muscle: goal.weekly_min_sets for goal, _ in required},
        slack=None if tightest is None else tightest[1] - tightest[0].weekly_min_sets,
        violations=violations,
    )
