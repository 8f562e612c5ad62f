"""Gyms that are shared, their members and their schedules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "gyms",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("gym_json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gyms"),
    )
    op.create_index("ix_gyms_tenant_id", "gyms", ["tenant", "id"])
    op.create_table(
        "gym_members",
        sa.Column("gym", sa.String(36), nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("member_json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("gym", "member", name="pk_gym_members"),
        sa.ForeignKeyConstraint(["gym"], ["gyms.id"], name="fk_gym_members_gym_gyms", ondelete="CASCADE"),
    )
    op.create_table(
        "gym_schedules",
        sa.Column("gym", sa.String(36), nullable=False),
        sa.Column("schedule", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("gym", "schedule", name="pk_gym_schedules"),
        sa.ForeignKeyConstraint(["gym"], ["gyms.id"], name="fk_gym_schedules_gym_gyms", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["schedule"], ["studies.id"], name="fk_gym_schedules_schedule_studies", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_gym_schedules_schedule", "gym_schedules", ["schedule"])
