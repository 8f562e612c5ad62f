"""Making a link to a plan, taking it back, and reading a plan by it. Each function is one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.calendars.tokens import hash_of, new_token
from service.links.repository import LinkRepository
from service.plans.finished import require_week
from service.plans.repository import PlanRepository

if TYPE_CHECKING:
    from service.db.session import SessionFactory
    from service.plans.repository import StoredPlan


def make_link(plan_id: str, tenant: str, sessions: SessionFactory) -> tuple[str, datetime]:
    """Give a plan a link: its token, told this once, and when it was made. A former link is void.

    Raises ApiError `not-found`, `not-finished`, `no-week`.
    """
    token, now = new_token(), datetime.now(UTC)
    hashed = hash_of(token)
    assert hashed is not None
    with sessions.begin() as session:
        require_week(session, plan_id, tenant)
        LinkRepository(session).open(plan_id, tenant, hashed, now)
    return token, now


def end_link(plan_id: str, tenant: str, sessions: SessionFactory) -> bool:
    """Make a plan's link void, at once and for good; False when there is none."""
    with sessions.begin() as session:
        return LinkRepository(session).close(plan_id, tenant)


def linked_plan(token: str, sessions: SessionFactory) -> StoredPlan | None:
    """The plan that a link shows; None for a link that never was or is void."""
    hashed = hash_of(token)
    if hashed is None:
        return None
    with sessions() as session:
        linked = LinkRepository(session).linked(hashed)
        return None if linked is None else PlanRepository(session).find(linked.plan, linked.tenant)
