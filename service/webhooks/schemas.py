"""The JSON of webhooks, in both directions."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, Field, JsonValue

from service.plans.clock import rfc3339
from service.plans.schemas.request import RequestModel
from service.plans.schemas.response import ResponseModel
from service.reference.paging import PageQuery
from service.validation.markers import Bounds, Size
from service.webhooks.events import TYPES, EventType
from service.webhooks.repository import Delivery, DeliveryStatus, Endpoint

MOST_OVERLAP_HOURS = 7 * 24
MOST_DESCRIPTION_LETTERS = 200
ID = "0199f4a2-8d00-7c11-8a51-3c2f7be0a4d1"
DELIVERY_ID = "0199f4a2-9e10-7d22-9b62-4d3a8cf1b5e2"
URL = "https://booking.example.com/hooks/training"

EventTypes = Annotated[list[EventType], Size(1, len(TYPES))]
_MOMENT = "2026-11-20T09:15:00.000+00:00"


class WebhookRequest(RequestModel):
    """An address that is to be told of events."""

    url: str = Field(description="Where to POST them: https, and no internal address.", examples=[URL])
    events: EventTypes = Field(
        default=list(TYPES), description="Types of events that are wanted. Default: all.", examples=[["plan.finished"]]
    )
    description: str = Field(default="", description="What it is for, in your words.", examples=["Booking system"])


class WebhookChangeRequest(RequestModel):
    """What is to be different; what is not named stays."""

    url: str | None = Field(default=None, description="Where to POST events from now on.", examples=[URL])
    events: EventTypes | None = Field(
        default=None, description="Types of events that are wanted.", examples=[["plan.finished", "plan.failed"]]
    )
    description: str | None = Field(default=None, description="What it is for.", examples=["Booking system, test"])
    enabled: bool | None = Field(default=None, description="Whether it is told of events.", examples=[True])


class WebhookRotateRequest(RequestModel):
    """How long both secrets sign."""

    overlap_hours: Annotated[int, Bounds(0, MOST_OVERLAP_HOURS, "hours")] = Field(
        default=24, description="So long the former secret signs as well. Default: 24.", examples=[24]
    )


BODIES: tuple[type[BaseModel], ...] = (WebhookRequest, WebhookChangeRequest, WebhookRotateRequest)


class WebhookResponse(ResponseModel):
    """An address that is told of events."""

    id: str = Field(description="Opaque, sorts by time.", examples=[ID])
    url: str = Field(description="Where events are posted.", examples=[URL])
    events: list[EventType] = Field(description="Types of events that are wanted.", examples=[["plan.finished"]])
    description: str = Field(description="What it is for.", examples=["Booking system"])
    created_at: str = Field(description="RFC 3339.", examples=[_MOMENT])
    enabled: bool = Field(description="Whether it is told of events.", examples=[True])
    disabled_reason: str | None = Field(description="Why it is not; null when it is.", examples=[None])
    failing_since: str | None = Field(
        description="First failure since the last message that it took; null when there was none.", examples=[None]
    )

    @classmethod
    def of(cls, endpoint: Endpoint) -> WebhookResponse:
        """What is shown of an endpoint."""
        return cls(**_shown(endpoint))


class WebhookWithSecretResponse(WebhookResponse):
    """The same with its secret, which is told this once."""

    secret: str = Field(
        description="What messages are signed with. It is not shown again.",
        examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3dpUWIZ0Vhk="],
    )

    @classmethod
    def of(cls, endpoint: Endpoint) -> WebhookWithSecretResponse:
        """An endpoint that was made, or has got another secret, just now."""
        return cls(**_shown(endpoint), secret=endpoint.secrets[0])


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    since = endpoint.failing_since
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "events": list(endpoint.events),
        "description": endpoint.description,
        "created_at": rfc3339(endpoint.created_at),
        "enabled": endpoint.disabled_at is None,
        "disabled_reason": endpoint.disabled_reason,
        "failing_since": None if since is None else rfc3339(since),
    }


class WebhookPage(BaseModel):
    """A part of the list."""

    items: list[WebhookResponse]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])


class WebhookAttemptResponse(ResponseModel):
    """One try at a delivery."""

    number: int = Field(description="Counts from 1.", examples=[1])
    at: str = Field(description="RFC 3339.", examples=[_MOMENT])
    milliseconds: int = Field(description="How long it took.", examples=[84])
    status: int | None = Field(description="HTTP status of the answer; null when there was none.", examples=[200])
    error: str | None = Field(description="What was wrong; null when the message was taken.", examples=[None])


class WebhookDeliveryResponse(ResponseModel):
    """An event that is told to an address, with every try."""

    id: str = Field(description="Opaque, sorts by time.", examples=[DELIVERY_ID])
    event_id: str = Field(
        description="`webhook-id` of the message: the same in every try and redelivery.",
        examples=["msg_0199f4a2-9e0f-7a30-8c11-0b1c2d3e4f50"],
    )
    type: EventType = Field(description="Type of the event.", examples=["plan.finished"])
    status: DeliveryStatus = Field(
        description="`pending` until it is taken (`delivered`) or given up (`failed`).", examples=["delivered"]
    )
    created_at: str = Field(description="RFC 3339.", examples=[_MOMENT])
    next_attempt_at: str | None = Field(description="When it is tried next; null when it is over.", examples=[None])
    attempts: list[WebhookAttemptResponse] = Field(description="Every try, the earliest first.")
    payload: dict[str, JsonValue] = Field(
        description="The message.",
        examples=[
            {
                "type": "plan.finished",
                "timestamp": _MOMENT,
                "data": {"plan": ID, "address": f"/v1/plans/{ID}", "status": "optimal"},
            }
        ],
    )

    @classmethod
    def of(cls, delivery: Delivery) -> WebhookDeliveryResponse:
        """What is shown of a delivery."""
        return cls(
            id=delivery.id,
            event_id=delivery.event,
            type=_type(delivery.type),
            status=delivery.status,
            created_at=rfc3339(delivery.created_at),
            next_attempt_at=None if delivery.next_at is None else rfc3339(delivery.next_at),
            attempts=[
                WebhookAttemptResponse(
                    number=a.number, at=rfc3339(a.at), milliseconds=a.milliseconds, status=a.status, error=a.error
                )
                for a in delivery.attempts
            ],
            payload=json.loads(delivery.body),
        )


def _type(name: str) -> EventType:
    return next(type_ for type_ in TYPES if type_ == name)


class WebhookDeliveryPage(BaseModel):
    """A part of the list."""

    items: list[WebhookDeliveryResponse]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])


class WebhookDeliveryQuery(PageQuery):
    """Which deliveries are wanted."""

    status: DeliveryStatus | None = Field(default=None, description="Only those that are so far.")
