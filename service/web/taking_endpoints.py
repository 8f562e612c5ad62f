"""A week on paper, in a calendar, behind a link, as a file."""

import anyio.to_thread
from fastapi import Request, Response
from opentelemetry import trace

from service.calendars.endpoints import ROUTE as CALENDAR_ROUTE
from service.calendars.service import end_calendar, make_calendar
from service.dependencies import CurrentParts, Parts
from service.errors import ApiError
from service.links.endpoints import ROUTE as LINK_ROUTE
from service.links.service import end_link, linked_plan, make_link
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse
from service.plans.showing import CALENDAR, MARKDOWN, shown
from service.web.endpoints import plan_of, seen
from service.web.entry import PageCaller
from service.web.frame import page
from service.web.pages.printing import print_page
from service.web.pages.taking import taking_page
from service.web.pages.week import week_page
from service.web.posted import Sent
from service.web.routing import open_router, page_router

router = page_router()
public_router = open_router()
"""For whoever has a link: it is the key."""

_FILES = {"ics": CALENDAR, "md": MARKDOWN}
_PRIVATE = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def week_of(plan_id: str, tenant: str, parts: Parts) -> PlanResponse:
    """A tenant's plan that has a week. Raises ApiError `not-found`, `no-week`."""
    plan = plan_of(plan_id, tenant, parts)
    if plan.week is None:
        raise ApiError("no-week", "This plan has no week yet, or none at all.")
    return plan


@router.get("/plans/{plan_id}/print")
def on_paper(request: Request, plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """The week on one sheet."""
    week = week_page(week_of(plan_id, caller.tenant, parts), parts.catalog)
    return page(request, "print", print_page(week, f"/plans/{plan_id}"))


@router.get("/plans/{plan_id}/take")
def take(request: Request, plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """What can be done to have the week elsewhere."""
    return page(request, "take", taking_page(week_of(plan_id, caller.tenant, parts), caller.tenant, parts))


@router.post("/plans/{plan_id}/calendar")
def subscribe(request: Request, plan_id: str, _: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Make the calendar's address, told this once; a former one is void."""
    token, _made = make_calendar(plan_id, caller.tenant, parts)
    address = _outside(request, CALENDAR_ROUTE.format(token=token))
    view = taking_page(week_of(plan_id, caller.tenant, parts), caller.tenant, parts, calendar=address)
    return page(request, "take", view)


@router.post("/plans/{plan_id}/calendar/end")
def unsubscribe(plan_id: str, _: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Make the calendar's address void."""
    end_calendar(plan_id, caller.tenant, parts)
    return seen(f"/plans/{plan_id}/take")


@router.post("/plans/{plan_id}/link")
def share(request: Request, plan_id: str, _: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Make the link, told this once; a former one is void."""
    plan = week_of(plan_id, caller.tenant, parts)
    token, _made = make_link(plan_id, caller.tenant, parts.sessions)
    address = _outside(request, LINK_ROUTE.format(token=token))
    return page(request, "take", taking_page(plan, caller.tenant, parts, link=address))


@router.post("/plans/{plan_id}/link/end")
def stop_sharing(plan_id: str, _: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Make the link void."""
    end_link(plan_id, caller.tenant, parts.sessions)
    return seen(f"/plans/{plan_id}/take")


@router.get("/plans/{plan_id}/week.{kind}")
def file(plan_id: str, kind: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """The week as a file."""
    media = _FILES.get(kind)
    if media is None:
        raise ApiError("not-found", "There is nothing at this address.")
    with parts.sessions() as session:
        plan = PlanRepository(session).find(plan_id, caller.tenant)
    if plan is None:
        raise ApiError("not-found", "There is no plan at this address.")
    return shown(plan, media, parts, {"Content-Disposition": f'attachment; filename="week.{kind}"'})


@public_router.get(LINK_ROUTE)
async def shared(request: Request, token: str, parts: CurrentParts) -> Response:
    """The week behind a link, for reading."""
    plan = await _behind(request, token, parts)
    return page(
        request, "shared", week_page(plan, parts.catalog), headers=_PRIVATE, link=LINK_ROUTE.format(token=token)
    )


@public_router.get(LINK_ROUTE + "/print")
async def shared_on_paper(request: Request, token: str, parts: CurrentParts) -> Response:
    """The same on one sheet."""
    week = week_page(await _behind(request, token, parts), parts.catalog)
    return page(request, "print", print_page(week, LINK_ROUTE.format(token=token)), headers=_PRIVATE)


async def _behind(request: Request, token: str, parts: Parts) -> PlanResponse:
    """The plan of a link. Raises ApiError `not-found`, `rate-limited`."""
    # The path is a secret: it is to be in no trace.
    trace.get_current_span().set_attribute("url.path", LINK_ROUTE)
    client = "" if request.client is None else request.client.host
    found = await anyio.to_thread.run_sync(linked_plan, token, parts.sessions)
    # By plan, so that one that is read too often spoils no other; who guesses, by where it comes from.
    parts.shares.link(f"from {client}" if found is None else f"link {found.id}")
    plan = None if found is None else PlanResponse.model_validate_json(found.answer_json)
    if plan is None or plan.week is None:
        raise ApiError("not-found", "There is no week behind this link, or none any more.")
    return plan


def _outside(request: Request, path: str) -> str:
    """A path as an address to be passed on, by the name under which this service was asked."""
    return f"{request.url.scheme}://{request.url.netloc}{path}"
