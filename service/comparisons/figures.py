"""The figures of a plan, one row for each: what it is worth and what it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from service.comparisons.comparability import same_goals, same_question
from service.comparisons.schemas.response import MetricRow
from solver.domain.metrics import exercises_used, systemic_fatigue, total_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from service.comparisons.compared import Compared
    from service.comparisons.schemas.response import Better
    from service.plans.schemas.response import Number

Scope = Literal["any", "goals", "question"]
"""Between which plans a figure can be compared: any, those with the same goals, those of the same question."""

_TIERS = ((1, "Missing to the minima"), (2, "Missing to the targets"), (3, "Quality"))


@dataclass(frozen=True)
class Figure:
    """One row: how it is called and how it is taken from a plan."""

    metric: str
    name: str
    unit: str
    better: Better | None
    value: Callable[[Compared], Number | None]
    scope: Scope = "any"


def fatigue_of(plan: Compared) -> int | None:
    """Points of systemic fatigue; None when the week cannot be read any more."""
    return None if plan.read is None else systemic_fatigue(plan.read.problem, plan.read.plan)


def _measured(rule: str, name: str) -> Callable[[Compared], Number | None]:
    """A number of a plan's certificate."""

    def value(plan: Compared) -> Number | None:
        line = plan.certificate.get(rule)
        found = None if line is None else line.measured.get(name)
        return found if isinstance(found, int | float) else None

    return value


def _ratio(rule: str, over: str, under: str) -> Callable[[Compared], float | None]:
    """One number of a certificate over another; None where the other is 0."""
    above, below = _measured(rule, over), _measured(rule, under)

    def value(plan: Compared) -> float | None:
        numerator, denominator = above(plan), below(plan)
        return None if numerator is None or not denominator else round(numerator / denominator, 2)

    return value


def _tier_figures() -> Iterator[Figure]:
    for tier, name in _TIERS:
        scope: Scope = "goals" if tier < 3 else "question"
        unit = "weighted eighth sets" if tier < 3 else "points"
        better: Better = "less" if tier < 3 else "more"
        yield Figure(f"tier_{tier}", f"Tier {tier}: {name}", unit, better, _tier_value(tier), scope)
        yield Figure(f"tier_{tier}_bound", f"Tier {tier}: bound", unit, None, _tier_bound(tier), "question")


def _tier_value(tier: int) -> Callable[[Compared], Number | None]:
    return lambda plan: plan.tiers[tier].value if tier in plan.tiers else None


def _tier_bound(tier: int) -> Callable[[Compared], Number | None]:
    return lambda plan: plan.tiers[tier].bound if tier in plan.tiers else None


_UPPER, _LOWER = "balance.upper_pull_push", "balance.lower_pull_push"
_TRAPS, _DEADLIFT = "scapula.lower_trap", "progression.deadlift"

FIGURES: tuple[Figure, ...] = (
    Figure("score", "Score", "points of 100", "more", lambda p: p.score.value, "goals"),
    Figure("bound", "Score: bound", "points of 100", None, lambda p: p.score.bound, "question"),
    Figure("gap", "Score: gap", "share", None, lambda p: p.score.gap, "question"),
    *_tier_figures(),
    Figure("seconds", "Time a week", "seconds", "less", lambda p: p.seconds),
    Figure("sessions", "Sessions", "sessions", "less", lambda p: len(p.sessions)),
    Figure("mean_session", "Mean session", "seconds", None, lambda p: round(p.seconds / len(p.sessions), 1)),
    Figure("longest_session", "Longest session", "seconds", "less", lambda p: max(s.seconds for s in p.sessions)),
    Figure("exercises", "Different exercises", "exercises", None, lambda p: len(exercises_used(p.plan))),
    Figure("sets", "Sets", "sets", None, lambda p: total_sets(p.plan)),
    Figure("fatigue", "Systemic fatigue", "points", "less", fatigue_of),
    Figure("equipment", "Items of equipment", "items", "less", lambda p: len(p.equipment)),
    Figure("upper_pull", "Upper body: pull", "units", None, _measured(_UPPER, "pull")),
    Figure("upper_push", "Upper body: push", "units", None, _measured(_UPPER, "push")),
    Figure("upper_pull_push", "Upper body: pull for each push", "ratio", None, _ratio(_UPPER, "pull", "push")),
    Figure("lower_pull", "Lower body: posterior chain", "units", None, _measured(_LOWER, "pull")),
    Figure("lower_push", "Lower body: quadriceps", "units", None, _measured(_LOWER, "push")),
    Figure("lower_pull_push", "Lower body: posterior for each quad", "ratio", None, _ratio(_LOWER, "pull", "push")),
    Figure("external_rotation", "External rotation", "sets", None, _measured("shoulder.external_rotation", "external")),
    Figure("lower_trap", "Lower trapezius, weighted", "sets", None, _measured(_TRAPS, "lower")),
    Figure("upper_trap", "Upper trapezius, weighted", "sets", None, _measured(_TRAPS, "upper")),
    Figure("lower_upper_trap", "Lower for each upper trapezius", "ratio", None, _ratio(_TRAPS, "lower", "upper")),
    Figure("deadlift_stage", "Deadlift stage", "stage", None, _measured(_DEADLIFT, "stage")),
    Figure("deadlift_sets", "Sets at that stage", "sets", None, _measured(_DEADLIFT, "current_stage_sets")),
)
"""Every row, in the order of showing."""


def metric_rows(plans: Sequence[Compared]) -> list[MetricRow]:
    """Every figure of every plan, with the best of each row."""
    comparable: dict[Scope, bool] = {"any": True, "goals": same_goals(plans), "question": same_question(plans)}
    return [_row(figure, plans, comparable=comparable[figure.scope]) for figure in FIGURES]


def _row(figure: Figure, plans: Sequence[Compared], *, comparable: bool) -> MetricRow:
    values = [figure.value(plan) for plan in plans]
    return MetricRow(
        metric=figure.metric,
        name=figure.name,
        unit=figure.unit,
        better=figure.better,
        comparable=comparable,
        values=values,
        best=_best(figure.better, values, plans) if comparable else [],
    )


def _best(better: Better | None, values: Sequence[Number | None], plans: Sequence[Compared]) -> list[str]:
    known = [value for value in values if value is not None]
    if better is None or len(set(known)) < 2:
        return []
    best = max(known) if better == "more" else min(known)
    return [plan.id for plan, value in zip(plans, values, strict=True) if value == best]
