"""Making the address of a plan's calendar, and ending it. Each function is one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.calendars.repository import CalendarRepository
from service.calendars.tokens import hash_of, new_token
from service.errors import ApiError
from service.plans.finished import require_week
from service.plans.repository import PlanRepository

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.dependencies import Parts


def make_calendar(plan_id: str, tenant: str, parts: Parts) -> tuple[str, datetime]:
    """Give a plan and its replans an address: its token, told this once, and when it was made. A former one is void.

    Raises ApiError `not-found`, `not-finished`, `no-week`, `no-dates`.
    """
    token, now = new_token(), datetime.now(UTC)
    hashed = hash_of(token)
    assert hashed is not None
    with parts.sessions.begin() as session:
        _require_dates(session, plan_id, tenant, parts)
        calendars = CalendarRepository(session, parts.catalog)
        calendars.open_feed(calendars.root_of(plan_id), tenant, hashed, now)
    return token, now


def end_calendar(plan_id: str, tenant: str, parts: Parts) -> bool:
    """Make the address of a plan and its replans void; False when there is none. Raises ApiError `not-found`."""
    with parts.sessions.begin() as session:
        calendars = CalendarRepository(session, parts.catalog)
        if PlanRepository(session).find(plan_id, tenant) is None:
            raise ApiError("not-found", "There is no plan with this id.")
        return calendars.close_feed(calendars.root_of(plan_id), tenant)


def _require_dates(session: Session, plan_id: str, tenant: str, parts: Parts) -> None:
    require_week(session, plan_id, tenant)
    if CalendarRepository(session, parts.catalog).diary_at(plan_id) is None:
        raise ApiError("no-dates", "The plan's request names no date: it would need week.starts_on.")
