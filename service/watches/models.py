"""The tables of watches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.db.models import Base, Moment


class WatchRow(Base):
    """A plan, with all that take its place, that is kept current."""

    __tablename__ = "plan_watches"
    __table_args__ = (Index(None, "due", "ends_at"),)

    root: Mapped[str] = mapped_column(String(36), primary_key=True)
    """Id of the plan that was the first of them."""
    tenant: Mapped[str] = mapped_column(String(64))
    plan: Mapped[str] = mapped_column(String(36))
    """Id of the one that counts."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    """When its week is over."""
    request_json: Mapped[str] = mapped_column(Text)
    due: Mapped[bool] = mapped_column(Boolean)
    """Whether its slots are to be looked at: set in the transaction that writes down what has become of them."""
    job: Mapped[str | None] = mapped_column(String(36))
    """The replan that is under way."""
    tried: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of what the latest replan was told."""
    tries: Mapped[int] = mapped_column(Integer)
    """Replans in a row that were told the same and found neither a week nor a proof."""
    slots_json: Mapped[str | None] = mapped_column(Text)
    """Slots with a session that it was to do without, or to follow to other times."""
    failure_json: Mapped[str | None] = mapped_column(Text)
    """Why the plan has no place to be held; None when it has."""


class WatchedSlotRow(Base):
    """A slot that a plan stands on."""

    __tablename__ = "watched_slots"
    __table_args__ = (Index(None, "slot_id"),)

    root: Mapped[str] = mapped_column(ForeignKey("plan_watches.root", ondelete="CASCADE"), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(255), primary_key=True)
