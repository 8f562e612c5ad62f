"""What history has already broken: no fault of a plan that makes it no worse.

A plan is measured as a whole, what was done included. A violation that is there word for word, with the same numbers,
when only what was done is measured, is history's alone: whatever else the plan holds adds nothing to it. Where a rule
asks for something (a ratio, a number of sets), what is still open could mend it, so there it stays the plan's
violation.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.domain.outcome import CertificateLine, Violation
    from solver.domain.problem import Problem

ASKING = frozenset(
    {
        "balance.upper_pull_push",
        "balance.lower_pull_push",
        "shoulder.external_rotation",
        "scapula.lower_trap",
        "pull.isometric_hold",
        "row.retraction",
        "volume.weekly_min",
        "athlete.must_include",
        "plan.pinned",
    }
)
"""Rules that ask for something; of the others only violations that are `mendable` do."""


def mendable(violation: Violation) -> bool:
    """Whether more or other training in the week could mend it."""
    return violation.mendable or violation.rule in ASKING


def judged_with_past(
    problem: Problem,
    plan: Plan,
    lines: Sequence[CertificateLine],
    measure: Callable[[Problem, Plan], Sequence[CertificateLine]],
) -> tuple[CertificateLine, ...]:
    """The lines of a plan with history's own violations told apart. `measure` certifies a plan line by line."""
    if not problem.done:
        return tuple(lines)
    history = Plan(tuple(session for session in plan.sessions if session.slot in problem.done))
    return tuple(_told_apart(*pair) for pair in zip(lines, measure(problem, history), strict=True))


def _told_apart(line: CertificateLine, before: CertificateLine) -> CertificateLine:
    broken = {violation for violation in before.violations if not mendable(violation)}
    return replace(
        line,
        violations=tuple(v for v in line.violations if v not in broken),
        past=tuple(v for v in line.violations if v in broken),
        notes=(*line.notes, *(f"Broken by what was done: {v.statement}" for v in line.violations if v in broken)),
    )
