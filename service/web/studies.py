"""Long questions on pages: asked by a form, shown while they are worked on, and then with what was found."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from service.dependencies import CurrentParts, Parts, parts_of
from service.ids import new_id
from service.jobs import streaming
from service.jobs.job import Event
from service.kept.repository import Kept
from service.plans.phrases import counted
from service.studies.asking import asked
from service.studies.endpoints import study_of
from service.studies.kind import AnyKind
from service.studies.schemas import StudyResponse
from service.tenants.access import Caller
from service.terminal.words import number
from service.validation.parsing import parse
from service.web.entry import PageCaller
from service.web.frame import page

GRACE_SECONDS = 1.5
"""So long a form waits for its answer before the page of its progress is shown."""
STOP_SECONDS = 3.0
"""And so long for work to end that was told to stop."""

AnyStudy = StudyResponse[Any]


@dataclass(frozen=True)
class StudyPage:
    """How the pages of a kind of question are worded."""

    kind: AnyKind
    title: str
    """What is being done, as the heading of its progress."""
    show: Callable[[Request, AnyStudy, Any, Parts, str], Response]
    """The page of a study and its answer, for a tenant; may block."""


@dataclass(frozen=True)
class Working:
    """Work that is not over."""

    title: str
    address: str
    state: str
    share: float | None
    """The part of it that is done; None where that cannot be told."""
    plan: str | None
    """The plan that it is about."""


@dataclass(frozen=True)
class Unanswered:
    """Work that ended with nothing."""

    title: str
    said: str
    plan: str | None


async def ask(request: Request, kind: AnyKind, body: Mapping[str, Any], plan: str | None, caller: Caller) -> Response:
    """Ask a question and go to where its answer will be. Raises what asking the same by the API raises."""
    parts = parts_of(request)

    def submitted() -> Kept:
        wish = parse(kind.request, json.dumps(body).encode())
        return asked(kind, new_id(), wish, plan, caller.tenant, parts, fresh=False)

    study = await anyio.to_thread.run_sync(submitted)
    if not study.finished:
        await parts.closing.unless(parts.jobs.wait_for_end(study.id, caller.tenant, GRACE_SECONDS))
    return RedirectResponse(f"/{kind.name}/{study.id}", 303)


def add_study(router: APIRouter, shown: StudyPage) -> None:
    """The addresses of a kind: its page, its events for the script, and where it is stopped."""
    kind = shown.kind

    def read(study_id: str, tenant: str, parts: Parts) -> AnyStudy:
        return kind.response.model_validate_json(study_of(kind, study_id, tenant, parts).answer_json)

    def get_study(request: Request, study_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
        study = read(study_id, caller.tenant, parts)
        if study.status in ("queued", "running"):
            events = parts.jobs.events(study_id, caller.tenant)
            return page(request, "working", working(shown, study, events), headers={"Cache-Control": "no-store"})
        if study.answer is None:
            return page(request, "unanswered", Unanswered(_ENDED[study.status], _said(study), study.plan))
        return shown.show(request, study, study.answer, parts, caller.tenant)

    async def watch_study(request: Request, study_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
        await anyio.to_thread.run_sync(study_of, kind, study_id, caller.tenant, parts)
        return await streaming.told(request, study_id, caller.tenant, parts)

    async def stop_study(study_id: str, parts: CurrentParts, caller: PageCaller) -> Response:
        await anyio.to_thread.run_sync(study_of, kind, study_id, caller.tenant, parts)
        await anyio.to_thread.run_sync(parts.jobs.cancel, study_id, caller.tenant)
        await parts.closing.unless(parts.jobs.wait_for_end(study_id, caller.tenant, STOP_SECONDS))
        return RedirectResponse(f"/{kind.name}/{study_id}", 303)

    address = f"/{kind.name}/{{study_id}}"
    router.add_api_route(address, get_study, methods=["GET"])
    router.add_api_route(f"{address}/events", watch_study, methods=["GET"])
    router.add_api_route(f"{address}/cancel", stop_study, methods=["POST"])


_ENDED = {
    "failed": "It did not work",
    "timed_out": "Time ran out",
    "cancelled": "It was stopped",
    "infeasible": "No week keeps every rule",
}


def _said(study: AnyStudy) -> str:
    if study.status == "failed":
        return study.failure or "The fault is ours, and written down."
    if study.status == "timed_out":
        return "Nothing was found in time. With more time something may be."
    return "Nothing was found before it was stopped."


def working(shown: StudyPage, study: AnyStudy, events: Iterable[Event]) -> Working:
    """How far work is, by what it has told last."""
    told = [event.data for event in events if event.kind == "progress"]
    data: Mapping[str, Any] = told[-1] if told else {}
    asked_for: Any = parse(shown.kind.request, json.dumps(study.request).encode())
    limit = float(asked_for.solve.time_limit_seconds)
    state = "Waiting for its turn." if study.status == "queued" else _progress(data, limit)
    return Working(shown.title, f"/{shown.kind.name}/{study.id}", state, _share(data, limit), study.plan)


def _share(data: Mapping[str, Any], limit: float) -> float | None:
    if data.get("of"):
        return float(min(1.0, data["done"] / data["of"]))
    return float(min(1.0, data["seconds"] / limit)) if "seconds" in data else None


def _progress(data: Mapping[str, Any], limit: float) -> str:
    if "of" in data:
        return f"{data['done']} of {data['of']} looked at."
    so_far = f"so far, after {data.get('seconds', 0.0):.0f} of {number(limit)} seconds at most."
    if "weeks" in data:
        return f"{counted(data['weeks'], 'week')} {so_far}"
    if "points" in data:
        return f"{counted(len(data['points']), 'week')} of the front {so_far}"
    if data.get("distance") is not None:
        return f"There is a week; one with fewer changes is looked for, {so_far.removeprefix('so far, ')}"
    return f"The search is running, for {number(limit)} seconds at most."


__all__ = ["AnyStudy", "StudyPage", "Unanswered", "Working", "add_study", "ask", "working"]
