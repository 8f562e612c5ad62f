"""The endpoints of a kind of study: ask, list, fetch, watch, stop."""

from functools import partial
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel
from starlette.responses import StreamingResponse

from service.bodies import read_body
from service.dependencies import CurrentParts, Parts, parts_of
from service.errors import ApiError
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.jobs import streaming
from service.kept.repository import Kept
from service.kept.waiting import now_or_later, waited_for
from service.openapi import OF_A_JOB, OF_US, body_of, problems
from service.prefer import APPLIED_HEADER
from service.prefer import PARAMETER as PREFER
from service.reference.paging import cursor_of, id_of
from service.studies.asking import asked
from service.studies.kind import AnyKind
from service.studies.repository import StudyRepository
from service.studies.schemas import ID, PLAN_ID, StudyPage, StudyQuery, StudySummary
from service.tenants.access import CurrentCaller

LOCATION = {"Location": {"description": "Address of the answer.", "schema": {"type": "string"}}}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_FINISHED = {**LOCATION, **APPLIED_HEADER}

StudyId = Annotated[str, Path(description="Id of the question and its answer.", examples=[ID])]
PlanId = Annotated[str, Path(description="Id of the plan.", examples=[PLAN_ID])]


def study_of(kind: AnyKind, study_id: str, tenant: str, parts: Parts) -> Kept:
    """A tenant's study. Raises ApiError `not-found`, whoever else may have one under this id."""
    with parts.sessions() as session:
        study = StudyRepository(session, kind.name).find(study_id, tenant)
    if study is None:
        raise ApiError("not-found", "There is nothing with this id.")
    return study


def router_of(kind: AnyKind) -> APIRouter:
    """All endpoints of a kind."""
    router = APIRouter(tags=[kind.name])
    _ask(router, kind)
    _list(router, kind)
    _fetch(router, kind)
    _watch(router, kind)
    _stop(router, kind)
    return router


def _pending(kind: AnyKind) -> dict[int | str, dict[str, Any]]:
    headers = {**LOCATION, **_RETRY_AFTER, **APPLIED_HEADER}
    return {202: {"description": "The work is not over.", "model": kind.response, "headers": headers}}


async def _answered(request: Request, kind: AnyKind, study: Kept, parts: Parts, tenant: str) -> Response:
    find = partial(study_of, kind, study.id, tenant, parts)
    return await now_or_later(request, study, find, f"/v1/{kind.name}/{study.id}", parts, tenant)


def _ask(router: APIRouter, kind: AnyKind) -> None:
    async def read(request: Request) -> BaseModel:
        found: BaseModel = await read_body(request, kind.request, parts_of(request).settings.max_body_bytes)
        return found

    async def ask(request: Request, wish: BaseModel, plan: str | None, parts: Parts, tenant: str) -> Response:
        fresh = "no-cache" in request.headers.get("cache-control", "").lower()

        async def make(study_id: str) -> Response:
            study = await anyio.to_thread.run_sync(
                partial(asked, kind, study_id, wish, plan, tenant, parts, fresh=fresh)
            )
            return await _answered(request, kind, study, parts, tenant)

        return await once(request, parts.sessions, tenant, wish.model_dump(mode="json", exclude_unset=True), make)

    async def ask_about(
        request: Request,
        plan_id: PlanId,
        wish: Annotated[BaseModel, Depends(read)],
        parts: CurrentParts,
        caller: CurrentCaller,
    ) -> Response:
        return await ask(request, wish, plan_id, parts, caller.tenant)

    async def ask_anew(
        request: Request, wish: Annotated[BaseModel, Depends(read)], parts: CurrentParts, caller: CurrentCaller
    ) -> Response:
        return await ask(request, wish, None, parts, caller.tenant)

    endpoint: Any = ask_about if kind.about_plan else ask_anew
    of_the_plan: tuple[str, ...] = ("not-finished",) if kind.goes_on_from is not None else ()
    if kind.about_plan:
        of_the_plan = ("not-found", "not-finished", "no-week", "rules-broken")
    router.add_api_route(
        kind.asked_at,
        endpoint,
        methods=["POST"],
        operation_id=f"create{kind.operation}",
        summary=kind.summary,
        description=kind.description,
        response_model=kind.response,
        responses={
            200: {"description": "The finished answer.", "headers": _FINISHED},
            **_pending(kind),
            **problems(
                "malformed-json",
                *of_the_plan,
                *OF_A_JOB,
            ),
        },
        openapi_extra={**body_of(kind.request, _requests(kind)), "parameters": [PREFER, IDEMPOTENCY_KEY]},
    )


