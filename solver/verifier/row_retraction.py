"""`row.retraction`: rows led by the shoulder blades, and at least half of all rows where they are possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.lines import at_least, line
from solver.verifier.waivers import waiver

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.verifier.facts import Facts

RULE = "row.retraction"


def is_led_row(exercise: Exercise) -> bool:
    """A row that the shoulder blades lead."""
    return exercise.row_type == "led"


def is_preferred_row(exercise: Exercise) -> bool:
    """A led row with dumbbells or at a cable."""
    return is_led_row(exercise) and exercise.row_implement in ("dumbbell", "cable")


def check(facts: Facts) -> CertificateLine:
    """Slack: sets to the nearer of the two limits; none when waived."""
    waived = waiver(facts, is_led_row, "row led by the shoulder blades", stated_parameter=f"{RULE}:sets")
    preferred = facts.eligible(is_preferred_row)
    halved = preferred or facts.eligible(is_led_row)
    required = 0 if waived else facts.problem.rules.retraction_row_sets
    found = facts.sets_of(is_preferred_row if preferred else is_led_row)
    led, plain = facts.sets_of(is_led_row), facts.sets_of(lambda e: e.row_type == "plain")
    kind = "dumbbell or cable rows led by the shoulder blades" if preferred else "rows led by the shoulder blades"

    violations = []
    if found < required:
        violations.append(Violation(RULE, "", f"The week has {counted(found, 'set')} of {kind}, it needs {required}."))
    if halved and 2 * led < led + plain:
        statement = f"Of {counted(led + plain, 'row set')} the shoulder blades lead {led}, fewer than half."
        violations.append(Violation(RULE, "", statement))
    statement = f"{found} {at_least(found, required)} {counted(required, 'set')} of {kind}"
    if halved:
        statement += f", led {led} {at_least(led, plain)} plain {plain}"
    fallback = "No dumbbell or cable row led by the shoulder blades is possible here: any led row counts."
    return line(
        RULE,
        f"waived, {counted(found, 'set')} of {kind}" if waived else statement,
        measured={"sets": found, "led": led, "plain": plain},
        limit={"sets": required, "led": plain if halved else 0},
        slack=None if waived else min(found - required, led - plain) if halved else found - required,
        violations=violations,
        waived=waived,
        notes=[fallback] if halved and not preferred else [],
    )
