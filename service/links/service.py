"""Making a link to a plan, taking it back, and reading a plan by it. Each function is one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.calendars.tokens import hash_of, new_token
from service.errors import ApiError
from service.links.repository import LinkRepository
from service.plans.repository import PlanRepository

if TYPE_CHECKING:
    from service.db.session import SessionFactory
    from service.plans.repository import StoredPlan


def make_link(plan_id: str, tenant: str, sessions: SessionFactory) -> str:
    """Give a plan a link and tell its token, this once; a former link is void. Raises ApiError `not-found`."""
    token = new_token()
    hashed = hash_of(token)
    assert hashed is not None
    with sessions.begin() as session:
        if PlanRepository(session).find(plan_id, tenant) is None:
            raise ApiError("not-found", "There is no plan with this id.")
        LinkRepository(session).open(plan_id, tenant, hashed, datetime.now(UTC))
    return token


def end_link(plan_id: str, tenant: str, sessions: SessionFactory) -> None:
    """Make a plan's link void, at once and for good; without one nothing changes."""
    with sessions.begin() as session:
        LinkRepository(session).close(plan_id, tenant)


def linked_plan(token: str, sessions: SessionFactory) -> StoredPlan | None:
    """The plan that a link shows; None for a link that never was or is void."""
    hashed = hash_of(token)
    if hashed is None:
        return None
    with sessions() as session:
        linked = LinkRepository(session).linked(hashed)
        return None if linked is None else PlanRepository(session).find(linked.plan, linked.tenant)
