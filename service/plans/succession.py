"""A plan taking the place of another: calendars show it, and who wants to know is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.calendars.repository import CalendarRepository
from service.errors import ApiError
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse
from service.webhooks.events import announce, of_succession
from service.webhooks.repository import WebhookRepository

if TYPE_CHECKING:
    from service.dependencies import Parts


def take_the_place(before: str, after: str, tenant: str, parts: Parts) -> None:
    """Let a finished plan take the place of another; both stay. Blocks on the database.

    Raises ApiError `not-found` without one of them, `no-week` when the new one has no week.
    """
    now = datetime.now(UTC)
    with parts.sessions.begin() as session:
        plans = PlanRepository(session)
        old, new = plans.find(before, tenant), plans.find(after, tenant)
        if old is None or new is None:
            raise ApiError("not-found", "There is no plan with this id.")
        week = PlanResponse.model_validate_json(new.answer_json)
        if week.week is None:
            raise ApiError("no-week", f"This plan has no week: its search ended {week.status}.")
        CalendarRepository(session, parts.catalog).follow(before, week, now)
        if not WebhookRepository(session).count(tenant):
            return
        session.flush()
        for type_, data in of_succession(session, tenant, before, after, {"status": week.status}):
            for job in announce(session, tenant, type_, data):
                parts.jobs.submit(session, job.id, job.tenant, job.kind, job.threads, now)
