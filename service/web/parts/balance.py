"""The balance panel: the sides that have to keep up with each other, and how they do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from service.plans.phrases import ratio_of, sets_of
from service.terminal.words import number
from service.web.parts.guide import WHY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.plans.schemas.response import CertificateLineResponse, PlanResponse
    from service.web.parts.tracing import Traced, Tracing

UPPER, LOWER = "balance.upper_pull_push", "balance.lower_pull_push"
ROTATION, TRAPS = "shoulder.external_rotation", "scapula.lower_trap"


@dataclass(frozen=True)
class Gauge:
    """Two sides of a balance. Places are shares of the whole bar, from the left."""

    rule: str
    title: str
    headline: str
    """The figure in short: `2.25 : 1`, `6 sets`."""
    names: tuple[str, str]
    sides: tuple[Traced, Traced]
    share: float
    """Of the bar, the left side's."""
    marks: tuple[float, ...]
    """Where the left side has to reach, and where it has to end if there is a limit."""
    asked: str
    """The limit in words."""
    why: str
    holds: bool
    notes: tuple[str, ...]

    @property
    def words(self) -> str:
        """The bar in words."""
        (left, right), (first, second) = self.names, self.sides
        return f"{left} {first.text} {first.unit}, {right} {second.text}; {self.asked}"


def gauges(plan: PlanResponse, tracing: Tracing) -> tuple[Gauge, ...]:
    """The gauges of a plan that has a week, in the order of the guide; only of rules that the plan was measured by."""
    by_rule = {line.rule: line for line in plan.certificate}
    return tuple(
        gauge
        for rule, read in ((UPPER, _upper), (LOWER, _lower), (ROTATION, _rotation), (TRAPS, _traps))
        if rule in by_rule
        for gauge in read(by_rule[rule], tracing)
    )


def _upper(line: CertificateLineResponse, tracing: Tracing) -> Iterator[Gauge]:
    ratio = _ratio(line, "ratio")
    sides = _side(line, tracing, "pull", "pull"), _side(line, tracing, "push", "push")
    asked = f"at least {ratio_of(ratio)} of pull for each push"
    yield _gauge(line, ("Pull", "Push"), sides, (_part(ratio),), asked)


def _lower(line: CertificateLineResponse, tracing: Tracing) -> Iterator[Gauge]:
    sides = _side(line, tracing, "pull", "posterior"), _side(line, tracing, "push", "quad")
    low = _ratio(line, "min")
    marks: tuple[float, ...] = (_part(low),)
    asked = f"at least {ratio_of(low)}"
    if "max" in line.limit:
        high = _ratio(line, "max")
        marks, asked = (*marks, _part(high)), f"{ratio_of(low)} to {ratio_of(high)}"
    yield _gauge(line, ("Back of the legs", "Front"), sides, marks, f"{asked} of back for each front")


def _rotation(line: CertificateLineResponse, tracing: Tracing) -> Iterator[Gauge]:
    sides = (
        _side(line, tracing, "external", "external", "sets"),
        _side(line, tracing, "internal", "internal", "sets"),
    )
    share, floor = _ratio(line, "share"), int(line.limit["sets"])
    asked = f"at least {sets_of(floor)}, and {ratio_of(share)} for each inward"
    yield _gauge(line, ("Outward", "Inward"), sides, (_part(share),), asked, sets_of(int(sides[0].value)))


def _traps(line: CertificateLineResponse, tracing: Tracing) -> Iterator[Gauge]:
    sides = (
        _side(line, tracing, "lower", "lower", "weighted sets"),
        _side(line, tracing, "upper", "upper", "weighted sets"),
    )
    ratio = _ratio(line, "ratio")
    asked = f"at least {ratio_of(ratio)} of lower for each upper, and {sets_of(int(line.limit['sets']))} direct"
    yield _gauge(line, ("Lower traps", "Upper"), sides, (_part(ratio),), asked)


def _gauge(
    line: CertificateLineResponse,
    names: tuple[str, str],
    sides: tuple[Traced, Traced],
    marks: tuple[float, ...],
    asked: str,
    headline: str | None = None,
) -> Gauge:
    left, right = (side.value for side in sides)
    whole = left + right
    if headline is None:
        headline = f"{number(round(left / right, 2))} : 1" if right else f"{number(left)} : 0"
    return Gauge(
        rule=line.rule,
        title=line.title,
        headline=headline,
        names=names,
        sides=sides,
        share=left / whole if whole else 0.0,
        marks=marks,
        asked=asked,
        why=WHY[line.rule],
        holds=line.holds,
        notes=tuple(line.notes),
    )


def _side(line: CertificateLineResponse, tracing: Tracing, measured: str, side: str, unit: str = "units") -> Traced:
    value = line.measured[measured]
    assert isinstance(value, int | float)
    return tracing.side(line.rule, side, value, unit)


def _ratio(line: CertificateLineResponse, name: str) -> Fraction:
    numerator, denominator = line.limit[name]
    return Fraction(numerator, denominator)


def _part(ratio: Fraction) -> float:
    """Of the whole, the part of the side that has `ratio` for one of the other."""
    return float(ratio / (ratio + 1))
