"""How plans came to be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Give plans an origin. Of those that are there, what has a digest was asked for; by whom, where a batch has it as
    well, nobody wrote down."""
    for column in (
        sa.Column("origin", sa.String(16)),
        sa.Column("origin_plan", sa.String(36)),
        sa.Column("origin_question", sa.String(36)),
    ):
        op.add_column("plans", column)
    op.execute(
        "UPDATE plans SET origin = 'asked' WHERE digest IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM batch_lines WHERE batch_lines.plan = plans.id)"
    )
    op.create_index("ix_plans_tenant_origin_id", "plans", ["tenant", "origin", "id"])
