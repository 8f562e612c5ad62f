"""Making and changing endpoints. The caller commits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from service.errors import ApiError, Fault, RequestError, pointer
from service.outbound.targets import TargetError
from service.validation.parsing import MAX_FAULTS
from service.validation.walk import marker_faults
from service.webhooks.repository import Endpoint, WebhookRepository
from service.webhooks.schemas import MOST_DESCRIPTION_LETTERS
from service.webhooks.signing import new_secret

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.jobs.job import NewJob
    from service.outbound.targets import TargetRules
    from service.webhooks.repository import Delivery
    from service.webhooks.schemas import WebhookChangeRequest, WebhookRequest, WebhookRotateRequest

MOST_ENDPOINTS = 20


def require_sense(
    request: WebhookRequest | WebhookChangeRequest | WebhookRotateRequest, rules: TargetRules, catalog: Catalog
) -> None:
    """Raises RequestError with everything that is wrong with a request."""
    faults = list(islice(marker_faults(request, catalog), MAX_FAULTS))
    url, description = getattr(request, "url", None), getattr(request, "description", None) or ""
    if url is not None:
        try:
            rules.target_of(url)
        except TargetError as error:
            faults.append(Fault(pointer("url"), "not_a_target", str(error)))
    if len(description) > MOST_DESCRIPTION_LETTERS or "\x00" in description:
        message = f"description has at most {MOST_DESCRIPTION_LETTERS} characters, none of them NUL"
        faults.append(Fault(pointer("description"), "out_of_range", message))
    if faults:
        raise RequestError(faults)


def endpoint_of(session: Session, endpoint_id: str, tenant: str) -> Endpoint:
    """A tenant's endpoint. Raises ApiError `not-found`, whoever else may have one under this id."""
    found = WebhookRepository(session).find(endpoint_id, tenant)
    if found is None:
        raise ApiError("not-found", "There is no webhook with this id.")
    return found


def create(session: Session, endpoint_id: str, tenant: str, asked: WebhookRequest) -> Endpoint:
    """Make an endpoint under this id, or return the one that is there. Raises ApiError `too-many-endpoints`."""
    webhooks = WebhookRepository(session)
    known = webhooks.find(endpoint_id, tenant)
    if known is not None:
        return known
    if webhooks.count(tenant) >= MOST_ENDPOINTS:
        raise ApiError("too-many-endpoints", f"A tenant has at most {MOST_ENDPOINTS} webhooks.")
    made = Endpoint(
        id=endpoint_id,
        tenant=tenant,
        url=asked.url,
        description=asked.description,
        events=tuple(dict.fromkeys(asked.events)),
        secrets=(new_secret(), None),
        old_secret_until=None,
        created_at=datetime.now(UTC),
        failing_since=None,
        disabled_at=None,
        disabled_reason=None,
    )
    webhooks.add(made)
    return made


def change(session: Session, endpoint: Endpoint, asked: WebhookChangeRequest) -> None:
    """Change what is named. To enable it is to forget its failures."""
    values: dict[str, object] = {}
    if asked.url is not None:
        values["url"] = asked.url
    if asked.events is not None:
        values["events"] = " ".join(dict.fromkeys(asked.events))
    if asked.description is not None:
        values["description"] = asked.description
    if asked.enabled:
        values |= {"disabled_at": None, "disabled_reason": None, "failing_since": None}
    elif asked.enabled is False and endpoint.disabled_at is None:
        values |= {"disabled_at": datetime.now(UTC), "disabled_reason": "It was disabled on request."}
    if values:
        WebhookRepository(session).change(endpoint.id, **values)


def rotate(session: Session, endpoint: Endpoint, asked: WebhookRotateRequest) -> None:
    """Give it another secret; the former signs as well for a while."""
    WebhookRepository(session).rotate(endpoint, datetime.now(UTC) + timedelta(hours=asked.overlap_hours))


def delivery_of(session: Session, endpoint: Endpoint, delivery_id: str) -> Delivery:
    """A delivery to an endpoint. Raises ApiError `not-found`."""
    found = WebhookRepository(session).delivery(delivery_id)
    if found is None or found.endpoint != endpoint.id:
        raise ApiError("not-found", "There is no delivery with this id to this webhook.")
    return found


def redeliver(session: Session, endpoint: Endpoint, delivery: Delivery) -> NewJob:
    """Have an event told once more; returns the job to submit. Raises ApiError `endpoint-disabled`."""
    if endpoint.disabled_at is not None:
        raise ApiError("endpoint-disabled", endpoint.disabled_reason or "It is disabled.")
    return WebhookRepository(session).deliver(endpoint, delivery.event, datetime.now(UTC))
