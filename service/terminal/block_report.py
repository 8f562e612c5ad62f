"""A block as a coach writes it: the weeks at a glance, sessions with their sets week by week, what changes and why."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from service.plans.phrases import counted
from service.terminal.report import bullets, heading
from service.terminal.words import number, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from catalog.catalog import Catalog
    from service.blocks.schemas import BlockAnswer, BlockChangeResponse
    from service.plans.schemas import PlanResponse
    from service.plans.schemas.response import EntryResponse


def report(answer: BlockAnswer, plans: Sequence[PlanResponse], catalog: Catalog) -> RenderableType:
    """Everything a person wants to see."""
    parts: list[RenderableType] = []
    if answer.weeks:
        parts += [_overview(answer), Text(), *_stages(answer, catalog), *_sessions(plans, catalog), *_changes(answer)]
    if answer.certificate:
        parts += [_certificate(answer)]
    if answer.conflict is not None:
        parts.append(_conflict(answer))
    if answer.unfinished is not None:
        said = f"Time ran out, or the search was stopped, in week {answer.unfinished}. A longer --time-limit may do."
        parts.append(Text(said, style="bold red"))
    return Group(*parts)


def _overview(answer: BlockAnswer) -> RenderableType:
    """A line for every week."""
    ladders = [path for path in answer.ladders if path.strict or len(set(path.stages)) > 1]
    table = _table(("Week", "Starts", "Targets", "Hard sets", "Score", *(path.name for path in ladders), "Change"))
    for column in (table.columns[1], table.columns[4]):
        column.no_wrap = True  # a date or a score broken in two cannot be read
    for index, week in enumerate(answer.weeks):
        stages = (f"{path.stages[index]} ({path.sessions[index]}x)" for path in ladders)
        near = "" if index == 0 else "the least" if week.nearness.proven else f"at least {week.nearness.bound}"
        near = near if week.nearness.proven or not near else f"{week.nearness.distance}, {near}"
        percent = f"{week.percent} %" + (" unload" if week.unloading else "")
        score = f"{number(week.score.value)} of {number(week.score.bound)}"
        table.add_row(str(week.number), week.starts_on or "", percent, str(week.hard_sets), score, *stages, near)
    return Group(heading("Weeks: targets, work, and ladder stages with their sessions"), table)


def _stages(answer: BlockAnswer, catalog: Catalog) -> list[RenderableType]:
    entered = [
        f"Week {week.number}: {catalog.ladders[step.ladder].name.lower()} stage {step.after} after "
        f"{counted(step.sessions, 'session')} on stage {step.before} ({step.needed} needed). First: {step.criterion}."
        for week in answer.weeks
        for step in week.entered
    ]
    return (
        [heading("Stages: entered by who meets the criterion, put off by who does not"), bullets(entered), Text()]
        if entered
        else []
    )


def _sessions(plans: Sequence[PlanResponse], catalog: Catalog) -> list[RenderableType]:
    """For every slot a table of its exercises with their sets in each week."""
    parts: list[RenderableType] = []
    weeks = [{s.slot: s for s in plan.week.sessions} for plan in plans if plan.week is not None]
    known = {slot: session for week in reversed(weeks) for slot, session in week.items()}
    for slot, session in sorted(known.items(), key=lambda pair: _moment(pair[0], plans)):
        held = [list(week[slot].entries) if slot in week else [] for week in weeks]
        table = _table((f"{session.day.capitalize()} {session.start}", *(str(n + 1) for n in range(len(held)))))
        for exercise in _in_order(held):
            sets = ({entry.exercise: entry.sets for entry in entries}.get(exercise) for entries in held)
            name = catalog.exercises[exercise].name
            table.add_row(name, *("." if number_ is None else str(number_) for number_ in sets))
        parts += [table, Text()]
    return [heading("Sessions: sets in each week"), *parts]


def _moment(slot: str, plans: Sequence[PlanResponse]) -> int:
    """Where a slot comes among the sessions of a week."""
    for plan in plans:
        sessions = [] if plan.week is None else [session.slot for session in plan.week.sessions]
        if slot in sessions:
            return sessions.index(slot)
    return 0


def _in_order(weeks: Sequence[Sequence[EntryResponse]]) -> list[str]:
    """All exercises of a slot: as in the first week, those of later weeks behind what they follow there."""
    order: list[str] = []
    for entries in weeks:
        names = [entry.exercise for entry in entries]
        if names and names[0] not in order:
            order.insert(0, names[0])
        for before, name in pairwise(names):
            if name not in order:
                order.insert(order.index(before) + 1, name)
    return order


def _changes(answer: BlockAnswer) -> list[RenderableType]:
    """From week to week, grouped by reason."""
    parts: list[RenderableType] = [heading("Changes from week to week")]
    for week in answer.weeks[1:]:
        reasons: dict[str, dict[str, list[str]]] = {}
        for change in week.changes:
            reasons.setdefault(_general(change), {}).setdefault(_what(change), []).append(change.slot)
        said = [f"{why} {'; '.join(map(_where, what, what.values()))}." for why, what in reasons.items()]
        parts += [Text(f"Week {week.number}"), bullets(said)]
    return [*parts, Text()]


def _where(what: str, slots: Sequence[str]) -> str:
    """A change with the sessions that it is made in: `Front plank 3 -> 2 (mon, fri)`."""
    return f"{what} ({', '.join(slots)})"


def _general(change: BlockChangeResponse) -> str:
    """The reason, without what it is worth for the single change."""
    return sentence(change.statement.partition(": ")[0]) if change.cause == "ramp" else sentence(change.statement)


def _what(change: BlockChangeResponse) -> str:
    before, after = change.before, change.after
    if before is not None and after is not None:
        if before.exercise == after.exercise:
            moved = f", to {after.slot}" if before.slot != after.slot else ""
            return f"{after.name} {before.sets} -> {after.sets}{moved}"
        return f"{before.name} {before.sets} -> {after.name} {after.sets}"
    if after is not None:
        return f"new: {after.name} {after.sets}"
    return f"out: {before.name} {before.sets}" if before is not None else change.kind


def _certificate(answer: BlockAnswer) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("Rule")
    table.add_column("", min_width=6)
    table.add_column("Measured", ratio=1)
    for line in answer.certificate:
        verdict = Text("holds", style="green") if line.holds else Text("BROKEN", style="bold red")
        table.add_row(line.title, verdict, " ".join([sentence(line.statement), *line.notes]))
    return Group(heading("The whole block"), table)


def _conflict(answer: BlockAnswer) -> RenderableType:
    said = [
        f"{rule.statement} [{rule.rule}, {plain(rule.subject)}] ({', '.join(rule.request)})"
        for rule in answer.conflict or []
    ]
    title = f"Week {answer.conflict_week} has no plan; this is proven. These cannot hold together:"
    return Group(Text(title, style="bold red"), bullets(said))


def _table(titles: Iterable[str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for index, title in enumerate(titles):
        table.add_column(title, justify="left" if index == 0 else "right")
    return table
