"""Making a plan: from a request to an answer, without web or database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.ids import new_id
from service.plans.mapping import to_budget, to_problem
from service.plans.presenter import Question, present
from solver.pipeline import optimise

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest, PlanResponse
    from solver.domain.outcome import Progress


def ask(request: PlanRequest, catalog: Catalog) -> Question:
    """Resolve a request. Raises RequestError with everything that is wrong with it."""
    return Question(
        id=new_id(),
        created_at=datetime.now(UTC),
        request=request,
        problem=to_problem(request, catalog),
        catalog=catalog,
    )


def answer(
    question: Question,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> PlanResponse:
    """Search as long as the request allows and present the outcome.

    Blocks for seconds: call it from a worker thread. Raises InvalidPlanError when the solver's plan fails its own
    verification.
    """
    budget = to_budget(question.request)
    outcome = optimise(question.problem, budget, on_progress=on_progress, is_cancelled=is_cancelled)
    return present(question, outcome)
