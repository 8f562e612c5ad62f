"""Stored studies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from service.db.models import DOCUMENT_FORMAT, StudyRow
from service.kept.repository import KeptLine, KeptRepository

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

    from service.studies.schemas import StudyResponse


@dataclass(frozen=True)
class StudyLine(KeptLine):
    """A study in a list."""

    plan: str | None


class StudyRepository(KeptRepository[StudyRow]):
    """Keeps the questions of one kind with their answers. The caller commits."""

    def __init__(self, session: Session, kind: str) -> None:
        super().__init__(session, StudyRow, StudyRow.kind == kind)
        self._kind = kind

    def add(self, unanswered: StudyResponse[Any], created_at: datetime, *, tenant: str, digest: str) -> None:
        """Keep a question. `digest` tells equal questions from others."""
        row = StudyRow(
            id=unanswered.id,
            tenant=tenant,
            kind=self._kind,
            plan=unanswered.plan,
            created_at=created_at,
            status=unanswered.status,
            format=DOCUMENT_FORMAT,
            digest=digest,
            repeatable=False,
            request_json=json.dumps(unanswered.request),
            response_json=unanswered.model_dump_json(),
        )
        self._session.add(row)

    def finish(self, answer: StudyResponse[Any], *, repeatable: bool) -> None:
        """Put the answer to a kept question."""
        self._put(answer.id, answer.status, answer.model_dump_json(), repeatable=repeatable)

    def about(self, study_id: str) -> str | None:
        """Id of the plan that a study is about. Raises sqlalchemy.exc.NoResultFound without the study."""
        return self._session.execute(select(StudyRow.plan).where(StudyRow.id == study_id)).scalar_one()

    def listed(
        self, tenant: str, *, limit: int, before: str | None = None, status: str | None = None, plan: str | None = None
    ) -> list[StudyLine]:
        """A tenant's studies without their answers, the newest first."""
        where = () if plan is None else (StudyRow.plan == plan,)
        rows = self._lines((StudyRow.plan,), tenant, *where, limit=limit, before=before, status=status)
        return [StudyLine(*row) for row in rows]
