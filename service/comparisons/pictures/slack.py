"""A table of heat: how near every plan comes to every rule that has a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.comparisons.pictures.legend import key_of, legend
from service.comparisons.pictures.svg import HEATS, MARGIN, WIDTH, Picture, element, fitted, rect, text
from service.terminal.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.comparisons.schemas import ComparisonResponse
    from service.comparisons.schemas.response import RuleRow
    from service.plans.schemas.response import Number

_TITLE = "How near each plan comes to each rule"
_NAMES, _ROW = 370, 26
_LEFT = MARGIN + _NAMES
_WIDEST = 120


def slack_picture(found: ComparisonResponse) -> Picture:
    """A row for every rule with a scale that any plan is measured by, in the order of the rulebook."""
    rows = [row for row in found.rules if any(slack is not None for slack in row.slack)]
    head, y = legend(62, found.plans)
    how = "0 is tight. The stronger the colour, the tighter within its row; a frame marks the tightest plan."
    parts = [text(MARGIN, 34, _TITLE, "ink title"), head, text(MARGIN, y + 4, how, "soft")]
    top = y + 40
    width = min(_WIDEST, (WIDTH - MARGIN - _LEFT) / len(found.plans))
    letters = range(len(found.plans))
    parts += [text(_LEFT + (index + 0.5) * width, top - 8, key_of(index), "ink bold", "middle") for index in letters]
    for place, row in enumerate(rows):
        parts += _row(row, found, top + place * _ROW, width)
    return Picture(_TITLE, _in_words(found, rows), top + len(rows) * _ROW + MARGIN, "".join(parts))


def _row(row: RuleRow, found: ComparisonResponse, y: float, width: float) -> Iterator[str]:
    yield text(MARGIN, y + 17, fitted(row.title, _NAMES - 100))
    yield text(_LEFT - 10, y + 17, row.unit or "", "soft small", "end")
    for index, (plan, slack) in enumerate(zip(found.plans, row.slack, strict=True)):
        x = _LEFT + index * width
        said = _said(row, index)
        hint = f"{row.title}, {plan.label}: {row.statements[index]}"
        yield rect(x + 1, y + 1, width - 2, _ROW - 2, "track" if row.waived[index] else _heat(row, slack), hint=hint)
        if plan.id in row.tightest:
            yield element("rect", x=x + 2, y=y + 2, width=width - 4, height=_ROW - 4, cls="edge", stroke_width=2)
        yield text(x + width / 2, y + 17, said, "ink", "middle")


def _said(row: RuleRow, index: int) -> str:
    slack = row.slack[index]
    if row.waived[index]:
        return "waived"
    if slack is None:
        return "broken" if row.holds[index] is False else "–"
    return number(slack) + (" broken" if slack < 0 else "")


def _heat(row: RuleRow, slack: Number | None) -> str:
    """The class of a cell: the hottest at 0, the coolest at the largest slack of the row."""
    if slack is None:
        return "track"
    if slack < 0:
        return "broken"
    largest = max(value for value in row.slack if value is not None)
    if slack == 0 or largest <= 0:
        return "h0"
    # Anything above 0 is cooler than what is tight.
    return f"h{max(1, min(HEATS - 1, round((HEATS - 1) * slack / largest)))}"


def _in_words(found: ComparisonResponse, rows: list[RuleRow]) -> str:
    said = []
    for row in rows:
        cells = [f"{plan.label} {_said(row, index)}" for index, plan in enumerate(found.plans)]
        said.append(f"{row.title} in {row.unit}: {', '.join(cells)}")
    return f"Distance to the limit. {'; '.join(said)}."
