"""Making a plan: from a request to an answer, without web or database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.ids import new_id
from service.plans.mapping import to_budget, to_problem
from service.plans.mapping.offered import with_free_slots
from service.plans.presenter import Question, present
from service.plans.suggestions import advise
from solver.domain.outcome import Infeasible
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
        problem=to_problem(request, catalog),
        request=with_free_slots(request),
        catalog=catalog,
    )


def answer(
    question: Question,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> PlanResponse:
    """Search as long as the request allows and present the outcome.

    When `is_cancelled` turns true meanwhile, the answer is `cancelled`, with the best week so far if there is one.
    Blocks for seconds: call it from a worker thread. Raises InvalidPlanError when the solver's plan fails its own
    verification.
    """
    budget, interruption = to_budget(question.request), _Interruption(is_cancelled)
    outcome = optimise(question.problem, budget, on_progress=on_progress, is_cancelled=interruption)
    advice = advise(question, outcome, budget, is_cancelled=interruption) if isinstance(outcome, Infeasible) else None
    return present(question, outcome, interrupted=interruption.noticed, advice=advice)


class _Interruption:
    """Whether the search is to stop, and whether it has been told so: what comes after its end changes nothing."""

    def __init__(self, is_cancelled: Callable[[], bool] | None) -> None:
        self._is_cancelled = is_cancelled
        self.noticed = False

    def __call__(self) -> bool:
        self.noticed = self.noticed or (self._is_cancelled is not None and self._is_cancelled())
        return self.noticed
