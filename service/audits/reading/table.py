"""CSV: a row for each exercise, or for each set. The first row names the columns: `day,exercise,sets,reps,...`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from service.audits.reading.dose import find_doses, plain_signs, together
from service.audits.reading.fragments import fragments
from service.audits.reading.headings import Heading, heading_of
from service.audits.reading.lines_without_dose import is_endurance, is_rest
from service.audits.reading.programme import Dose, IgnoredLine, ReadEntry, Source
from service.audits.reading.sessions import Draft, Drafts, Missed
from service.audits.reading.text import NOT_COUNTED, too_many_or_few, why_unmatched, with_usual_sets
from service.errors import Fault, RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service.audits.names.index import NameIndex
    from service.audits.reading.programme import ReadProgramme

_COLUMNS = {
    "day": ("day", "weekday", "session", "workout", "workout name", "training day", "training", "day of week"),
    "exercise": ("exercise", "exercise name", "name", "movement", "lift", "exercises"),
    "sets": ("sets", "number of sets", "set count", "no of sets", "num sets", "working sets", "work sets"),
    "order": ("set", "set order", "set number", "set index", "set no"),
    "reps": ("reps", "repetitions", "rep", "rep range", "reps range", "repetition"),
    "seconds": ("seconds", "hold seconds", "hold", "time", "secs", "duration seconds", "hold s"),
    "superset": ("superset", "group", "superset id", "pair", "superset group"),
    "start": ("start", "start time", "starts at", "time of day"),
    "minutes": ("minutes", "session minutes", "min", "mins", "length"),
    "place": ("place", "gym", "location", "where"),
}
"""What a column is for -> how it may be called, in lower-case words."""

_USUAL_ORDER = ("day", "exercise", "sets", "reps")
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 2_000


@dataclass(frozen=True)
class _Row:
    source: Source
    cells: dict[str, str]
    surplus: bool = False

    def get(self, column: str) -> str:
        return self.cells.get(column, "")


def read_csv(text: str, index: NameIndex, pointer: str) -> ReadProgramme:
    """Read a table. Raises RequestError when it is no CSV or has no column of exercises."""
    rows = _rows(text, pointer)
    if not rows:
        raise RequestError([_column_fault(pointer)])
    columns, body, assumptions, ignored = _header(rows, pointer)
    table = [_row(cells, columns, line, pointer) for line, cells in body if any(cell.strip() for cell in cells)]
    reader = _Reader(index, row_per_set=_is_row_per_set(columns, table))
    reader.drafts.assumptions += assumptions
    reader.drafts.ignored += ignored
    if reader.row_per_set:
        reader.drafts.assumptions.append("Every row of the table is taken for one set.")
    for row in table:
        reader.row(row)
    return reader.drafts.finished()


def looks_like_a_table(text: str) -> bool:
    """Whether the first line names columns, one of them for exercises."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    cells = first.split(_delimiter(first))
    return len(cells) > 1 and any(_column(cell) in _COLUMNS["exercise"] for cell in cells)


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _column(cell: str) -> str:
    return " ".join(cell.replace("_", " ").replace("#", " ").replace('"', " ").lower().split())


def _rows(text: str, pointer: str) -> list[tuple[int, list[str]]]:
    """Line number and cells of every row."""
    plain = text.lstrip("\ufeff")
    first = next((line for line in plain.splitlines() if line.strip()), "")
    table = io.StringIO(plain.replace("\0", " "), newline="")
    reader = csv.reader(table, delimiter=_delimiter(first), skipinitialspace=True)
    try:
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        message = f"the table cannot be read as CSV near line {reader.line_num}: {error}"
        raise RequestError([Fault(pointer, "malformed_csv", message)]) from None


def _header(
    rows: list[tuple[int, list[str]]], pointer: str
) -> tuple[dict[int, str], list[tuple[int, list[str]]], list[str], list[IgnoredLine]]:
    """Position -> what the column is for, the rows beneath, what was taken for granted, and the columns left out."""
    line, first = rows[0]
    names = [_column(cell) for cell in first]
    columns: dict[int, str] = {}
    for at, name in enumerate(names):
        role = next((role for role, known in _COLUMNS.items() if name in known and role not in columns.values()), None)
        if role is not None:
            columns[at] = role
    if "exercise" in columns.values():
        unused = [cell.strip() for at, cell in enumerate(first) if at not in columns and cell.strip()]
        source = Source(line, pointer, ", ".join(unused)[:200])
        return columns, rows[1:], [], [IgnoredLine(source, "columns that no rule counts")] if unused else []
    if len(first) >= len(_USUAL_ORDER) - 1 and heading_of(first[0].strip()) is not None:
        usual = dict(enumerate(_USUAL_ORDER))
        assumption = f"The table names no columns: {', '.join(_USUAL_ORDER)} taken, in this order."
        return usual, rows, [assumption], []
    raise RequestError([_column_fault(pointer)])


