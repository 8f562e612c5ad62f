"""A front while it grows: what was asked, what is proven, which weeks stand and which limits nobody has asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.pareto.boxes import Box, Limits, spread, taken_out, up_to, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.domain.plan import Plan

BEYOND = 10**6
"""A limit that no week comes near."""


@dataclass(frozen=True)
class Week:
    """A week that was found: its value in every goal, and a value for every variable of the model."""

    values: tuple[int, ...]
    plan: Plan
    assignment: tuple[int, ...]

    @property
    def first(self) -> int:
        """What is minimised."""
        return self.values[0]

    @property
    def rest(self) -> Limits:
        """What is limited."""
        return self.values[1:]


@dataclass(frozen=True)
class Bound:
    """Proven: under `limits` on the others the first goal is no less than `least`; None: no week keeps them."""

    limits: Limits
    least: int | None


class Front:
    """The weeks found for two goals or more, the first of which is minimised under limits on the rest."""

    def __init__(self, least: Sequence[int]) -> None:
        """`least`: values of the goals below which no week is."""
        self._least = tuple(least)
        self._everything = Box(self._least[1:], tuple(BEYOND for _ in self._least[1:]))
        self._weeks: list[Week] = []
        self._bounds: list[Bound] = []
        self._asked: list[Limits] = []
        self._postponed: list[Limits] = []

    def take(self, week: Week) -> None:
        """Keep a week."""
        self._weeks.append(week)

    def prove(self, bound: Bound) -> None:
        """Keep what is proven."""
        self._bounds.append(bound)

    def ask(self, limits: Limits) -> None:
        """Note that these limits were asked about, and what was found and proven is kept.

        Where that was nothing, they and all tighter ones are set aside for a while.
        """
        self._asked.append(limits)
        if self.best_under(limits) is None and self.bound_under(limits) is not None:
            self._postponed.append(limits)

    def weeks(self) -> tuple[Week, ...]:
        """The weeks that no other one found dominates, those with the least of the first goal first."""
        best: list[Week] = []
        for week in sorted(self._weeks, key=lambda week: week.values):
            if not any(within(other.values, week.values) for other in best):
                best.append(week)
        return tuple(best)

    def best_under(self, limits: Limits) -> Week | None:
        """The week found that keeps the limits and has the least of the first goal."""
        keeping = [week for week in self._weeks if within(week.rest, limits)]
        return min(keeping, key=lambda week: week.values, default=None)

    def bound_under(self, limits: Limits) -> int | None:
        """What is proven of the first goal under limits; None when no week keeps them."""
        if not within(self._least[1:], limits):
            return None
        known = [bound.least for bound in self._bounds if within(limits, bound.limits)]
        return None if None in known else max([self._least[0], *(least for least in known if least is not None)])

    def bound_of(self, goal: int, values: Sequence[int]) -> int:
        """What is proven of one goal among weeks that are as good as `values` in all the others."""
        if goal == 0:
            first = self.bound_under(tuple(values[1:]))
            return values[0] if first is None else min(first, values[0])
        axis, proven = goal - 1, self._least[goal]
        for bound in self._bounds:
            others = [*values[1:]]
            others[axis] = bound.limits[axis]
            if within(others, bound.limits) and (bound.least is None or bound.least > values[0]):
                proven = max(proven, min(bound.limits[axis] + 1, values[goal]))
        return proven

    def open(self) -> tuple[Box, ...]:
        """The limits that nobody has an answer to.

        A week is the answer to the limits that were asked about and to all between its own values and these; where
        there is no week, there is none under tighter limits either.
        """
        return taken_out([self._everything], self._closed())

    def unsettled(self) -> tuple[Limits, ...]:
        """Limits asked about whose answer may be bettered, those furthest from their bound first."""
        gaps: dict[tuple[int, ...], tuple[int, Limits]] = {}
        for limits in self._asked:
            week, bound = self.best_under(limits), self.bound_under(limits)
            if week is not None and bound is not None and week.first > bound:
                # The widest limits that a week is the answer to settle all the others.
                gaps[week.values] = max(gaps.get(week.values, (0, limits)), (week.first - bound, limits))
        return tuple(limits for _, limits in sorted(gaps.values(), reverse=True))

    def next(self, number: int) -> list[Limits]:
        """Up to `number` limits to ask about at the same time; as long as there is no week, the widest alone."""
        waiting = taken_out(self.open(), map(up_to, self._postponed))
        if not self._weeks:
            return [box.high for box in waiting[:1]]
        return spread(waiting, number, self.caps)

    def resume(self) -> bool:
        """Have what was set aside asked again; says whether there was anything."""
        found = bool(self._postponed)
        self._postponed.clear()
        return found

    @property
    def caps(self) -> Limits:
        """The most that any week found has of the limited goals: looser limits are not expected to help. Of no week,
        nothing."""
        return tuple(max(values) for values in zip(*(week.rest for week in self._weeks), strict=True))

    def questions_left(self) -> int:
        """How many limits are open at most; as long as there is no week, one is asked about."""
        if not self._weeks:
            return 1
        return sum(box.cells(self.caps) for box in self.open())

    def _closed(self) -> Iterator[Box]:
        for bound in self._bounds:
            if bound.least is None:
                yield up_to(bound.limits)
        for limits in self._asked:
            week = self.best_under(limits)
            if week is not None:
                yield Box(week.rest, limits)
