"""`counterpull what-if`: what changes of a plan's request would buy, on the terminal or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from catalog.catalog import default_catalog
from service.studies.weeks import week_of
from service.terminal.console import ExitCode, output, print_json
from service.terminal.kept_plan import read_plan
from service.terminal.sources import read_source
from service.terminal.studying import answered, as_json, asked
from service.terminal.words import number
from service.validation.parsing import parse
from service.whatif.kind import WHAT_IFS
from service.whatif.schemas import WhatIfRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from service.whatif.schemas import WhatIfAnswer, WhatIfOptionResponse

_STYLES = {"gain": "green", "loss": "red", "impossible": "red"}


def ask_what_if(source: str, wish: str | None, *, time_limit: float | None, print_as_json: bool) -> ExitCode:
    """Print what changes of the request of the plan in a file would buy: those of the file `wish`, or the usual ones.

    Raises WrongUseError for what holds no plan, MalformedJsonError and RequestError for changes that cannot be tried,
    and what the solver raises.
    """
    about = week_of(read_plan(source), default_catalog())
    body: dict[str, Any] = {}
    if wish is not None:
        text = read_source(wish)
        parse(WhatIfRequest, text)
        body = json.loads(text)
    if time_limit is not None:
        body["solve"] = {**body.get("solve", {}), "time_limit_seconds": time_limit}
    question = asked(WHAT_IFS, body, about)
    studied = answered(WHAT_IFS, question, _line)
    if print_as_json:
        print_json(as_json(WHAT_IFS, question, studied))
    else:
        assert studied.answer is not None
        output().print(report(studied.answer))
    return ExitCode.OK if studied.outcome == "done" else ExitCode.TIMED_OUT


def _line(progress: Mapping[str, object]) -> str:
    return f"{progress['seconds']:.1f} s  {progress['done']} of {progress['of']} solved"


def report(found: WhatIfAnswer) -> RenderableType:
    """The changes in their order, each with what is proven."""
    proven = "proven best" if found.score == found.bound else f"at most {number(found.bound)} possible"
    parts: list[RenderableType] = [Text(f"Without a change: score {number(found.score)}, {proven}.")]
    if found.better is not None:
        parts.append(Text("A better week than the plan's was met on the way; --json has it."))
    nothing = [one for one in found.options if one.verdict == "none"]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Change", ratio=1)
    table.add_column("Buys", ratio=1)
    for one in found.options:
        if one.verdict != "none":
            table.add_row(one.statement, Text(one.says, style=_STYLES.get(one.verdict, "")))
    if len(nothing) < len(found.options):
        parts += [Text(), table]
    if nothing:
        parts += [Text(), _nothing(nothing)]
    if found.unanswered:
        parts += [Text(), Text(f"There was no time for {found.unanswered}; a longer --time-limit has it.")]
    return Group(*parts)


def _nothing(options: list[WhatIfOptionResponse]) -> Text:
    return Text(f"Proven to change nothing of the score: {'; '.join(one.statement for one in options)}.")
