"""The tables of calendars."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.db.models import Base, Moment


class RevisionRow(Base):
    """A plan that has taken the place of another, with the diary as it is since."""

    __tablename__ = "calendar_revisions"
    __table_args__ = (Index(None, "root", "number", unique=True),)

    plan: Mapped[str] = mapped_column(String(36), primary_key=True)
    root: Mapped[str] = mapped_column(String(36))
    """Id of the plan that was the first of them."""
    number: Mapped[int] = mapped_column(Integer)
    """The first to take a place has 1; the first plan itself 0, once it has lost sessions."""
    diary_json: Mapped[str] = mapped_column(Text)


class FeedRow(Base):
    """The address of the calendar of a plan and of all that take its place."""

    __tablename__ = "calendar_feeds"

    root: Mapped[str] = mapped_column(String(36), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
