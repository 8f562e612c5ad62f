"""`athlete.prerequisite`: an exercise waits until the athlete has reached the ladder stage it builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import prerequisite_obstacles
from solver.verifier.lines import line

if TYPE_CHECKING:
    from solver.verifier.facts import Facts

RULE = "athlete.prerequisite"


def check(facts: Facts) -> CertificateLine:
    """No slack: a stage is reached or not."""
    athlete = facts.problem.athlete
    exercises = [facts.problem.exercise_by_id[exercise] for exercise in facts.weekly_sets]
    waiting = [exercise for exercise in exercises if exercise.prerequisite is not None]
    violations = [
        Violation(RULE, exercise.id, f"{exercise.name} {obstacle.reason}.")
        for exercise in waiting
        for obstacle in prerequisite_obstacles(athlete, exercise)
    ]
    return line(
        RULE,
        f"{len(waiting) - len(violations)} of {counted(len(waiting), 'prerequisite')} met",
        measured={"with_prerequisite": len(waiting), "unmet": len(violations)},
        limit={"unmet": 0},
        violations=violations,
    )
