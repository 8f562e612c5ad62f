"""Making an audit: from a request to an answer, without web or database. Nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.audits.presenter import present
from service.audits.question import ask
from solver.audit import audit

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.catalog import Catalog
    from service.audits.question import AuditQuestion
    from service.audits.schemas import AuditRequest, AuditResponse


def answer(request: AuditRequest, catalog: Catalog) -> AuditResponse:
    """Audit a programme, with its repair where the request asks for one.

    Raises RequestError with everything that is wrong with the request, and what `answer_to` raises.
    """
    return answer_to(ask(request, catalog))


def answer_to(question: AuditQuestion, *, is_cancelled: Callable[[], bool] | None = None) -> AuditResponse:
    """Measure a resolved programme; with a repair this blocks for seconds.

    When `is_cancelled` turns true meanwhile, the repair is the nearest week so far. Raises InvalidPlanError when the
    solver's week fails its own verification.
    """
    found = audit(question.problem, question.week, question.not_judged)
    if not question.request.repair:
        return present(question, found)
    # The solver library takes a second to load, so only a repair waits for it.
    from service.audits.repaired import repaired

    return present(question, found, repaired(question, is_cancelled=is_cancelled))
