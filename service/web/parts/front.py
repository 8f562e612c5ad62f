"""A front as a chart: each week a point that can be followed, one goal against another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.comparisons.pictures.svg import ticks
from service.plans.phrases import counted
from service.terminal.words import number
from service.variants.goals import WORDS, in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.variants.schemas import FrontPointResponse, GoalValueResponse
    from solver.pareto import GoalName

WIDTH, HEIGHT = 640, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 28, 56
_MOST_TICKS = 6
_MARGIN = 0.08
"""Of an axis' length, room beyond the outermost points, so that no point sits on an edge."""
_HIGHER_IS_BETTER: GoalName = "stimulus"


@dataclass(frozen=True)
class Tick:
    """A round number on an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Dot:
    """A week. `bound` is how far up the first goal could still go at best."""

    place: int
    """As in the list of weeks, from 1."""
    plan: str
    x: float
    y: float
    bound: float
    proven: bool
    words: str


@dataclass(frozen=True)
class FrontChart:
    """The chart in its own units. The first goal goes up, the second to the right; a third is told in words."""

    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    across_title: str
    up_title: str
    stairs: str
    """SVG path data of the line below which no week of the front lies."""
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


@dataclass(frozen=True)
class _Axis:
    """From values to places."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        return round(self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low), 1)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        marks = ticks(self.low, self.high, _MOST_TICKS)
        return tuple(Tick(self.at(mark), number(mark)) for mark in marks if self.low <= mark <= self.high)


def front_chart(points: Sequence[FrontPointResponse]) -> FrontChart | None:
    """The chart of a front's points in their order; None where there is nothing to choose between."""
    if len(points) < 2:
        return None
    first, second = ([point.goals[index] for point in points] for index in (0, 1))
    up = _axis([g.value for g in first] + [g.bound for g in first], HEIGHT - _BOTTOM, _TOP)
    across = _axis([goal.value for goal in second], _LEFT, WIDTH - _RIGHT)
    dots = tuple(_dot(place, point, across.at(point.goals[1].value), up) for place, point in enumerate(points, start=1))
    return FrontChart(
        dots=dots,
        across=across.ticks,
        up=up.ticks,
        across_title=_title(second[0]),
        up_title=_title(first[0]),
        stairs=_stairs(dots),
        words=f"{counted(len(points), 'week')}: " + "; ".join(f"{dot.place}, {dot.words}" for dot in dots),
    )


def _axis(values: Sequence[float], start: float, end: float) -> _Axis:
    room = (max(values) - min(values)) * _MARGIN or 1.0
    return _Axis(min(values) - room, max(values) + room, start, end)


def _dot(place: int, point: FrontPointResponse, x: float, up: _Axis) -> Dot:
    words = ", ".join(in_words(goal.goal, goal.value) for goal in point.goals)
    first = point.goals[0]
    return Dot(place, point.plan, x, up.at(first.value), up.at(first.bound), point.proven, words)


def _title(goal: GoalValueResponse) -> str:
    if goal.goal == _HIGHER_IS_BETTER:
        return "Score, more is better"
    return f"{WORDS[goal.goal].capitalize()}, fewer is better"


def _stairs(dots: Sequence[Dot]) -> str:
    """From dot to dot, along one axis at a time."""
    ordered = sorted(dots, key=lambda dot: dot.x)
    steps = [f"M{ordered[0].x:g},{ordered[0].y:g}", *(f"H{dot.x:g}V{dot.y:g}" for dot in ordered[1:])]
    return "".join(steps)
