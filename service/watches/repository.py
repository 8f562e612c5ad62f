"""Stored watches."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, func, insert, select, update

from service.booking.repository import FeedRepository
from service.db.holding import hold
from service.watches.models import WatchedSlotRow, WatchRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, CursorResult, Update
    from sqlalchemy.orm import Session

_ASK_AT_ONCE = 500


@dataclass(frozen=True)
class Watch:
    """A plan, with all that take its place, that is kept current; see `service.watches.models`."""

    root: str
    tenant: str
    plan: str
    created_at: datetime
    ends_at: datetime
    request_json: str
    due: bool
    job: str | None
    tried: str | None
    tries: int
    slots_json: str | None
    failure_json: str | None


class WatchRepository:
    """Keeps watches. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, watch: Watch, slots: Iterable[str]) -> None:
        """Keep a watch in the place of the one that was there, if there was one."""
        self.hold(watch.tenant)
        self.remove(watch.root)
        self._session.add(WatchRow(**vars(watch)))
        self._session.flush()
        self.stand_on(watch.root, slots)

    def follow(self, root: str, plan: str, slots: Iterable[str]) -> None:
        """Go on with a plan that has taken the place of another, if they are watched, and have it looked at."""
        watch = self.find(root)
        if watch is not None:
            self.hold(watch.tenant)
            self.change(root, plan=plan, due=True, failure_json=None)
            self.stand_on(root, slots)

    def hold(self, tenant: str) -> None:
        """Let no page of a tenant's feeds be written until the end of the transaction; waits for one that is.

        Which slots a plan stands on is not to change while a page looks for whom to mark.
        """
        FeedRepository(self._session).hold(tenant)

    def taken(self, root: str) -> Watch | None:
        """The watch as it is, with nobody else to change it until the end of the transaction."""
        hold(self._session, select(WatchRow.root).where(WatchRow.root == root))
        return self.find(root)

    def stand_on(self, root: str, slots: Iterable[str]) -> None:
        """Say which slots a plan stands on: of no others will it be marked. The feeds are to be held."""
        self._session.execute(delete(WatchedSlotRow).where(WatchedSlotRow.root == root))
        rows = [{"root": root, "slot_id": slot} for slot in dict.fromkeys(slots)]
        if rows:
            self._session.execute(insert(WatchedSlotRow), rows)

    def find(self, root: str) -> Watch | None:
        """The watch of a plan and of all that take its place."""
        row = self._session.get(WatchRow, root, populate_existing=True)
        return None if row is None else Watch(**{field.name: getattr(row, field.name) for field in fields(Watch)})

    def remove(self, root: str) -> bool:
        """End a watch; False when there is none."""
        self._session.execute(delete(WatchedSlotRow).where(WatchedSlotRow.root == root))
        gone = delete(WatchRow).where(WatchRow.root == root).returning(WatchRow.root)
        return self._session.execute(gone).first() is not None

    def mark(self, tenant: str, slots: Collection[str], now: datetime) -> None:
        """Have every plan of a tenant looked at that stands on one of these slots and whose week is not over."""
        named = list(slots)
        roots: set[str] = set()
        for start in range(0, len(named), _ASK_AT_ONCE):
            some = WatchedSlotRow.slot_id.in_(named[start : start + _ASK_AT_ONCE])
            roots.update(self._session.scalars(select(WatchedSlotRow.root).where(some)))
        # One after the other in one order, so that two who mark the same do not wait for each other.
        for root in sorted(roots):
            mine = (WatchRow.root == root, WatchRow.tenant == tenant, WatchRow.ends_at > now)
            self._changed(update(WatchRow).where(*mine).values(due=True))

    def waiting(self, now: datetime, but: Collection[str] = ()) -> list[str]:
        """Tenants that have watches to be looked at of which no replan is under way, `but` some aside."""
        return list(self._session.scalars(select(WatchRow.tenant).where(*_due(now, but)).distinct()))

    def due(self, now: datetime, tenants: Collection[str], limit: int, but: Collection[str] = ()) -> list[Watch]:
        """Such watches of some tenants: drawn, so that none is always the first."""
        query = select(WatchRow.root).where(*_due(now, but), WatchRow.tenant.in_(tenants)).order_by(func.random())
        roots = self._session.scalars(query.limit(limit))
        return [watch for root in roots if (watch := self.find(root)) is not None]

    def claim(self, root: str) -> Watch | None:
        """Take a watch to look at it, until the end of the transaction; None when another process was there first.

        What becomes of its slots meanwhile marks it anew afterwards.
        """
        mine = (WatchRow.root == root, WatchRow.due, WatchRow.job.is_(None))
        return self.find(root) if self._changed(update(WatchRow).where(*mine).values(due=False)) else None

    def of_job(self, job_id: str) -> Watch | None:
        """The watch that a replan was asked for by."""
        root = self._session.scalar(select(WatchRow.root).where(WatchRow.job == job_id).limit(1))
        return None if root is None else self.find(root)

    def change(self, root: str, **values: object) -> None:
        """Give a watch other values."""
        self._changed(update(WatchRow).where(WatchRow.root == root).values(**values))

    def forget(self, until: datetime) -> None:
        """Delete watches whose weeks were over before a moment."""
        old = list(self._session.scalars(select(WatchRow.root).where(WatchRow.ends_at < until)))
        for root in old:
            self.remove(root)

    def _changed(self, statement: Update) -> bool:
        done = self._session.execute(statement.execution_options(synchronize_session=False))
        return cast("CursorResult[Any]", done).rowcount == 1


def _due(now: datetime, but: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (WatchRow.due.is_(True), WatchRow.ends_at > now, WatchRow.job.is_(None), WatchRow.root.not_in(but))
