"""`structure.exercises`: what a session may be made of, and how often an exercise comes back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.balance import upper_pull_is_substituted
from solver.verifier.eligibility import words
from solver.verifier.lines import at_most, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.verifier.facts import Facts, Placed, SessionFacts

RULE = "structure.exercises"
SESSIONS_PER_EXERCISE = 2
EXERCISES_PER_PATTERN = 2
SUBSTITUTE_PATTERN, SUBSTITUTES_PER_SESSION = "scapular_control", 4


def check(facts: Facts) -> CertificateLine:
    """Slack: working exercises or drills left in the fullest session, the smaller of the two."""
    rules = facts.problem.rules
    working = max((len(session.having(lambda e: not e.is_drill)) for session in facts.sessions), default=0)
    drills = max((len(session.having(lambda e: e.is_drill)) for session in facts.sessions), default=0)
    violations = [fault for fault in facts.faults if fault.rule == RULE]
    for session in facts.sessions:
        violations += _too_many(facts, session)
        violations += _repeated(session)
        violations += _crowded_patterns(facts, session)
        violations += _sets_out_of_range(facts, session)
    violations += _too_often(facts)
    return line(
        RULE,
        f"at most {working} {at_most(working, rules.working_exercises_max)} "
        f"{counted(rules.working_exercises_max, 'working exercise')} and "
        f"{drills} {at_most(drills, rules.drills_max)} {counted(rules.drills_max, 'drill')} in a session",
        measured={"working": working, "drills": drills},
        limit={"working": rules.working_exercises_max, "drills": rules.drills_max},
        slack=min(rules.working_exercises_max - working, rules.drills_max - drills),
        violations=violations,
    )


def _too_many(facts: Facts, session: SessionFacts) -> Iterator[Violation]:
    rules, name = facts.problem.rules, session.slot.id
    working, drills = len(session.having(lambda e: not e.is_drill)), len(session.having(lambda e: e.is_drill))
    if working > rules.working_exercises_max:
        has = counted(working, "working exercise")
        statement = f"The session in '{name}' has {has}, more than the {rules.working_exercises_max} allowed."
        yield Violation(RULE, name, statement)
    if drills > rules.drills_max:
        statement = f"The session in '{name}' has {counted(drills, 'drill')}, more than the {rules.drills_max} allowed."
        yield Violation(RULE, name, statement)


def _repeated(session: SessionFacts) -> Iterator[Violation]:
    name = session.slot.id
    for exercise, count in Counter(placed.exercise.id for placed in session.placed).items():
        if count > 1:
            yield Violation(RULE, exercise, f"The session in '{name}' lists {words(exercise)} {count} times.")
    families: dict[str, dict[str, str]] = {}
    for placed in session.placed:
        families.setdefault(placed.exercise.movement_family, {})[placed.exercise.id] = placed.exercise.name
    for members in families.values():
        if len(members) > 1:
            listed = " and ".join(members.values())
            yield Violation(RULE, name, f"The session in '{name}' has variants of one movement: {listed}.")


def _crowded_patterns(facts: Facts, session: SessionFacts) -> Iterator[Violation]:
    patterns = Counter(placed.exercise.pattern for placed in session.placed if not placed.exercise.is_drill)
    for pattern, count in patterns.items():
        allowed = EXERCISES_PER_PATTERN
        if count > allowed and pattern == SUBSTITUTE_PATTERN and upper_pull_is_substituted(facts):
            allowed = SUBSTITUTES_PER_SESSION
        if count > allowed:
            name, kind = session.slot.id, words(pattern)
            statement = (
                f"The session in '{name}' has {count} exercises of the pattern {kind}, more than the {allowed} allowed."
            )
            yield Violation(RULE, name, statement)


def _sets_out_of_range(facts: Facts, session: SessionFacts) -> Iterator[Violation]:
    for placed in session.placed:
        span = placed.exercise.sets
        if not span.min <= placed.sets <= span.max and not _is_pinned(facts, session, placed):
            yield Violation(
                RULE,
                placed.exercise.id,
                f"{placed.exercise.name} has {counted(placed.sets, 'set')} in '{session.slot.id}', "
                f"{span.min} to {span.max} make sense.",
            )


def _is_pinned(facts: Facts, session: SessionFacts, placed: Placed) -> bool:
    name = session.slot.id
    pins = [pin for pin in facts.problem.pinned_entries if pin.slot == name]
    pins += [pin for pinned in facts.problem.pinned_sessions if pinned.slot == name for pin in pinned.entries]
    return any((pin.exercise, pin.sets) == (placed.exercise.id, placed.sets) for pin in pins)


def _too_often(facts: Facts) -> Iterator[Violation]:
    sessions = Counter(
        exercise
        for session in facts.sessions
        for exercise in {placed.exercise.id for placed in session.placed if not placed.exercise.is_drill}
    )
    for exercise, count in sorted(sessions.items()):
        if count > SESSIONS_PER_EXERCISE:
            name = facts.problem.exercise_by_id[exercise].name
            statement = f"{name} stands in {count} sessions of the week, at most {SESSIONS_PER_EXERCISE} are allowed."
            yield Violation(RULE, exercise, statement)
