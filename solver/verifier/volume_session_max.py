"""`volume.session_max`: no muscle gets more hard sets in a session than it can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import words
from solver.verifier.lines import at_most, in_sets, line, number, show

if TYPE_CHECKING:
    from solver.verifier.facts import Facts

RULE = "volume.session_max"


def check(facts: Facts) -> CertificateLine:
    """Slack: sets left for the muscle and session nearest to the limit. Measured: each muscle's fullest session."""
    doses = [
        (goal, session.slot.id, in_sets(session.volume_quarters[goal.muscle]))
        for goal in facts.problem.muscles
        for session in facts.sessions
        if goal.muscle in session.volume_quarters
    ]
    violations = [
        Violation(
            RULE,
            goal.muscle,
            f"{words(goal.muscle).capitalize()}: {counted(sets, 'set')} in '{slot}', "
            f"more than the useful {goal.session_max_sets}.",
        )
        for goal, slot, sets in doses
        if sets > goal.session_max_sets
    ]
    tightest = min(doses, key=lambda dose: dose[0].session_max_sets - dose[2], default=None)
    fullest = {goal.muscle: max(s for g, _, s in doses if g.muscle == goal.muscle) for goal, _, _ in doses}
    if tightest is None:
        statement = "no muscle gets a hard set"
    else:
        goal, slot, sets = tightest
        sign, most = at_most(sets, goal.session_max_sets), counted(goal.session_max_sets, "set")
        statement = f"{words(goal.muscle)} in '{slot}' {show(sets)} {sign} {most}, nearest of all"
    return line(
        RULE,
        statement,
        measured={muscle: number(sets) for muscle, sets in fullest.items()},
        limit={goal.muscle: goal.session_max_sets for goal, _, _ in doses},
        slack=None if tightest is None else tightest[0].session_max_sets - tightest[2],
        violations=violations,
    )
