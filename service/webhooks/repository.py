"""Stored endpoints, events and deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from sqlalchemy import delete, func, select, update

from service.ids import new_id
from service.jobs.job import NewJob
from service.webhooks.models import AttemptRow, DeliveryRow, EndpointRow, EventRow
from service.webhooks.signing import new_secret

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from service.webhooks.sending import Reply

KIND = "delivery"
"""Kind of the jobs that deliver."""

DeliveryStatus = Literal["pending", "delivered", "failed"]


@dataclass(frozen=True)
class Endpoint:
    """An address that is told of events."""

    id: str
    tenant: str
    url: str
    description: str
    events: tuple[str, ...]
    secrets: tuple[str, str | None]
    """The secret, and the one before it."""
    old_secret_until: datetime | None
    created_at: datetime
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_reason: str | None

    def keys(self, now: datetime) -> tuple[str, ...]:
        """The secrets to sign with."""
        new, old = self.secrets
        overlaps = old is not None and self.old_secret_until is not None and now < self.old_secret_until
        return (new, old) if old is not None and overlaps else (new,)

    def __repr__(self) -> str:
        return f"Endpoint({self.id})"


@dataclass(frozen=True)
class Attempt:
    """One try at a delivery."""

    number: int
    at: datetime
    milliseconds: int
    status: int | None
    error: str | None


@dataclass(frozen=True)
class Delivery:
    """An event that is told to an endpoint."""

    id: str
    endpoint: str
    event: str
    type: str
    status: DeliveryStatus
    created_at: datetime
    next_at: datetime | None
    body: str
    attempts: tuple[Attempt, ...]


class WebhookRepository:
    """Keeps endpoints, events and deliveries. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, endpoint: Endpoint) -> None:
        """Keep a new endpoint."""
        row = EndpointRow(
            id=endpoint.id,
            tenant=endpoint.tenant,
            url=endpoint.url,
            description=endpoint.description,
            events=" ".join(endpoint.events),
            secret=endpoint.secrets[0],
            created_at=endpoint.created_at,
        )
        self._session.add(row)
        self._session.flush()

    def find(self, endpoint_id: str, tenant: str) -> Endpoint | None:
        """A tenant's endpoint."""
        row = self._session.get(EndpointRow, endpoint_id, populate_existing=True)
        return None if row is None or row.tenant != tenant else _endpoint(row)

    def count(self, tenant: str) -> int:
        """How many endpoints a tenant has."""
        query = select(func.count()).select_from(EndpointRow).where(EndpointRow.tenant == tenant)
        return self._session.execute(query).scalar_one()

    def listed(self, tenant: str) -> list[Endpoint]:
        """A tenant's endpoints, the oldest first."""
        query = select(EndpointRow).where(EndpointRow.tenant == tenant).order_by(EndpointRow.id)
        return [_endpoint(row) for row in self._session.scalars(query)]

    def change(self, endpoint_id: str, **values: object) -> None:
        """Give an endpoint other values."""
        self._session.execute(update(EndpointRow).where(EndpointRow.id == endpoint_id).values(**values))

    def rotate(self, endpoint: Endpoint, until: datetime) -> str:
        """Give an endpoint another secret, and return it; until a moment the former signs as well."""
        secret = new_secret()
        self.change(endpoint.id, secret=secret, old_secret=endpoint.secrets[0], old_secret_until=until)
        return secret

    def remove(self, endpoint_id: str) -> None:
        """Delete an endpoint with its deliveries."""
        self._session.execute(delete(EndpointRow).where(EndpointRow.id == endpoint_id))
        self._forget_events()

    def publish(self, tenant: str, type_: str, event_id: str, body: str, now: datetime) -> list[NewJob]:
        """Write an event down for all endpoints of the tenant that want it; returns the jobs that deliver it."""
        wanting = [e for e in self.listed(tenant) if type_ in e.events and e.disabled_at is None]
        if not wanting:
            return []
        self._session.add(EventRow(id=event_id, type=type_, created_at=now, body=body))
        self._session.flush()
        return [self.deliver(endpoint, event_id, now) for endpoint in wanting]

    def deliver(self, endpoint: Endpoint, event_id: str, now: datetime) -> NewJob:
        """Write down that an event is to be told to an endpoint; returns the job that does it."""
        job = NewJob(new_id(), endpoint.tenant, KIND)
        row = DeliveryRow(
            id=job.id, endpoint=endpoint.id, event=event_id, created_at=now, status="pending", next_at=now
        )
        self._session.add(row)
        self._session.flush()
        return job

    def delivery(self, delivery_id: str) -> Delivery | None:
        """A delivery, of whatever tenant."""
        found = self._deliveries(DeliveryRow.id == delivery_id, limit=1)
        return found[0] if found else None

    def deliveries(
        self, endpoint_id: str, *, limit: int, before: str | None = None, status: str | None = None
    ) -> list[Delivery]:
        """Deliveries to an endpoint, the newest first."""
        where = [DeliveryRow.endpoint == endpoint_id]
        where += [DeliveryRow.id < before] if before is not None else []
        where += [DeliveryRow.status == status] if status is not None else []
        return self._deliveries(*where, limit=limit)

    def _deliveries(self, *where: ColumnElement[bool], limit: int) -> list[Delivery]:
        query = select(DeliveryRow, EventRow.type, EventRow.body).join(EventRow, EventRow.id == DeliveryRow.event)
        query = query.where(*where).order_by(DeliveryRow.id.desc()).limit(limit)
        rows = self._session.execute(query.execution_options(populate_existing=True)).all()
        attempts = self._attempts([row[0].id for row in rows])
        return [
            Delivery(
                id=row.id,
                endpoint=row.endpoint,
                event=row.event,
                type=type_,
                status=cast("DeliveryStatus", row.status),
                created_at=row.created_at,
                next_at=row.next_at,
                body=body,
                attempts=tuple(attempts.get(row.id, [])),
            )
            for row, type_, body in rows
        ]

    def _attempts(self, deliveries: Collection[str]) -> dict[str, list[Attempt]]:
        query = select(AttemptRow).where(AttemptRow.delivery.in_(deliveries)).order_by(AttemptRow.number)
        found: dict[str, list[Attempt]] = {}
        for row in self._session.scalars(query):
            attempt = Attempt(row.number, row.at, row.milliseconds, row.status, row.error)
            found.setdefault(row.delivery, []).append(attempt)
        return found

    def tried(self, delivery: Delivery, reply: Reply, at: datetime) -> None:
        """Write an attempt down."""
        self._session.add(
            AttemptRow(
                delivery=delivery.id,
                number=len(delivery.attempts) + 1,
                at=at,
                milliseconds=reply.milliseconds,
                status=reply.status,
                error=reply.error,
            )
        )

    def settle(self, delivery_id: str, status: DeliveryStatus, next_at: datetime | None = None) -> bool:
        """Say how far a delivery is, and hold it; False when it is gone, with its endpoint."""
        changed = update(DeliveryRow).where(DeliveryRow.id == delivery_id).values(status=status, next_at=next_at)
        return self._session.execute(changed.returning(DeliveryRow.id)).first() is not None

    def healthy(self, endpoint_id: str) -> None:
        """An endpoint has taken a message."""
        self.change(endpoint_id, failing_since=None)

    def failing(self, endpoint_id: str, now: datetime, disable_before: datetime, reason: str) -> None:
        """An endpoint has not; it is disabled when the first failure in a row was before a moment."""
        self.change(endpoint_id, failing_since=func.coalesce(EndpointRow.failing_since, now))
        self._session.execute(
            update(EndpointRow)
            .where(
                EndpointRow.id == endpoint_id,
                EndpointRow.failing_since <= disable_before,
                EndpointRow.disabled_at.is_(None),
            )
            .values(disabled_at=now, disabled_reason=reason)
        )

    def forget(self, deliveries: Sequence[str]) -> None:
        """Delete deliveries, and events that were told to nobody else."""
        self._session.execute(delete(DeliveryRow).where(DeliveryRow.id.in_(deliveries)))
        self._forget_events()

    def _forget_events(self) -> None:
        told = select(DeliveryRow.id).where(DeliveryRow.event == EventRow.id).exists()
        self._session.execute(delete(EventRow).where(~told))


def _endpoint(row: EndpointRow) -> Endpoint:
    return Endpoint(
        id=row.id,
        tenant=row.tenant,
        url=row.url,
        description=row.description,
        events=tuple(row.events.split()),
        secrets=(row.secret, row.old_secret),
        old_secret_until=row.old_secret_until,
        created_at=row.created_at,
        failing_since=row.failing_since,
        disabled_at=row.disabled_at,
        disabled_reason=row.disabled_reason,
    )
