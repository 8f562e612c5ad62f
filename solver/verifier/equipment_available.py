"""`equipment.available`: every entry uses one of its exercise's alternatives, and all of it stands at the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import listing, standing_at
from solver.verifier.lines import line

if TYPE_CHECKING:
    from collections.abc import Collection

    from solver.domain.problem import Slot
    from solver.verifier.facts import Facts, Placed

RULE = "equipment.available"


def check(facts: Facts) -> CertificateLine:
    """No slack: equipment is there or it is not."""
    found = ((placed, _fault(placed, session.slot, facts.problem.done)) for session, placed in facts.week)
    violations = [Violation(RULE, placed.exercise.id, fault) for placed, fault in found if fault is not None]
    return line(
        RULE,
        f"{len(facts.week) - len(violations)} of {counted(len(facts.week), 'entry', 'entries')} with equipment at hand",
        measured={"entries": len(facts.week), "impossible": len(violations)},
        limit={"impossible": 0},
        violations=violations,
    )


def _fault(placed: Placed, slot: Slot, done: Collection[str]) -> str | None:
    if placed.equipment not in {frozenset(alternative) for alternative in placed.exercise.equipment}:
        with_what = listing(placed.equipment) or "no named equipment"
        return f"{placed.exercise.name} in '{slot.id}' cannot be done with {with_what}."
    missing = placed.equipment - standing_at(slot.place)
    if slot.id in done:
        return None  # what was used was there
    if missing:
        return f"{placed.exercise.name} in '{slot.id}' needs {listing(missing)}, which '{slot.place.id}' lacks."
    return None
