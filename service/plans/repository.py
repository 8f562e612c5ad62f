"""Stored plans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from service.db.models import DOCUMENT_FORMAT, PlanRow
from service.kept.repository import Kept, KeptLine, KeptRepository

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from service.plans.schemas.response import PlanResponse

StoredPlan = Kept
"""A plan as its tenant may see it."""
PlanLine = KeptLine
"""A plan in a list."""


class PlanRepository(KeptRepository[PlanRow]):
    """Keeps requests for weeks and their plans. The caller commits."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PlanRow)

    def add(self, answer: PlanResponse, created_at: datetime, *, tenant: str, digest: str | None = None) -> str:
        """Keep a question, or an answer at once; returns its JSON. `digest` tells equal questions from others."""
        text = answer.model_dump_json()
        row = PlanRow(
            id=answer.id,
            tenant=tenant,
            created_at=created_at,
            status=answer.status,
            format=DOCUMENT_FORMAT,
            digest=digest,
            repeatable=repeatable(answer),
            request_json=json.dumps(answer.request),
            response_json=text,
        )
        self._session.add(row)
        return text

    def finish(self, answer: PlanResponse) -> None:
        """Put the answer to a kept question."""
        self._put(answer.id, answer.status, answer.model_dump_json(), repeatable=repeatable(answer))

    def summaries(
        self, tenant: str, *, limit: int, before: str | None = None, status: str | None = None
    ) -> list[PlanLine]:
        """A tenant's plans without their answers, the newest first."""
        rows = self._lines((), tenant, limit=limit, before=before, status=status)
        return [PlanLine(id_, found, created_at) for id_, found, created_at in rows]


def repeatable(answer: PlanResponse) -> bool:
    """Whether this is a good answer to an equal question: a week or a proof.

    That time ran out before there was either is one only if it would again: if the clock had no hand in it.
    """
    if answer.status == "timed_out":
        return not answer.solver.stopped_by_clock
    return answer.status in ("optimal", "feasible", "infeasible")
