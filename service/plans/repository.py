"""Stored plans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from service.db.models import PlanRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from service.plans.schemas import PlanResponse


class PlanRepository:
    """Keeps finished answers. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, answer: PlanResponse, created_at: datetime) -> str:
        """Keep an answer; returns its JSON as it will be given out from now on."""
        text = answer.model_dump_json()
        row = PlanRow(
            id=answer.id,
            created_at=created_at,
            status=answer.status,
            request_json=json.dumps(answer.request),
            response_json=text,
        )
        self._session.add(row)
        return text

    def answer_json(self, plan_id: str) -> str | None:
        """The stored answer, or None."""
        row = self._session.get(PlanRow, plan_id)
        return None if row is None else row.response_json
