"""Why each change is needed: the rules that the repaired week would break without it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.change import entries_of, undone
from solver.repair.outcome import Reason, ReasonedChange
from solver.repair.weeks import as_it_stood, in_training_order
from solver.verifier import certify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.change import Change, WeekEntry
    from solver.domain.outcome import CertificateLine, Violation
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


def reasoned(
    problem: Problem,
    standing: Sequence[WeekEntry],
    before: Sequence[CertificateLine],
    plan: Plan,
    changes: Sequence[Change],
) -> tuple[ReasonedChange, ...]:
    """Every change with what the verifier says of the week without it.

    `plan` keeps every rule, so whatever breaks when a single change is undone is what the change is there for. `before`
    is the certificate of the week that stood.
    """
    reader = _Reader(problem, tuple(violation for line in before for violation in line.violations))
    without = (certify(problem, _without(problem, standing, plan, changes, change)) for change in changes)
    return tuple(
        ReasonedChange(change, reader.reasons(change, lines)) for change, lines in zip(changes, without, strict=True)
    )


def _without(
    problem: Problem, standing: Sequence[WeekEntry], plan: Plan, changes: Sequence[Change], change: Change
) -> Plan:
    if change.kind == "order":
        sessions = (as_it_stood(s, standing) if s.slot == change.slot else s for s in plan.sessions)
        return replace(plan, sessions=tuple(sessions))
    return in_training_order(problem, undone(change, entries_of(plan), changes))


class _Reader:
    """Reads reasons out of certificates, against what was broken before."""

    def __init__(self, problem: Problem, broken: tuple[Violation, ...]) -> None:
        self._problem = problem
        names = sorted((exercise.name for exercise in problem.exercises), key=len, reverse=True)
        self._particulars = re.compile("|".join([*map(re.escape, names), r"\d+(\.\d+)?"]))
        self._broken = [(violation, self._part(violation)) for violation in broken]

    def reasons(self, change: Change, without: Sequence[CertificateLine]) -> tuple[Reason, ...]:
        """One per rule: mended ones first, and first of all those that speak of the very exercise."""
        entries = [entry for entry in (change.before, change.after) if entry is not None]
        names = [self._problem.exercise_by_id[entry.exercise].name for entry in entries]

        def named(statement: str) -> bool:
            return any(name in statement for name in names)

        found = [self._reason(line, named) for line in without if line.violations]
        return tuple(sorted(found, key=lambda reason: (not reason.mended, not named(reason.statement))))

    def _reason(self, line: CertificateLine, named: Callable[[str], bool]) -> Reason:
        parts = {self._part(violation) for violation in line.violations}
        mended = [violation for violation, part in self._broken if part in parts]
        told = [violation.statement for violation in mended or line.violations]
        return Reason(line.rule, bool(mended), next(filter(named, told), told[0]))

    def _part(self, violation: Violation) -> tuple[str, str, str]:
        """Which part of a rule is broken, and about what: the same whatever the numbers and exercises."""
        return violation.rule, violation.subject, self._particulars.sub("#", violation.statement)
