"""`/v1/webhooks`: addresses that are told of events, and what was told to them."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, TypeVar

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel

from service.bodies import read_body
from service.dependencies import CurrentParts, Parts, parts_of
from service.errors import ApiError
from service.idempotency.replay import PARAMETER as IDEMPOTENCY_KEY
from service.idempotency.replay import once
from service.openapi import OF_A_KEY, OF_JSON, OF_US, body_of, problems
from service.reference.paging import PageQuery, cursor_of, id_of, page_of
from service.tenants.access import CurrentCaller
from service.webhooks import service
from service.webhooks.repository import WebhookRepository
from service.webhooks.schemas import (
    DELIVERY_ID,
    ID,
    URL,
    WebhookChangeRequest,
    WebhookDeliveryPage,
    WebhookDeliveryQuery,
    WebhookDeliveryResponse,
    WebhookPage,
    WebhookRequest,
    WebhookResponse,
    WebhookRotateRequest,
    WebhookWithSecretResponse,
)
from service.webhooks.work import DeliveryRules

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

Asked = TypeVar("Asked", WebhookRequest, WebhookChangeRequest, WebhookRotateRequest)
WebhookId = Annotated[str, Path(description="Id of the webhook.", examples=[ID])]
DeliveryId = Annotated[str, Path(description="Id of the delivery.", examples=[DELIVERY_ID])]

_JSON = "application/json"
_LOCATION = {"Location": {"description": "Address of the webhook.", "schema": {"type": "string"}}}

REQUESTS: dict[str, dict[str, Any]] = {
    "some": {"summary": "Finished and failed plans", "value": {"url": URL, "events": ["plan.finished", "plan.failed"]}},
    "all": {"summary": "Every event", "value": {"url": URL, "description": "Booking system"}},
}
CHANGES: dict[str, dict[str, Any]] = {"enable": {"summary": "Tell it again", "value": {"enabled": True}}}
ROTATIONS: dict[str, dict[str, Any]] = {"day": {"summary": "Both for a day", "value": {"overlap_hours": 24}}}


async def _read(request: Request, model: type[Asked]) -> Asked:
    parts = parts_of(request)
    asked = await read_body(request, model, parts.settings.max_body_bytes)
    service.require_sense(asked, DeliveryRules.of(parts.settings).targets, parts.catalog)
    return asked


async def _new(request: Request) -> WebhookRequest:
    return await _read(request, WebhookRequest)


async def _change(request: Request) -> WebhookChangeRequest:
    return await _read(request, WebhookChangeRequest)


async def _rotation(request: Request) -> WebhookRotateRequest:
    return await _read(request, WebhookRotateRequest)


def _answer(body: BaseModel, status: int, location: str | None = None) -> Response:
    return Response(body.model_dump_json(), status, {"Location": location} if location else {}, media_type=_JSON)


@router.post(
    "",
    operation_id="createWebhook",
    summary="Be told of events",
    response_model=WebhookWithSecretResponse,
    status_code=201,
    responses={
        201: {"description": "The webhook with its secret, told this once.", "headers": _LOCATION},
        **problems(*OF_JSON, *OF_A_KEY, "too-many-endpoints", *OF_US),
    },
    openapi_extra={**body_of(WebhookRequest, REQUESTS), "parameters": [IDEMPOTENCY_KEY]},
)
async def create_webhook(
    request: Request, asked: Annotated[WebhookRequest, Depends(_new)], parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """Name an address that events are posted to, signed by Standard Webhooks.

    `plan.finished` and `plan.failed` tell that a search has ended, or that a plan that is kept current has lost its
    week; `plan.replanned` that another plan has taken the place of one, `schedule.changed` that sessions are at other
    times or places, `feed.paused` that a feed is read no more. What is not answered with 2xx within 15 seconds is told
    again, later and later, for one to two days; an address that takes nothing for five is disabled.
    """

    def make(webhook_id: str) -> Response:
        with parts.sessions.begin() as session:
            made = service.create(session, webhook_id, caller.tenant, asked)
        return _answer(WebhookWithSecretResponse.of(made), 201, f"/v1/webhooks/{made.id}")

    return await _once(request, parts, caller.tenant, asked, make)


async def _once(request: Request, parts: Parts, tenant: str, asked: BaseModel | None, make: Any) -> Response:
    async def made(resource_id: str) -> Response:
        response: Response = await anyio.to_thread.run_sync(make, resource_id)
        return response

    body = None if asked is None else asked.model_dump(mode="json", exclude_unset=True)
    return await once(request, parts.sessions, tenant, body, made)


@router.get("", operation_id="listWebhooks", summary="All webhooks", responses=problems("invalid-request", *OF_US))
def list_webhooks(query: Annotated[PageQuery, Query()], parts: CurrentParts, caller: CurrentCaller) -> WebhookPage:
    """Webhooks of the key's tenant, the oldest first; without their secrets."""
    with parts.sessions() as session:
        found = WebhookRepository(session).listed(caller.tenant)
    page = page_of([(endpoint.id, WebhookResponse.of(endpoint)) for endpoint in found], query)
    return WebhookPage(items=page.items, next_cursor=page.next_cursor)


