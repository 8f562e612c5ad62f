"""`athlete.skill`: nothing above the athlete's skill level or ladder stage; a stated stage overrides skill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import skill_obstacles
from solver.verifier.lines import line

if TYPE_CHECKING:
    from solver.verifier.facts import Facts

RULE = "athlete.skill"


def check(facts: Facts) -> CertificateLine:
    """No slack: skill and stages are steps. Measured: the different exercises of the week."""
    athlete = facts.problem.athlete
    exercises = [facts.problem.exercise_by_id[exercise] for exercise in facts.weekly_sets]
    violations = [
        Violation(RULE, exercise.id, f"{exercise.name} {obstacle.reason}.")
        for exercise in exercises
        for obstacle in skill_obstacles(athlete, exercise)
    ]
    above = len({violation.subject for violation in violations})
    return line(
        RULE,
        f"{len(exercises) - above} of {counted(len(exercises), 'exercise')} within skill level {athlete.skill_level} "
        "and the athlete's stages",
        measured={"exercises": len(exercises), "above": above},
        limit={"above": 0, "skill_level": athlete.skill_level},
        violations=violations,
    )