def _requests(kind: AnyKind) -> dict[str, Any]:
    return {
        name: {"summary": example.summary, "value": dict(example.request)} for name, example in kind.examples.items()
    }


def _list(router: APIRouter, kind: AnyKind) -> None:
    def list_studies(query: Annotated[StudyQuery, Query()], parts: CurrentParts, caller: CurrentCaller) -> StudyPage:
        before = None if query.cursor is None else id_of(query.cursor)
        with parts.sessions() as session:
            found = StudyRepository(session, kind.name).listed(
                caller.tenant, limit=query.limit + 1, before=before, status=query.status, plan=query.plan
            )
        items = [StudySummary.of(study) for study in found[: query.limit]]
        more = len(found) > query.limit
        return StudyPage(items=items, next_cursor=cursor_of(items[-1].id) if more else None)

    router.add_api_route(
        f"/v1/{kind.name}",
        list_studies,
        methods=["GET"],
        operation_id=kind.listing,
        summary=f"All {kind.name}",
        description="Those of the key's tenant, the newest first.",
        response_model=StudyPage,
        responses=problems("invalid-request", *OF_US),
    )


def _fetch(router: APIRouter, kind: AnyKind) -> None:
    async def get_study(request: Request, study_id: StudyId, parts: CurrentParts, caller: CurrentCaller) -> Response:
        find = partial(study_of, kind, study_id, caller.tenant, parts)
        study = await anyio.to_thread.run_sync(find)
        study, headers = await waited_for(request, study, find, parts, caller.tenant)
        return Response(study.answer_json, 200, headers, media_type="application/json")

    router.add_api_route(
        f"/v1/{kind.name}/{{study_id}}",
        get_study,
        methods=["GET"],
        operation_id=f"get{kind.operation}",
        summary="Fetch an answer",
        description="The question with what is known of its answer. Once finished, it stays the same byte for byte.",
        response_model=kind.response,
        responses={
            200: {"description": "What is known of the answer.", "headers": APPLIED_HEADER},
            **problems("not-found", "invalid-request", *OF_US),
        },
        openapi_extra={"parameters": [PREFER]},
    )


def _watch(router: APIRouter, kind: AnyKind) -> None:
    async def watch_study(request: Request, study_id: StudyId, parts: CurrentParts, caller: CurrentCaller) -> Response:
        await anyio.to_thread.run_sync(study_of, kind, study_id, caller.tenant, parts)
        return await streaming.told(request, study_id, caller.tenant, parts)

    router.add_api_route(
        f"/v1/{kind.name}/{{study_id}}/events",
        watch_study,
        methods=["GET"],
        operation_id=f"watch{kind.operation}",
        summary="Watch the work",
        description="Server-Sent Events: `queued`, `running`, `progress` with how far it is, and at last `ended`. Who "
        "is cut off goes on with `Last-Event-ID`; browsers do so by themselves.",
        response_class=StreamingResponse,
        responses={
            200: {"description": "Events as they happen; the last is `ended`.", "content": streaming.CONTENT},
            204: {"description": "Nothing more will happen after `Last-Event-ID`: do not come back."},
            **problems("bad-request", "not-found", "not-acceptable", "invalid-request", *OF_US),
        },
        openapi_extra={"parameters": [streaming.PARAMETER]},
    )


def _stop(router: APIRouter, kind: AnyKind) -> None:
    async def stop_study(request: Request, study_id: StudyId, parts: CurrentParts, caller: CurrentCaller) -> Response:
        # Looked for first: under the id there may be a job of another kind.
        await anyio.to_thread.run_sync(study_of, kind, study_id, caller.tenant, parts)
        await anyio.to_thread.run_sync(parts.jobs.cancel, study_id, caller.tenant)
        study = await anyio.to_thread.run_sync(study_of, kind, study_id, caller.tenant, parts)
        return await _answered(request, kind, study, parts, caller.tenant)

    responses: dict[int | str, dict[str, Any]] = {
        200: {"description": "The answer, as its work has ended.", "headers": _FINISHED},
        **_pending(kind),
        **problems("not-found", "invalid-request", *OF_US),
    }
    said = "The work stops, and what was found by then stays at this address. What has ended stays as it is."
    for method, path, name in (("POST", "/cancel", "cancel"), ("DELETE", "", "delete")):
        router.add_api_route(
            f"/v1/{kind.name}/{{study_id}}{path}",
            stop_study,
            methods=[method],
            operation_id=f"{name}{kind.operation}",
            summary="Stop the work",
            description=said,
            response_model=kind.response,
            responses=responses,
            openapi_extra={"parameters": [PREFER]},
        )
