"""`balance.upper_pull_push`: pulling reaches the ratio times pushing, and pushing stays in the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.balance import (
    SINGLE_JOINT_SHARE,
    SUBSTITUTE_UNITS,
    Tally,
    is_compound,
    measured,
    ratio_pull,
    ratio_push,
    tallies,
    upper_pull_is_substituted,
)
from solver.verifier.lines import at_least, line, ratio, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from catalog.schema import Exercise
    from solver.verifier.facts import Facts

RULE = "balance.upper_pull_push"
PUSH_SETS = 3
"""Weekly sets of one compound push that keep pushing in the week."""

SUBSTITUTED = "No upper-body pull is possible here: lower-trapezius pulls stand in for it and count 2 units a set."


def _is_pull(exercise: Exercise) -> bool:
    return ratio_pull("upper")(exercise)


def _is_compound_push(exercise: Exercise) -> bool:
    return is_compound(exercise) and ratio_push("upper")(exercise)


def _is_horizontal_push(exercise: Exercise) -> bool:
    return is_compound(exercise) and exercise.pattern == "horizontal_push"


def check(facts: Facts) -> CertificateLine:
    """Slack: pulling units beyond the ratio times pushing units, on the tighter basis."""
    limits = facts.problem.rules.upper_balance
    substituted = upper_pull_is_substituted(facts)

    def pull_units(exercise: Exercise) -> int:
        if _is_pull(exercise):
            return exercise.ratio_units
        stands_in = substituted and exercise.lower_trap_direct and exercise.push_pull == "pull"
        return SUBSTITUTE_UNITS if stands_in else 0

    counts = tallies(facts, limits.basis, "upper", pull_units)
    missing, notes = _push_inclusion(facts)
    violations = [v for tally in counts for v in _unbalanced(tally, limits.minimum, capped=not substituted)]
    return line(
        RULE,
        " and ".join(_sentence(tally, limits.minimum) for tally in counts),
        measured=measured(counts),
        limit={"ratio": ratio(limits.minimum)},
        slack=min(tally.pull - limits.minimum * tally.push for tally in counts),
        violations=[*violations, *missing],
        notes=[SUBSTITUTED, *notes] if substituted else notes,
    )


def _sentence(tally: Tally, minimum: Fraction) -> str:
    sign = at_least(tally.pull, minimum * tally.push)
    return f"pull {tally.pull} {sign} {show(minimum)} x push {tally.push}{tally.suffix}"


def _unbalanced(tally: Tally, minimum: Fraction, *, capped: bool) -> Iterator[Violation]:
    if tally.pull < minimum * tally.push:
        yield Violation(RULE, "", f"Upper-body pulling is too little: {_sentence(tally, minimum)}.")
    if capped and SINGLE_JOINT_SHARE * tally.single_pull > tally.pull:
        units = counted(tally.pull, "pulling unit")
        statement = f"Single-joint pulls make up {tally.single_pull} of {units}{tally.suffix}, "
        yield Violation(RULE, "", f"{statement}more than a third.")


def _push_inclusion(facts: Facts) -> tuple[list[Violation], list[str]]:
    if facts.eligible(_is_horizontal_push):
        wanted, name, notes = _is_horizontal_push, "compound horizontal push", []
    elif facts.eligible(_is_compound_push):
        wanted, name = _is_compound_push, "compound push"
        notes = ["No compound horizontal push is possible here: any compound push keeps pushing in the week."]
    else:
        return [], ["No compound push is possible here, so none is asked for."]
    by_id = facts.problem.exercise_by_id
    most = max((sets for exercise, sets in facts.weekly_sets.items() if wanted(by_id[exercise])), default=0)
    if most >= PUSH_SETS:
        return [], notes
    return [Violation(RULE, "", f"No {name} has {PUSH_SETS} sets or more in the week; the most is {most}.")], notes
