"""Reading feeds page by page: what a page tells and where to go on are written down together, or neither is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.booking.openactive.opportunities import slots_of
from service.booking.openactive.page import newer, read_page
from service.booking.repository import FeedRepository

if TYPE_CHECKING:
    from service.booking.openactive.page import Page
    from service.booking.repository import Feed
    from service.db.session import SessionFactory

Fetch = Callable[[str], bytes]
"""What is at an address; raises `service.booking.openactive.page.FeedError`."""


@dataclass(frozen=True)
class Followed:
    """What came of reading a feed."""

    pages: int
    changed: int
    """Items that told something new."""
    current: bool
    """Whether the last page was reached; there may be more of others."""


def follow(feed: Feed, sessions: SessionFactory, fetch: Fetch, most_pages: int | None = None) -> Followed:
    """Read a feed from where it was left to its last page, or so many pages.

    It can be broken off at any moment. Raises FeedError for a page that cannot be fetched or read; what was read
    before it stays.
    """
    pages = changed = 0
    url = feed.next_url
    while most_pages is None or pages < most_pages:
        page = read_page(fetch(url), url)
        last = page.is_last(url)
        new = _written(feed.id, url, page, sessions, current_at=datetime.now(UTC) if last else None)
        if new is None:
            # Somebody else reads the feed as well, and is further.
            break
        pages, changed, url = pages + 1, changed + new, page.next
        if last:
            return Followed(pages, changed, current=True)
    return Followed(pages, changed, current=False)


def _written(
    feed_id: str, url: str, page: Page, sessions: SessionFactory, *, current_at: datetime | None
) -> int | None:
    """How many items told something new; None when the page was not written, since it is not the feed's next."""
    with sessions.begin() as session:
        feeds = FeedRepository(session)
        if not feeds.advance(feed_id, url, page.next, current_at):
            return None
        new = 0
        for item in page.items:
            known = feeds.known(feed_id, item)
            # Pages may come twice or in another order: an older word changes nothing.
            if known is None or newer(item.modified, known):
                feeds.tell(feed_id, item, slots_of(item))
                new += 1
        return new
