"""The catalog as text: lists on a line each, single records field by field."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from pydantic import BaseModel
from rich.console import Group
from rich.table import Table
from rich.text import Text

from catalog.schema import QUARTERS_PER_SET, Equipment, EquipmentPreset, Exercise, Ladder, Muscle
from service.terminal.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

Fact = Exercise | Muscle | Equipment | EquipmentPreset | Ladder
Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def as_json(value: object) -> Json:
    """A record as JSON types; sets are sorted, so that the same fact always reads the same."""
    if isinstance(value, BaseModel):
        return {name: as_json(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, Set):
        return [as_json(inner) for inner in sorted(value)]
    if isinstance(value, list | tuple):
        return [as_json(inner) for inner in value]
    assert value is None or isinstance(value, str | int | float | bool)
    return value


def fact_list(facts: Sequence[Fact]) -> RenderableType:
    """Facts of one kind as a table, and how many there are."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for position, title in enumerate(_titles(facts[0]) if facts else ()):
        table.add_column(title, no_wrap=position == 0, style="bold" if position == 0 else "")
    for fact in facts:
        table.add_row(*_cells(fact))
    return Group(table, Text(f"\n{len(facts)} found", style="dim"))


def _titles(fact: Fact) -> tuple[str, ...]:
    match fact:
        case Exercise():
            return ("Exercise", "Pattern", "Equipment", "Muscles")
        case Muscle():
            return ("Muscle", "Region", "Min", "Target", "Max sets a week", "Recovery")
        case Equipment():
            return ("Equipment", "What it is")
        case EquipmentPreset():
            return ("Preset", "Equipment")
        case Ladder():
            return ("Ladder", "Stages")


def _cells(fact: Fact) -> tuple[str, ...]:
    match fact:
        case Exercise():
            return (fact.id, plain(fact.pattern), _alternatives(fact), ", ".join(map(plain, fact.primary_muscles)))
        case Muscle():
            sets = (str(fact.weekly_min_sets), str(fact.weekly_target_sets), str(fact.weekly_max_sets))
            return (fact.id, fact.region, *sets, f"{fact.recovery_hours} h")
        case Equipment():
            return (fact.id, fact.what_it_is)
        case EquipmentPreset():
            return (fact.id, ", ".join(map(plain, sorted(fact.equipment))))
        case Ladder():
            return (fact.id, "\n".join(f"{s.stage}. {', '.join(map(plain, s.exercises))}" for s in fact.stages))


def _alternatives(exercise: Exercise) -> str:
    return " or ".join(" + ".join(map(plain, items)) for items in exercise.equipment)


def fact_detail(fact: Fact) -> RenderableType:
    """One record, field by field; empty fields are left out."""
    if isinstance(fact, Ladder):
        return _ladder(fact)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if value is not None and value != () and value != frozenset() and value != {}:
            grid.add_row(plain(name), _words(name, value))
    return Group(Text(fact.id, style="bold cyan"), grid)


def _ladder(ladder: Ladder) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Stage", justify="right")
    table.add_column("Any of")
    table.add_column("Sessions", justify="right")
    table.add_column("Go on when")
    for stage in ladder.stages:
        exercises = ", ".join(map(plain, stage.exercises))
        table.add_row(str(stage.stage), exercises, str(stage.min_sessions_before_advancing), stage.advance_criterion)
    rule = "no stage is skipped" if ladder.strict else "stages may be entered as the level allows"
    return Group(Text(ladder.id, style="bold cyan").append(f"  {ladder.name}, {rule}", style="not bold default"), table)


def _words(name: str, value: object) -> str:
    if name.endswith("_muscles") and isinstance(value, Mapping):
        return ", ".join(f"{plain(muscle)} {quarters / QUARTERS_PER_SET:g}" for muscle, quarters in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, BaseModel):
        return ", ".join(f"{plain(key)} {_words(key, inner)}" for key, inner in value)
    if isinstance(value, Set):
        return ", ".join(str(item) for item in sorted(value))
    if isinstance(value, tuple):
        nested = any(isinstance(item, tuple | BaseModel) for item in value)
        return ("\n" if nested else ", ").join(_words(name, item) for item in value)
    return str(value)
