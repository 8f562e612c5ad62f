"""`counterpull catalog ...`: the facts behind a plan."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import typer

from catalog.catalog import Catalog, default_catalog
from service.terminal.console import ExitCode, output, print_json
from service.terminal.ending import ends_plainly
from service.terminal.facts import Fact, fact_detail, fact_list
from service.terminal.facts import as_json as json_of
from service.terminal.lookup import one_of
from service.validation.walk import known_words

catalog_app = typer.Typer(help="Show exercises, muscles, equipment, ladders and presets.", no_args_is_help=True)

Id = Annotated[str | None, typer.Argument(metavar="[ID]", help="Show one record in full.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@catalog_app.command()
@ends_plainly
def exercises(
    id_: Id = None,
    pattern: Annotated[str | None, typer.Option(help="Only this movement pattern.")] = None,
    equipment: Annotated[
        list[str] | None, typer.Option(help="Only what these items or presets allow; may be repeated.")
    ] = None,
    muscle: Annotated[str | None, typer.Option(help="Only what trains this muscle, the most direct first.")] = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Show exercises."""
    catalog = default_catalog()
    if id_ is not None:
        one = one_of(catalog.exercises, id_, "exercise", known_words("exercises", catalog))
        return _show_one(one, as_json=as_json)
    found = list(catalog.exercises.values())
    if pattern is not None:
        wanted = one_of(catalog.patterns, pattern, "movement pattern").id
        found = [e for e in found if e.pattern == wanted]
    if equipment:
        items = _items(catalog, equipment)
        found = [e for e in found if any(items.issuperset(alternative) for alternative in e.equipment)]
    if muscle is not None:
        trained = one_of(catalog.muscles, muscle, "muscle").id
        found = [e for e in found if trained in e.muscle_quarters]
        found.sort(key=lambda e: (-e.muscle_quarters[trained], e.id))
    return _show_all(found, as_json=as_json)


@catalog_app.command()
@ends_plainly
def muscles(
    id_: Id = None,
    region: Annotated[str | None, typer.Option(help="Only this region: upper, trunk or lower.")] = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Show muscles. Minimum, target and maximum are sets a week for an advanced athlete."""
    known = default_catalog().muscles
    if id_ is None and region is not None:
        one_of({str(m.region): m for m in known.values()}, region, "region")
        return _show_all([m for m in known.values() if m.region == region], as_json=as_json)
    return _show(known, id_, "muscle", as_json=as_json)


@catalog_app.command()
@ends_plainly
def equipment(id_: Id = None, as_json: AsJson = False) -> ExitCode:
    """Show equipment."""
    return _show(default_catalog().equipment, id_, "equipment", as_json=as_json)


@catalog_app.command()
@ends_plainly
def ladders(id_: Id = None, as_json: AsJson = False) -> ExitCode:
    """Show progressions. Each ladder has stages, and a criterion for going on."""
    return _show(default_catalog().ladders, id_, "ladder", as_json=as_json)


@catalog_app.command()
@ends_plainly
def presets(id_: Id = None, as_json: AsJson = False) -> ExitCode:
    """Show equipment presets."""
    return _show(default_catalog().presets, id_, "equipment preset", as_json=as_json)


def _items(catalog: Catalog, names: Iterable[str]) -> frozenset[str]:
    """The named items and those of the named presets; no equipment is everywhere."""
    items = {"none"}
    for name in names:
        preset = catalog.presets.get(name)
        if preset is None:
            known = {**{i: (e.name,) for i, e in catalog.equipment.items()}, **dict.fromkeys(catalog.presets, ())}
            one_of(known, name, "equipment", known)
            items.add(name)
        else:
            items |= preset.equipment
    return frozenset(items)


def _show(known: Mapping[str, Fact], id_: str | None, what: str, *, as_json: bool) -> ExitCode:
    if id_ is None:
        return _show_all(list(known.values()), as_json=as_json)
    names = {record_id: (record.name,) for record_id, record in known.items()}
    return _show_one(one_of(known, id_, what, names), as_json=as_json)


def _show_one(fact: Fact, *, as_json: bool) -> ExitCode:
    if as_json:
        print_json(json_of(fact))
    else:
        output().print(fact_detail(fact))
    return ExitCode.OK


def _show_all(facts: Sequence[Fact], *, as_json: bool) -> ExitCode:
    if as_json:
        print_json([json_of(fact) for fact in facts])
    else:
        output().print(fact_list(facts))
    return ExitCode.OK
