"""Comparing plans: pure functions of their answers and the present catalog, without web or database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.comparisons.against import against
from service.comparisons.comparability import notes
from service.comparisons.figures import metric_rows
from service.comparisons.rows import muscle_rows, rule_rows
from service.comparisons.schemas.response import ComparedPlanResponse, ComparisonResponse, SessionTimeResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.catalog import Catalog
    from service.comparisons.compared import Compared


def compare(plans: Sequence[Compared], baseline: str, catalog: Catalog) -> ComparisonResponse:
    """Two or more plans side by side, the others held against the one with the id `baseline`."""
    base = next(plan for plan in plans if plan.id == baseline)
    return ComparisonResponse(
        baseline=baseline,
        plans=[_plan(plan, base, catalog) for plan in plans],
        metrics=metric_rows(plans),
        rules=rule_rows(plans),
        volume=muscle_rows(plans, catalog),
        not_comparable=notes(base, plans),
    )


def _plan(plan: Compared, base: Compared, catalog: Catalog) -> ComparedPlanResponse:
    return ComparedPlanResponse(
        id=plan.id,
        label=plan.label,
        status=plan.answer.status,
        created_at=plan.answer.created_at,
        catalog=plan.answer.catalog,
        sessions=[
            SessionTimeResponse(
                slot=session.slot,
                day=session.day,
                start=session.start,
                place=session.place,
                seconds=session.seconds,
                limit_seconds=session.limit_seconds,
            )
            for session in plan.sessions
        ],
        equipment=plan.equipment,
        against_baseline=None if plan is base else against(base, plan, catalog),
    )
