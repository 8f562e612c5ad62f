"""`plan.pinned`: what the request has fixed stands as it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import words
from solver.verifier.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from solver.domain.plan import Plan
    from solver.verifier.facts import Facts

RULE = "plan.pinned"


def check(facts: Facts) -> CertificateLine:
    """No slack: a pin holds or not. Read from the plan as written, so that even unknown ids are compared."""
    pins = len(facts.problem.pinned_entries) + len(facts.problem.pinned_sessions)
    written = _written_sets(facts.plan)
    violations = [*_moved_entries(facts, written), *_changed_sessions(facts, written)]
    return line(
        RULE,
        f"{pins} pins, {len(violations)} departures from them",
        measured={"pins": pins, "departures": len(violations)},
        limit={"departures": 0},
        violations=violations,
    )


def _written_sets(plan: Plan) -> Mapping[str, Mapping[str, int]]:
    sets: dict[str, Counter[str]] = {}
    for session in plan.sessions:
        for entry in session.entries:
            if type(entry.sets) is int:
                sets.setdefault(session.slot, Counter())[entry.exercise] += entry.sets
    return sets


def _moved_entries(facts: Facts, written: Mapping[str, Mapping[str, int]]) -> Iterator[Violation]:
    for pin in facts.problem.pinned_entries:
        found = written.get(pin.slot, {}).get(pin.exercise, 0)
        if found != pin.sets:
            pinned = f"{words(pin.exercise).capitalize()} is pinned to {counted(pin.sets, 'set')}"
            statement = f"{pinned} in '{pin.slot}', it has {found}."
            yield Violation(RULE, pin.slot, statement)


def _changed_sessions(facts: Facts, written: Mapping[str, Mapping[str, int]]) -> Iterator[Violation]:
    for pinned in facts.problem.pinned_sessions:
        fixed = {entry.exercise: entry.sets for entry in pinned.entries if entry.sets > 0}
        found = written.get(pinned.slot, {})
        for exercise in sorted(fixed.keys() | found.keys()):
            if fixed.get(exercise, 0) != found.get(exercise, 0):
                yield Violation(
                    RULE,
                    pinned.slot,
                    f"The session in '{pinned.slot}' is pinned with {counted(fixed.get(exercise, 0), 'set')} of "
                    f"{words(exercise)}, it has {found.get(exercise, 0)}.",
                )
