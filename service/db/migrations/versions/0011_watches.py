"""Feeds that workers read, slots that are taken back, and plans that are kept current."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables, and give feeds and slots what they have now."""
    moment = sa.DateTime(timezone=True)
    for column in (
        sa.Column("every_seconds", sa.Integer(), server_default="60", nullable=False),
        sa.Column("next_at", moment),
        sa.Column("job", sa.String(36)),
        sa.Column("failing_since", moment),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("paused_at", moment),
        sa.Column("paused_reason", sa.String(200)),
    ):
        op.add_column("slot_feeds", column)
    op.add_column("feed_slots", sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "plan_watches",
        sa.Column("root", sa.String(36), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("plan", sa.String(36), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("request_json", sa.Text(), nullable=False),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("job", sa.String(36)),
        sa.Column("tried", sa.String(64)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("slots_json", sa.Text()),
        sa.Column("failure_json", sa.Text()),
        sa.PrimaryKeyConstraint("root", name="pk_plan_watches"),
    )
    op.create_index("ix_plan_watches_due_ends_at", "plan_watches", ["due", "ends_at"])
    op.create_table(
        "watched_slots",
        sa.Column("root", sa.String(36), nullable=False),
        sa.Column("slot_id", sa.String(255), nullable=False),
        sa.ForeignKeyConstraint(
            ["root"], ["plan_watches.root"], name="fk_watched_slots_root_plan_watches", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("root", "slot_id", name="pk_watched_slots"),
    )
    op.create_index("ix_watched_slots_slot_id", "watched_slots", ["slot_id"])
