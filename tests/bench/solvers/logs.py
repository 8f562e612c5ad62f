"""Value and bound over time, read from the lines that HiGHS and SCIP print while they run."""

from __future__ import annotations

import math
import re
from typing import Protocol

News = tuple[float | None, float | None]
"""(value of the best plan, proven bound); None where the line knows none."""


class LogReader(Protocol):
    """Reads one line after another; None for a line that tells neither."""

    def read(self, line: str) -> News | None: ...


class HighsLog:
    """HiGHS: a row ends with its time; the share of the tree explored (in %) comes right before bound and value."""

    _ROW = re.compile(r"^ ?[A-Za-z]?\s+\S+\s+\S+\s+\S+\s+\d+\.\d+%\s+(?P<bound>\S+)\s+(?P<value>\S+)\s.*\d\.\ds\s*$")

    def read(self, line: str) -> News | None:
        row = self._ROW.match(line)
        return None if row is None else (_number(row["value"]), _number(row["bound"]))


class ScipLog:
    """SCIP: cells between bars; the last header says which are bound and value, for its solvers have different ones."""

    _TIME = re.compile(r"^\S?\s*\d+(\.\d+)?[smhd]?$")

    def __init__(self) -> None:
        self._columns: list[str] = []

    def read(self, line: str) -> News | None:
        cells = [cell.strip() for cell in line.split("|")]
        if "dualbound" in cells and "primalbound" in cells:
            self._columns = cells
            return None
        if len(cells) != len(self._columns) or not self._TIME.match(cells[0]):
            return None
        row = dict(zip(self._columns, cells, strict=True))
        return _number(row["primalbound"]), _number(row["dualbound"])


def _number(text: str) -> float | None:
    """A number, or None for an infinity, for `--` and for words."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
