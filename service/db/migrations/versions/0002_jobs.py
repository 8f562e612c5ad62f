"""Owners, and searches as durable jobs with their events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NEW = ("tenant", "format", "repeatable")


def upgrade() -> None:
    """Add to plans, make the tables of the jobs.

    Plans from before were asked for without a key, are in the first form, and are no answers to other questions.
    """
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("plans") as plans:
        plans.add_column(sa.Column("tenant", sa.String(64), nullable=False, server_default="local"))
        plans.add_column(sa.Column("format", sa.Integer(), nullable=False, server_default="1"))
        plans.add_column(sa.Column("digest", sa.String(64)))
        plans.add_column(sa.Column("repeatable", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("plans") as plans:
        for name in _NEW:
            plans.alter_column(name, server_default=None)
    op.create_index("ix_plans_tenant_id", "plans", ["tenant", "id"])
    op.create_index("ix_plans_tenant_digest", "plans", ["tenant", "digest"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("threads", sa.Integer(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("losses", sa.Integer(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.String(64), nullable=False),
        sa.Column("worker", sa.String(128)),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("started_at", moment),
        sa.Column("ended_at", moment),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_state", "jobs", ["state"])
    op.create_index("ix_jobs_tenant_state", "jobs", ["tenant", "state"])
    op.create_index("ix_jobs_ended_at", "jobs", ["ended_at"])
    op.create_table(
        "job_events",
        sa.Column("job_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("data_json", sa.Text(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_events_job_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "seq", name="pk_job_events"),
    )