@router.get(
    "/{webhook_id}",
    operation_id="getWebhook",
    summary="Fetch a webhook",
    responses=problems("not-found", "invalid-request", *OF_US),
)
def get_webhook(webhook_id: WebhookId, parts: CurrentParts, caller: CurrentCaller) -> WebhookResponse:
    """A webhook without its secret."""
    with parts.sessions() as session:
        return WebhookResponse.of(service.endpoint_of(session, webhook_id, caller.tenant))


@router.patch(
    "/{webhook_id}",
    operation_id="changeWebhook",
    summary="Change a webhook",
    responses=problems(*OF_JSON, "not-found", *OF_US),
    openapi_extra=body_of(WebhookChangeRequest, CHANGES),
)
def change_webhook(
    webhook_id: WebhookId,
    asked: Annotated[WebhookChangeRequest, Depends(_change)],
    parts: CurrentParts,
    caller: CurrentCaller,
) -> WebhookResponse:
    """Change its address, its events or its description, or enable it again after it was disabled."""
    with parts.sessions.begin() as session:
        service.change(session, service.endpoint_of(session, webhook_id, caller.tenant), asked)
        return WebhookResponse.of(service.endpoint_of(session, webhook_id, caller.tenant))


@router.delete(
    "/{webhook_id}",
    operation_id="deleteWebhook",
    summary="End a webhook",
    status_code=204,
    responses={204: {"description": "It is gone."}, **problems("not-found", "invalid-request", *OF_US)},
)
def delete_webhook(webhook_id: WebhookId, parts: CurrentParts, caller: CurrentCaller) -> Response:
    """Tell it nothing more, and delete it with its log."""
    with parts.sessions.begin() as session:
        WebhookRepository(session).remove(service.endpoint_of(session, webhook_id, caller.tenant).id)
    return Response(status_code=204)


@router.post(
    "/{webhook_id}/rotate",
    operation_id="rotateWebhookSecret",
    summary="Change a secret",
    response_model=WebhookWithSecretResponse,
    responses={
        200: {"description": "The webhook with its new secret, told this once."},
        **problems(*OF_JSON, *OF_A_KEY, "not-found", *OF_US),
    },
    openapi_extra={**body_of(WebhookRotateRequest, ROTATIONS), "parameters": [IDEMPOTENCY_KEY]},
)
async def rotate_webhook_secret(
    request: Request,
    webhook_id: WebhookId,
    asked: Annotated[WebhookRotateRequest, Depends(_rotation)],
    parts: CurrentParts,
    caller: CurrentCaller,
) -> Response:
    """Give it another secret; for a while messages carry the signatures of both."""

    def make(_: str) -> Response:
        with parts.sessions.begin() as session:
            service.rotate(session, service.endpoint_of(session, webhook_id, caller.tenant), asked)
            rotated = service.endpoint_of(session, webhook_id, caller.tenant)
        return _answer(WebhookWithSecretResponse.of(rotated), 200)

    return await _once(request, parts, caller.tenant, asked, make)


@router.get(
    "/{webhook_id}/deliveries",
    operation_id="listWebhookDeliveries",
    summary="What was told",
    responses=problems("not-found", "invalid-request", *OF_US),
)
def list_webhook_deliveries(
    webhook_id: WebhookId,
    query: Annotated[WebhookDeliveryQuery, Query()],
    parts: CurrentParts,
    caller: CurrentCaller,
) -> WebhookDeliveryPage:
    """Every event that was or is to be told to a webhook, the newest first, with every try and what came of it."""
    before = None if query.cursor is None else id_of(query.cursor)
    with parts.sessions() as session:
        service.endpoint_of(session, webhook_id, caller.tenant)
        found = WebhookRepository(session).deliveries(
            webhook_id, limit=query.limit + 1, before=before, status=query.status
        )
    items = [WebhookDeliveryResponse.of(delivery) for delivery in found[: query.limit]]
    more = len(found) > query.limit
    return WebhookDeliveryPage(items=items, next_cursor=cursor_of(items[-1].id) if more else None)


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/redeliver",
    operation_id="redeliverWebhook",
    summary="Tell an event again",
    response_model=WebhookDeliveryResponse,
    status_code=202,
    responses={
        202: {"description": "A delivery of its own, of the same event."},
        **problems("bad-request", "not-found", "endpoint-disabled", "invalid-request", *OF_A_KEY, *OF_US),
    },
    openapi_extra={"parameters": [IDEMPOTENCY_KEY]},
)
async def redeliver_webhook(
    request: Request, webhook_id: WebhookId, delivery_id: DeliveryId, parts: CurrentParts, caller: CurrentCaller
) -> Response:
    """Tell an event once more, whatever came of it before. The message is the same, under the same `webhook-id`."""

    return await _once(
        request, parts, caller.tenant, None, partial(_redelivered, webhook_id, delivery_id, parts, caller.tenant)
    )


def _redelivered(webhook_id: str, delivery_id: str, parts: Parts, tenant: str, _: str) -> Response:
    with parts.sessions.begin() as session:
        endpoint = service.endpoint_of(session, webhook_id, tenant)
        job = service.redeliver(session, endpoint, service.delivery_of(session, endpoint, delivery_id))
        parts.jobs.submit(session, job.id, job.tenant, job.kind, job.threads, datetime.now(UTC))
        made = WebhookRepository(session).delivery(job.id)
    if made is None:
        raise ApiError("not-found", "There is no delivery with this id to this webhook.")
    return _answer(WebhookDeliveryResponse.of(made), 202)
