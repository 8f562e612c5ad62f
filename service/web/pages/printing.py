"""The week on one sheet of paper, with boxes to tick."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.web.pages.week import EntryView, SessionView, WeekPage

_MOST_COLUMNS = 4
_SHEET_MM = (263.0, 194.0)
"""Width and height inside the margins of the smaller one of each, Letter and A4, on its side."""
_HEAD_MM, _ROW_GAP_MM, _COLUMN_GAP_MM, _MARK_MM, _BOX_MM = 9.0, 6.0, 5.0, 6.0, 3.9
_MM_PER_POINT = 25.4 / 72
_LETTER_EMS = 0.53
"""Width of a letter: that of a wide system font, so that narrower ones leave some room."""


@dataclass(frozen=True)
class Density:
    """A way to set the sheet; the style sheet has the same numbers under the class `density-<number>`."""

    number: int
    points: float
    line_ems: float
    cues: bool
    """Whether cues are told; then the name of the exercise has a line of its own."""
    equipment: bool
    padding_mm: float
    boxes: bool = True
    """Whether there are boxes to tick, and the effort is told."""


DENSITIES = (
    Density(0, 9.5, 1.28, True, True, 1.8),
    Density(1, 8.5, 1.25, True, True, 1.4),
    Density(2, 8.0, 1.22, True, False, 1.0),
    Density(3, 7.0, 1.2, True, False, 0.8),
    Density(4, 8.0, 1.2, False, False, 0.8),
    Density(5, 6.5, 1.15, False, False, 0.5),
    Density(6, 5.0, 1.1, False, False, 0.3, boxes=False),
)


@dataclass(frozen=True)
class PrintPage:
    """A week with how it is laid out."""

    week: WeekPage
    address: str
    """Where the week is found on the screen."""
    columns: int
    rows: tuple[tuple[SessionView, ...], ...]
    density: int
    """Number of the density: 0 is the most generous."""


def print_page(week: WeekPage, address: str) -> PrintPage:
    """Lay a week out on one landscape sheet, in the largest type that fits."""
    count = max(len(week.sessions), 1)
    columns = count if count <= _MOST_COLUMNS else min(-(-count // 2), 7)
    starts = [*range(0, count, columns), count]
    rows = tuple(week.sessions[start:end] for start, end in pairwise(starts))
    fitting = (density for density in DENSITIES if _height_mm(rows, columns, density) <= _SHEET_MM[1])
    return PrintPage(week, address, columns, rows, next(fitting, DENSITIES[-1]).number)


def _height_mm(rows: Sequence[Sequence[SessionView]], columns: int, density: Density) -> float:
    """About how high the sheet gets, rather too much than too little."""
    width = (_SHEET_MM[0] - _COLUMN_GAP_MM * (columns - 1)) / columns - _MARK_MM
    tallest = (max((_session_mm(session, width, density) for session in row), default=0.0) for row in rows)
    return _HEAD_MM + sum(tallest) + _ROW_GAP_MM * (len(rows) - 1)


def _session_mm(session: SessionView, width_mm: float, density: Density) -> float:
    line_mm = density.points * _MM_PER_POINT * density.line_ems
    head = 1.4 * line_mm * _lines(len(session.day) + len(session.place) + 24, width_mm, density) + 1
    return head + sum(
        _entry_lines(line, width_mm, density) * line_mm + density.padding_mm + 0.3 for line in session.entries
    )


def _entry_lines(line: EntryView, width_mm: float, density: Density) -> int:
    told = len(line.dose) + len(line.rest) + 8
    named = len(line.name)
    if density.boxes:
        told += len(line.effort)
        named += math.ceil(line.entry.sets * _BOX_MM / _letter_mm(density))
    if density.cues:
        lines = _lines(named, width_mm, density) + _lines(told, width_mm, density)
    else:
        lines = _lines(named + told, width_mm, density)
    if density.cues:
        lines += _lines(len(line.cue), width_mm, density)
    if density.equipment and line.equipment:
        lines += _lines(len(line.equipment), width_mm, density)
    return lines


def _lines(letters: int, width_mm: float, density: Density) -> int:
    # Words do not break, so that lines end a little early.
    return math.ceil(letters / max(width_mm / _letter_mm(density) - 2, 1))


def _letter_mm(density: Density) -> float:
    return density.points * _MM_PER_POINT * _LETTER_EMS
