"""The tables of batches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.db.models import Base, Moment


class BatchRow(Base):
    """Many questions that were asked together."""

    __tablename__ = "batches"
    __table_args__ = (Index(None, "tenant", "id"), Index(None, "unfed"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    lines: Mapped[int] = mapped_column(Integer)
    """How many, without empty ones."""
    unfed: Mapped[bool] = mapped_column(Boolean)
    """Whether some of its lines still wait for a plan; never again once it is False."""
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)


class BatchLineRow(Base):
    """One question of a batch. Without a plan and a problem it waits for room, or was cancelled with its batch."""

    __tablename__ = "batch_lines"
    __table_args__ = (Index(None, "batch_id", "digest"),)

    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    """Number of the line in the body, from 1, empty ones counted."""
    ref: Mapped[str | None] = mapped_column(String(100))
    digest: Mapped[str | None] = mapped_column(String(64))
    """Equal lines of a batch share a plan."""
    plan: Mapped[str | None] = mapped_column(String(36))
    """Id of the plan, which may be gone by now."""
    request_json: Mapped[str | None] = mapped_column(Text)
    problem_json: Mapped[str | None] = mapped_column(Text)
    """Why it gets no plan."""
