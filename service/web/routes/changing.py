"""Changing a week: what is asked for, what would come of it, taking it, and going back."""

import json
from collections.abc import Callable
from typing import Any

import anyio.to_thread
from fastapi import Request, Response

from service.dependencies import CurrentParts, Parts
from service.errors import ApiError, Fault, RequestError, pointer
from service.ids import new_id
from service.plans.asking import asked
from service.plans.phrases import counted
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.schemas.response import SuggestionResponse
from service.plans.service import ask as resolved
from service.plans.succession import take_the_place
from service.plans.suggestions.patching import applied as patched
from service.replans.kind import REPLANS
from service.replans.locking import with_lock
from service.studies.endpoints import study_of
from service.studies.weeks import KeptWeek, load_week, store_week
from service.swaps.applying import applied
from service.swaps.kind import SWAPS
from service.swaps.schemas import ApplyRequest
from service.validation.parsing import parse
from service.web import history
from service.web.endpoints import plan_of, seen
from service.web.entry import PageCaller
from service.web.frame import page
from service.web.pages.changing import change_page, pins_of, without
from service.web.pages.conflict import conflict_of
from service.web.pages.proposal import exercise_names, proposal, replanned
from service.web.pages.sessions import slot_names
from service.web.pages.swapping import swap_page
from service.web.posted import Posted, Sent, whole
from service.web.routing import page_router
from service.web.studies import AnyStudy, StudyPage, Unanswered, add_study, ask

router = page_router()

_PROPOSED = {"propose": True}
_BEST = {"prefer": "best_week"}


