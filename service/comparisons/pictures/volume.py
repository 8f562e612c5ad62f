"""Grouped bars: what every muscle gets in every plan, against its minimum, target and maximum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.comparisons.pictures.legend import called, key_of, legend
from service.comparisons.pictures.svg import MARGIN, WIDTH, Picture, line, rect, text, ticks
from service.plans.phrases import counted
from service.terminal.words import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from service.comparisons.schemas import ComparisonResponse
    from service.comparisons.schemas.response import ComparedPlanResponse, MuscleOfPlanResponse, MuscleRow

_TITLE = "Weekly sets of each muscle"
_NAMES, _VALUES = 190, 50
_LEFT, _RIGHT = MARGIN + _NAMES, WIDTH - MARGIN - _VALUES
_BAR, _PITCH, _GAP = 9, 12, 10


def volume_picture(found: ComparisonResponse) -> Picture:
    """Bars by muscle; muscles that no plan trains or seeks are left out."""
    rows = [row for row in found.volume if any(_told(muscle) for muscle in row.plans)]
    most = max((max(one.max, one.sets) for row in rows for one in row.plans if one is not None), default=1)
    marks = ticks(0, most)

    def at(sets: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * sets / marks[-1]

    head, y = legend(62, found.plans)
    how = "Grey reaches to the maximum; the thick line is the target, the dashed line the minimum."
    parts = [text(MARGIN, 34, _TITLE, "ink title"), head, text(MARGIN, y + 4, how, "soft")]
    top = y + 34
    bottom = top + sum(_height(row) for row in rows)
    for mark in marks:
        parts += [line(at(mark), top - 6, at(mark), bottom, "grid"), *_axis(at(mark), mark, top, bottom)]
    y = top
    for row in rows:
        parts += _group(row, found.plans, y, at)
        y += _height(row)
    return Picture(_TITLE, _in_words(found, rows), bottom + 46, "".join(parts))


def _told(muscle: MuscleOfPlanResponse | None) -> bool:
    return muscle is not None and (_aimed(muscle) or muscle.sets > 0)


def _aimed(muscle: MuscleOfPlanResponse) -> bool:
    return muscle.pursued and muscle.target > 0


def _height(row: MuscleRow) -> float:
    return len(row.plans) * _PITCH + _GAP


def _axis(x: float, mark: float, top: float, bottom: float) -> Iterator[str]:
    yield text(x, top - 10, number(mark), "soft small", "middle")
    yield text(x, bottom + 14, number(mark), "soft small", "middle")
    if mark == 0:
        yield text(x, bottom + 32, "fractional sets a week", "soft")


def _group(row: MuscleRow, plans: list[ComparedPlanResponse], y: float, at: Callable[[float], float]) -> Iterator[str]:
    sought = any(one is not None and _aimed(one) for one in row.plans)
    middle = y + len(row.plans) * _PITCH / 2
    yield text(MARGIN, middle + (4 if sought else -2), row.name, "ink")
    if not sought:
        yield text(MARGIN, middle + 11, "not sought", "soft small")
    for index, one in enumerate(row.plans):
        base = y + index * _PITCH
        yield text(_LEFT - 8, base + _BAR, key_of(index), "soft small", "end")
        if one is None:
            yield text(_LEFT + 4, base + _BAR, "unknown", "soft small")
        else:
            yield from _bar(f"{called(index, plans[index])}, {row.name}", one, base, at, index)


def _bar(what: str, one: MuscleOfPlanResponse, y: float, at: Callable[[float], float], index: int) -> Iterator[str]:
    limits = f"minimum {one.min}, target {number(one.target)}, maximum {one.max}"
    hint = f"{what}: {counted(one.sets, 'set')}, {limits}"
    yield rect(at(0), y, at(one.max) - at(0), _BAR, "track", hint=hint)
    yield rect(at(0), y + 1, at(one.sets) - at(0), _BAR - 2, f"p{index}", hint=hint)
    if one.min:
        yield from _mark(at(one.min), y, dashed=True)
    if _aimed(one):
        yield from _mark(at(one.target), y)
    yield text(max(at(one.sets), at(one.max)) + 6, y + _BAR - 0.5, number(one.sets), "ink small")


def _mark(x: float, y: float, *, dashed: bool = False) -> Iterator[str]:
    """A line across a bar, kept apart from its colour; those of neighbours meet."""
    above, below = y - (_PITCH - _BAR) / 2, y + (_PITCH + _BAR) / 2
    yield line(x, above, x, below, "halo", width=4)
    yield line(x, above, x, below, width=2, dashed=dashed)


def _in_words(found: ComparisonResponse, rows: list[MuscleRow]) -> str:
    """The same figures as sentences, for who cannot see the bars."""
    said = []
    for row in rows:
        sets = [
            f"{plan.label} {number(one.sets)} of {number(one.target)}"
            for plan, one in zip(found.plans, row.plans, strict=True)
            if one is not None
        ]
        said.append(f"{row.name}: {', '.join(sets)}")
    return f"Sets of the target. {'; '.join(said)}."
