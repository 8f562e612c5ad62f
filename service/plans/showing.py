"""A kept plan in the format that its reader likes best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from service.accept import JSON, preferred
from service.calendars.ical import written
from service.calendars.repository import CalendarRepository
from service.errors import ApiError
from service.plans.formats.html import POLICY, html
from service.plans.formats.markdown import markdown
from service.plans.formats.report import report
from service.plans.schemas import PlanResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from service.dependencies import Parts
    from service.plans.repository import StoredPlan

MARKDOWN, HTML, CALENDAR = "text/markdown", "text/html", "text/calendar"
OFFERED = (JSON, MARKDOWN, HTML, CALENDAR)

CONTENT: dict[str, Any] = {
    MARKDOWN: {
        "schema": {"type": "string"},
        "example": "# Training week\n\nProven best. Score 92.4 of at most 92.4.\n",
    },
    HTML: {"schema": {"type": "string"}, "example": "<!doctype html>\n<title>Training week</title>\n..."},
    CALENDAR: {"schema": {"type": "string"}, "example": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n...\r\nEND:VCALENDAR\r\n"},
}
"""The other formats, for the documentation."""


def chosen_format(request: Request) -> str:
    """The format that the caller likes best. Raises ApiError `not-acceptable` when it takes none."""
    media = preferred(request, OFFERED)
    if media is None:
        raise ApiError("not-acceptable", f"A plan is offered as {', '.join(OFFERED)}.")
    return media


def shown(plan: StoredPlan, media: str, parts: Parts, headers: Mapping[str, str]) -> Response:
    """The plan in one of the formats on offer.

    Raises ApiError `not-finished` for formats that need the answer, `not-acceptable` for a calendar without dates.
    """
    if media == JSON:
        return Response(plan.answer_json, 200, dict(headers), media_type=JSON)
    if not plan.finished:
        raise ApiError(
            "not-finished", "The search is not over; until then there is JSON only.", (), {"Retry-After": "2"}
        )
    answer = PlanResponse.model_validate_json(plan.answer_json)
    if media == CALENDAR:
        with parts.sessions() as session:
            diary = CalendarRepository(session, parts.catalog).diary_at(plan.id)
        if diary is None:
            raise ApiError("not-acceptable", "There is no week with dates: a calendar needs a plan and week.starts_on.")
        name = {"Content-Disposition": f'attachment; filename="{answer.id}.ics"'}
        return Response(written(diary), 200, {**headers, **name}, media_type=CALENDAR)
    blocks = report(answer, parts.catalog)
    if media == HTML:
        safe = {"Content-Security-Policy": POLICY}
        return Response(html(blocks, "Training week"), 200, {**headers, **safe}, media_type=HTML)
    return Response(markdown(blocks), 200, dict(headers), media_type=MARKDOWN)
