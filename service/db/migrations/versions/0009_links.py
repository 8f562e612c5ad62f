"""Links that show a plan to whoever has them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "plan_links",
        sa.Column("plan", sa.String(36), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("plan", name="pk_plan_links"),
        sa.UniqueConstraint("token_sha256", name="uq_plan_links_token_sha256"),
    )
