"""A schedule as people read it: members, stations, what has changed; and one member's week by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from service.plans.phrases import counted
from service.terminal.report import bullets, heading
from service.terminal.words import minutes, number, percent, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from catalog.catalog import Catalog
    from service.gyms.answers import (
        ChangedMemberResponse,
        ScheduleAnswer,
        ScheduledEntryResponse,
        ScheduledMemberResponse,
        ScheduledSessionResponse,
    )


def progress_line(told: Mapping[str, Any]) -> str:
    """`12.3 s  14 weeks searched, 4 of 30 in this round`."""
    now = told["in_this_round"]
    searched = counted(told["searched"], "week")
    return f"{told['seconds']:.1f} s  {searched} searched, {now['searched']} of {now['of']} in this round"


def report(answer: ScheduleAnswer) -> RenderableType:
    """The whole schedule at a glance."""
    score = answer.score
    sums = f"Scores {number(score.value)} of at most {number(score.bound)}, gap {percent(score.gap)}."
    parts: list[RenderableType] = [Text(answer.statement, style="bold")]
    if answer.members:
        parts += [Text(sums), Text(answer.fairness.statement), Text(), _members(answer)]
    if answer.unplaced:
        said = [f"{one.member}: {one.statement}" for one in answer.unplaced]
        parts += [Text(), heading("Without a week"), bullets(said)]
    if answer.moved:
        parts += [Text(), heading("Booked, and moved"), bullets([one.statement for one in answer.moved])]
    if answer.clash is not None:
        parts.append(bullets([f"{one.member}: {one.slot}" for one in answer.clash.sessions]))
    parts += [Text(), _stations(answer)]
    if any(slot.left is not None for slot in answer.slots):
        parts += [Text(), _slots(answer)]
    parts.append(Text(answer.check.statement))
    if answer.diff is not None:
        changed = [_changed(one) for one in answer.diff.changed]
        parts += [Text(), heading("Against the schedule before"), Text(answer.diff.statement), bullets(changed)]
    if answer.solver.stopped_by_clock:
        parts.append(Text("The clock had a hand in it; a longer --time-limit may do better.", style="bold red"))
    return Group(*parts)


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for number_, column in enumerate(columns):
        table.add_column(column, justify="left" if number_ == 0 else "right")
    return table


def _members(answer: ScheduleAnswer) -> RenderableType:
    table = _table("Member", "Score", "Alone", "Lost", "Sessions", "")
    table.columns[-1].justify = "left"
    for one in answer.members:
        state = "booked" if one.booked else "" if answer.diff is None or one.change == "kept" else one.change
        lost = percent(one.lost_percent / 100)
        row = (one.member, number(one.score), number(one.alone.score), lost, str(len(one.sessions)), state)
        table.add_row(*row)
    return Group(heading("Members"), table)


def _stations(answer: ScheduleAnswer) -> RenderableType:
    table = _table("Station", "There are", "Most in use", "All in use")
    for use in answer.stations:
        full = f"{minutes(use.full_seconds)} min"
        table.add_row(f"{use.station}, {use.place}", str(use.count), str(use.peak), full)
    return Group(heading("Stations"), table)


def _slots(answer: ScheduleAnswer) -> RenderableType:
    table = _table("Slot", "Booked", "Others", "Places left")
    for use in answer.slots:
        if use.left is not None:
            table.add_row(use.slot, str(use.booked), str(use.others), str(use.left))
    return Group(heading("Slots with a limit"), table)


def _changed(one: ChangedMemberResponse) -> str:
    said = f"{one.member}: {one.change}"
    if one.score_before is not None and one.score is not None:
        said += f", score {number(one.score_before)} to {number(one.score)}"
    moves = [f"{e.exercise} in {e.slot} {e.sets_before} to {e.sets_after}" for e in one.entries]
    return sentence(said + (f"; sets of {', '.join(moves)}" if moves else ""))


def member_week(one: ScheduledMemberResponse, catalog: Catalog) -> RenderableType:
    """One member's sessions by the clock."""
    lost = percent(one.lost_percent / 100)
    said = f"{one.member}: score {number(one.score)}, alone {number(one.alone.score)}, lost {lost}, plan {one.plan}"
    parts: list[RenderableType] = [Text(said, style="bold")]
    for session in one.sessions:
        parts += [Text(), _session(session, catalog)]
    return Group(*parts)


def _session(session: ScheduledSessionResponse, catalog: Catalog) -> RenderableType:
    date = f" {session.starts_at[:10]}" if session.starts_at else ""
    table = _table("From", "To", "Exercise", "Sets", "At")
    for position in (2, 4):
        table.columns[position].justify = "left"
    for entry in session.entries:
        table.add_row(*_row(session.start, entry, catalog))
    title = f"{session.day.capitalize()}{date} {session.start}  {session.place}"
    return Group(Text(title, style="bold cyan"), table)


def _row(start: str, entry: ScheduledEntryResponse, catalog: Catalog) -> tuple[str, ...]:
    exercise = catalog.exercises.get(entry.exercise)
    name = entry.exercise if exercise is None else exercise.name
    return (
        _clock(start, entry.start_second),
        _clock(start, entry.end_second),
        name if entry.superset is None else f"{entry.superset}: {name}",
        str(entry.sets),
        ", ".join(entry.stations),
    )


def _clock(start: str, seconds: int) -> str:
    """`18:05:30`, by the clock of a session that starts at HH:MM."""
    hours, begun = start.split(":")
    total = int(hours) * 3600 + int(begun) * 60 + seconds
    return f"{total // 3600 % 24:02}:{total // 60 % 60:02}:{total % 60:02}"
