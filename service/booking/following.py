"""Reading feeds page by page: what a page tells and where to go on are written down together, or neither is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.booking.openactive.opportunities import slots_of
from service.booking.openactive.page import FeedError, newer, read_page
from service.booking.repository import FeedRepository
from service.watches.repository import WatchRepository

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.booking.openactive.page import Item, Page
    from service.booking.repository import Feed
    from service.booking.slots import BookableSlot
    from service.db.session import SessionFactory

MOST_SLOTS = 20_000
"""That one page may speak of: nobody else writes while they are written."""
Fetch = Callable[[str], bytes]
"""What is at an address; raises `service.booking.openactive.page.FeedError`."""
GoOn = Callable[[], bool]
"""Called between pages, to wait a little; whether to go on."""


@dataclass(frozen=True)
class Followed:
    """What came of reading a feed."""

    pages: int
    changed: int
    """Items that told something new."""
    current: bool
    """Whether the last page was reached; there may be more of others."""


def follow(feed: Feed, sessions: SessionFactory, fetch: Fetch, go_on: GoOn = lambda: True) -> Followed:
    """Read a feed from where it was left to its last page, as long as `go_on` is true.

    It can be broken off at any moment. Raises FeedError for a page that cannot be fetched or read; what was read
    before it stays.
    """
    pages = changed = 0
    url = feed.next_url
    while not pages or go_on():
        page = read_page(fetch(url), url)
        last = page.is_last(url)
        new = _written(feed, url, page, sessions, last=last)
        if new is None:
            # Somebody else reads the feed as well, and is further.
            break
        pages, changed, url = pages + 1, changed + new, page.next
        if last:
            return Followed(pages, changed, current=True)
    return Followed(pages, changed, current=False)


def _written(feed: Feed, url: str, page: Page, sessions: SessionFactory, *, last: bool) -> int | None:
    """How many items told something new; None when the page was not written, since it is not the feed's next.

    Plans that stand on the slots that it speaks of are marked in the same transaction.
    """
    now, told = datetime.now(UTC), _told(page, url)
    with sessions.begin() as session:
        feeds = FeedRepository(session)
        if not feeds.advance(feed.id, url, page.next, now if last else None):
            return None
        new, slots = 0, set[str]()
        for item, offered in told:
            known = feeds.known(feed.id, item)
            # Pages may come twice or in another order: an older word changes nothing.
            if known is None or newer(item.modified, known):
                slots |= feeds.tell(feed.id, item, offered, now)
                new += 1
        WatchRepository(session).mark(feed.tenant, slots, now)
        return new


def _told(page: Page, url: str) -> Sequence[tuple[Item, Sequence[BookableSlot]]]:
    """The items of a page with their slots. Raises FeedError for too many of these."""
    told = [(item, slots_of(item)) for item in page.items]
    count = sum(len(slots) for _, slots in told)
    if count > MOST_SLOTS:
        raise FeedError(f"{url} speaks of {count} slots: a page of at most {MOST_SLOTS}")
    return told
