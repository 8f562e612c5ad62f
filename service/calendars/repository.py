"""Stored diaries and addresses of calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from service.calendars.diary import Diary, dated_sessions, diary_of
from service.calendars.models import FeedRow, RevisionRow
from service.db.holding import hold, hold_name
from service.db.models import PlanRow
from service.plans.schemas import PlanResponse
from service.watches.repository import WatchRepository

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog


@dataclass(frozen=True)
class Feed:
    """An address under which a calendar is read."""

    root: str
    """Id of the first plan of those that are shown."""
    created_at: datetime


class CalendarRepository:
    """Keeps diaries and addresses. The caller commits."""

    def __init__(self, session: Session, catalog: Catalog) -> None:
        self._session, self._catalog = session, catalog

    def root_of(self, plan: str) -> str:
        """The first of the plans whose place this one has taken; itself where it has taken none."""
        return self._session.scalar(select(RevisionRow.root).where(RevisionRow.plan == plan)) or plan

    def diary_at(self, plan: str) -> Diary | None:
        """The diary as a plan has left it; None when there is none with dates."""
        text = self._session.scalar(select(RevisionRow.diary_json).where(RevisionRow.plan == plan))
        if text is not None:
            return Diary.model_validate_json(text)
        answer = self._session.scalar(select(PlanRow.response_json).where(PlanRow.id == plan))
        return None if answer is None else diary_of(PlanResponse.model_validate_json(answer), self._catalog)

    def diary_now(self, root: str) -> Diary | None:
        """The diary as the latest of the plans has left it."""
        return self.diary_at(self.newest(root))

    def newest(self, root: str) -> str:
        """Of a plan and those that have taken its place, the one that counts."""
        newest = select(RevisionRow.plan).where(RevisionRow.root == root).order_by(RevisionRow.number.desc()).limit(1)
        return self._session.scalar(newest) or root

    def follow(self, plan: str, successor: PlanResponse, at: datetime) -> None:
        """Let a week take the place of a plan, and of whatever has taken that before; without dates there is no place.

        The latest counts, also where two of them come from the same plan. A plan may take its place back. A watch
        goes on with it.
        """
        root = self.root_of(plan)
        self.hold(root)
        diary, sessions = self.diary_now(root), dated_sessions(successor, self._catalog)
        if diary is None or sessions is None:
            return
        last = self._session.scalar(select(func.max(RevisionRow.number)).where(RevisionRow.root == root)) or 0
        revised = diary.revised(sessions, at).model_dump_json()
        self._session.merge(RevisionRow(plan=successor.id, root=root, number=last + 1, diary_json=revised))
        WatchRepository(self._session).follow(root, successor.id, sessions)

    def doubt(self, root: str, gone: Collection[str], at: datetime) -> None:
        """Cancel the sessions of some slots, and put the others that are to come in doubt until a week takes their
        place."""
        self.hold(root)
        plan = self.newest(root)
        diary = self.diary_at(plan)
        if diary is None:
            return
        text = diary.doubted(gone, at).model_dump_json()
        known = update(RevisionRow).where(RevisionRow.plan == plan).values(diary_json=text)
        if self._session.execute(known.returning(RevisionRow.plan)).first() is None:
            self._session.add(RevisionRow(plan=plan, root=root, number=0, diary_json=text))

    def hold(self, root: str) -> None:
        """Let nobody take the place of a plan or of what has taken that, until the end of the transaction."""
        hold(self._session, select(PlanRow.id).where(PlanRow.id == root))

    def open_feed(self, root: str, tenant: str, token_sha256: str, now: datetime) -> None:
        """Give a plan an address; the one that it had is void."""
        hold_name(self._session, f"calendar of {root}")
        self.close_feed(root, tenant)
        self._session.add(FeedRow(root=root, tenant=tenant, token_sha256=token_sha256, created_at=now))

    def close_feed(self, root: str, tenant: str) -> bool:
        """Make a plan's address void; False when it has none."""
        mine = (FeedRow.root == root, FeedRow.tenant == tenant)
        return self._session.execute(delete(FeedRow).where(*mine).returning(FeedRow.root)).first() is not None

    def opened_at(self, root: str, tenant: str) -> datetime | None:
        """Since when a plan has its address; None when it has none."""
        return self._session.scalar(select(FeedRow.created_at).where(FeedRow.root == root, FeedRow.tenant == tenant))

    def feed(self, token_sha256: str) -> Feed | None:
        """The address that a token belongs to."""
        row = self._session.execute(
            select(FeedRow.root, FeedRow.created_at).where(FeedRow.token_sha256 == token_sha256)
        ).first()
        return None if row is None else Feed(row[0], row[1])

    def forget(self, plans: Collection[str]) -> None:
        """Delete what is known of plans that are deleted; an address goes with the last of its plans."""
        self._session.execute(delete(RevisionRow).where(RevisionRow.plan.in_(plans)))
        alive = select(PlanRow.id).where(PlanRow.id == FeedRow.root, PlanRow.id.not_in(plans)).exists()
        followed = select(RevisionRow.plan).where(RevisionRow.root == FeedRow.root).exists()
        self._session.execute(delete(FeedRow).where(~alive, ~followed))
