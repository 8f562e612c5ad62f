"""Taking a week along: its calendar, its link, its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.calendars.repository import CalendarRepository
from service.links.repository import LinkRepository

if TYPE_CHECKING:
    from datetime import datetime

    from service.dependencies import Parts
    from service.plans.schemas import PlanResponse


@dataclass(frozen=True)
class TakingPage:
    """What there is of a plan outside of this page."""

    plan: PlanResponse
    dated: bool
    """Whether the week has dates, which a calendar needs."""
    calendar_since: datetime | None
    link_since: datetime | None
    calendar: str | None = None
    """The address of the calendar, told once: right after it was made."""
    link: str | None = None
    """The same of the link."""

    @property
    def webcal(self) -> str | None:
        """The calendar's address in the form that calendar applications open by themselves."""
        return None if self.calendar is None else f"webcal://{self.calendar.partition('://')[2]}"


def taking_page(
    plan: PlanResponse, tenant: str, parts: Parts, *, calendar: str | None = None, link: str | None = None
) -> TakingPage:
    """The page of a plan that has a week; `calendar` and `link` are addresses that were made just now."""
    with parts.sessions() as session:
        calendars = CalendarRepository(session, parts.catalog)
        return TakingPage(
            plan=plan,
            dated=calendars.diary_at(plan.id) is not None,
            calendar_since=calendars.opened_at(calendars.root_of(plan.id), tenant),
            link_since=LinkRepository(session).opened_at(plan.id, tenant),
            calendar=calendar,
            link=link,
        )
