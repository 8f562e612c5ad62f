"""The table of answers kept for repeated requests."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.db.models import Base, Moment


class IdempotencyRow(Base):
    """A request that carried a key, and its answer once there is one."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index(None, "expires_at"),)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_sha256: Mapped[str] = mapped_column(String(64))
    """Of method, path and body."""
    resource_id: Mapped[str] = mapped_column(String(36))
    """Id of what the request makes, chosen before it is made: who takes over after a crash finds it there."""
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    """Until then the first request is taken to be in flight."""
    expires_at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[int | None] = mapped_column(Integer)
    headers_json: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str | None] = mapped_column(Text)
