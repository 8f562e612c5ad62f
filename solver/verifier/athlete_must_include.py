"""`athlete.must_include`: every exercise the athlete insists on is in the week with at least its sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import words
from solver.verifier.lines import line

if TYPE_CHECKING:
    from solver.verifier.facts import Facts

RULE = "athlete.must_include"


def check(facts: Facts) -> CertificateLine:
    """Slack: sets beyond those asked for, at the wanted exercise nearest to them."""
    wanted: dict[str, int] = {}
    for want in facts.problem.athlete.must_include:
        wanted[want.exercise] = max(1, want.min_sets, wanted.get(want.exercise, 1))
    measured = {exercise: facts.weekly_sets.get(exercise, 0) for exercise in wanted}
    violations = [
        Violation(
            RULE,
            exercise,
            f"{words(exercise).capitalize()} has {counted(measured[exercise], 'set')} in the week, "
            f"fewer than the {needed} asked for.",
        )
        for exercise, needed in wanted.items()
        if measured[exercise] < needed
    ]
    return line(
        RULE,
        f"{len(wanted) - len(violations)} of {counted(len(wanted), 'wanted exercise')} with enough sets",
        measured=measured,
        limit=wanted,
        slack=min((measured[exercise] - needed for exercise, needed in wanted.items()), default=None),
        violations=violations,
    )
