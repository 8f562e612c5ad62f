"""The tables of gyms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.db.models import Base, Moment


class GymRow(Base):
    """A gym that is kept."""

    __tablename__ = "gyms"
    __table_args__ = (Index(None, "tenant", "id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    gym_json: Mapped[str] = mapped_column(Text)
    """A `GymRequest` as it was sent."""


class GymMemberRow(Base):
    """A member of a gym, under the caller's name for him."""

    __tablename__ = "gym_members"

    gym: Mapped[str] = mapped_column(ForeignKey("gyms.id", ondelete="CASCADE"), primary_key=True)
    member: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    member_json: Mapped[str] = mapped_column(Text)
    """A `GymMemberRequest` as it was sent."""


class GymScheduleRow(Base):
    """A schedule that was asked for about a kept gym."""

    __tablename__ = "gym_schedules"
    __table_args__ = (Index(None, "schedule"),)

    gym: Mapped[str] = mapped_column(ForeignKey("gyms.id", ondelete="CASCADE"), primary_key=True)
    schedule: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
