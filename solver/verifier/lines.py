"""How a check writes down what it found: one line, one sentence, exact numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from solver.domain.outcome import CertificateLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from solver.domain.outcome import Number, Violation, Waiver


def line(
    rule: str,
    statement: str,
    *,
    measured: Mapping[str, Number | str],
    limit: Mapping[str, object],
    slack: Fraction | int | None = None,
    violations: Iterable[Violation] = (),
    waived: Waiver | None = None,
    notes: Iterable[str] = (),
) -> CertificateLine:
    """A certificate line that holds exactly when there is no violation.

    A rule with several parts has one slack, that of its main figure. When another part is what broke, that figure would
    claim a distance the plan does not have, so the line has none.
    """
    found = tuple(violations)
    honest = None if slack is None or (found and slack >= 0) else number(slack)
    return CertificateLine(rule, not found, statement, measured, limit, honest, found, waived, tuple(notes))


def number(value: Fraction | int) -> Number:
    """The value for a reader: a whole number stays one, quarters and halves become decimals."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def show(value: Fraction | int) -> str:
    """The value in a sentence."""
    exact = Fraction(value)
    return str(exact.numerator) if exact.denominator == 1 else f"{float(exact):g}"


def in_sets(quarters: int) -> Fraction:
    """Quarter sets as sets."""
    return Fraction(quarters, QUARTERS_PER_SET)


def ratio(value: Fraction) -> list[int]:
    """A ratio as numerator and denominator."""
    return [value.numerator, value.denominator]


def at_least(measured: Fraction | int, required: Fraction | int) -> str:
    """The sign that is true between a measured value and its lower limit."""
    return ">=" if measured >= required else "<"


def at_most(measured: Fraction | int, allowed: Fraction | int) -> str:
    """The sign that is true between a measured value and its upper limit."""
    return "<=" if measured <= allowed else ">"
