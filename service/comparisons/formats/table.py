"""A comparison as CSV (RFC 4180): one row for each figure, one column for each plan, numbers unrounded."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from service.comparisons.schemas import ComparisonResponse
    from service.comparisons.schemas.response import ComparedPlanResponse
    from service.plans.schemas.response import Number

COLUMNS = ("section", "id", "name", "unit")
"""Before the columns of the plans. Sections: plan, metric, slack, holds, volume, minimum, target, maximum, session,
session_limit, against_baseline, change."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(found: ComparisonResponse) -> str:
    """The whole comparison; its first row names the columns, plans by their labels."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *(_safe(plan.label) for plan in found.plans)])
    writer.writerows([_safe(cell) for cell in row] for row in _rows(found))
    return out.getvalue()


def _safe(cell: Number | str | None) -> Number | str:
    """A text that a spreadsheet does not take for a formula; booleans in small letters."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _rows(found: ComparisonResponse) -> Iterator[list[Number | str | None]]:
    plans = found.plans
    for name in ("id", "status", "created_at", "catalog"):
        yield ["plan", name, "", "", *(getattr(plan, name) for plan in plans)]
    yield ["plan", "equipment", "", "", *(" ".join(plan.equipment) for plan in plans)]
    for metric in found.metrics:
        yield ["metric", metric.metric, metric.name, metric.unit, *metric.values]
    for rule in found.rules:
        yield ["slack", rule.rule, rule.title, rule.unit, *rule.slack]
        yield ["holds", rule.rule, rule.title, "", *rule.holds]
    for muscle in found.volume:
        for section, field in (("volume", "sets"), ("minimum", "min"), ("target", "target"), ("maximum", "max")):
            values = (None if one is None else getattr(one, field) for one in muscle.plans)
            yield [section, muscle.muscle, muscle.name, "sets", *values]
    yield from _sessions(plans)
    for name in ("score", "score_inside_gaps", "seconds", "sessions", "sets", "fatigue", "distance", "statement"):
        values = (None if p.against_baseline is None else getattr(p.against_baseline, name) for p in plans)
        yield ["against_baseline", name, "", "", *values]
    for index, plan in enumerate(plans):
        for change in (plan.against_baseline and plan.against_baseline.changes) or ():
            yield ["change", change.kind, change.slot, "", *_alone(index, change.statement, plans)]


def _sessions(plans: list[ComparedPlanResponse]) -> Iterator[list[Number | str | None]]:
    slots = dict.fromkeys(session.slot for plan in plans for session in plan.sessions)
    for section, field in (("session", "seconds"), ("session_limit", "limit_seconds")):
        for slot in slots:
            held = ({s.slot: getattr(s, field) for s in plan.sessions} for plan in plans)
            yield [section, slot, "", "seconds", *(sessions.get(slot) for sessions in held)]


def _alone(index: int, statement: str, plans: Iterable[object]) -> Iterator[str | None]:
    for place, _ in enumerate(plans):
        yield statement if place == index else None
