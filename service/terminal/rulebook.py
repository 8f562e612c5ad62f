"""The rulebook as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from service.reference.schemas import RuleResponse
from service.terminal.report import bullets
from service.terminal.words import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from catalog.schema import Source
    from solver.rulebook import Parameter, RuleSpec


def rule_list(rules: Sequence[RuleSpec]) -> RenderableType:
    """Every rule on a line: id, the mistake it answers, its parameters with their defaults."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Rule", no_wrap=True, style="bold")
    table.add_column("Mistake", justify="right")
    table.add_column("Parameters and defaults")
    for rule in rules:
        defaults = ", ".join(f"{p.name} {_default(p)}".removeprefix("* ") for p in rule.parameters) or "-"
        table.add_row(rule.id, str(rule.mistake or ""), defaults)
    return Group(table, Text("\ncounterpull rules ID says what a rule asks for.", style="dim"))


def rule_as_json(rule: RuleSpec) -> dict[str, Any]:
    """One rule as `GET /v1/rules` gives it."""
    return RuleResponse.of_spec(rule).model_dump(mode="json")


def rule_detail(rule: RuleSpec, sources: Mapping[str, Source]) -> RenderableType:
    """One rule: sentence, sources, and each parameter with default, bounds and unit."""
    answers = f", answers mistake {rule.mistake}" if rule.mistake is not None else ""
    answers += "" if rule.of == "week" else f", of a {rule.of}"
    parts: list[RenderableType] = [
        Text(rule.id, style="bold cyan").append(f"  {rule.title}{answers}", style="not bold default"),
        Text(rule.sentence),
        bullets([_source(code, sources) for code in rule.source.split("; ")]),
    ]
    if rule.parameters:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for title in ("Parameter", "Default", "Allowed", "Unit"):
            table.add_column(title)
        for parameter in rule.parameters:
            table.add_row(_name(parameter), _default(parameter), _allowed(parameter), parameter.unit or "-")
        parts += [Text(), table]
    return Group(*parts)


def _source(code: str, sources: Mapping[str, Source]) -> str:
    return f"{code}: {sources[code].citation}" if code in sources else code


def _name(parameter: Parameter) -> str:
    if parameter.kind != "per_muscle":
        return parameter.name
    return "<muscle>" if parameter.name == "*" else f"{parameter.name}.<muscle>"


def _default(parameter: Parameter) -> str:
    if parameter.default is None:
        return "per muscle"
    return number(parameter.default) if isinstance(parameter.default, int | float) else parameter.default


def _allowed(parameter: Parameter) -> str:
    if parameter.choices:
        return ", ".join(parameter.choices)
    if parameter.minimum is None or parameter.maximum is None:
        return "any"
    return f"{number(parameter.minimum)} to {number(parameter.maximum)}"
