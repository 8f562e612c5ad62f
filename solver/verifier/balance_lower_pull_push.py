"""`balance.lower_pull_push`: posterior chain between two ratios of quad-dominant work, both sides present."""

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
)
from solver.verifier.lines import at_least, at_most, line, ratio, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from catalog.schema import Exercise
    from solver.domain.problem import BalanceRule
    from solver.verifier.facts import Facts

RULE = "balance.lower_pull_push"
SUBSTITUTED = (
    "No compound posterior-chain exercise is possible here: single-joint ones stand in and count 2 units a set."
)


def _is_posterior(exercise: Exercise) -> bool:
    return ratio_pull("lower")(exercise)


def _is_hard_posterior(exercise: Exercise) -> bool:
    return _is_posterior(exercise) and exercise.counts_as_hard_set


def _is_squat_or_lunge(exercise: Exercise) -> bool:
    return is_compound(exercise) and exercise.pattern in ("squat", "lunge")


def check(facts: Facts) -> CertificateLine:
    """Slack: posterior units to the nearer of the two ratios, on the tighter basis."""
    limits = facts.problem.rules.lower_balance
    substituted = not facts.eligible(lambda e: _is_posterior(e) and is_compound(e))
    push_capped = facts.eligible(lambda e: ratio_push("lower")(e) and is_compound(e))

    def pull_units(exercise: Exercise) -> int:
        if not _is_posterior(exercise):
            return 0
        return SUBSTITUTE_UNITS if substituted and not is_compound(exercise) else exercise.ratio_units

    counts = tallies(facts, limits.basis, "lower", pull_units)
    missing, notes = _inclusions(facts)
    violations: list[Violation] = []
    for tally in counts:
        violations += _out_of_ratio(tally, limits)
        violations += _too_much_single_joint(tally, pull_capped=not substituted, push_capped=push_capped)
    limit: dict[str, object] = {"min": ratio(limits.minimum)}
    if limits.maximum is not None:
        limit["max"] = ratio(limits.maximum)
    return line(
        RULE,
        " and ".join(_sentence(tally, limits) for tally in counts),
        measured=measured(counts),
        limit=limit,
        slack=min(_distance(tally, limits) for tally in counts),
        violations=[*violations, *missing],
        notes=[SUBSTITUTED, *notes] if substituted else notes,
    )


def _upper_limit(tally: Tally, limits: BalanceRule) -> Fraction | None:
    return limits.maximum * tally.push if limits.maximum is not None and tally.push > 0 else None


def _distance(tally: Tally, limits: BalanceRule) -> Fraction:
    above = tally.pull - limits.minimum * tally.push
    most = _upper_limit(tally, limits)
    return above if most is None else min(above, most - tally.pull)


def _sentence(tally: Tally, limits: BalanceRule) -> str:
    low, most = limits.minimum * tally.push, _upper_limit(tally, limits)
    text = f"posterior {tally.pull} {at_least(tally.pull, low)} {show(limits.minimum)} x quad {tally.push}"
    if most is not None and limits.maximum is not None:
        text += f" and {at_most(tally.pull, most)} {show(limits.maximum)} x quad {tally.push}"
    return text + tally.suffix


def _out_of_ratio(tally: Tally, limits: BalanceRule) -> Iterator[Violation]:
    most = _upper_limit(tally, limits)
    if tally.pull < limits.minimum * tally.push:
        yield Violation(RULE, "", f"Posterior-chain work is too little: {_sentence(tally, limits)}.")
    if most is not None and tally.pull > most:
        yield Violation(RULE, "", f"Quad-dominant work is too little: {_sentence(tally, limits)}.")


def _too_much_single_joint(tally: Tally, *, pull_capped: bool, push_capped: bool) -> Iterator[Violation]:
    sides = (
        ("posterior", tally.single_pull, tally.pull, pull_capped),
        ("quad", tally.single_push, tally.push, push_capped),
    )
    for side, single, units, capped in sides:
        if capped and SINGLE_JOINT_SHARE * single > units:
            of_all = counted(units, f"{side} unit")
            statement = f"Single-joint work makes up {single} of {of_all}{tally.suffix}, more than a third."
            yield Violation(RULE, "", statement)


def _inclusions(facts: Facts) -> tuple[list[Violation], list[str]]:
    violations: list[Violation] = []
    notes: list[str] = []
    for wanted, name in (
        (_is_squat_or_lunge, "compound squat or lunge"),
        (_is_hard_posterior, "hard posterior-chain exercise"),
    ):
        if not facts.eligible(wanted):
            notes.append(f"No {name} is possible here, so none is asked for.")
        elif facts.sessions_with(wanted) == 0:
            violations.append(Violation(RULE, "", f"The week has no {name}."))
    return violations, notes
