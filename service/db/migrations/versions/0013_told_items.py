"""When feeds told of their items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Give items a moment: those that are there were told of by now."""
    op.add_column("feed_items", sa.Column("told_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE feed_items SET told_at = CURRENT_TIMESTAMP")
