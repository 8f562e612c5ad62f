"""`pull.isometric_hold`: a top-position chin-up or pull-up hold in the week, where one is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.lines import at_least, line
from solver.verifier.waivers import waiver

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.verifier.facts import Facts

RULE = "pull.isometric_hold"


def is_top_hold(exercise: Exercise) -> bool:
    """An isometric vertical pull."""
    return exercise.is_isometric and exercise.pattern == "vertical_pull"


def check(facts: Facts) -> CertificateLine:
    """Slack: sessions with a hold beyond the number asked for; none when waived."""
    asked = min(facts.problem.rules.isometric_hold_sessions, len(facts.sessions))
    waived = waiver(facts, is_top_hold, "top-position chin-up or pull-up hold", stated_parameter=f"{RULE}:sessions")
    required = 0 if waived else asked
    held = facts.sessions_with(is_top_hold)
    violations = []
    if held < required:
        sessions = counted(held, "session")
        statement = f"A top-position hold stands in {sessions} of the week, it is needed in {required}."
        violations.append(Violation(RULE, "", statement))
    return line(
        RULE,
        f"waived, sessions with a top-position hold: {held}"
        if waived
        else f"sessions with a top-position hold {held} {at_least(held, required)} {required}",
        measured={"sessions": held},
        limit={"sessions": required},
        slack=None if waived else held - required,
        violations=violations,
        waived=waived,
    )
