"""`volume.weekly_max`: no muscle gets more hard sets in a week than it can recover from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import words
from solver.verifier.lines import at_most, in_sets, line, number, show

if TYPE_CHECKING:
    from solver.verifier.facts import Facts

RULE = "volume.weekly_max"


def check(facts: Facts) -> CertificateLine:
    """Slack: sets left for the muscle nearest to its limit."""
    weeks = [(goal, in_sets(facts.weekly_volume_quarters.get(goal.muscle, 0))) for goal in facts.problem.muscles]
    violations = [
        Violation(
            RULE,
            goal.muscle,
            f"{words(goal.muscle).capitalize()}: {counted(sets, 'set')} in the week, "
            f"more than the {goal.weekly_max_sets} allowed.",
        )
        for goal, sets in weeks
        if sets > goal.weekly_max_sets
    ]
    tightest = min(weeks, key=lambda week: week[0].weekly_max_sets - week[1], default=None)
    if tightest is None:
        statement = "no muscle has a weekly limit"
    else:
        goal, sets = tightest
        sign, most = at_most(sets, goal.weekly_max_sets), counted(goal.weekly_max_sets, "set")
        statement = f"{words(goal.muscle)} {show(sets)} {sign} {most}, nearest of {counted(len(weeks), 'muscle')}"
    return line(
        RULE,
        statement,
        measured={goal.muscle: number(sets) for goal, sets in weeks},
        limit={goal.muscle: goal.weekly_max_sets for goal, _ in weeks},
        slack=None if tightest is None else tightest[0].weekly_max_sets - tightest[1],
        violations=violations,
    )
