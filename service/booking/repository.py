"""Stored feeds and their slots."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete, insert, select, update

from service.booking.models import FeedItemRow, FeedSlotRow, SlotFeedRow
from service.booking.slots import BookableSlot
from service.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import CursorResult
    from sqlalchemy.orm import Session

    from service.booking.openactive.page import Item, Modified

_FEED, _ITEM, _SLOT = SlotFeedRow, FeedItemRow, FeedSlotRow


@dataclass(frozen=True)
class Feed:
    """A feed and how far it was read."""

    id: str
    tenant: str
    name: str
    url: str
    next_url: str
    current_at: datetime | None


class FeedRepository:
    """Keeps feeds. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, tenant: str, name: str, url: str, now: datetime) -> None:
        """Keep a feed that is to be read from its beginning; one of this name is changed to that."""
        self.remove(tenant, name)
        self._session.add(
            SlotFeedRow(id=new_id(), tenant=tenant, name=name, created_at=now, url=url, next_url=url, current_at=None)
        )
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
        columns = (_FEED.id, _FEED.tenant, _FEED.name, _FEED.url, _FEED.next_url, _FEED.current_at)
        query = select(*columns).order_by(_FEED.tenant, _FEED.name)
        if tenant is not None:
            query = query.where(_FEED.tenant == tenant)
        return [Feed(*row) for row in self._session.execute(query)]

    def advance(self, feed_id: str, read: str, following: str, current_at: datetime | None) -> bool:
        """Go on from the page that was read; False when another process was there first, and nothing was written."""
        changes: dict[str, Any] = {"next_url": following}
        if current_at is not None:
            changes["current_at"] = current_at
        moved = update(_FEED).where(_FEED.id == feed_id, _FEED.next_url == read).values(**changes)
        done = self._session.execute(moved.execution_options(synchronize_session=False))
        return cast("CursorResult[Any]", done).rowcount == 1

    def known(self, feed_id: str, item: Item) -> Modified | None:
        """When the newest that is known of an item changed; None of an item that was never told of."""
        query = select(_ITEM.modified_json).where(*_is(item, feed_id))
        found = self._session.execute(query).scalar_one_or_none()
        return None if found is None else cast("Modified", json.loads(found))

    def tell(self, feed_id: str, item: Item, slots: Sequence[BookableSlot]) -> None:
        """Write down the newest of an item in the place of what it told before."""
        self._session.execute(delete(_SLOT).where(_SLOT.feed_id == feed_id, *_of(item)))
        modified = {"modified_json": json.dumps(item.modified)}
        changed = update(_ITEM).where(*_is(item, feed_id)).values(**modified)
        done = self._session.execute(changed.execution_options(synchronize_session=False))
        where = {"feed_id": feed_id, "kind": item.kind, "item_id": item.id}
        if cast("CursorResult[Any]", done).rowcount == 0:
            self._session.execute(insert(_ITEM).values(**where, **modified))
        # Of slots that several items tell of, the latest word counts.
        by_id = {slot.id: slot for slot in slots}
        self._session.execute(delete(_SLOT).where(_SLOT.feed_id == feed_id, _SLOT.slot_id.in_(by_id)))
        rows = [{**where, "slot_id": facts.pop("id"), **facts} for facts in map(asdict, by_id.values())]
        if rows:
            self._session.execute(insert(_SLOT), rows)

    def slots(
        self, tenant: str, *, feed: str | None, after: datetime, before: datetime, limit: int
    ) -> list[BookableSlot]:
        """A tenant's slots that start in a window, the earliest first; `before` is left out."""
        columns = (
            _SLOT.slot_id,
            _SLOT.starts_at,
            _SLOT.ends_at,
            _SLOT.place,
            _SLOT.capacity,
            _SLOT.remaining,
            _SLOT.cancelled,
        )
        query = select(*columns).join(_FEED, _FEED.id == _SLOT.feed_id).where(_FEED.tenant == tenant)
        if feed is not None:
            query = query.where(_FEED.name == feed)
        query = query.where(_SLOT.starts_at >= after, _SLOT.starts_at < before)
        rows = self._session.execute(query.order_by(_SLOT.starts_at, _SLOT.slot_id).limit(limit))
        return [BookableSlot(*row) for row in rows]


def _of(item: Item) -> tuple[Any, Any]:
    return (_SLOT.kind == item.kind, _SLOT.item_id == item.id)


def _is(item: Item, feed_id: str) -> tuple[Any, Any, Any]:
    return (_ITEM.feed_id == feed_id, _ITEM.kind == item.kind, _ITEM.item_id == item.id)
