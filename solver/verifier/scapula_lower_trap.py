"""`scapula.lower_trap`: the lower trapezius works at least as hard as the upper, with a floor of direct sets."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.lines import at_least, in_sets, line, number, ratio, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.verifier.facts import Facts

RULE = "scapula.lower_trap"
LOWER, UPPER = "trapezius_lower", "trapezius_upper"
FLOOR_QUARTERS, HEAVY_QUARTERS = 2, 3


def weighted_sets(facts: Facts, muscle: str) -> Fraction:
    """Hard sets of the week times their weight for the muscle, however small the weight."""
    return in_sets(
        sum(
            placed.sets * placed.exercise.muscle_quarters.get(muscle, 0)
            for _, placed in facts.week
            if placed.exercise.counts_as_hard_set
        )
    )


def direct_lower_sets(facts: Facts, quarters: int) -> int:
    """Hard sets of direct lower-trap exercises that weigh at least `quarters` for it."""

    def counts(exercise: Exercise) -> bool:
        return (
            exercise.counts_as_hard_set
            and exercise.lower_trap_direct
            and exercise.muscle_quarters.get(LOWER, 0) >= quarters
        )

    return facts.sets_of(counts)


def check(facts: Facts) -> CertificateLine:
    """Slack: sets to the nearest of the four limits (weighted, direct, floor, half of the floor)."""
    rules = facts.problem.rules
    lower, upper = weighted_sets(facts, LOWER), weighted_sets(facts, UPPER)
    direct_lower = direct_lower_sets(facts, 0)
    direct_upper = facts.sets_of(lambda e: e.counts_as_hard_set and e.upper_trap_direct)
    floor, heavy = direct_lower_sets(facts, FLOOR_QUARTERS), direct_lower_sets(facts, HEAVY_QUARTERS)
    heavy_required = (rules.lower_trap_sets + 1) // 2
    against_upper = rules.lower_trap_ratio * upper
    slacks = (direct_lower - direct_upper, floor - rules.lower_trap_sets, heavy - heavy_required)

    def violations() -> Iterator[Violation]:
        if lower < against_upper:
            yield Violation(
                RULE,
                LOWER,
                f"The lower trapezius gets {counted(lower, 'weighted set')} against {show(upper)} of the "
                f"upper; each of those asks for at least {show(rules.lower_trap_ratio)}.",
            )
        if direct_lower < direct_upper:
            gets = counted(direct_lower, "direct set")
            statement = f"The lower trapezius gets {gets}, fewer than the {direct_upper} of the upper."
            yield Violation(RULE, LOWER, statement)
        if floor < rules.lower_trap_sets:
            statement = (
                f"The week has {counted(floor, 'direct lower-trapezius set')}, it needs {rules.lower_trap_sets}."
            )
            yield Violation(RULE, LOWER, statement)
        if heavy < heavy_required:
            hard = counted(heavy, "direct set")
            statement = f"The lower trapezius is hit hard by {hard}, it needs at least {heavy_required}."
            yield Violation(RULE, LOWER, statement)

    return line(
        RULE,
        f"weighted sets: lower trapezius {show(lower)} {at_least(lower, against_upper)} "
        f"{show(rules.lower_trap_ratio)} x upper {show(upper)}; direct sets: lower {direct_lower} "
        f"{at_least(direct_lower, direct_upper)} upper {direct_upper}, and {floor} "
        f"{at_least(floor, rules.lower_trap_sets)} {rules.lower_trap_sets}",
        measured={
            "lower": number(lower),
            "upper": number(upper),
            "direct_lower": direct_lower,
            "direct_upper": direct_upper,
            "floor": floor,
            "heavy": heavy,
        },
        limit={"ratio": ratio(rules.lower_trap_ratio), "sets": rules.lower_trap_sets, "heavy": heavy_required},
        slack=min(lower - against_upper, Fraction(min(slacks))),
        violations=violations(),
    )