def _column_fault(pointer: str) -> Fault:
    message = "the first row names the columns and one of them is called exercise, for example day,exercise,sets,reps"
    return Fault(pointer, "csv_columns", message, [names[0] for names in _COLUMNS.values()])


def _row(cells: Sequence[str], columns: dict[int, str], line: int, pointer: str) -> _Row:
    named = {role: cells[at].strip()[:_LONGEST_CELL] for at, role in columns.items() if at < len(cells)}
    source = Source(line, pointer, ", ".join(cell.strip() for cell in cells)[:200])
    beyond = [cell for at, cell in enumerate(cells) if at > max(columns) and cell.strip()]
    return _Row(source, named, surplus=bool(beyond) and "sets" not in named)


def _is_row_per_set(columns: dict[int, str], table: list[_Row]) -> bool:
    """A table without numbers of sets in which an exercise comes back row by row."""
    if "sets" in columns.values():
        return False
    if "order" in columns.values():
        return True
    rows = Counter((row.get("day"), row.get("exercise").lower()) for row in table)
    return any(count > 1 for count in rows.values())


@dataclass
class _Reader:
    index: NameIndex
    row_per_set: bool
    drafts: Drafts = field(default_factory=Drafts)
    _day: str = ""

    def row(self, row: _Row) -> None:
        """Read one row: an entry, one set of an entry, a rest day, or something unread."""
        draft = self._draft(row)
        name = row.get("exercise")
        if not name or is_rest(name):
            self.drafts.ignored.append(IgnoredLine(row.source, "a rest day" if name else "no exercise in this row"))
            return
        found = fragments(name, self.index)
        one = found[0] if found and found[0].name else None
        dose = self._dose(row, one.dose if one is not None else None)
        if one is None or len(found) > 1 or one.match.exercise is None:
            if one is not None and one.match.exercise is None and is_endurance(one.name):
                self.drafts.ignored.append(IgnoredLine(row.source, NOT_COUNTED))
                return
            reason = "a row holds one exercise" if one is None or len(found) > 1 else why_unmatched(one)
            candidates = () if one is None else one.match.candidates
            draft.miss(Missed(row.source, reason, dose.sets if isinstance(dose, Dose) else None, candidates))
        elif isinstance(dose, str):
            draft.miss(Missed(row.source, dose, None))
        else:
            self._add(draft, ReadEntry(row.source, one.name, one.match, dose, row.get("superset") or None))

    def _add(self, draft: Draft, entry: ReadEntry) -> None:
        if not self.row_per_set:
            draft.add(entry)
            return
        entry = replace(entry, dose=replace(entry.dose, sets=1, remarks=()))
        for at, earlier in enumerate(draft.entries):
            if earlier.match.exercise == entry.match.exercise:
                draft.entries[at] = replace(earlier, dose=together([earlier.dose, entry.dose]))
                return
        draft.add(entry)

    def _draft(self, row: _Row) -> Draft:
        self._day = row.get("day") or self._day
        heading = heading_of(plain_signs(self._day)) or Heading(label=self._day or None)
        label = " ".join(part for part in (heading.label, heading.rest.strip("()[] ")) if part) or None
        start, minutes = _clock(row.get("start")), row.get("minutes")
        heading = replace(
            heading,
            start=start or heading.start,
            minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 5 else heading.minutes,
        )
        draft = self.drafts.open(heading, label, row.source)
        draft.place = draft.place or row.get("place") or None
        return draft

    def _dose(self, row: _Row, in_name: Dose | None) -> Dose | str:
        """The dose of a row, or why it cannot be read."""
        sets, reps, seconds = row.get("sets"), row.get("reps"), row.get("seconds")
        if not sets and in_name is not None:
            dose = in_name if in_name.sets is not None else with_usual_sets(in_name)
            return too_many_or_few(dose) or dose
        for text in _written(sets, reps, seconds):
            found = find_doses(plain_signs(text))
            if len(found) == 1 and (found[0].dose.sets is not None or not sets):
                dose = found[0].dose if found[0].dose.sets is not None else with_usual_sets(found[0].dose)
                return too_many_or_few(dose) or dose
        if sets:
            return f"the number of sets {sets[:30]!r} cannot be read"
        return with_usual_sets(Dose())


def _written(sets: str, reps: str, seconds: str) -> Iterator[str]:
    """The cells as one dose, the fullest way first."""
    held = seconds.removesuffix("s").strip()
    if sets and held:
        yield f"{sets} x {held} s"
    if sets and reps:
        yield f"{sets} x {reps}"
    if sets:
        yield sets
        yield f"{sets} sets"
    elif reps:
        yield reps
        yield f"{reps} reps"
    elif held:
        yield f"{held} s"


def _clock(text: str) -> str | None:
    """HH:MM of a time of day; None for what is none."""
    hours, colon, rest = text.strip().partition(":")
    minutes = rest[:2]
    if (
        colon
        and hours.isdecimal()
        and minutes.isdecimal()
        and len(hours) <= 2
        and int(hours) < 24
        and int(minutes) < 60
    ):
        return f"{int(hours):02d}:{int(minutes):02d}"
    return None
