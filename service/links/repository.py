"""Stored links. A link is a token that cannot be guessed; only its hash is kept (`service.calendars.tokens`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select

from service.db.holding import hold_name
from service.links.models import PlanLinkRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session


class Linked(NamedTuple):
    """What a link shows."""

    plan: str
    tenant: str


class LinkRepository:
    """Keeps the links of plans. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, plan: str, tenant: str, token_sha256: str, now: datetime) -> None:
        """Give a plan a link; the one that it had is void."""
        hold_name(self._session, f"link to {plan}")
        self.close(plan, tenant)
        self._session.add(PlanLinkRow(plan=plan, tenant=tenant, token_sha256=token_sha256, created_at=now))

    def close(self, plan: str, tenant: str) -> bool:
        """Make a plan's link void; False when it has none."""
        mine = (PlanLinkRow.plan == plan, PlanLinkRow.tenant == tenant)
        return self._session.execute(delete(PlanLinkRow).where(*mine).returning(PlanLinkRow.plan)).first() is not None

    def opened_at(self, plan: str, tenant: str) -> datetime | None:
        """Since when a plan has its link; None when it has none."""
        mine = (PlanLinkRow.plan == plan, PlanLinkRow.tenant == tenant)
        return self._session.scalar(select(PlanLinkRow.created_at).where(*mine))

    def linked(self, token_sha256: str) -> Linked | None:
        """What a token leads to."""
        row = self._session.execute(
            select(PlanLinkRow.plan, PlanLinkRow.tenant).where(PlanLinkRow.token_sha256 == token_sha256)
        ).first()
        return None if row is None else Linked(row[0], row[1])

    def forget(self, plans: Collection[str]) -> None:
        """Delete the links of plans that are deleted."""
        self._session.execute(delete(PlanLinkRow).where(PlanLinkRow.plan.in_(plans)))
