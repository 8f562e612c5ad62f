"""The tables. Their migrations are in `service/db/migrations`; a test keeps the two equal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, DateTime, ForeignKey, Index, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

DEFAULT_TENANT = "local"
"""Owner of everything that is asked for without a key."""

DOCUMENT_FORMAT = 1
"""Form of the stored requests and answers; raised when an old one can no longer be read as it is."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both databases: SQLite keeps no offset of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        del dialect
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read as UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Common ancestor of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class KeptRow(Base):
    """A question with its answer; until there is one, `response_json` tells what is known of the question."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[str] = mapped_column(String(16))
    """`queued` until the answer is there, also while the search runs: that is the job's to tell."""
    format: Mapped[int] = mapped_column(Integer)
    """`DOCUMENT_FORMAT` of the two documents."""
    digest: Mapped[str | None] = mapped_column(String(64))
    """Of everything that the answer depends on: equal ones have the same answer."""
    repeatable: Mapped[bool] = mapped_column(Boolean)
    """Whether the same question gets the same answer, so that this one may be given again."""
    request_json: Mapped[str] = mapped_column(Text)
    response_json: Mapped[str] = mapped_column(Text)
    """The answer byte for byte as it was given."""


class PlanRow(KeptRow):
    """A request for a week with its plan."""

    __tablename__ = "plans"
    __table_args__ = (
        Index(None, "tenant", "id"),
        Index(None, "tenant", "digest"),
        Index(None, "tenant", "origin", "id"),
    )

    origin: Mapped[str | None] = mapped_column(String(16))
    """How the plan came to be; None where nobody wrote it down."""
    origin_plan: Mapped[str | None] = mapped_column(String(36))
    """Id of the plan that it came out of, which may be gone by now."""
    origin_question: Mapped[str | None] = mapped_column(String(36))
    """Id of the question or batch that it came out of, which may be gone by now."""


class StudyRow(KeptRow):
    """A question other than for a plan, with its answer."""

    __tablename__ = "studies"
    __table_args__ = (Index(None, "tenant", "kind", "id"), Index(None, "tenant", "digest"))

    kind: Mapped[str] = mapped_column(String(32))
    plan: Mapped[str | None] = mapped_column(String(36))
    """Id of the plan that the question is about, which may be gone by now."""


class JobRow(Base):
    """A piece of work that outlives the processes that do it. Written only by whoever holds `attempt`."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    threads: Mapped[int] = mapped_column(Integer)
    """Threads it works with."""
    cancel_requested: Mapped[bool] = mapped_column(Boolean)
    attempt: Mapped[int] = mapped_column(Integer)
    """Number of its latest start; 0 before the first. Older attempts can write nothing any more."""
    losses: Mapped[int] = mapped_column(Integer)
    """Attempts that never came to an end: their workers died or fell silent."""
    beat: Mapped[int] = mapped_column(Integer)
    """Counts up while its worker lives. A count and no time, so that clocks may jump."""
    delivery: Mapped[str] = mapped_column(String(64))
    """Id of the message in the engine's queue that stands for it; older ones are void."""
    worker: Mapped[str | None] = mapped_column(String(128))
    last_seq: Mapped[int] = mapped_column(Integer)
    """Number of its latest event."""
    reason: Mapped[str | None] = mapped_column(Text)
    """Why it failed."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (Index(None, "state"), Index(None, "tenant", "state"), Index(None, "ended_at"))


class JobEventRow(Base):
    """Something that happened to a job, numbered from 1."""

    __tablename__ = "job_events"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    data_json: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
