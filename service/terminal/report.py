"""What a week is worth: the six mistakes measured, volume against targets, score with its bound, and what to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.columns import Columns
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from service.terminal.console import WIDE_COLUMNS
from service.terminal.words import number, percent, plain, sentence
from solver.objective.stimulus import EIGHTHS_PER_SET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from service.plans.schemas.response import (
        CertificateLineResponse,
        PlanResponse,
        TierResponse,
        VolumeResponse,
    )

_BAR_CELLS = 16
_SHORTFALLS = (1, 2)
"""Tiers that count what the week leaves muscles short of, in weighted eighth sets."""
_FAR_POINTS = 1_000
"""A bound of the quality tier further away than this says nothing about the week yet."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def heading(title: str) -> Text:
    """The title of a part of the report."""
    return Text(title, style="bold")


def balance(lines: Sequence[CertificateLineResponse]) -> RenderableType:
    """The rules that answer the guide's six mistakes, measured by the verifier."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("#", justify="right")
    table.add_column("Rule", min_width=24)
    table.add_column("", min_width=6)
    table.add_column("Measured", ratio=1)
    answering = sorted((line for line in lines if line.mistake is not None), key=lambda line: line.mistake or 0)
    for line in answering:
        verdict = _verdict(line)
        table.add_row(str(line.mistake), line.title, verdict, line.statement)
    return Group(heading("Balance: the six mistakes"), table)


def _verdict(line: CertificateLineResponse) -> Text:
    if line.waived is not None:
        return Text("waived", style="yellow")
    return Text("holds", style="green") if line.holds else Text("BROKEN", style="bold red")


def volume(muscles: Sequence[VolumeResponse], *, columns: int) -> RenderableType:
    """A bar per muscle: filled to the week's sets, `|` at the target, the full width is the maximum."""
    trained = [muscle for muscle in muscles if muscle.sets > 0 or muscle.priority > 0]
    names = max((len(plain(muscle.muscle)) for muscle in trained), default=0)
    rows = [_volume_line(muscle, names) for muscle in trained]
    body = Columns(rows, padding=(0, 4), column_first=True) if columns >= WIDE_COLUMNS else Group(*rows)
    return Group(heading("Volume: weekly sets of each muscle, target at |, maximum at the right end"), body)


def _volume_line(muscle: VolumeResponse, name_width: int) -> Text:
    short = muscle.pursued and muscle.stimulus < muscle.min
    reached = muscle.stimulus >= muscle.target
    style = "red" if short else "green" if reached else "yellow"
    line = Text(f"{plain(muscle.muscle):<{name_width}} ", no_wrap=True)
    line.append_text(_bar(muscle, style))
    line.append(f" {number(muscle.sets):>5} of {number(muscle.target)}")
    if muscle.stimulus < muscle.sets:
        line.append(f"  worth {number(muscle.stimulus)}", style="dim")
    if not muscle.pursued:
        line.append("  not pursued", style="dim")
    if short:
        line.append(f"  below the minimum of {muscle.min}", style="red")
    return line


def _bar(muscle: VolumeResponse, style: str) -> Text:
    longest = max(muscle.max, muscle.sets, 1)
    eighths = round(8 * _BAR_CELLS * muscle.sets / longest)
    filled = "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
    bar = Text(filled.ljust(_BAR_CELLS, "·")[:_BAR_CELLS], style=style)
    at = min(_BAR_CELLS - 1, int(_BAR_CELLS * muscle.target / longest))
    return Text.assemble(bar[:at], ("|", "bold"), bar[at + 1 :])


def score(answer: PlanResponse) -> RenderableType:
    """Score, bound and gap, the status in words, and each tier of the objective."""
    lines: list[RenderableType] = []
    if answer.score is not None:
        value, bound, gap = number(answer.score.value), number(answer.score.bound), percent(answer.score.gap)
        line = Text(f"Score {value}", style="bold").append(f" of at most {bound}, gap {gap}: ", style="not bold")
        lines.append(line.append(_status_words(answer), style="not bold"))
    tiers = (f"tier {tier.tier} {tier.name}: {_tier_words(tier)}" for tier in answer.tiers)
    lines += [Padding(Text(words, style="dim"), (0, 0, 0, 2)) for words in tiers]
    return Group(*lines)


def _tier_words(tier: TierResponse) -> str:
    """What is reached and what is not ruled out, both in the tier's own measure: a share of little frightens."""
    if tier.tier in _SHORTFALLS:
        reached = (
            f"short of the {tier.name} by {_sets(tier.value)}" if tier.value else f"nothing short of the {tier.name}"
        )
        possible = None if tier.bound is None else number(tier.bound / EIGHTHS_PER_SET)
    else:
        reached = f"{number(tier.value)} {tier.unit}"
        possible = None if tier.bound is None else number(tier.bound)
    if tier.proven:
        return f"{reached}, proven"
    if possible is None:
        return f"{reached}, not searched in time"
    far = tier.tier not in _SHORTFALLS and abs((tier.bound or 0) - tier.value) > _FAR_POINTS
    return f"{reached}, bound not yet useful" if far else f"{reached}, at best {possible}"


def _sets(eighths: float) -> str:
    sets = number(eighths / EIGHTHS_PER_SET)
    return f"{sets} weighted set{'s' * (sets != '1')}"


def _status_words(answer: PlanResponse) -> str:
    seconds = f"{answer.solver.seconds:.1f} s"
    if answer.status == "optimal":
        return f"optimal, proven in {seconds}"
    if answer.status == "cancelled":
        return f"stopped by you after {seconds}, the best plan so far"
    return f"{plain(answer.status)} after {seconds}, a better plan may exist"


def notes(answer: PlanResponse) -> RenderableType | None:
    """Waived inclusions, substitutions and loosened parameters; None when there is nothing to say."""
    said: list[str] = list(answer.notes)
    for line in answer.certificate:
        if line.waived is not None:
            reason, remedy = sentence(line.waived.reason), sentence(line.waived.restored_by)
            said.append(f"{line.title}: waived. {reason} What would restore it: {remedy}")
        said += [f"{line.title}: {sentence(note)}" for note in line.notes]
    if answer.solver.stopped_by_clock:
        said.append("The clock ended the search: the same request may give another plan next time.")
    if not said:
        return None
    return Group(heading("Notes"), bullets(said))


def bullets(sentences: Sequence[str]) -> RenderableType:
    """A list with hanging indents."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column()
    for words in sentences:
        grid.add_row("-", Text(words))
    return grid
