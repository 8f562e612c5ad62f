"""The week as tables: a heading for every session, then its exercises in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from service.terminal.alternation import Step, steps
from service.terminal.console import WIDE_COLUMNS
from service.terminal.words import dose, effort, minutes, plain, short_rule

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rich.console import RenderableType

    from catalog.schema import Exercise
    from service.plans.schemas.response import EntryResponse, SessionResponse, WeekResponse

_NUMBER, _DOSE, _REST, _FOR, _WIDE_NAME = 3, 18, 6, 20, 32
_GUTTER = 1


def week(
    answer: WeekResponse, exercises: Mapping[str, Exercise], *, columns: int, unpursued: Collection[str] = ()
) -> RenderableType:
    """Every session of the week.

    `exercises` tells which are done once a side and which muscles they train; nothing is done for an `unpursued` one.
    """
    parts: list[RenderableType] = []
    for session in answer.sessions:
        parts += [_heading(session, columns), *_lines(session, exercises, columns, unpursued), Text()]
    return Group(*parts)


def _heading(session: SessionResponse, columns: int) -> RenderableType:
    day = session.day.capitalize()
    date = f" {session.starts_at[:10]}" if session.starts_at else ""
    used = f"{minutes(session.seconds)} of {session.limit_seconds // 60} min"
    left = Text(f"{day}{date} {session.start}", style="bold cyan").append(f"  {session.place}", style="not bold")
    line = Table.grid(expand=True, padding=(0, _GUTTER))
    line.width = columns
    line.add_column()
    line.add_column(ratio=1)
    line.add_column()
    line.add_row(left, Rule(style="cyan"), Text(used, style="bold"))
    return line


def _lines(
    session: SessionResponse, exercises: Mapping[str, Exercise], columns: int, unpursued: Collection[str]
) -> list[RenderableType]:
    wide = columns >= WIDE_COLUMNS
    lines: list[RenderableType] = [_row(_titles(wide), columns, "dim")]
    for step in steps(session.entries):
        entry = step.entry
        exercise = exercises.get(entry.exercise)
        purpose = _purpose(entry, exercise, unpursued)
        lines.append(_row(_cells(step, exercise, purpose, wide), columns, ""))
        if not wide:
            lines.append(Padding(Text(_hint(entry), style="dim"), (0, 0, 0, _NUMBER + _GUTTER)))
    return lines


def _titles(wide: bool) -> tuple[str, ...]:
    titles = ("", "Exercise", "Sets", "Rest", "For")
    return (*titles, "Cue") if wide else titles


def _cells(step: Step, exercise: Exercise | None, purpose: str, wide: bool) -> tuple[str, ...]:
    sets = dose(step.entry, a_side=exercise is not None and exercise.unilateral)
    cells = (step.mark, _name(step.entry, exercise), sets, step.rest, purpose)
    return (*cells, _hint(step.entry)) if wide else cells


def _hint(entry: EntryResponse) -> str:
    """Load and effort, then the cue."""
    told = effort(entry)
    return f"{told}. {entry.cue}" if told else entry.cue


def _name(entry: EntryResponse, exercise: Exercise | None) -> str:
    """The name, and what it is done with where that is not the usual thing."""
    usual = exercise is None or not set(exercise.equipment[0]).isdisjoint(entry.equipment)
    items = [plain(item) for item in entry.equipment if item != "none"] or ["no load"]
    with_what = "" if usual else f" ({', '.join(items)})"
    return entry.name + with_what


def _purpose(entry: EntryResponse, exercise: Exercise | None, unpursued: Collection[str]) -> str:
    """The rules that an entry serves, or else the pursued muscles it is done for, the most direct first."""
    weights = {} if exercise is None else {**exercise.volume_quarters, **exercise.primary_muscles}
    muscles = sorted((muscle for muscle in weights if muscle not in unpursued), key=lambda m: -weights[m])
    direct = [muscle for muscle in muscles if exercise is not None and muscle in exercise.primary_muscles]
    return ", ".join([short_rule(rule) for rule in entry.serves] or [plain(m) for m in (direct or muscles)[:2]])


def _row(cells: tuple[str, ...], columns: int, style: str) -> RenderableType:
    """One line of the table. Each row is its own grid, so that a cue can stand under it across the whole width."""
    grid = Table.grid(padding=(0, _GUTTER))
    grid.width = columns
    wide = columns >= WIDE_COLUMNS
    grid.add_column(width=_NUMBER, justify="right")
    if wide:
        grid.add_column(width=_WIDE_NAME)
    else:
        grid.add_column(ratio=1)
    grid.add_column(width=_DOSE)
    grid.add_column(width=_REST)
    grid.add_column(width=_FOR)
    if wide:
        grid.add_column(ratio=1)
    grid.add_row(*(Text(cell, style=style) for cell in cells))
    return grid
