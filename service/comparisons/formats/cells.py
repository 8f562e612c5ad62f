"""Single cells of a comparison's tables, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.terminal.words import number

if TYPE_CHECKING:
    from service.comparisons.schemas.response import MetricRow, MuscleOfPlanResponse, RuleRow

NOTHING = "-"
"""Where there is no value."""
_TIME = "seconds"


def short(row: MetricRow) -> str:
    """The unit of a figure as people read it: seconds are told as minutes."""
    return "minutes" if row.unit == _TIME else row.unit


def figure(row: MetricRow, index: int, best: bool = False) -> str:
    """A plan's value."""
    value = row.values[index]
    if value is None:
        return NOTHING
    if row.unit == _TIME:
        value = round(value / 60, 1)
    elif row.unit == "share":
        value = round(value, 4)
        return f"{value:g}"
    return f"{number(value)}{' (best)' * best}"


def slack(row: RuleRow, index: int, tightest: bool = False) -> str:
    """A plan's distance to a rule's limit; of a rule without a scale, whether it holds."""
    if row.waived[index]:
        return "waived"
    value, holds = row.slack[index], row.holds[index]
    if value is None:
        return NOTHING if holds is None else "holds" if holds else "broken"
    return f"{number(value)}{' (tightest)' * tightest}{' (broken)' * (holds is False)}"


def muscle(one: MuscleOfPlanResponse | None) -> str:
    """A muscle's sets against its numbers."""
    if one is None:
        return NOTHING
    target = f" of {number(one.target)}" if one.pursued else ", not sought"
    return f"{number(one.sets)}{target} ({one.min} to {one.max})"