@router.get("/plans/{plan_id}/change")
def change(request: Request, plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """The week with what can be done to it."""
    about = load_week(plan_id, caller.tenant, parts.sessions, parts.catalog)
    return page(request, "change", change_page(about, parts.catalog, history.came_from(request, plan_id)))


async def _asked(
    request: Request,
    plan_id: str,
    parts: Parts,
    caller: PageCaller,
    kind: Any,
    body_of: Callable[[KeptWeek], dict[str, Any]],
) -> Response:
    """Ask about a plan; where the question makes no sense, the page again with what is wrong."""
    about = await anyio.to_thread.run_sync(load_week, plan_id, caller.tenant, parts.sessions, parts.catalog)
    try:
        return await ask(request, kind, body_of(about), plan_id, caller)
    except RequestError as error:
        said = [fault.message for fault in error.faults]
        shown = change_page(about, parts.catalog, history.came_from(request, plan_id), said)
        return page(request, "change", shown, status=422)


@router.post("/plans/{plan_id}/change/swap")
async def swap(request: Request, plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Look for alternatives to an entry."""
    body: dict[str, Any] = {"slot": sent.text("slot"), "exercise": sent.text("exercise")}
    if "all" in sent:
        body["all"] = True
    return await _asked(request, plan_id, parts, caller, SWAPS, lambda _: body)


@router.post("/plans/{plan_id}/change/remove")
async def remove(request: Request, plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Keep an exercise out of its session, or out of the rest of the week."""
    slot, exercise = sent.text("slot"), sent.text("exercise")

    def body(about: KeptWeek) -> dict[str, Any]:
        if sent.text("of") == "week":
            pins = [pin for pin in pins_of(about) if pin.get("exercise") != exercise]
            return {**_PROPOSED, "hurts": [{"exercises": [exercise], "until": "week"}], "pins": pins}
        pins = without(pins_of(about), slot, exercise)
        return {**_PROPOSED, "pins": [*pins, {"slot": slot, "exercise": exercise, "sets": 0}]}

    return await _asked(request, plan_id, parts, caller, REPLANS, body)


@router.post("/plans/{plan_id}/change/allow")
async def allow(request: Request, plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Let an exercise that was kept out of a session come back, if that makes the better week."""

    def body(about: KeptWeek) -> dict[str, Any]:
        return {**_PROPOSED, **_BEST, "pins": without(pins_of(about), sent.text("slot"), sent.text("exercise"))}

    return await _asked(request, plan_id, parts, caller, REPLANS, body)


@router.post("/plans/{plan_id}/change/anew")
async def anew(request: Request, plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """Look for the best week around what is locked."""
    return await _asked(request, plan_id, parts, caller, REPLANS, lambda _: {**_PROPOSED, **_BEST})


@router.post("/plans/{plan_id}/change/missed")
async def missed(request: Request, plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """A session was not held: plan the rest anew."""
    return await _asked(
        request,
        plan_id,
        parts,
        caller,
        REPLANS,
        lambda _: {**_PROPOSED, "missed": [sent.text("slot")], **_preference(sent)},
    )


@router.post("/plans/{plan_id}/change/move")
async def move(request: Request, plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """A session is held at another time or place: plan the rest anew."""

    def body(about: KeptWeek) -> dict[str, Any]:
        return {**_PROPOSED, "moved": [_moved(about.response, sent)], **_preference(sent)}

    return await _asked(request, plan_id, parts, caller, REPLANS, body)


def _moved(plan: PlanResponse, sent: Posted) -> dict[str, Any]:
    """What is new of a session. Raises RequestError when nothing is."""
    week: Any = plan.resolved["week"]
    slot = next((slot for slot in week["slots"] if slot["id"] == sent.text("slot")), None)
    found: dict[str, Any] = {"slot": sent.text("slot")}
    for name in ("day", "start", "place", "minutes"):
        text = sent.text(name)
        value = whole(text) if name == "minutes" else text
        if text and (slot is None or value != slot[name]):
            found[name] = value
    if slot is not None and len(found) == 1:
        raise RequestError([Fault("", "required", "Say what is new: another day, start, place or length.")])
    return found


def _preference(sent: Posted) -> dict[str, Any]:
    return _BEST if sent.text("prefer") == "best_week" else {}


@router.post("/plans/{plan_id}/change/lock")
def lock(request: Request, plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Lock an entry: the same week, whose later changes leave it as it is."""
    return _locked(request, plan_id, sent, parts, caller, locked=True)


@router.post("/plans/{plan_id}/change/unlock")
def unlock(request: Request, plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Take the lock of an entry off."""
    return _locked(request, plan_id, sent, parts, caller, locked=False)


def _locked(
    request: Request, plan_id: str, sent: Posted, parts: Parts, caller: PageCaller, *, locked: bool
) -> Response:
    about = load_week(plan_id, caller.tenant, parts.sessions, parts.catalog)
    week = with_lock(about, sent.text("slot"), sent.text("exercise"), locked=locked)
    with parts.sessions.begin() as session:
        store_week(session, week, caller.tenant)
    take_the_place(plan_id, week.id, caller.tenant, parts)
    answer = seen(f"/plans/{week.id}/change#{sent.text('slot')}-{sent.text('exercise')}")
    history.remember(request, answer, week.id, plan_id)
    return answer


@router.get("/plans/{plan_id}/change/to/{new_id}")
def look(request: Request, plan_id: str, new_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """What another week would change."""
    base, new = plan_of(plan_id, caller.tenant, parts), plan_of(new_id, caller.tenant, parts)
    return page(request, "proposal", proposal(base, new, caller.tenant, parts))


@router.post("/plans/{plan_id}/change/take")
def take(request: Request, plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Let the new week take the place of the old, which stays to go back to."""
    new = sent.text("plan")
    take_the_place(plan_id, new, caller.tenant, parts)
    answer = seen(f"/plans/{new}")
    history.remember(request, answer, new, plan_id)
    return answer


@router.post("/plans/{plan_id}/change/undo")
def undo(request: Request, plan_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
    """Go back to the week that this one has come in the place of. Raises ApiError `not-found` when there is none."""
    before = history.came_from(request, plan_id)
    if before is None:
        raise ApiError("not-found", "There is no step of this browser to undo here.")
    take_the_place(plan_id, before, caller.tenant, parts)
    answer = seen(f"/plans/{before}")
    history.forget(request, answer, plan_id)
    return answer


@router.post("/plans/{plan_id}/suggestions")
def take_suggestion(plan_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Plan again with a change that is proven to help."""
    plan = plan_of(plan_id, caller.tenant, parts)
    return _with_suggestion(plan.request, plan.suggestions, sent, parts, caller.tenant)


@router.post("/replans/{study_id}/suggestions")
def take_replan_suggestion(study_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """The same for the rest of a week."""
    study = REPLANS.response.model_validate_json(study_of(REPLANS, study_id, caller.tenant, parts).answer_json)
    if study.answer is None:
        raise ApiError("not-finished", "There is nothing yet that would help.")
    return _with_suggestion(study.answer.request, study.answer.suggestions, sent, parts, caller.tenant)


def _with_suggestion(
    body: dict[str, Any], offered: list[SuggestionResponse], sent: Posted, parts: Parts, tenant: str
) -> Response:
    number = whole(sent.text("number"))
    if isinstance(number, str) or number >= len(offered):
        message = f"there are {counted(len(offered), 'suggestion')}, and this is none of them"
        raise RequestError([Fault(pointer("number"), "unknown_id", message)])
    operations = tuple(operation.model_dump(mode="json") for operation in offered[number].change)
    wish = parse(PlanRequest, json.dumps(patched(body, operations)).encode())
    return seen(f"/plans/{asked(resolved(wish, parts.catalog), tenant, parts, fresh=False).id}")


@router.post("/swaps/{study_id}/take")
def take_swap(study_id: str, sent: Sent, parts: CurrentParts, caller: PageCaller) -> Response:
    """Make the week with an alternative, and look at what it changes."""
    study = study_of(SWAPS, study_id, caller.tenant, parts)
    taken = parse(ApplyRequest, json.dumps({"exercise": sent.text("exercise")}).encode())
    plan = applied(study, taken, new_id(), caller.tenant, parts)
    about = json.loads(study.answer_json)["plan"]
    return seen(f"/plans/{about}/change/to/{plan.id}")


def _show_swaps(request: Request, study: AnyStudy, answer: Any, parts: Parts, tenant: str) -> Response:
    base = plan_of(study.plan or "", tenant, parts)
    items = {item.id: item.name for item in parts.catalog.equipment.values()}
    shown = swap_page(
        study.id,
        base.id,
        answer,
        slot_names(base),
        exercise_names(parts.catalog, base),
        items,
        complete=study.status == "done",
    )
    return page(request, "swaps", shown)


def _show_replan(request: Request, study: AnyStudy, answer: Any, parts: Parts, tenant: str) -> Response:
    if answer.plan is None:
        told = conflict_of(
            answer.conflict or [],
            answer.suggestions,
            minimal=answer.conflict_minimal,
            untried=answer.suggestions_untried,
            action=f"/replans/{study.id}/suggestions",
        )
        title = "The rest of the week cannot keep every rule"
        return page(request, "unanswered", Unanswered(title, "", study.plan), conflict=told)
    base, new = plan_of(study.plan or "", tenant, parts), plan_of(answer.plan, tenant, parts)
    return page(request, "proposal", replanned(base, new, answer, tenant, parts))


add_study(router, StudyPage(SWAPS, "Looking for alternatives", _show_swaps))
add_study(router, StudyPage(REPLANS, "Planning the rest of the week", _show_replan))
