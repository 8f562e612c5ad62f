"""`athlete.exclusions`: no exercise, pattern, equipment or stress that the athlete avoids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import EVERYWHERE, exclusion_obstacles, listing
from solver.verifier.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.verifier.facts import Facts

RULE = "athlete.exclusions"


def check(facts: Facts) -> CertificateLine:
    """No slack. Equipment counts in the alternative that the plan uses: another one may be fine."""
    avoid = facts.problem.athlete.avoid
    violations = [*_avoided(facts), *_avoided_equipment(facts)]
    avoided = len(avoid.exercises) + len(avoid.patterns) + len(avoid.equipment) + len(avoid.stress)
    for slot in facts.problem.slots:
        avoided += len(slot.avoid.exercises) + len(slot.avoid.patterns) + len(slot.avoid.stress)
    return line(
        RULE,
        f"{counted(avoided, 'exclusion')}, broken {counted(len(violations), 'time')}",
        measured={"exclusions": avoided, "broken": len(violations)},
        limit={"broken": 0},
        violations=violations,
    )


def _avoided(facts: Facts) -> Iterator[Violation]:
    for session, placed in facts.week:
        avoided = (facts.problem.athlete.avoid, session.slot.avoid)
        for obstacle in (o for avoid in avoided for o in exclusion_obstacles(avoid, placed.exercise)):
            statement = f"{placed.exercise.name} in '{session.slot.id}' {obstacle.reason}."
            yield Violation(RULE, placed.exercise.id, statement)


def _avoided_equipment(facts: Facts) -> Iterator[Violation]:
    for session, placed in facts.week:
        used = placed.equipment & (facts.problem.athlete.avoid.equipment - {EVERYWHERE})
        if used:
            statement = f"{placed.exercise.name} in '{session.slot.id}' uses {listing(used)}, which the athlete avoids."
            yield Violation(RULE, placed.exercise.id, statement)
