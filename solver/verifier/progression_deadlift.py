"""`progression.deadlift`: drills open the hinge work, loaded stages climb in order, the current stage is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.deadlift_ladder import (
    LADDER,
    inside_session,
    loaded_stages,
    over_the_week,
    stage_of,
    too_early,
)
from solver.verifier.lines import at_most, line
from solver.verifier.waivers import waiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.verifier.facts import Facts

RULE = "progression.deadlift"


def check(facts: Facts) -> CertificateLine:
    """Slack: different loaded stages still allowed."""
    stage = facts.problem.athlete.stages.get(LADDER, 0)
    allowed = facts.problem.rules.deadlift_loaded_stages
    loaded = loaded_stages(facts)

    def is_current(exercise: Exercise) -> bool:
        return stage_of(exercise) == stage and stage > 0

    current_sets = facts.sets_of(is_current)
    waived = waiver(facts, is_current, f"exercise of deadlift stage {stage}")

    def violations() -> Iterator[Violation]:
        by_id = facts.problem.exercise_by_id
        for exercise in facts.weekly_sets:
            reason = too_early(by_id[exercise], stage)
            if reason is not None:
                yield Violation(RULE, exercise, reason)
        for session in facts.sessions:
            yield from (Violation(RULE, *finding) for finding in inside_session(session, stage))
        yield from (Violation(RULE, *finding) for finding in over_the_week(facts, allowed))
        if current_sets == 0 and waived is None:
            statement = f"The athlete's deadlift stage {stage} is not trained in the week."
            yield Violation(RULE, "", statement, mendable=True)

    statement = f"{counted(current_sets, 'set')} of deadlift stage {stage}"
    statement += " (waived)" if waived else f" {'>=' if current_sets else '<'} 1"
    return line(
        RULE,
        f"{statement}, {counted(len(loaded), 'loaded stage')} {at_most(len(loaded), allowed)} {allowed}",
        measured={"stage": stage, "current_stage_sets": current_sets, "loaded_stages": len(loaded)},
        limit={"current_stage_sets": 0 if waived else 1, "loaded_stages": allowed},
        slack=allowed - len(loaded),
        violations=violations(),
        waived=waived,
    )
