"""Weeks to choose from, for the wishes of a plan."""

from typing import Any

from fastapi import Request, Response

from service.dependencies import CurrentParts, Parts
from service.errors import RequestError
from service.variants.kind import VARIANTS
from service.web.endpoints import plan_of
from service.web.entry import PageCaller
from service.web.frame import page
from service.web.pages.choosing import choice_page, choosing_form
from service.web.pages.conflict import conflict_of
from service.web.posted import Sent
from service.web.routing import page_router
from service.web.studies import AnyStudy, StudyPage, Unanswered, add_study, ask

router = page_router()


@router.get("/variants")
def choose(request: Request, parts: CurrentParts, caller: PageCaller) -> Response:
    """The form about the plan that `?plan=` names."""
    plan = plan_of(request.query_params.get("plan", ""), caller.tenant, parts)
    return page(request, "choose", choosing_form(plan.id))


@router.post("/variants")
async def find(request: Request, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Look for the weeks; or the form again with what is wrong."""
    plan = plan_of(sent.text("plan"), caller.tenant, parts)
    wish = {name: part for name, part in plan.request.items() if name != "solve"}
    body: dict[str, Any] = {"plan": wish, "solve": {"time_limit_seconds": _number(sent.text("seconds", "30"))}}
    if sent.text("sort") == "front":
        body["goals"] = sent.all("goals")
    else:
        body |= {"k": _number(sent.text("k", "3")), "max_score_loss": _number(sent.text("max_score_loss", "5"))}
        body["min_difference"] = _number(sent.text("min_difference", "0.4"))
    try:
        return await ask(request, VARIANTS, body, None, caller)
    except RequestError as error:
        said = [fault.message for fault in error.faults]
        return page(request, "choose", choosing_form(plan.id, said), status=422)


def _number(text: str) -> int | float | str:
    """The number that was chosen; what is none stays text, for the schema to judge."""
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _show(request: Request, study: AnyStudy, answer: Any, parts: Parts, tenant: str) -> Response:
    del parts, tenant
    if not answer.weeks:
        told = conflict_of(answer.conflict or [], [], minimal=answer.conflict_minimal, untried=None, action="")
        gone = Unanswered("No weeks to choose from", answer.statement, None)
        return page(request, "unanswered", gone, conflict=told if answer.conflict else None)
    return page(request, "choices", choice_page(study.id, answer))


add_study(router, StudyPage(VARIANTS, "Looking for weeks to choose from", _show))
