"""The tables of feeds and of what they told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from service.db.models import Base, Moment


class SlotFeedRow(Base):
    """A feed that a tenant's slots come from, and how far it was read."""

    __tablename__ = "slot_feeds"
    __table_args__ = (Index(None, "tenant", "name", unique=True),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    url: Mapped[str] = mapped_column(Text)
    """Of its first page."""
    next_url: Mapped[str] = mapped_column(Text)
    """Of the page to be read next; changed together with what the page before it told."""
    current_at: Mapped[datetime | None] = mapped_column(Moment)
    """When its last page was reached last."""
    every_seconds: Mapped[int] = mapped_column(Integer, server_default="60")
    """Workers read it again so long after they reached its last page."""
    next_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it is to be read next; None is at once."""
    job: Mapped[str | None] = mapped_column(String(36))
    """The latest job that reads it."""
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    """First failure since it was read last."""
    failures: Mapped[int] = mapped_column(Integer, server_default="0")
    """In a row."""
    failure: Mapped[str | None] = mapped_column(Text)
    """What was wrong the last time."""
    paused_at: Mapped[datetime | None] = mapped_column(Moment)
    paused_reason: Mapped[str | None] = mapped_column(String(200))


class FeedItemRow(Base):
    """The newest that a feed told of an item; a deleted one stays for a while: no older word is to bring it back."""

    __tablename__ = "feed_items"

    feed_id: Mapped[str] = mapped_column(ForeignKey("slot_feeds.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(255), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    modified_json: Mapped[str] = mapped_column(Text)
    """A number or a text, as JSON."""
    told_at: Mapped[datetime | None] = mapped_column(Moment)


class FeedSlotRow(Base):
    """A slot that an item told of. One that is taken back stays as `gone`: it is known that it was there."""

    __tablename__ = "feed_slots"
    __table_args__ = (
        ForeignKeyConstraint(
            ["feed_id", "kind", "item_id"],
            ["feed_items.feed_id", "feed_items.kind", "feed_items.item_id"],
            name="fk_feed_slots_item",
            ondelete="CASCADE",
        ),
        Index(None, "feed_id", "kind", "item_id"),
        Index(None, "feed_id", "starts_at"),
    )

    feed_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    slot_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    kind: Mapped[str] = mapped_column(String(255))
    item_id: Mapped[str] = mapped_column(String(255))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    place: Mapped[str | None] = mapped_column(Text)
    capacity: Mapped[int | None] = mapped_column(Integer)
    remaining: Mapped[int | None] = mapped_column(Integer)
    cancelled: Mapped[bool] = mapped_column(Boolean)
    gone: Mapped[bool] = mapped_column(Boolean, server_default=false())
