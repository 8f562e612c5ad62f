"""`counterpull swaps`: alternatives to one entry of a plan, and the week with the one that is taken."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from catalog.catalog import default_catalog
from service.plans.phrases import counted
from service.studies.weeks import unsearched, week_of
from service.swaps.applying import swap_of
from service.swaps.kind import SWAPS, require_entry
from service.swaps.schemas import ApplyRequest
from service.terminal.answer import answer
from service.terminal.console import ExitCode, output, print_json
from service.terminal.kept_plan import read_plan
from service.terminal.report import bullets, heading
from service.terminal.studying import answered, as_json, asked
from service.terminal.words import number, plain, short_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from service.swaps.schemas import AlternativeResponse, Likeness, SwapsAnswer

LIKE: Mapping[Likeness, str] = {
    "family": "a variant",
    "pattern": "same pattern",
    "muscle": "same muscle",
    "region": "same region",
    "none": "-",
}
SHOWN = 15
"""So many alternatives of each sort are printed for people; --json has all."""


def find_swaps(
    source: str,
    slot: str,
    exercise: str,
    *,
    every: bool,
    repairs: int | None,
    time_limit: float | None,
    print_as_json: bool,
) -> ExitCode:
    """Print the alternatives to one entry of the plan in a file.

    Raises WrongUseError for what holds no plan, RequestError when it has no such entry, and what the solver raises.
    """
    about = week_of(read_plan(source), default_catalog())
    body: dict[str, Any] = {"slot": slot, "exercise": exercise, "all": every}
    if repairs is not None:
        body["repairs"] = repairs
    if time_limit is not None:
        body["solve"] = {"time_limit_seconds": time_limit}
    question = asked(SWAPS, body, about)
    studied = answered(SWAPS, question, _line)
    if print_as_json:
        print_json(as_json(SWAPS, question, studied))
    else:
        assert studied.answer is not None
        output().print(report(studied.answer))
        if studied.outcome != "done":
            output().print("Time ended before all of it was looked at; a longer --time-limit has it.")
    return ExitCode.OK


def take_swap(source: str, slot: str, exercise: str, other: str, *, sets: int | None, print_as_json: bool) -> ExitCode:
    """Print the plan in a file with one entry replaced; it can be asked about as any other.

    Raises what `find_swaps` raises, and RequestError when the week would break a rule.
    """
    catalog = default_catalog()
    about = week_of(read_plan(source), catalog)
    require_entry(about, slot, exercise)
    if other not in catalog.exercises:
        from service.terminal.lookup import one_of

        one_of(catalog.exercises, other, "exercise")
    swap = swap_of(about, slot, exercise, ApplyRequest(exercise=other, sets=sets))
    week = unsearched(about, swap.week.plan)
    if print_as_json:
        sys.stdout.write(week.model_dump_json(indent=2) + "\n")
    else:
        console = output()
        console.print(answer(week, catalog.exercises, columns=console.width))
    return ExitCode.OK


def _line(progress: Mapping[str, object]) -> str:
    return f"alternative {progress['done']} of {progress['of']}"


def report(found: SwapsAnswer) -> RenderableType:
    """Alternatives that keep every rule, and those that do not with what they break."""
    entry, before = found.entry, found.before
    keeping = [one for one in found.alternatives if one.keeps_rules]
    broken = [one for one in found.alternatives if not one.keeps_rules]
    instead = f"Instead of {entry.name}, {counted(entry.sets, 'set')}, in '{entry.slot}'"
    first = f"{instead}: {counted(found.found, 'alternative')}, "
    keep = "keeps" if found.keeping_rules == 1 else "keep"
    stands = f"The week as it stands has score {number(before.score)}."
    rest = f" {found.left_out} more have little in common with it: --all has them." if found.left_out else ""
    parts: list[RenderableType] = [Text(f"{first}{found.keeping_rules} {keep} every rule. {stands}{rest}")]
    if keeping:
        parts += [Text(), heading("All else can stay"), _table(keeping[:SHOWN]), *_more(keeping)]
    if broken:
        parts += [Text(), heading("Something else has to change"), _table(broken[:SHOWN]), *_more(broken)]
    repaired = [one for one in broken if one.repair is not None]
    for one in repaired:
        assert one.repair is not None
        parts += [Text(), Text(f"{one.name}, {counted(one.sets, 'set')}: {one.repair.statement}")]
        if one.repair.changes:
            parts.append(bullets([change.statement for change in one.repair.changes]))
    return Group(*parts)


def _more(shown: list[AlternativeResponse]) -> list[RenderableType]:
    left = len(shown) - SHOWN
    return [Text(f"and {left} more; --json has them.", style="dim")] if left > 0 else []


def _table(alternatives: list[AlternativeResponse]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Exercise")
    table.add_column("Like")
    for title in ("Sets", "Minima", "Score", "Quality", "Time"):
        table.add_column(title, justify="right")
    table.add_column("Rules", ratio=1)
    for one in alternatives:
        change = f"{one.score_change:+.2f}"
        minima = "short" if one.worth.minima else "met"
        table.add_row(
            one.name,
            LIKE[one.likeness],
            str(one.sets),
            minima,
            change,
            str(one.worth.quality),
            f"{one.seconds_change:+d} s",
            _rules(one),
        )
    return table


def _rules(one: AlternativeResponse) -> str:
    """The rules that it breaks, or whose slack it takes."""
    if one.broken:
        return f"breaks {', '.join(short_rule(rule) for rule in one.broken)}"
    less = [
        f"{plain(short_rule(effect.rule))} {number(effect.slack_before)} -> {number(effect.slack_after)}"
        for effect in one.rules
        if effect.slack_before is not None
        and effect.slack_after is not None
        and effect.slack_after < effect.slack_before
    ]
    return "slack: " + ", ".join(less) if less else ""
