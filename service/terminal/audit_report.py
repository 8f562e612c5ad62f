"""An audit as text: verdicts first, each with its numbers, its lines and what to do; then the rest of the rules."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from service.plans.phrases import counted
from service.terminal.report import bullets, heading, volume
from service.terminal.words import minutes, number, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from service.audits.schemas.repair import RepairResponse
    from service.audits.schemas.response import (
        AuditLineResponse,
        AuditResponse,
        EvidenceResponse,
        FollowedSessionResponse,
        MistakeResponse,
        ProgrammeResponse,
        SourceResponse,
        UnreadResponse,
    )

_INDENT = 2
_MOST_STATEMENTS = 4
_TOLD_BELOW = "recovery.muscle"
"""Has a table of its own."""


def report(answer: AuditResponse, *, columns: int) -> RenderableType:
    """Everything a person wants to see of an audit, laid out for `columns` columns."""
    parts: list[RenderableType] = [_summary(answer), Text()]
    for mistake in answer.mistakes:
        parts += [_mistake(mistake), Text()]
    parts += [_other_rules(answer.certificate), Text()]
    if answer.clashes or answer.crowding:
        parts += [_recovery(answer), Text()]
    parts += [volume(answer.volume, columns=columns), Text(), _programme(answer.programme)]
    if answer.repair is not None:
        parts += [Text(), _repair(answer.repair)]
    return Group(*parts)


def _summary(answer: AuditResponse) -> RenderableType:
    style = "bold red" if answer.summary.made else "bold green"
    score = f"Balance {number(answer.score.value)} of 100"
    return Group(
        Text(answer.summary.statement, style=style),
        Text(score if answer.score.certain else f"{score}, as far as the programme was read"),
    )


def _mistake(mistake: MistakeResponse) -> RenderableType:
    verdict = Text("MADE", style="bold red") if mistake.made else Text("not made", style="green")
    if not mistake.certain:
        verdict = Text.assemble(verdict, (", uncertain", "yellow"))
    lines: list[RenderableType] = [Text.assemble((f"{mistake.mistake}  {mistake.title}: ", "bold"), verdict)]
    lines += [_indented(Text(statement)) for statement in mistake.statements]
    lines += [_indented(Text(words, style="dim")) for words in _sides(mistake.evidence)]
    if mistake.to_do:
        lines.append(_indented(bullets(mistake.to_do)))
    return Group(*lines)


def _indented(part: RenderableType) -> RenderableType:
    return Padding(part, (0, 0, 0, _INDENT + 1), expand=False)


def _sides(evidence: Sequence[EvidenceResponse]) -> Iterator[str]:
    """A line for each side of each rule: `push 14 units: barbell bench press, line 3 (8); push up, line 5 (6)`."""
    for (_, side), group in groupby(evidence, key=lambda e: (e.rule, e.side)):
        entries = list(group)
        total = number(sum(entry.amount for entry in entries))
        yield f"{side} {total} {entries[0].unit}: {'; '.join(map(_counted, entries))}"


def _counted(entry: EvidenceResponse) -> str:
    """An entry with where it stands: by line, or by session where there are no lines."""
    lines = sorted({source.line for source in entry.sources if source.line is not None})
    where = f"line{'s' * (len(lines) > 1)} {' and '.join(map(str, lines))}" if lines else entry.slot
    return f"{plain(entry.exercise)}, {where} ({number(entry.amount)})"


def _other_rules(certificate: Sequence[AuditLineResponse]) -> RenderableType:
    others = [line for line in certificate if line.mistake is None]
    broken = [line for line in others if line.judged and not line.holds]
    left_out = [line for line in others if not line.judged]
    parts: list[RenderableType] = [heading("Other rules")]
    for line in broken:
        if line.rule == _TOLD_BELOW:
            parts.append(_indented(Text.assemble((line.title, "red"), ": see below")))
            continue
        parts.append(_indented(Text.assemble((line.title, "red"), "" if line.certain else " (uncertain)")))
        statements = list(dict.fromkeys(violation.statement for violation in line.violations))
        more = len(statements) - _MOST_STATEMENTS
        shown = statements[:_MOST_STATEMENTS] + ([f"and {more} more"] if more > 0 else [])
        parts.append(Padding(bullets(shown), (0, 0, 0, 2 * _INDENT + 1), expand=False))
    kept = len(others) - len(broken) - len(left_out)
    parts.append(_indented(Text(f"{kept} {'others are' if broken else 'are'} kept.")))
    parts += [_indented(Text(f"{line.title}: not judged, {line.not_judged}.", style="dim")) for line in left_out]
    return Group(*parts)


def _recovery(answer: AuditResponse) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for title in ("Muscle", "Sessions", "Hours apart", "Needed", "Sets"):
        table.add_column(title)
    for clash in answer.clashes:
        days = " and ".join(day.capitalize() for day in clash.days)
        sets = " and ".join(number(sets) for sets in clash.sets)
        table.add_row(plain(clash.muscle), days, number(clash.hours), str(clash.needed_hours), sets)
    crowded = [
        f"{plain(c.muscle)}: {counted(c.sets, 'set')} within {c.window_hours} hours ({', '.join(c.slots)}), at most "
        f"{c.max_sets} are useful"
        for c in answer.crowding
    ]
    parts: list[RenderableType] = [heading("Recovery: sessions too close together")]
    parts += [_indented(table)] if answer.clashes else []
    return Group(*parts, *([_indented(bullets([sentence(words) for words in crowded]))] if crowded else []))


def _repair(repair: RepairResponse) -> RenderableType:
    parts: list[RenderableType] = [
        heading("Repair: the nearest week that keeps every rule"),
        _indented(Text(repair.statement)),
    ]
    if repair.changes:
        parts.append(_indented(bullets([change.statement for change in repair.changes])))
    if repair.conflict:
        parts.append(_indented(bullets([f"{element.statement} [{element.rule}]" for element in repair.conflict])))
    if repair.score_before is not None and repair.score_after is not None and repair.changes:
        before, after = number(round(repair.score_before, 1)), number(round(repair.score_after, 1))
        parts.append(_indented(Text(f"Score of its volume: {after}, now {before}.")))
    return Group(*parts, *(_indented(Text(note, style="dim")) for note in repair.notes))


def _programme(programme: ProgrammeResponse) -> RenderableType:
    parts: list[RenderableType] = [heading("As it was read")]
    parts += [_indented(Text(_session(session))) for session in programme.sessions]
    parts += [_indented(Text(words)) for words in _understood(programme.sessions)]
    if programme.unread:
        parts += [Text(), Text("Not read: the part named counts in nothing", style="bold yellow")]
        parts.append(_indented(bullets([_unread(part) for part in programme.unread])))
    if programme.ignored:
        parts += [Text(), heading("Left out")]
        parts.append(_indented(bullets([f"{_line(i.source)}{i.source.text}: {i.reason}" for i in programme.ignored])))
    if programme.assumptions:
        parts += [Text(), heading("Taken for granted"), _indented(bullets(programme.assumptions))]
    return Group(*parts)


def _session(session: FollowedSessionResponse) -> str:
    title = f" {session.label}" if session.label else ""
    limit = "" if session.limit_seconds is None else f" of {session.limit_seconds // 60}"
    sets = sum(entry.sets for entry in session.entries)
    entries = f"{counted(len(session.entries), 'exercise')}, {counted(sets, 'set')}"
    return f"{session.day.capitalize()} {session.start}{title}: {entries}, {minutes(session.seconds)}{limit} min"


def _understood(sessions: Sequence[FollowedSessionResponse]) -> Iterator[str]:
    """Names that were not taken letter by letter, and sets that were guessed."""
    said = dict.fromkeys(
        f"{entry.written}: {_how(entry.match.how, entry.name)}"
        for session in sessions
        for entry in session.entries
        if entry.match.how in ("spelling", "like")
    )
    yield from said
    for session in sessions:
        for entry in session.entries:
            yield from (f"{entry.written}: {remark}" for remark in entry.remarks)


def _how(how: str, name: str) -> str:
    return f"taken for {name}" if how == "spelling" else f"not in the catalog, known as {name}"


def _unread(part: UnreadResponse) -> str:
    nearest = ", ".join(f"{c.name} ({number(c.score)})" for c in part.candidates[:3])
    said = f"{_line(part.source)}{part.source.text}: {part.reason}"
    return f"{said}; nearest: {nearest}" if nearest else said


def _line(source: SourceResponse) -> str:
    return "" if source.line is None else f"line {source.line}, "
