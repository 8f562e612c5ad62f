"""The tables of webhooks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.db.models import Base, Moment


class EndpointRow(Base):
    """An address that is told of events. Signing needs the secret itself, so it is kept; it is never shown again."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (Index(None, "tenant", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    url: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(String(200))
    events: Mapped[str] = mapped_column(Text)
    """Types of events, separated by spaces."""
    secret: Mapped[str] = mapped_column(String(100))
    old_secret: Mapped[str | None] = mapped_column(String(100))
    old_secret_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    """First failure since the last success."""
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)
    disabled_reason: Mapped[str | None] = mapped_column(String(200))


class EventRow(Base):
    """Something that happened, as it is told: the same bytes to everybody and every time."""

    __tablename__ = "webhook_events"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    type: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(Moment)
    body: Mapped[str] = mapped_column(Text)


class DeliveryRow(Base):
    """An event that is told to an endpoint; its id is that of its job."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index(None, "endpoint", "id"), Index(None, "event"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    endpoint: Mapped[str] = mapped_column(ForeignKey("webhook_endpoints.id", ondelete="CASCADE"))
    event: Mapped[str] = mapped_column(ForeignKey("webhook_events.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[str] = mapped_column(String(16))
    """`pending`, `delivered` or `failed`."""
    next_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it is tried again."""


class AttemptRow(Base):
    """One try at a delivery."""

    __tablename__ = "webhook_attempts"

    delivery: Mapped[str] = mapped_column(ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    milliseconds: Mapped[int] = mapped_column(Integer)
    status: Mapped[int | None] = mapped_column(Integer)
    """HTTP status of the answer; None when there was none."""
    error: Mapped[str | None] = mapped_column(String(200))
    """What was wrong; None when it was delivered."""
