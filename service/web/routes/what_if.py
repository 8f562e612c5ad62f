"""What changes of a plan's wishes would buy."""

from typing import Any

import anyio.to_thread
from fastapi import Request, Response

from service.dependencies import CurrentParts, Parts
from service.errors import RequestError
from service.studies.weeks import KeptWeek, load_week
from service.web.entry import PageCaller
from service.web.frame import page
from service.web.pages.what_if import what_if_form, what_if_page
from service.web.posted import Sent, whole
from service.web.routing import page_router
from service.web.studies import AnyStudy, StudyPage, add_study, ask
from service.whatif.kind import WHAT_IFS

router = page_router()


@router.get("/what-if")
def wonder(request: Request, parts: CurrentParts, caller: PageCaller) -> Response:
    """The form about the plan that `?plan=` names."""
    about = load_week(request.query_params.get("plan", ""), caller.tenant, parts.sessions, parts.catalog)
    return page(request, "what_if", what_if_form(about.id, _lacking(about, parts), parts.catalog))


@router.post("/what-if")
async def find(request: Request, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Try the changes; or the form again with what is wrong."""
    plan = sent.text("plan")
    about = await anyio.to_thread.run_sync(load_week, plan, caller.tenant, parts.sessions, parts.catalog)
    body: dict[str, Any] = {
        "equipment": sent.all("items"),
        "minutes": [whole(text) for text in sent.all("minutes")],
        "days": sent.all("days"),
        "solve": {"time_limit_seconds": whole(sent.text("seconds", "30"))},
    }
    if "stages" not in sent:
        body["stages"] = []
    try:
        return await ask(request, WHAT_IFS, body, plan, caller)
    except RequestError as error:
        said = [fault.message for fault in error.faults]
        form = what_if_form(plan, _lacking(about, parts), parts.catalog, said)
        return page(request, "what_if", form, status=422)


def _lacking(about: KeptWeek, parts: Parts) -> list[str]:
    places = {slot.place.id: slot.place for slot in about.problem.open_slots}.values()
    return [item for item in parts.catalog.equipment if any(item not in place.equipment for place in places)]


def _show(request: Request, study: AnyStudy, answer: Any, parts: Parts, tenant: str) -> Response:
    del parts, tenant
    return page(request, "what_ifs", what_if_page(study.id, study.plan or "", answer))


add_study(router, StudyPage(WHAT_IFS, "Trying every change", _show))
