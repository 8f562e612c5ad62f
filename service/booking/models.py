"""The tables of feeds and of what they told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text
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


class FeedItemRow(Base):
    """The newest that a feed told of an item; a deleted one stays, so that an older word does not bring it back."""

    __tablename__ = "feed_items"

    feed_id: Mapped[str] = mapped_column(ForeignKey("slot_feeds.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(255), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    modified_json: Mapped[str] = mapped_column(Text)
    """A number or a text, as JSON."""


class FeedSlotRow(Base):
    """A slot that an item told of."""

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
