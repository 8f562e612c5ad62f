"""Why each change is needed: the rules that the repaired week would break without it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.change import entries_of, undone
from solver.repair.outcome import Reason, ReasonedChange
from solver.repair.weeks import as_it_stood, in_training_order
from solver.verifier import certify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.domain.change import Change, WeekEntry
    from solver.domain.outcome import CertificateLine
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
    broken = {line.rule: line for line in before if not line.holds}
    return tuple(
        ReasonedChange(
            change, tuple(_reasons(broken, certify(problem, _without(problem, standing, plan, changes, change))))
        )
        for change in changes
    )


def _without(
    problem: Problem, standing: Sequence[WeekEntry], plan: Plan, changes: Sequence[Change], change: Change
) -> Plan:
    if change.kind == "order":
        sessions = (as_it_stood(s, standing) if s.slot == change.slot else s for s in plan.sessions)
        return replace(plan, sessions=tuple(sessions))
    return in_training_order(problem, undone(change, entries_of(plan), changes))


def _reasons(broken: dict[str, CertificateLine], lines: Sequence[CertificateLine]) -> Iterator[Reason]:
    """Mended rules first, each in the rulebook's order."""
    failing = [line for line in lines if not line.holds]
    for line in failing:
        if line.rule in broken:
            yield Reason(line.rule, mended=True, statement=_statement(broken[line.rule], line))
    for line in failing:
        if line.rule not in broken:
            yield Reason(line.rule, mended=False, statement=line.violations[0].statement)


def _statement(before: CertificateLine, without: CertificateLine) -> str:
    """What was broken about the same subject, or else whatever was broken first."""
    subjects = {violation.subject for violation in without.violations}
    same = [violation for violation in before.violations if violation.subject in subjects]
    return (same or before.violations)[0].statement
