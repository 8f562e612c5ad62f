"""Feeds of booking systems and their slots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "slot_feeds",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("next_url", sa.Text(), nullable=False),
        sa.Column("current_at", moment),
        sa.PrimaryKeyConstraint("id", name="pk_slot_feeds"),
    )
    op.create_index("ix_slot_feeds_tenant_name", "slot_feeds", ["tenant", "name"], unique=True)
    op.create_table(
        "feed_items",
        sa.Column("feed_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(255), nullable=False),
        sa.Column("item_id", sa.String(255), nullable=False),
        sa.Column("modified_json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["slot_feeds.id"], name="fk_feed_items_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "kind", "item_id", name="pk_feed_items"),
    )
    op.create_table(
        "feed_slots",
        sa.Column("feed_id", sa.String(36), nullable=False),
        sa.Column("slot_id", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(255), nullable=False),
        sa.Column("item_id", sa.String(255), nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("capacity", sa.Integer()),
        sa.Column("remaining", sa.Integer()),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id", "kind", "item_id"],
            ["feed_items.feed_id", "feed_items.kind", "feed_items.item_id"],
            name="fk_feed_slots_item",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("feed_id", "slot_id", name="pk_feed_slots"),
    )
    op.create_index("ix_feed_slots_feed_id_kind_item_id", "feed_slots", ["feed_id", "kind", "item_id"])
    op.create_index("ix_feed_slots_feed_id_starts_at", "feed_slots", ["feed_id", "starts_at"])
