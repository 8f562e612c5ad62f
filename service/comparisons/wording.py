"""What a plan costs and gains against another, in one sentence: score, time, then muscles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans.phrases import counted, listed
from service.terminal.words import minutes, number
from solver.objective.stimulus import EIGHTHS_PER_SET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.comparisons.compared import Compared
    from service.comparisons.schemas.response import AgainstResponse, MuscleChangeResponse

_NAMED = 3
"""Muscles that are named; of several others only how many they are."""


def costs_and_gains(baseline: Compared, plan: Compared, found: AgainstResponse) -> str:
    """The sentence about `plan`; `found` holds the differences."""
    parts = [f"{_score(baseline, plan, found)} and {_time(baseline, plan)}", _muscles(found)]
    if found.score is not None:
        parts += _minima(baseline, plan)
    if found.score_inside_gaps:
        parts.append(_honestly(baseline, plan))
    return f"{'; '.join(parts)}."


def _score(baseline: Compared, plan: Compared, found: AgainstResponse) -> str:
    value = f"{plan.label} scores {number(plan.score.value)}"
    if found.score is None:
        return f"{value} by its own goals, which are not those of {baseline.label},"
    if found.score == 0:
        return f"{value}, as {baseline.label} does,"
    less = "less" if found.score < 0 else "more"
    return f"{value}, {number(abs(found.score))} {less} than {baseline.label},"


def _time(baseline: Compared, plan: Compared) -> str:
    now, then = minutes(plan.seconds), minutes(baseline.seconds)
    held, before = len(plan.sessions), len(baseline.sessions)
    takes = f"takes {now} minutes in {counted(held, 'session')}"
    if (now, held) == (then, before):
        return f"{takes}, the same"
    if held == before:
        return f"{takes} instead of {then} minutes"
    return f"{takes} instead of {before}" if now == then else f"{takes} instead of {then} in {before}"


def _muscles(found: AgainstResponse) -> str:
    parts = [f"gains {_some(found.gained)}"] if found.gained else []
    parts += [f"loses {_some(found.lost)}"] if found.lost else []
    return f"it {', and '.join(parts)}" if parts else "no muscle gets more or less"


def _some(muscles: Sequence[MuscleChangeResponse]) -> str:
    many = len(muscles) > _NAMED + 1
    named = [
        f"{counted(round(one.sets, 2), 'set')} of {_inside(one.name)}"
        for one in (muscles[:_NAMED] if many else muscles)
    ]
    if many:
        named.append(f"some of {len(muscles) - _NAMED} other muscles")
    return listed(named, "and")


def _inside(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]


def _minima(baseline: Compared, plan: Compared) -> list[str]:
    """Minima come before any score, so a difference there is told."""
    one, other = baseline.tiers.get(1), plan.tiers.get(1)
    if one is None or other is None or one.value == other.value:
        return []
    more = abs(other.value - one.value) / EIGHTHS_PER_SET
    nearer = "nearer to" if other.value < one.value else "further from"
    return [f"it is {counted(round(more, 2), 'weighted set')} {nearer} the weekly minima, which come before the score"]


def _honestly(baseline: Compared, plan: Compared) -> str:
    """Which request may allow more than was found for it."""
    less = min(baseline, plan, key=lambda compared: compared.score.value)
    said = f"weeks of {less.label}'s request may score up to {number(less.score.bound)}"
    return f"this score difference lies inside the gaps, as {said}"
