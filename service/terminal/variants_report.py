"""Weeks to choose from on the terminal: a table of what each is worth and costs, and a sentence on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from service.plans.phrases import counted
from service.terminal.report import bullets
from service.terminal.words import number, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.console import RenderableType

    from service.variants.schemas import VariantsAnswer

COLUMNS = ("", "score", "at most", "quality", "different", "minutes", "sessions", "sets", "fatigue", "items")


def progress_line(told: Mapping[str, Any]) -> str:
    """`12.3 s  2 weeks, searching for the next` or `12.3 s  8 points, at most 11 questions left`."""
    if "points" in told:
        left = told["questions_left"]
        return f"{told['seconds']:.1f} s  {counted(len(told['points']), 'point')}, at most {left} questions left"
    return f"{told['seconds']:.1f} s  {counted(told['weeks'], 'week')}, searching for the next"


def report(answer: VariantsAnswer, files: Sequence[Path] = ()) -> RenderableType:
    """Everything a person wants to see of an answer."""
    parts: list[RenderableType] = [Text(answer.statement, style="bold")]
    if answer.conflict:
        said = [f"{rule.statement} [{rule.rule}]" for rule in answer.conflict]
        return Group(*parts, bullets(said))
    if not answer.weeks:
        return Group(*parts)
    said = [f"{place}: {sentence(week.statement)}" for place, week in enumerate(answer.weeks, 1)]
    parts += [_table(answer), bullets(said)]
    if answer.front is not None and answer.front.unexplored:
        parts += [Text("Not explored"), bullets([part.statement for part in answer.front.unexplored])]
    if files:
        parts.append(Text(f"Written to {', '.join(map(str, files))}."))
    return Group(*parts)


def _table(answer: VariantsAnswer) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    for place, week in enumerate(answer.weeks, 1):
        figures = week.figures
        table.add_row(
            str(place),
            number(week.score.value),
            number(week.score.bound),
            str(week.quality),
            f"{100 * week.difference:.0f} %",
            number(figures.minutes),
            str(figures.sessions),
            str(figures.sets),
            str(figures.fatigue),
            str(len(figures.equipment)),
        )
    return table
