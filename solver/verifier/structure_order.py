"""`structure.order`: from mobility to carries, lower deadlift stages first, supersets that go together."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.deadlift_ladder import misplaced_stages
from solver.verifier.eligibility import words
from solver.verifier.lines import line
from solver.verifier.supersets import unfit_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.plan import Session
    from solver.verifier.facts import Facts, SessionFacts

RULE = "structure.order"
PARTS = {
    1: "mobility",
    2: "activation and skill",
    3: "power",
    4: "main",
    5: "secondary",
    6: "accessory",
    7: "core",
    8: "carry",
}


def check(facts: Facts) -> CertificateLine:
    """No slack: an order holds or it does not. Measured: faults in the order over the week."""
    violations: list[Violation] = []
    for session in facts.sessions:
        violations += _misplaced(session)
        violations += (Violation(RULE, session.slot.id, statement) for statement in unfit_pairs(session))
    for written in facts.plan.sessions:
        violations += _broken_supersets(written)
        violations += _unasked_supersets(facts, written)
    return line(
        RULE,
        f"{counted(len(facts.sessions), 'session')}, {counted(len(violations), 'fault')} in the order",
        measured={"sessions": len(facts.sessions), "faults": len(violations)},
        limit={"faults": 0},
        violations=violations,
    )


def _misplaced(session: SessionFacts) -> Iterator[Violation]:
    name = session.slot.id
    keys = _keys(session)
    for (first, second), (key, next_key) in zip(pairwise(session.placed), pairwise(keys), strict=True):
        if next_key < key:
            before = f"{first.exercise.name} ({PARTS[key]})"
            yield Violation(RULE, name, f"{second.exercise.name} ({PARTS[next_key]}) comes after {before} in '{name}'.")
    for first, second in misplaced_stages(session):
        statement = (
            f"{second.exercise.name} comes after {first.exercise.name} in '{name}'; lower deadlift stages come first."
        )
        yield Violation(RULE, name, statement)


def _keys(session: SessionFacts) -> list[int]:
    pairs: dict[str | None, list[int]] = {}
    for placed in session.placed:
        pairs.setdefault(placed.superset, []).append(placed.exercise.session_slot)
    return [
        min(pairs[placed.superset])
        if placed.superset is not None and len(pairs[placed.superset]) == 2
        else placed.exercise.session_slot
        for placed in session.placed
    ]


def _broken_supersets(written: Session) -> Iterator[Violation]:
    positions: dict[str, list[int]] = {}
    for position, entry in enumerate(written.entries):
        if entry.superset is not None:
            positions.setdefault(entry.superset, []).append(position)
    for label, where in positions.items():
        if len(where) != 2:
            statement = f"Superset '{label}' in '{written.slot}' has {len(where)} entries; a superset is a pair."
            yield Violation(RULE, written.slot, statement)
        elif where[1] - where[0] != 1:
            statement = f"Superset '{label}' in '{written.slot}' is torn apart; its two entries follow each other."
            yield Violation(RULE, written.slot, statement)


def _unasked_supersets(facts: Facts, written: Session) -> Iterator[Violation]:
    paired = [words(entry.exercise) for entry in written.entries if entry.superset is not None]
    if paired and not facts.problem.supersets:
        statement = (
            f"The session in '{written.slot}' pairs {', '.join(paired)}; the week was asked for without supersets."
        )
        yield Violation(RULE, written.slot, statement)
