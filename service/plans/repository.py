"""Stored plans."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from service.db.models import DOCUMENT_FORMAT, PlanRow
from service.kept.repository import Kept, KeptLine, KeptRepository, with_members
from service.plans.schemas.response import OriginResponse

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from service.plans.schemas.response import PlanResponse

StoredPlan = Kept
"""A plan as its tenant may see it."""


@dataclass(frozen=True)
class PlanLine(KeptLine):
    """A plan in a list."""

    origin: OriginResponse | None


class PlanRepository(KeptRepository[PlanRow]):
    """Keeps requests for weeks and their plans. The caller commits."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PlanRow)

    def add(self, answer: PlanResponse, created_at: datetime, *, tenant: str, digest: str | None = None) -> str:
        """Keep a question, or an answer at once; returns its JSON. `digest` tells equal questions from others."""
        text, origin = answer.model_dump_json(), answer.origin
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
            origin=None if origin is None else origin.kind,
            origin_plan=None if origin is None else origin.plan,
            origin_question=None if origin is None else origin.question,
        )
        self._session.add(row)
        return text

    def finish(self, answer: PlanResponse) -> None:
        """Put the answer to a kept question."""
        self._put(answer.id, answer.status, answer.model_dump_json(), repeatable=repeatable(answer))

    def find(self, id_: str, tenant: str) -> Kept | None:
        """A tenant's plan; one that was kept without its origin has that of its row."""
        found = super().find(id_, tenant)
        if found is None or '"origin":' in found.answer_json:
            return found
        origin = self.origin(id_)
        if origin is None:
            return found
        return replace(found, answer_json=with_members(found.answer_json, origin=origin.model_dump(mode="json")))

    def origin(self, plan_id: str) -> OriginResponse | None:
        """How a plan came to be. Raises sqlalchemy.exc.NoResultFound without the plan."""
        return _origin(*self._session.execute(select(*_ORIGIN).where(PlanRow.id == plan_id)).one())

    def summaries(
        self,
        tenant: str,
        *,
        limit: int,
        before: str | None = None,
        status: str | None = None,
        origins: Collection[str] = (),
        also: Collection[str] = (),
    ) -> list[PlanLine]:
        """A tenant's plans without their answers, the newest first; of the given origins, or of all.

        The plans with the ids `also` are among them, whatever their origin.
        """
        where = (or_(PlanRow.origin.in_(origins), PlanRow.id.in_(also)),) if origins else ()
        rows = self._lines(_ORIGIN, tenant, *where, limit=limit, before=before, status=status)
        return [PlanLine(id_, found, created_at, _origin(*origin)) for id_, found, created_at, *origin in rows]


_ORIGIN = (PlanRow.origin, PlanRow.origin_plan, PlanRow.origin_question)


def _origin(kind: Any, plan: str | None, question: str | None) -> OriginResponse | None:
    return None if kind is None else OriginResponse(kind=kind, plan=plan, question=question)


def repeatable(answer: PlanResponse) -> bool:
    """Whether this is a good answer to an equal question: a week or a proof.

    That time ran out before there was either is one only if it would again: if the clock had no hand in it.
    """
    if answer.status == "timed_out":
        return not answer.solver.stopped_by_clock
    return answer.status in ("optimal", "feasible", "infeasible")
