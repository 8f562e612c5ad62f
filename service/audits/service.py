"""Making an audit: from a request to an answer, without web or database. Nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.audits.presenter import present
from service.audits.question import ask
from solver.audit import audit

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.audits.schemas import AuditRequest, AuditResponse


def answer(request: AuditRequest, catalog: Catalog) -> AuditResponse:
    """Audit a programme. Raises RequestError with everything that is wrong with the request."""
    question = ask(request, catalog)
    return present(question, audit(question.problem, question.week, question.not_judged))
