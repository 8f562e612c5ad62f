"""Stored gyms, their members and which schedules are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, delete, func, select, update

from service.db.holding import hold
from service.db.models import JobRow, StudyRow
from service.gyms.models import GymMemberRow, GymRow, GymScheduleRow
from service.kept.repository import UNFINISHED
from service.studies.repository import StudyLine

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_IN_FORCE = ("done", "partial")
"""Schedules that ended so have weeks. One that was stopped may have some, and takes no other's place."""


@dataclass(frozen=True)
class KeptGym:
    """A gym as its tenant may see it."""

    id: str
    created_at: datetime
    changed_at: datetime
    gym_json: str
    members: int


@dataclass(frozen=True)
class KeptMember:
    """A member as he is kept."""

    id: str
    created_at: datetime
    changed_at: datetime
    member_json: str


class GymRepository:
    """Keeps gyms. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, gym_id: str, tenant: str, gym_json: str, now: datetime) -> None:
        """Keep a gym."""
        self._session.add(GymRow(id=gym_id, tenant=tenant, created_at=now, changed_at=now, gym_json=gym_json))
        self._session.flush()

    def find(self, gym_id: str, tenant: str) -> KeptGym | None:
        """A tenant's gym."""
        return next(iter(self._gyms(tenant, GymRow.id == gym_id)), None)

    def hold(self, gym_id: str) -> bool:
        """Let nobody change a gym, its members or its schedules until the end of the transaction; False without it."""
        return hold(self._session, select(GymRow.id).where(GymRow.id == gym_id))

    def listed(self, tenant: str, *, limit: int, before: str | None = None) -> list[KeptGym]:
        """A tenant's gyms, the newest first."""
        where = () if before is None else (GymRow.id < before,)
        return self._gyms(tenant, *where, limit=limit)

    def count(self, tenant: str) -> int:
        """How many gyms a tenant has."""
        query = select(func.count()).select_from(GymRow).where(GymRow.tenant == tenant)
        return int(self._session.execute(query).scalar_one())

    def change(self, gym_id: str, gym_json: str, now: datetime) -> None:
        """Put another form of a gym in the place of the one that is there."""
        self._session.execute(
            update(GymRow)
            .where(GymRow.id == gym_id)
            .values(gym_json=gym_json, changed_at=now)
            .execution_options(synchronize_session=False)
        )

    def remove(self, gym_id: str) -> None:
        """Forget a gym and its members; its schedules stay."""
        self._session.execute(delete(GymRow).where(GymRow.id == gym_id))

    def member(self, gym_id: str, member: str) -> KeptMember | None:
        """A member of a gym."""
        return next(iter(self._members(gym_id, GymMemberRow.member == member)), None)

    def members(self, gym_id: str, *, after: str = "", limit: int | None = None) -> list[KeptMember]:
        """The members of a gym by name, those after a name."""
        return self._members(gym_id, GymMemberRow.member > after, limit=limit)

    def put_member(self, gym_id: str, member: str, member_json: str, now: datetime) -> bool:
        """Keep a member in the place of the one of this name, if any; whether there was none."""
        row = self._session.get(GymMemberRow, (gym_id, member))
        if row is not None:
            row.member_json, row.changed_at = member_json, now
            return False
        self._session.add(
            GymMemberRow(gym=gym_id, member=member, created_at=now, changed_at=now, member_json=member_json)
        )
        self._session.flush()
        return True

    def remove_member(self, gym_id: str, member: str) -> bool:
        """Forget a member; False when there is none of this name."""
        mine = (GymMemberRow.gym == gym_id, GymMemberRow.member == member)
        return (
            self._session.execute(delete(GymMemberRow).where(*mine).returning(GymMemberRow.member)).first() is not None
        )

    def add_schedule(self, gym_id: str, schedule: str) -> None:
        """Say that a schedule is a gym's, if it is not said already."""
        if self._session.get(GymScheduleRow, (gym_id, schedule)) is None:
            self._session.add(GymScheduleRow(gym=gym_id, schedule=schedule))

    def schedules(self, gym_id: str, *, limit: int, before: str | None = None) -> list[StudyLine]:
        """The schedules of a gym without their answers, the newest first."""
        shown = case((and_(StudyRow.status == "queued", JobRow.state == "running"), "running"), else_=StudyRow.status)
        query = (
            select(StudyRow.id, shown, StudyRow.created_at, StudyRow.plan)
            .join(GymScheduleRow, GymScheduleRow.schedule == StudyRow.id)
            .outerjoin(JobRow, JobRow.id == StudyRow.id)
            .where(GymScheduleRow.gym == gym_id)
        )
        if before is not None:
            query = query.where(StudyRow.id < before)
        rows = self._session.execute(query.order_by(StudyRow.id.desc()).limit(limit))
        return [StudyLine(*row) for row in rows]

    def under_way(self, gym_id: str) -> str | None:
        """Id of a schedule of the gym that is not finished."""
        query = (
            select(StudyRow.id)
            .join(GymScheduleRow, GymScheduleRow.schedule == StudyRow.id)
            .where(GymScheduleRow.gym == gym_id, StudyRow.status.in_(UNFINISHED))
        )
        return self._session.scalar(query.limit(1))

    def present(self, gym_id: str) -> str | None:
        """Id of the newest schedule of a gym that came to its end with weeks."""
        query = (
            select(StudyRow.id)
            .join(GymScheduleRow, GymScheduleRow.schedule == StudyRow.id)
            .where(GymScheduleRow.gym == gym_id, StudyRow.status.in_(_IN_FORCE))
        )
        return self._session.scalar(query.order_by(StudyRow.id.desc()).limit(1))

    def gyms_of(self, schedule: str) -> list[str]:
        """Ids of the gyms that a schedule is of; usually one."""
        query = select(GymScheduleRow.gym).where(GymScheduleRow.schedule == schedule)
        return list(self._session.scalars(query.order_by(GymScheduleRow.gym)))

    def _gyms(self, tenant: str, *where: ColumnElement[bool], limit: int | None = None) -> list[KeptGym]:
        members = select(func.count()).select_from(GymMemberRow).where(GymMemberRow.gym == GymRow.id).scalar_subquery()
        query = select(GymRow.id, GymRow.created_at, GymRow.changed_at, GymRow.gym_json, members)
        query = query.where(GymRow.tenant == tenant, *where).order_by(GymRow.id.desc()).limit(limit)
        return [KeptGym(*row) for row in self._session.execute(query)]

    def _members(self, gym_id: str, *where: ColumnElement[bool], limit: int | None = None) -> list[KeptMember]:
        row = GymMemberRow
        query = select(row.member, row.created_at, row.changed_at, row.member_json)
        query = query.where(row.gym == gym_id, *where).order_by(row.member).limit(limit)
        return [KeptMember(*found) for found in self._session.execute(query)]
