"""`shoulder.external_rotation`: enough external rotation, spread over sessions, a share of the internal."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.lines import at_least, line, ratio, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.verifier.facts import Facts

RULE = "shoulder.external_rotation"
CUFF = "rotator_cuff_external"
CUFF_QUARTERS = 2
SPREAD = 2


def is_external_rotation(exercise: Exercise) -> bool:
    """A hard exercise that rotates outwards and hits the cuff at half a set or more; no pull-up or pulldown."""
    return (
        exercise.counts_as_hard_set
        and exercise.shoulder_rotation == "external"
        and exercise.pattern != "vertical_pull"
        and exercise.muscle_quarters.get(CUFF, 0) >= CUFF_QUARTERS
    )


def check(facts: Facts) -> CertificateLine:
    """Slack: external-rotation sets beyond the larger of the floor and the share."""
    rules = facts.problem.rules
    external = facts.sets_of(is_external_rotation)
    internal = facts.sets_of(lambda e: e.shoulder_rotation == "internal")
    sessions = facts.sessions_with(is_external_rotation)
    spread = SPREAD if len(facts.sessions) >= SPREAD else 0
    shared = rules.external_rotation_share * internal

    def violations() -> Iterator[Violation]:
        if external < rules.external_rotation_sets:
            statement = (
                f"The week has {counted(external, 'external-rotation set')}, it needs {rules.external_rotation_sets}."
            )
            yield Violation(RULE, "", statement)
        if external < shared:
            yield Violation(
                RULE,
                "",
                f"The week has {counted(external, 'external-rotation set')} against {internal} internally rotating; "
                f"it needs {show(rules.external_rotation_share)} for each, {show(shared)} in all.",
            )
        if sessions < spread:
            statement = f"External rotation stands in {counted(sessions, 'session')}, it belongs in at least {spread}."
            yield Violation(RULE, "", statement)

    return line(
        RULE,
        f"external rotation {external} {at_least(external, rules.external_rotation_sets)} "
        f"{counted(rules.external_rotation_sets, 'set')} and {at_least(external, shared)} "
        f"{show(rules.external_rotation_share)} x internal {internal}, in {counted(sessions, 'session')}",
        measured={"external": external, "internal": internal, "sessions": sessions},
        limit={
            "sets": rules.external_rotation_sets,
            "share": ratio(rules.external_rotation_share),
            "sessions": spread,
        },
        slack=external - max(shared, Fraction(rules.external_rotation_sets)),
        violations=violations(),
    )
