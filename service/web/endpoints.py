"""The form of a plan, its progress and its week."""

from datetime import UTC, datetime

import anyio.to_thread
from fastapi import Request, Response
from starlette.responses import JSONResponse, RedirectResponse

from service.dependencies import CurrentParts, Parts
from service.errors import ApiError, RequestError
from service.jobs import streaming
from service.plans.asking import asked
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse
from service.tenants.access import identified
from service.tenants.keys import Scope
from service.web.assets import found as asset_found
from service.web.entry import KEY_COOKIE, PageCaller, keep_cookie, own_address
from service.web.forms import PlanForm, form_from, form_of, with_one_more
from service.web.frame import SYSTEM, THEME_COOKIE, page, theme_named
from service.web.history import came_from, keep, taken
from service.web.packing import packed
from service.web.pages.conflict import conflict_of_plan
from service.web.pages.plan_form import first_form, plan_form_page
from service.web.pages.plans import MADE, plans_page
from service.web.pages.progress import progress_page
from service.web.pages.week import week_page
from service.web.posted import Sent
from service.web.routing import open_router, page_router
from service.web.wishes import faults_of, wish_of

router = page_router()
public_router = open_router()
"""Pages for whoever has no key: style sheets, and where a key is given."""


def seen(address: str) -> Response:
    """Go on to an address with GET."""
    return RedirectResponse(address, 303)


def plan_of(plan_id: str, tenant: str, parts: Parts) -> PlanResponse:
    """A tenant's plan as far as it is. Raises ApiError `not-found`, whoever else may have one under this id."""
    with parts.sessions() as session:
        plan = PlanRepository(session).find(plan_id, tenant)
    if plan is None:
        raise ApiError("not-found", "There is no plan at this address.")
    return PlanResponse.model_validate_json(plan.answer_json)


@router.get("/")
def start(request: Request, parts: CurrentParts, caller: PageCaller) -> Response:
    """The form, with the defaults or with the wishes of the plan that `?from=` names."""
    source = request.query_params.get("from")
    if source is None:
        return _form_page(request, first_form(parts.catalog, datetime.now(UTC).date()), {}, parts)
    return _form_page(request, form_of(plan_of(source, caller.tenant, parts).request, parts.catalog), {}, parts)


def _form_page(
    request: Request, form: PlanForm, faults: dict[str, list[str]], parts: Parts, status: int = 200
) -> Response:
    return page(request, "plan", plan_form_page(form, faults, parts.catalog), status=status)


@router.post("/")
async def create(request: Request, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Ask for the plan of the form, and go to it; or the form again with what is wrong at its fields.

    With `more`, the number of a line of the week grid, the form again with another session on that day.
    """

    def answered() -> Response:
        form = form_from(sent, parts.catalog)
        if "more" in sent:
            return _form_page(request, with_one_more(form, sent.text("more")), {}, parts)
        wish = wish_of(form, parts.catalog)
        try:
            question = wish.question(parts.catalog)
        except RequestError as error:
            return _form_page(request, form, wish.by_field(error.faults, parts.catalog), parts, 422)
        plan = asked(question, caller.tenant, parts, fresh=False)
        return seen(f"/plans/{plan.id}")

    return await anyio.to_thread.run_sync(answered)


@router.post("/check")
async def check(sent: Sent, parts: CurrentParts, _: PageCaller) -> Response:
    """What is wrong with a form so far: `{faults: {field: [message]}}`."""

    def judged() -> dict[str, list[str]]:
        return faults_of(wish_of(form_from(sent, parts.catalog), parts.catalog), parts.catalog)

    return JSONResponse({"faults": await anyio.to_thread.run_sync(judged)})


@router.get("/plans")
def plans(request: Request, parts: CurrentParts, caller: PageCaller) -> Response:
    """The plans of the key's tenant that were asked for, or taken by this visitor, the newest first; with `?all` every
    one. `?before=` goes on after a plan."""
    of = None if "all" in request.query_params else taken(request)
    with parts.sessions() as session:
        view = plans_page(session, caller.tenant, request.query_params.get("before"), of)
    return page(request, "plans", view)


@router.get("/plans/{plan_id}")
def show(request: Request, plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """The week of a plan; its progress while it is searched for; why there is none when there is none."""
    plan = plan_of(plan_id, caller.tenant, parts)
    if plan.status in ("queued", "running"):
        return page(request, "progress", progress_page(plan, parts.jobs.events(plan_id, caller.tenant)))
    if plan.week is not None:
        # Of old plans nobody knows how they came to be: whoever wants them in the list keeps them.
        made = plan.origin is not None and plan.origin.kind in MADE
        return page(
            request,
            "week",
            week_page(plan, parts.catalog),
            came_from=came_from(request, plan_id),
            offered=not made and plan_id not in taken(request),
        )
    return page(request, "no_week", plan, conflict=conflict_of_plan(plan))


@router.post("/plans/{plan_id}/keep")
def keep_week(request: Request, plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """Take a week that was offered among the visitor's own."""
    answer = seen(f"/plans/{plan_of(plan_id, caller.tenant, parts).id}")
    keep(request, answer, plan_id)
    return answer


@router.get("/plans/{plan_id}/events")
async def watch(request: Request, plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """The events of the search, for the script of the page, which has no key to send."""
    await anyio.to_thread.run_sync(plan_of, plan_id, caller.tenant, parts)
    return await streaming.told(request, plan_id, caller.tenant, parts)


@router.post("/plans/{plan_id}/cancel")
async def cancel(plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """Stop the search, and go to what there is."""
    await anyio.to_thread.run_sync(plan_of, plan_id, caller.tenant, parts)
    await anyio.to_thread.run_sync(parts.jobs.cancel, plan_id, caller.tenant)
    await parts.closing.unless(parts.jobs.wait_for_end(plan_id, caller.tenant, _SECONDS_TO_STOP))
    return seen(f"/plans/{plan_id}")


_SECONDS_TO_STOP = 3.0
"""How long a stopped search is waited for, so that its week is there at once."""


@public_router.post("/theme")
def choose_theme(request: Request, sent: Sent) -> Response:
    """Keep the theme, and go back; what follows the system needs no cookie."""
    back = seen(own_address(sent.text("back", "/")))
    theme = theme_named(sent.text("theme"))
    if theme == SYSTEM:
        back.delete_cookie(THEME_COOKIE, path="/")
    else:
        keep_cookie(request, back, THEME_COOKIE, theme)
    return back


@public_router.post("/key")
async def give_key(request: Request, sent: Sent) -> Response:
    """Keep a key in the browser. Raises ApiError `unauthorized` for one that is of no use."""
    key = sent.text("key")
    await anyio.to_thread.run_sync(identified, request, key, Scope.READ)
    back = seen(own_address(sent.text("back", "/")))
    keep_cookie(request, back, KEY_COOKIE, key)
    return back


@public_router.post("/key/forget")
def forget_key(_: Sent) -> Response:
    """Take the key out of the browser."""
    back = seen("/")
    back.delete_cookie(KEY_COOKIE, path="/")
    return back


@public_router.get("/static/page/{version}/{name}")
def asset(request: Request, version: str, name: str) -> Response:
    """A style sheet, a script or a picture."""
    file, kept = asset_found(version, name)
    return packed(request, file.content, 200, {"Cache-Control": kept}, file.media_type)
