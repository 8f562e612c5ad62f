"""Score against minutes: a point for every plan, with a whisker up to its bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.comparisons.pictures.legend import key_of, legend, marker
from service.comparisons.pictures.svg import MARGIN, WIDTH, Picture, line, text, ticks
from service.plans.phrases import counted
from service.terminal.words import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from service.comparisons.schemas import ComparisonResponse

_TITLE = "Score against minutes a week"
_LEFT, _RIGHT, _TALL = MARGIN + 50, WIDTH - MARGIN - 30, 300
_CAP = 4
_APART = 11
"""Between points that would cover each other."""


@dataclass(frozen=True)
class _Point:
    """One plan."""

    index: int
    minutes: float
    score: float
    bound: float


def score_picture(found: ComparisonResponse) -> Picture:
    """Points with whiskers; a warning where the scores do not measure the same."""
    points = _points(found)
    across = ticks(*_padded([p.minutes for p in points], 5))
    up = [mark for mark in ticks(*_padded([v for p in points for v in (p.score, p.bound)], 1)) if mark <= 100]
    head, y = legend(62, found.plans, [_note(point, found) for point in points])
    how = "Whiskers reach up to the bound, what a longer search might still find. Points that meet stand side by side."
    parts = [text(MARGIN, 34, _TITLE, "ink title"), head, text(MARGIN, y + 4, how, "soft")]
    if not next(row.comparable for row in found.metrics if row.metric == "score"):
        y += 18
        parts.append(
            text(MARGIN, y + 4, "The plans pursue different goals: their scores do not measure the same.", "ink bold")
        )
    top, bottom = y + 40, y + 40 + _TALL

    def at_x(minutes: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (minutes - across[0]) / (across[-1] - across[0])

    def at_y(score: float) -> float:
        return bottom - _TALL * (score - up[0]) / (up[-1] - up[0])

    for mark in across:
        parts += [
            line(at_x(mark), top, at_x(mark), bottom, "grid"),
            text(at_x(mark), bottom + 16, number(mark), "soft small", "middle"),
        ]
    for mark in up:
        parts += [
            line(_LEFT, at_y(mark), _RIGHT, at_y(mark), "grid"),
            text(_LEFT - 8, at_y(mark) + 4, number(mark), "soft small", "end"),
        ]
    parts += [
        text((_LEFT + _RIGHT) / 2, bottom + 36, "minutes a week", "soft", "middle"),
        text(MARGIN, top - 10, "score", "soft"),
    ]
    parts += _drawn(points, at_x, at_y)
    return Picture(_TITLE, _in_words(found, points), bottom + 56, "".join(parts))


def _points(found: ComparisonResponse) -> list[_Point]:
    rows = {row.metric: row.values for row in found.metrics}
    return [
        _Point(index, (seconds or 0) / 60, score or 0, bound or 0)
        for index, (seconds, score, bound) in enumerate(zip(rows["seconds"], rows["score"], rows["bound"], strict=True))
    ]


def _padded(values: Sequence[float], least: float) -> tuple[float, float]:
    """From a little below the least value to a little above the largest."""
    pad = max(least, (max(values) - min(values)) / 8)
    return min(values) - pad, max(values) + pad


def _drawn(points: Sequence[_Point], at_x: Callable[[float], float], at_y: Callable[[float], float]) -> Iterator[str]:
    spans = [(at_x(p.minutes), at_y(min(100.0, max(p.bound, p.score))), at_y(p.score)) for p in points]
    placed = _side_by_side(spans)
    for x, high, low in placed:
        if low - high > 1:
            yield line(x, low, x, high, "line", width=1.5)
            yield line(x - _CAP, high, x + _CAP, high, "line", width=1.5)
    letters: list[tuple[float, float]] = []
    for point, (x, _, low) in zip(points, placed, strict=True):
        yield marker(x, low, point.index)
        beside = _free_place(x, low, letters, placed)
        letters.append(beside)
        yield text(*beside, key_of(point.index), "ink bold", "middle")


def _side_by_side(spans: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """The spans (x, highest, lowest), those that would cover each other moved a little to the right or left."""
    placed: list[tuple[float, float, float]] = []
    for x, high, low in spans:
        shifts = (side * _APART * step for step in range(len(spans) + 1) for side in (1, -1))
        free = (x + shift for shift in shifts if not any(_covered((x + shift, high, low), one) for one in placed))
        placed.append((next(free, x), high, low))
    return placed


def _covered(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    near = abs(one[0] - other[0]) < _APART - 0.5
    return near and one[1] - _APART < other[2] and other[1] - _APART < one[2]


def _free_place(
    x: float, y: float, letters: Sequence[tuple[float, float]], placed: Sequence[tuple[float, float, float]]
) -> tuple[float, float]:
    """Where the letter of a point goes: to its right, else below, to its left or above, away from all else drawn."""
    around = [(x + 13, y + 4), (x, y + 19), (x - 13, y + 4), (x, y - 11)]
    free = (
        place
        for place in around
        if not any(abs(place[0] - other) < 12 and abs(place[1] - height) < 13 for other, height in letters)
        and not any(abs(place[0] - other) < 9 and high - 2 < place[1] < low + 16 for other, high, low in placed)
    )
    return next(free, around[0])


def _note(point: _Point, found: ComparisonResponse) -> str:
    sessions = counted(len(found.plans[point.index].sessions), "session")
    reach = "" if point.bound <= point.score else f" (at most {number(round(point.bound, 1))})"
    return f"{number(round(point.score, 1))}{reach}, {number(round(point.minutes, 1))} min, {sessions}"


def _in_words(found: ComparisonResponse, points: Sequence[_Point]) -> str:
    said = [f"{plan.label} {_note(point, found)}" for plan, point in zip(found.plans, points, strict=True)]
    return f"{'; '.join(said)}."
