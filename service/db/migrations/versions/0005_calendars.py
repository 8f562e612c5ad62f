"""Plans that take the place of others, and the addresses of their calendars."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "calendar_revisions",
        sa.Column("plan", sa.String(36), nullable=False),
        sa.Column("root", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("diary_json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("plan", name="pk_calendar_revisions"),
    )
    op.create_index("ix_calendar_revisions_root_number", "calendar_revisions", ["root", "number"], unique=True)
    op.create_table(
        "calendar_feeds",
        sa.Column("root", sa.String(36), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("root", name="pk_calendar_feeds"),
        sa.UniqueConstraint("token_sha256", name="uq_calendar_feeds_token_sha256"),
    )
