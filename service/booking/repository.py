"""Stored feeds and their slots."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, func, insert, or_, select, update

from service.booking.models import FeedItemRow, FeedSlotRow, SlotFeedRow
from service.booking.slots import BookableSlot
from service.db.holding import hold
from service.db.models import JobRow
from service.ids import new_id
from service.jobs.job import ENDED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import CursorResult, Select, Update
    from sqlalchemy.orm import Session

    from service.booking.openactive.page import Item, Modified

_FEED, _ITEM, _SLOT = SlotFeedRow, FeedItemRow, FeedSlotRow
_COLUMNS = (
    _SLOT.slot_id,
    _SLOT.starts_at,
    _SLOT.ends_at,
    _SLOT.place,
    _SLOT.capacity,
    _SLOT.remaining,
    _SLOT.cancelled,
)
"""Those of `BookableSlot`."""


EVERY_SECONDS = 60
"""How often a feed is read when nothing else is said."""


@dataclass(frozen=True)
class Feed:
    """A feed and how far it was read."""

    id: str
    tenant: str
    name: str
    url: str
    next_url: str
    current_at: datetime | None
    created_at: datetime
    every_seconds: int
    next_at: datetime | None
    """When it is to be read next; None is at once."""
    job: str | None
    """The latest job that reads it."""
    failing_since: datetime | None
    failures: int
    """In a row."""
    failure: str | None
    paused_at: datetime | None
    paused_reason: str | None


class FeedRepository:
    """Keeps feeds. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, tenant: str, name: str, url: str, now: datetime, *, every_seconds: int = EVERY_SECONDS) -> None:
        """Keep a feed that is to be read from its beginning; one of this name is given up for it."""
        self.remove(tenant, name)
        self.add_new(new_id(), tenant, name, url, now, every_seconds=every_seconds)

    def add_new(self, feed_id: str, tenant: str, name: str, url: str, now: datetime, *, every_seconds: int) -> None:
        """Keep a feed that is to be read from its beginning.

        Raises sqlalchemy.exc.IntegrityError when the tenant has one of this name.
        """
        facts = {"tenant": tenant, "name": name, "created_at": now, "url": url, "next_url": url}
        self._session.add(SlotFeedRow(id=feed_id, every_seconds=every_seconds, failures=0, **facts))
        self._session.flush()

    def remove(self, tenant: str, name: str) -> bool:
        """Forget a feed with its slots; False when there was none."""
        ids = list(self._session.scalars(select(_FEED.id).where(_FEED.tenant == tenant, _FEED.name == name)))
        for table in (_SLOT, _ITEM):
            self._session.execute(delete(table).where(table.feed_id.in_(ids)))
        self._session.execute(delete(_FEED).where(_FEED.id.in_(ids)))
        return bool(ids)

    def listed(self, tenant: str | None = None) -> list[Feed]:
        """All feeds, or those of a tenant, by tenant and name."""
        query = select(_FEED).order_by(_FEED.tenant, _FEED.name)
        return self._feeds(query if tenant is None else query.where(_FEED.tenant == tenant))

    def hold(self, tenant: str) -> None:
        """Let no page of a tenant's feeds be written until the end of the transaction; waits for one that is."""
        hold(self._session, select(_FEED.id).where(_FEED.tenant == tenant).order_by(_FEED.id))

    def find(self, feed_id: str, tenant: str) -> Feed | None:
        """A tenant's feed."""
        return next(iter(self._feeds(select(_FEED).where(_FEED.id == feed_id, _FEED.tenant == tenant))), None)

    def read_by(self, job_id: str) -> Feed | None:
        """The feed that a job is to read; None when that is not its business any more."""
        return next(iter(self._feeds(select(_FEED).where(_FEED.job == job_id))), None)

    def due(self, now: datetime, limit: int) -> list[Feed]:
        """Feeds that are to be read and that no job reads, those that wait longest first."""
        reading = select(JobRow.id).where(JobRow.id == _FEED.job, JobRow.state.not_in(ENDED)).exists()
        wanted = (_FEED.paused_at.is_(None), or_(_FEED.next_at.is_(None), _FEED.next_at <= now), ~reading)
        return self._feeds(
            select(_FEED).where(*wanted).order_by(func.coalesce(_FEED.next_at, _FEED.created_at)).limit(limit)
        )

    def being_read(self) -> int:
        """How many feeds are read at the moment, or are about to be."""
        unfinished = JobRow.state.not_in(ENDED)
        query = select(func.count()).select_from(_FEED).join(JobRow, JobRow.id == _FEED.job).where(unfinished)
        return self._session.execute(query).scalar_one()

    def claim(self, feed: Feed, job_id: str) -> bool:
        """Have a job read a feed; False when another process was there first."""
        same = _FEED.job.is_(None) if feed.job is None else _FEED.job == feed.job
        return self._changed(update(_FEED).where(_FEED.id == feed.id, same).values(job=job_id))

    def change(self, feed_id: str, **values: object) -> bool:
        """Give a feed other values; False when there is none."""
        return self._changed(update(_FEED).where(_FEED.id == feed_id).values(**values))

    def _feeds(self, query: Select[SlotFeedRow]) -> list[Feed]:
        rows = self._session.scalars(query.execution_options(populate_existing=True))
        return [Feed(**{field.name: getattr(row, field.name) for field in fields(Feed)}) for row in rows]

    def _changed(self, statement: Update) -> bool:
        done = self._session.execute(statement.execution_options(synchronize_session=False))
        return cast("CursorResult[Any]", done).rowcount == 1

    def advance(self, feed_id: str, read: str, following: str, current_at: datetime | None) -> bool:
        """Go on from the page that was read; False when another process was there first, and nothing was written."""
        changes: dict[str, Any] = {"next_url": following}
        if current_at is not None:
            changes["current_at"] = current_at
        return self._changed(update(_FEED).where(_FEED.id == feed_id, _FEED.next_url == read).values(**changes))

    def known(self, feed_id: str, item: Item) -> Modified | None:
        """When the newest that is known of an item changed; None of an item that was never told of."""
        query = select(_ITEM.modified_json).where(*_is(item, feed_id))
        found = self._session.execute(query).scalar_one_or_none()
        return None if found is None else cast("Modified", json.loads(found))

    def tell(self, feed_id: str, item: Item, slots: Sequence[BookableSlot], now: datetime) -> set[str]:
        """Write down the newest of an item in the place of what it told before; returns the slots that it speaks of.

        Those that it speaks of no more are gone.
        """
        told = (_SLOT.feed_id == feed_id, *_of(item))
        before = set(self._session.scalars(select(_SLOT.slot_id).where(*told)))
        self._session.execute(update(_SLOT).where(*told).values(gone=True))
        modified = {"modified_json": json.dumps(item.modified), "told_at": now}
        where = {"feed_id": feed_id, "kind": item.kind, "item_id": item.id}
        if not self._changed(update(_ITEM).where(*_is(item, feed_id)).values(**modified)):
            self._session.execute(insert(_ITEM).values(**where, **modified))
        # Of slots that several items tell of, the latest word counts.
        by_id = {slot.id: slot for slot in slots}
        self._session.execute(delete(_SLOT).where(_SLOT.feed_id == feed_id, _SLOT.slot_id.in_(by_id)))
        rows = [{**where, "slot_id": facts.pop("id"), **facts} for facts in map(asdict, by_id.values())]
        if rows:
            self._session.execute(insert(_SLOT), rows)
        return before | by_id.keys()

    def slots(
        self, tenant: str, *, feed: str | None, after: datetime, before: datetime, limit: int
    ) -> list[BookableSlot]:
        """A tenant's slots that start in a window, the earliest first; `before` is left out."""
        query = select(*_COLUMNS).join(_FEED, _FEED.id == _SLOT.feed_id).where(_FEED.tenant == tenant, ~_SLOT.gone)
        if feed is not None:
            query = query.where(_FEED.name == feed)
        query = query.where(_SLOT.starts_at >= after, _SLOT.starts_at < before)
        rows = self._session.execute(query.order_by(_SLOT.starts_at, _SLOT.slot_id).limit(limit))
        return [BookableSlot(*row) for row in rows]

    def known_slots(self, tenant: str, ids: Collection[str]) -> dict[str, BookableSlot]:
        """Those of some slots that a tenant's feeds have ever told of; what they have taken back is cancelled."""
        query = select(_SLOT.gone, *_COLUMNS).join(_FEED, _FEED.id == _SLOT.feed_id)
        # Where two feeds tell of one, what is there counts before what is gone.
        ordered = query.where(_FEED.tenant == tenant, _SLOT.slot_id.in_(ids)).order_by(_SLOT.gone.desc(), _FEED.name)
        found = ((row[0], BookableSlot(*row[1:])) for row in self._session.execute(ordered))
        return {slot.id: replace(slot, cancelled=slot.cancelled or gone) for gone, slot in found}

    def forget_slots(self, until: datetime) -> None:
        """Delete slots that were over before a moment. Their items stay: an older word does not bring them back."""
        self._session.execute(delete(_SLOT).where(_SLOT.ends_at < until))

    def forget_items(self, until: datetime) -> None:
        """Delete items that were told of last before a moment, and none of whose slots is known any more."""
        of_item = (_SLOT.feed_id == _ITEM.feed_id, _SLOT.kind == _ITEM.kind, _SLOT.item_id == _ITEM.item_id)
        has_slot = select(_SLOT.slot_id).where(*of_item).exists()
        old = delete(_ITEM).where(_ITEM.told_at < until, ~has_slot)
        self._session.execute(old.execution_options(synchronize_session=False))


def _of(item: Item) -> tuple[Any, Any]:
    return (_SLOT.kind == item.kind, _SLOT.item_id == item.id)


def _is(item: Item, feed_id: str) -> tuple[Any, Any, Any]:
    return (_ITEM.feed_id == feed_id, _ITEM.kind == item.kind, _ITEM.item_id == item.id)
